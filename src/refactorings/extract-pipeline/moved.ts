import { type Stage } from '../../stages/stages';
import type { FactUnit } from '../../semantics/facts';
import { EditSet, type TextEdit } from '../../text/edit';
import { attributeEdits, indentEdits, methodEdit, storeEdits, stringSpans } from './edits';
import { guardedBody } from './guard';
import type { NamePlan } from './names';
import type { Region } from './regions';
import type { Roles } from './roles';

/** What the new text is made of. */
export interface Pipeline {
  readonly roles: Roles;
  readonly stages: readonly Stage[];
  readonly names: NamePlan;
  readonly regions: ReadonlyMap<FactUnit, Region>;
  /** Expressions whose value a notebook shows: the stage gives it back. */
  readonly shown: ReadonlySet<FactUnit>;
  readonly className: string;
  /** What `main` and the object are called. */
  readonly mainName: string;
  readonly runName: string;
  readonly receiver: string;
  /** Without a full stop. */
  readonly summary: string;
}

const INDENT = '    ';

/** The class: methods that the author's functions have become, the stages, and what calls them in order. */
export function classText(pipeline: Pipeline): string {
  const { roles, stages, regions, receiver, runName } = pipeline;
  const methods = [...regions.values()].filter(({ unit }) => roles.of.get(unit) === 'method');
  const body = [
    ...methods.map((region) => trimmed(moved(region, pipeline, INDENT))),
    ...stages.map((stage) => stageText(stage, pipeline)),
    [
      `${INDENT}def ${runName}(${receiver}) -> None:`,
      `${INDENT}${INDENT}"""Run all stages in order."""`,
      ...stages.map(({ name }) => `${INDENT}${INDENT}${receiver}.${name}()`),
    ].join('\n'),
  ].join('\n\n');
  return `class ${pipeline.className}:\n${INDENT}"""${pipeline.summary}."""\n\n${body}`;
}

function stageText(stage: Stage, pipeline: Pipeline): string {
  const { receiver, regions, shown } = pipeline;
  const indent = INDENT + INDENT;
  const statements = stage.units.map((unit) => moved(regions.get(unit)!, pipeline, indent)).join('');
  return [
    `${INDENT}def ${stage.name}(${receiver})${stage.units.some((unit) => shown.has(unit)) ? '' : ' -> None'}:`,
    `${indent}"""${docstringOf(stage)}"""`,
    trimmed(statements),
  ].join('\n');
}

function docstringOf({ name, title }: Stage): string {
  const text = (title ?? name.replaceAll('_', ' ')).replaceAll('\\', '/').replaceAll('"', "'").trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replace(/([.!?:])\.$/, '$1');
}

function moved(region: Region, pipeline: Pipeline, indent: string): string {
  const { source } = region.unit.cell.cell;
  const body = guardedBody(region.unit);
  const comments = body ? source.slice(region.start, region.unit.start).trimStart() : '';
  if (!body || !indent.startsWith(body.indent)) return movedLines(region, pipeline, indent);
  // The body stands as deep as it did, and the rest deeper; what the author wrote above the guard stays above it.
  const above = comments.trim() === '' ? '' : comments.replace(/^(?=.)/gm, indent);
  return above + movedLines({ ...region, start: body.start }, pipeline, indent.slice(body.indent.length));
}

function movedLines({ unit, start, end }: Region, pipeline: Pipeline, indent: string): string {
  const { names, receiver, roles, shown } = pipeline;
  const { source } = unit.cell.cell;
  const { attributes } = names;
  const { statement } = unit.unit;
  const isMethod = roles.of.get(unit) === 'method';
  // What is stored goes in front of the next line and that line's indent.
  const edits: TextEdit[] = [
    ...(isMethod ? [] : storeEdits(unit, attributes, receiver, indent)),
    ...indentEdits(source, { start, end }, stringSpans(unit), indent),
    ...attributeEdits(unit, attributes, receiver),
  ];
  if (shown.has(unit)) edits.push({ span: { start: unit.start, end: unit.start }, newText: 'return ' });
  if (isMethod && statement.kind === 'FunctionDef') edits.push(methodEdit(unit, statement, receiver));
  const shifted = withoutInner(edits).map(({ span, newText }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText,
  }));
  return new EditSet(shifted).apply(source.slice(start, end));
}

/** An insertion within lines that go as a whole goes with them. */
function withoutInner(edits: readonly TextEdit[]): readonly TextEdit[] {
  const removed = edits.filter(({ span, newText }) => newText === '' && span.end > span.start);
  return edits.filter(
    (edit) =>
      removed.includes(edit) ||
      !removed.some(({ span }) => span.start <= edit.span.start && edit.span.end < span.end),
  );
}

/** Without empty lines at the beginning and blanks at the end. */
export function trimmed(text: string): string {
  return text.replace(/^(?:[ \t]*(?:\r\n|\n|\r))+/, '').replace(/\s+$/, '');
}
