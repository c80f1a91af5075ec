import type { FactUnit } from '../../semantics/facts';
import { EditSet, type TextEdit } from '../../text/edit';
import { stringSpans } from '../extract-pipeline/edits';
import { lineBreakOf } from '../places';
import type { Region, Selection } from './selection';

export interface FunctionPlan {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly results: readonly string[];
  /** The last statement, if its value is what the function gives back. */
  readonly returned: FactUnit | undefined;
}

/** Lines of ours are no longer than this, as formatters have it. */
const WIDTH = 88;

/** The function; `joined` ends with the empty lines that stand between it and what follows. */
export function definitionText(selection: Selection, plan: FunctionPlan): { readonly joined: string } {
  const { source } = selection.pieces[0].unit.cell.cell;
  const lineBreak = lineBreakOf(source);
  const by = /\n\t/.test(source) && !/\n {2}/.test(source) ? '\t' : '    ';
  const body = selection.regions
    .map((region) => movedText(region, selection, plan, by).trimEnd())
    .join(lineBreak);
  const isSilent = plan.results.length === 0 && !plan.returned;
  const lines = [
    ...headLines(plan, isSilent && plan.parameters.length === 0, by),
    `${by}"""${sentence(plan.name)}."""`,
    body,
    ...(plan.results.length > 0 ? [`${by}return ${plan.results.join(', ')}`] : []),
  ];
  return { joined: lines.map((line) => line + lineBreak).join('') + lineBreak + lineBreak };
}

function headLines({ name, parameters }: FunctionPlan, isTyped: boolean, by: string): readonly string[] {
  const end = isTyped ? ') -> None:' : '):';
  const line = `def ${name}(${parameters.join(', ')}${end}`;
  if (line.length <= WIDTH) return [line];
  return [`def ${name}(`, ...parameters.map((parameter) => `${by}${parameter},`), end];
}

function sentence(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The lines of a region, in a function's body. */
function movedText(
  { units, cell, start, end }: Region,
  selection: Selection,
  plan: FunctionPlan,
  by: string,
): string {
  const { source } = cell.cell;
  const { indent } = selection;
  const strings = units.flatMap((unit) => stringSpans(unit));
  const edits: TextEdit[] = [];
  for (let at = start; at < end;) {
    const line = /^[^\r\n]*(?:\r\n|\n|\r|$)/.exec(source.slice(at, end))![0];
    if (line === '') break;
    const isInString = strings.some((span) => span.start < at && at < span.end);
    const hasIndent = line.startsWith(indent);
    if (!isInString && line.trim() !== '' && hasIndent) {
      edits.push({ span: { start: at - start, end: at - start + indent.length }, newText: by });
    }
    at += line.length;
  }
  if (plan.returned && units.includes(plan.returned)) {
    const offset = plan.returned.start - start;
    const merged = edits.find(({ span }) => span.start === offset && span.end === offset);
    if (merged) edits.splice(edits.indexOf(merged), 1);
    edits.push({ span: { start: offset, end: offset }, newText: `${by}return ` });
  }
  return new EditSet(edits).apply(source.slice(start, end));
}

/** The call that stands where the statements stood. */
export function callText({ indent }: Selection, plan: FunctionPlan, { cell, start, end }: Region): string {
  const { name, parameters, results } = plan;
  const { source } = cell.cell;
  const target = results.length > 0 ? `${results.join(', ')} = ` : '';
  const line = `${indent}${target}${name}(${parameters.join(', ')})`;
  return line + (/(?:\r\n|\n|\r)$/.exec(source.slice(start, end))?.[0] ?? '');
}

/** What stays in a further cell whose statements went. */
export function restText({ cell, start, end }: Region, name: string): string {
  const { source, span } = cell.cell;
  const isAll = source.slice(span.start, start).trim() === '' && source.slice(end, span.end).trim() === '';
  return isAll ? `# part of ${name}, above` : '';
}
