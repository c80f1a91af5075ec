import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { Expression, NodeBase, Statement } from '../../syntax/ast';
import { childBlocks, statementExpressions, walkExpression, walkStatements } from '../../syntax/walk';
import type { TextEdit } from '../../text/edit';
import { lineBreakOf } from '../places';

const DEFAULT_UNIT = '    ';

/** Why the text of a statement cannot be put one level deeper as it stands. */
export function whyNotWrapped(statement: Statement, unit: FactUnit): string | undefined {
  if (childBlocks(statement).length > 0) {
    return 'The call stands in the head of a compound statement: give its result a name on a line of its own first';
  }
  const { source } = unit.cell.cell;
  const { start, end } = spanOf(statement, unit);
  const { lines } = unit.cell;
  const before = source.slice(lines.lineStart(lines.positionAt(start).line), start);
  const after = /^[^\r\n]*/.exec(source.slice(end))?.[0] ?? '';
  const isAlone = before.trim() === '' && /^[ \t]*(?:#.*)?$/.test(after);
  if (!isAlone) return 'The statement shares its line with another one';
  if (anyPart(statement, (node) => node.kind === 'Escape')) {
    return 'The statement holds a magic or a shell line';
  }
  const isLong = anyPart(
    statement,
    (node) => node.kind === 'Str' && node.tokens.some((token) => hasBreak(unit.unit.text, token)),
  );
  return isLong ? 'The statement holds a string over several lines' : undefined;
}

/** Whether there is a line break in a literal, escaped or not: indenting its lines would change the text. */
function hasBreak(text: string, { start, end }: NodeBase): boolean {
  return /[\r\n]/.test(text.slice(start, end));
}

function anyPart(statement: Statement, test: (node: Expression) => boolean): boolean {
  let isFound = false;
  for (const expression of statementExpressions(statement)) {
    walkExpression(expression, (node) => {
      isFound ||= test(node);
    });
  }
  return isFound;
}

/** The edits that put a statement under `with context:`. */
export function wrapInWith(
  statement: Statement,
  context: string,
  unit: FactUnit,
  facts: ProgramFacts,
): readonly TextEdit[] {
  const { source } = unit.cell.cell;
  const { lines } = unit.cell;
  const { start, end } = spanOf(statement, unit);
  const firstLine = lines.positionAt(start).line;
  const indent = source.slice(lines.lineStart(firstLine), start);
  const step = indentUnit(unit, facts);
  const lineBreak = /\r\n|\n|\r/.exec(source.slice(lines.lineStart(firstLine)))?.[0] ?? lineBreakOf(source);
  const edits: TextEdit[] = [insert(start, `with ${context}:${lineBreak}${indent}${step}`)];
  for (let line = firstLine + 1; line <= lines.positionAt(end).line; line++) {
    const at = lines.lineStart(line);
    const isBlank = /^[ \t]*(?:[\r\n]|$)/.test(source.slice(at));
    if (!isBlank) edits.push(insert(at, step));
  }
  return edits;
}

function insert(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

function spanOf(statement: Statement, unit: FactUnit): { readonly start: number; readonly end: number } {
  return { start: statement.start + unit.start, end: statement.end + unit.start };
}

/** By how much a block is indented here: as in this statement, else as in its cell, else as anywhere. */
function indentUnit(unit: FactUnit, facts: ProgramFacts): string {
  const nearest = [unit, ...facts.units.filter((one) => one.cell === unit.cell), ...facts.units];
  for (const candidate of nearest) {
    const found = stepWithin(candidate);
    if (found !== undefined) return found;
  }
  return DEFAULT_UNIT;
}

function stepWithin(unit: FactUnit): string | undefined {
  let found: string | undefined;
  walkStatements(unit.unit.statement, (outer) => {
    for (const block of childBlocks(outer)) {
      const [first] = block;
      const inside = first && indentOf(first, unit);
      const outside = indentOf(outer, unit);
      if (inside === undefined || outside === undefined) continue;
      if (inside.length > outside.length && inside.startsWith(outside))
        found ??= inside.slice(outside.length);
    }
  });
  return found;
}

/** The blanks in front of a statement; undefined if it does not begin its line. */
function indentOf(statement: Statement, unit: FactUnit): string | undefined {
  const { start } = spanOf(statement, unit);
  const { lines } = unit.cell;
  const before = unit.cell.cell.source.slice(lines.lineStart(lines.positionAt(start).line), start);
  return before.trim() === '' ? before : undefined;
}
