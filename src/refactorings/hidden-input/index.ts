import type { Finding } from '../../rules/rule';
import type { CodeCell } from '../../semantics/facts';
import type { TextEdit } from '../../text/edit';
import type { Note } from '../../text/refusal';
import { changedCells } from '../cellChange';
import type { AnalysedProgram, Outcome } from '../outcome';
import { refusalAt } from '../places';
import { argumentEdit, parameterEdit } from './edits';
import { type HiddenRead, hiddenReadOf, whyNotParameter } from './function';
import { type SitesPlan, callSitesOf } from './sites';
import { whyOpen } from './surroundings';

/** Why the variable that a finding points at cannot become a parameter; undefined: it can. */
export function whyNoParameter(program: AnalysedProgram, finding: Finding): string | undefined {
  const plan = planOf(program, finding);
  return 'reason' in plan ? plan.reason : undefined;
}

/** Adds a parameter for the variable that a function reads, and hands the variable in at every call. */
export function addParameter(program: AnalysedProgram, finding: Finding): Outcome {
  const plan = planOf(program, finding);
  if ('reason' in plan) {
    const { unit, node } = finding;
    if (!unit || !node) throw new Error('a finding of hidden-input has the name that is read');
    return { status: 'refused', notes: [], refusals: [refusalAt(program.path, unit, node, plan.reason)] };
  }
  const { read, sites } = plan;
  const edits = new Map<CodeCell, TextEdit[]>();
  const add = (cell: CodeCell, edit: TextEdit): void => {
    const list = edits.get(cell);
    if (list) list.push(edit);
    else edits.set(cell, [edit]);
  };
  add(read.unit.cell, parameterEdit(read));
  for (const site of sites.sites) add(site.unit.cell, argumentEdit(site, read));
  return {
    ...changedCells(program.path, edits),
    notes: sites.readers.map((reader) => noteOf(reader, read, program.path)),
  };
}

function planOf(
  program: AnalysedProgram,
  finding: Finding,
): { readonly read: HiddenRead; readonly sites: SitesPlan } | { readonly reason: string } {
  const read = hiddenReadOf(finding);
  if (typeof read === 'string') return { reason: read };
  const reason = whyNotParameter(read, program);
  if (reason !== undefined) return { reason };
  const sites = callSitesOf(read, program);
  if (typeof sites === 'string') return { reason: sites };
  const open = whyOpen(read, program);
  return open === undefined ? { read, sites } : { reason: open };
}

/** The caller reads the variable now, which the function did before. */
function noteOf(reader: SitesPlan['readers'][number], { name }: HiddenRead, path: string): Note {
  const { cell } = reader.unit;
  const { line } = cell.lines.positionAt(reader.unit.start + reader.function.nameStart);
  return {
    path,
    cell: cell.cell.index,
    line,
    message: `${reader.function.name} reads ${name} of the module to hand it in`,
  };
}
