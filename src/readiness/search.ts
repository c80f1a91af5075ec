import { textOf } from '../program/program';
import { readNotebook } from '../program/notebook/read';
import { isTestPath } from '../rules/check';
import type { FactUnit } from '../semantics/facts';
import type { NodeBase } from '../syntax/ast';
import type { Workspace } from '../text/workspace';
import { type Evidence, MOST_EVIDENCE, type ProbeInput, type ProbeResult, type SeenProgram } from './probe';
import { isScaffoldedProgram, isScaffolded } from './scaffolded';

/** Texts of more programs than this are not looked through. */
const MOST_TEXTS = 400;

/** What is looked for in the code of a project. */
export interface CodeSearch {
  /** Places that prove it. */
  find(program: SeenProgram): readonly Evidence[];
  /** Places that may be it, where the analysis cannot tell. */
  doubt?(program: SeenProgram): readonly Evidence[];
  /** A program whose text has nowhere a word of these cannot have it. */
  readonly word: RegExp;
  /** What a word of those is evidence of: `may catch exceptions`. */
  readonly mayBe: string;
}

export interface CodeFound {
  readonly proofs: readonly Evidence[];
  /** What may be a proof: in place-holders, in programs that do not parse or were not analysed. */
  readonly doubts: readonly Evidence[];
  /** The programs that were looked at, tests left out. */
  readonly programs: readonly SeenProgram[];
  /** All programs, those that were looked through by their text included. */
  readonly count: number;
}

/** Looks through all programs but tests: by their facts, and where they were not analysed by their text. */
export async function searchCode(input: ProbeInput, search: CodeSearch): Promise<CodeFound> {
  const programs = input.programs.filter(
    ({ context, facts }) => !context.isTest && hasCode(facts.cells.length),
  );
  const proofs: Evidence[] = [];
  const doubts: Evidence[] = [];
  for (const program of programs) {
    const found = search.find(program);
    if (isScaffoldedProgram(program)) {
      doubts.push(...found.map((each) => ({ ...each, message: `${each.message}, in a place-holder` })));
    } else proofs.push(...found);
    doubts.push(...(search.doubt?.(program) ?? []), ...inBrokenCells(program, search));
  }
  const unseen = input.unseen.filter((path) => !isTestPath(path));
  for (const [i, path] of unseen.entries()) {
    const doubt = i < MOST_TEXTS ? await inText(path, input.workspace, search) : notLookedAt(path);
    if (doubt) doubts.push(doubt);
  }
  if (!input.files.isComplete) doubts.push({ ...notLookedAt(''), message: 'not all files were listed' });
  return { proofs, doubts, programs, count: programs.length + unseen.length };
}

/** The outcome of a search; `no` only where every program was looked at and none may have it. */
export function outcomeOf(
  { proofs, doubts, programs, count }: CodeFound,
  say: {
    /** `3 places in 2 of 5 files log`. */
    readonly yes: (where: string) => string;
    readonly unknown: string;
    readonly no: string;
    /** What `no` rests on. */
    readonly against: (program: SeenProgram) => readonly Evidence[];
  },
): ProbeResult {
  if (count === 0 && doubts.length === 0) {
    return { outcome: 'not-applicable', summary: 'there is no program', evidence: [] };
  }
  if (proofs.length > 0) {
    const files = new Set(proofs.map(({ path }) => path)).size;
    const where = `${files} of ${count} ${count === 1 ? 'file' : 'files'}`;
    return { outcome: 'yes', summary: say.yes(where), evidence: proofs.slice(0, MOST_EVIDENCE) };
  }
  if (doubts.length > 0) {
    return { outcome: 'unknown', summary: say.unknown, evidence: doubts.slice(0, MOST_EVIDENCE) };
  }
  const evidence = programs.flatMap((program) => say.against(program)).slice(0, MOST_EVIDENCE);
  return { outcome: 'no', summary: say.no, evidence };
}

export function evidenceAt({ path }: SeenProgram, unit: FactUnit, node: NodeBase, message: string): Evidence {
  const { line } = unit.cell.lines.positionAt(unit.start + node.start);
  return { path, cell: unit.cell.cell.index, line, message };
}

/** Evidence that is a file as such. */
export function fileEvidence(path: string, message: string, line: number | null = null): Evidence {
  return { path, cell: null, line, message };
}

function hasCode(cells: number): boolean {
  return cells > 0;
}

function inBrokenCells({ path, facts }: SeenProgram, { word, mayBe }: CodeSearch): readonly Evidence[] {
  return facts.cells.flatMap(({ cell, syntax, lines }) => {
    const at = syntax.problem ? textOf(cell).search(word) : -1;
    if (at < 0) return [];
    const { line } = lines.positionAt(cell.span.start + at);
    return [{ path, cell: cell.index, line, message: `${mayBe}; the code does not parse` }];
  });
}

async function inText(path: string, workspace: Workspace, search: CodeSearch): Promise<Evidence | undefined> {
  const text = await workspace.read(path);
  if (text === undefined) return notLookedAt(path);
  const parts = codeOf(path, text);
  if (!parts) return notLookedAt(path);
  for (const { cell, source } of parts) {
    const at = source.search(search.word);
    if (at < 0) continue;
    const line = source.slice(0, at).split('\n').length - 1;
    const where = isScaffolded(source) ? 'in a place-holder' : 'not analysed';
    return { path, cell, line, message: `${search.mayBe}; ${where}` };
  }
  return undefined;
}

/** The code of a program by its text; undefined if it cannot be read. */
function codeOf(
  path: string,
  text: string,
): readonly { readonly cell: number | null; readonly source: string }[] | undefined {
  if (!path.endsWith('.ipynb')) return [{ cell: null, source: text }];
  const notebook = readNotebook(text);
  if ('reason' in notebook) return undefined;
  return notebook.cells
    .filter(({ type }) => type === 'code')
    .map(({ index, source }) => ({ cell: index, source }));
}

function notLookedAt(path: string): Evidence {
  return fileEvidence(path, 'not looked at');
}
