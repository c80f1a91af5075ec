import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { childBlocks } from '../../syntax/walk';
import { EditSet, type TextEdit } from '../../text/edit';
import { indentEdits, stringSpans } from '../extract-pipeline/edits';
import { guardedBody, isGuard } from '../extract-pipeline/guard';
import { trimmed } from '../extract-pipeline/moved';
import { type Region, regionsOf } from '../extract-pipeline/regions';
import { withoutRepeated } from '../extract-pipeline/sameImport';
import { lineBreakOf } from '../places';
import type { Annotation } from './annotations';
import { type Parsing, parsingEdits } from './arguments';
import type { MainRoles } from './roles';

export interface MainPlan {
  /** Names of the module that `main` binds, in the order of their first binding. */
  readonly globals: readonly string[];
  readonly name: string;
  readonly parsing: readonly Parsing[];
  /** Of names of the module that `main` binds; they stand above it. */
  readonly annotations: ReadonlyMap<FactUnit, Annotation>;
  /** The parameter that the command line is parsed from, where it is parsed. */
  readonly argument: string;
}

/** Lines are no longer than this, as formatters have it. */
const WIDTH = 88;

/** The text of the script with a main function. The author's lines are moved, with their comments. */
export function mainText(facts: ProgramFacts, { of }: MainRoles, plan: MainPlan): string {
  const { source } = facts.cells[0]!.cell;
  const indent = indentOf(facts);
  const all = [...regionsOf(facts).values()];
  const runs = ({ unit }: Region): boolean => of.get(unit) === 'run';
  const kept = withoutRepeated(all.filter((region) => !runs(region)));
  const top =
    source.slice(0, all[0]!.start) + kept.map(({ start, end }) => source.slice(start, end)).join('');
  const moved = all.filter(runs).map((region) => movedText(region, plan, indent));
  const tail = source.slice(all.at(-1)!.end);
  const lines = [
    `def ${plan.name}(${parameterOf(plan, facts)}) -> int:`,
    `${indent}"""Runs the script; returns the exit status."""`,
    ...globalLines(plan.globals, indent),
    trimmed(moved.join('')),
    `${indent}return 0`,
  ];
  const text = [
    ...(top.trim() === '' ? [] : [top.trimEnd()]),
    ...(plan.annotations.size === 0
      ? []
      : [[...plan.annotations.values()].map(({ declaration }) => declaration).join('\n')]),
    lines.join('\n'),
    ...(tail.trim() === '' ? [] : [trimmed(tail)]),
    `if __name__ == "__main__":\n${indent}raise SystemExit(${plan.name}())\n`,
  ].join('\n\n\n');
  const lineBreak = lineBreakOf(source);
  return lineBreak === '\n' ? text : text.replace(/\r\n|\n/g, lineBreak);
}

/** What the file's first indented line is indented by. */
function indentOf(facts: ProgramFacts): string {
  for (const unit of facts.units) {
    const { statement, text } = unit.unit;
    const start = childBlocks(statement)[0]?.[0]?.start;
    if (start === undefined) continue;
    const own = text.slice(
      Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1,
      start,
    );
    if (/^(?:\t| {2,8})$/.test(own)) return own;
  }
  return '    ';
}

function parameterOf({ parsing, argument }: MainPlan, facts: ProgramFacts): string {
  if (parsing.length === 0) return '';
  const isLazy = facts.units.some(({ unit: { text } }) =>
    /^from\s+__future__\b.*\bannotations\b/s.test(text),
  );
  // An annotation that Python evaluates has to suit the oldest of them.
  return `${argument}: ${isLazy ? 'list[str] | None' : '"list[str] | None"'} = None`;
}

function globalLines(names: readonly string[], indent: string): readonly string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    const longer = `${last}, ${name}`;
    if (last !== undefined && longer.length <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(`${indent}global ${name}`);
  }
  return lines;
}

/** Whether a place lies within an annotation that goes: over several lines, none of its lines is indented. */
function isCut({ annotations }: MainPlan, unit: FactUnit, at: number): boolean {
  const cut = annotations.get(unit)?.cut;
  return cut !== undefined && unit.start + cut.start < at && at <= unit.start + cut.end;
}

function annotationEdits({ annotations }: MainPlan, unit: FactUnit): readonly TextEdit[] {
  const annotation = annotations.get(unit);
  if (!annotation) return [];
  const { start, end } = annotation.cut;
  return [{ span: { start: unit.start + start, end: unit.start + end }, newText: '' }];
}

function movedText(region: Region, plan: MainPlan, indent: string): string {
  const { unit, start, end } = region;
  const { source } = unit.cell.cell;
  const edits = (body: { start: number; end: number }, by: string): readonly TextEdit[] => [
    ...indentEdits(source, body, stringSpans(unit), by).filter(({ span }) => !isCut(plan, unit, span.start)),
    ...parsingEdits(plan.parsing, unit, plan.argument),
    ...annotationEdits(plan, unit),
  ];
  const apply = (from: number, list: readonly TextEdit[]): string => {
    const shifted = list.map(({ span, newText }) => ({
      span: { start: span.start - from, end: span.end - from },
      newText,
    }));
    return new EditSet(shifted).apply(source.slice(from, end));
  };
  const body = guardedBody(unit);
  if (body && body.indent.startsWith(indent)) {
    // The guard's lines stand as deep as they did: `main` is called under a guard of its own.
    const above = source.slice(start, unit.start);
    const comments = above.trim() === '' ? above : above.replace(/^(?=[^\r\n])/gm, indent);
    const by = body.indent.slice(indent.length);
    if (by === '') return comments + apply(body.start, edits({ start: body.start, end: body.start }, ''));
  }
  const inline = inlineBody(unit);
  const list = [...edits({ start, end }, indent)];
  if (inline !== undefined) {
    list.push({ span: { start: unit.start, end: unit.start + inline }, newText: '' });
  }
  return apply(start, list);
}

/** `if __name__ == "__main__": main()` on one line: where its body starts, relative to the statement. */
function inlineBody(unit: FactUnit): number | undefined {
  const { statement, text } = unit.unit;
  const [first] = statement.kind === 'If' ? statement.body : [];
  if (!first || !isGuard(unit) || /[\r\n]/.test(text)) return undefined;
  return first.start;
}
