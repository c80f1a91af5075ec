import { scanLogicalLine } from '../../program/escapes/scan';
import type { CodeCell, FactUnit } from '../../semantics/facts';
import type { UnitSummary } from '../../semantics/summary';
import type { CellSyntax } from '../../syntax/cell';
import type { Rule } from '../rule';
import { findingIn, headOf } from './cellPlace';

/** Notebooks of up to this many logical lines are a look at something, not a program. */
const MOST_LINES = 50;

export const notebookOnlyCode: Rule = {
  name: 'notebook-only-code',
  family: 'notebook',
  severity: 'hint',
  summary: `a notebook of over ${MOST_LINES} lines without any function or class`,
  fixes: [],
  page: {
    what: `A notebook with more than ${MOST_LINES} logical lines of Python (as in Python's grammar: a statement over several lines is one) in which no function and no class is defined. Reported once, at the first code cell. A lambda is no function; comments, text cells and the bodies of cells in other languages do not count.`,
    why: 'Nothing in it can be imported, called with other data, or tested: the only way to use this code again is to copy it. Its names are all global, so every cell may change what any other one sees.',
    example: `# %%
values = [3, 1, 2]
# %%
${lines(0, 50)}
`,
    instead: `# %%
values = [3, 1, 2]
# %%
def scaled(factor):
    return [value * factor for value in values]
# %%
results = [scaled(factor) for factor in range(1, 51)]
`,
    fixSafety: 'There is no quick fix; `graduate package` makes an installable package of the notebook.',
    whenNot:
      'Silent while a cell is not valid Python, for notebooks in other languages, and for scripts. Turn it off where notebooks are reports, not programs.',
  },
  *check({ facts }) {
    const [first] = facts.cells;
    if (!first || facts.program.kind !== 'notebook' || !facts.isComplete) return;
    if (facts.units.some(definesSomething)) return;
    const count = facts.cells.reduce((sum, cell) => sum + logicalLines(cell), 0);
    if (count <= MOST_LINES) return;
    const message = `${count} lines of code and no function or class: nothing here can be imported or tested`;
    yield findingIn(notebookOnlyCode, first, headOf(first), message);
  },
};

function lines(from: number, to: number): string {
  const all = Array.from(
    { length: to - from },
    (_, i) => `scaled_${from + i + 1} = [value * ${from + i + 1} for value in values]`,
  );
  return all.join('\n');
}

/** Of statements, and of cells by their syntax, which is the same object for the same text. */
const definitions = new WeakMap<UnitSummary, boolean>();
const counts = new WeakMap<CellSyntax, number>();

function definesSomething({ summary }: FactUnit): boolean {
  let defines = definitions.get(summary);
  if (defines === undefined) {
    defines = summary.statements.some(({ node }) => node.kind === 'FunctionDef' || node.kind === 'ClassDef');
    definitions.set(summary, defines);
  }
  return defines;
}

function logicalLines(cell: CodeCell): number {
  let count = counts.get(cell.syntax);
  if (count === undefined) {
    count = countLines(cell);
    counts.set(cell.syntax, count);
  }
  return count;
}

/** The logical lines of Python in a cell; lines that are nothing but an escape are none. */
function countLines({ cell }: CodeCell): number {
  const { masked, escapes, span } = cell;
  const magic = new Set(
    escapes
      .filter(({ kind, isTransparent }) => kind === 'cell-magic' || !isTransparent)
      .map((escape) => escape.span.start - span.start),
  );
  // A form feed stands for indentation that IPython takes away.
  let count = 0;
  for (let at = 0; at < masked.length;) {
    const line = scanLogicalLine(masked, at, masked.length, false);
    const first = at + /^[\s\f]*/.exec(masked.slice(at, line.end))![0].length;
    if (line.lastTokenEnd > at && !magic.has(first)) count++;
    at = Math.max(line.end + 1, at + 1);
  }
  return count;
}
