import type { Stage } from '../../stages/stages';
import { purposeOf } from '../../stages/purpose';
import { ANY, type SpelledTypes } from '../../semantics/spelledTypes';
import type { FactUnit } from '../../semantics/facts';
import { EditSet, type TextEdit } from '../../text/edit';
import { annotationEdits, attributeEdits, indentEdits, methodEdit, storeEdits, stringSpans } from './edits';
import { guardedBody } from './guard';
import { isOnlySeen } from './looks';
import type { NamePlan } from './names';
import type { Region } from './regions';
import { LINE_LENGTH, bracketed, returnText, signature } from './layout';
import type { Roles } from './roles';

/** What the text of a moved statement depends on. */
export interface Movement {
  readonly roles: Roles;
  readonly names: Pick<NamePlan, 'shared'>;
  /** Expressions whose value a notebook shows: the stage gives it back. */
  readonly shown: ReadonlySet<FactUnit>;
  /** What shared names are attributes of. */
  readonly receiver: string;
  /** Shared names are attributes of a module, whatever the stages are. */
  readonly hasState?: boolean;
  /** Edits of a statement besides those of its names, in its cell's source. */
  readonly more?: (unit: FactUnit) => readonly TextEdit[];
}

/** What the new text is made of. */
export interface Pipeline extends Movement {
  readonly stages: readonly Stage[];
  readonly names: NamePlan;
  readonly regions: ReadonlyMap<FactUnit, Region>;
  readonly className: string;
  /** What `main` and the object are called. */
  readonly mainName: string;
  readonly runName: string;
  /** Without a full stop. */
  readonly summary: string;
  /** Types of the names that are handed on; undefined where no annotations can be written. */
  readonly types: SpelledTypes | undefined;
}

const INDENT = '    ';
const SHOWING_ITSELF = /\bdef\s+(?:__repr__|__str__|_repr_\w*_|_ipython_display_)\b/;

/** The class: methods that the author's functions have become, the stages, and what calls them in order. */
export function classText(pipeline: Pipeline): string {
  const { roles, stages, regions, receiver, runName } = pipeline;
  const methods = [...regions.values()].filter(({ unit }) => roles.of.get(unit) === 'method');
  const body = [
    ...methods.map((region) => trimmed(moved(region, pipeline, INDENT))),
    ...stages.map((stage) => stageText(stage, pipeline)),
    runsInOrder(pipeline) &&
      [
        `${INDENT}def ${runName}(${receiver}) -> None:`,
        `${INDENT}${INDENT}"""Run all stages in order."""`,
        ...stages.map((stage, i) => {
          const isNeeded = isNeededBy(stages.slice(i + 1), stage, pipeline);
          return callText(stage, isNeeded ? pipeline : givingNothing(pipeline), receiver, INDENT + INDENT);
        }),
      ].join('\n'),
  ]
    .filter((part) => part !== false)
    .join('\n\n');
  return `class ${pipeline.className}:\n${INDENT}"""${pipeline.summary}."""\n\n${body}`;
}

/** Whether later stages take what a stage gives back; in a notebook it may be for the cells alone. */
function isNeededBy(later: readonly Stage[], stage: Stage, { names: { passing } }: Pipeline): boolean {
  const returns = passing.returnsOf(stage);
  return later.some((each) => passing.parametersOf(each).some((name) => returns.includes(name)));
}

function givingNothing({ names: { passing } }: Pipeline): { readonly names: Pick<NamePlan, 'passing'> } {
  return { names: { passing: { ...passing, returnsOf: () => [] } } };
}

/** Whether the stages, one after another, do what the program does: the cells of a notebook add nothing but looks. */
function runsInOrder({ roles, stages, shown, names: { passing } }: Pipeline): boolean {
  const units = [...roles.of.keys()];
  const isShowing = shown.size > 0 || units.some((unit) => roles.of.get(unit) === 'stay');
  // What an object says of itself when a cell shows it, it does not say in a run.
  if (isShowing && units.some(({ unit }) => SHOWING_ITSELF.test(unit.text))) return false;
  if (![...roles.of].every(([unit, role]) => role !== 'stay' || isOnlySeen(unit))) return false;
  const made = new Set<string>();
  return stages.every((stage) => {
    const isComplete = passing.parametersOf(stage).every((name) => made.has(name));
    for (const name of passing.returnsOf(stage)) made.add(name);
    return isComplete;
  });
}

/** One function for each stage. */
export function functionsText(pipeline: Pipeline): string {
  return pipeline.stages.map((stage) => stageText(stage, pipeline)).join('\n\n\n');
}

/** A stage as a function or a method. */
function stageText(stage: Stage, pipeline: Pipeline): string {
  const { receiver, regions, shown, roles, names } = pipeline;
  const isMethod = roles.shape === 'class';
  const outer = isMethod ? INDENT : '';
  const indent = outer + INDENT;
  const parameters = names.passing.parametersOf(stage);
  const returns = names.passing.returnsOf(stage);
  const given = lastAssignment(stage, pipeline);
  const statements = stage.units
    .map((unit) => moved(regions.get(unit)!, pipeline, indent, unit === given))
    // The last line of a cell ends without a line break.
    .map((text, i, all) => (i + 1 < all.length && !isLineEnded(text, stage, i) ? `${text}\n` : text))
    .join('');
  const isShown = stage.units.some((unit) => shown.has(unit));
  const types = pipeline.types && handedTypes(stage, pipeline.types, names);
  const result = resultType(types && (isShown ? [ANY] : types.given));
  const body = [
    `${indent}"""${docstringOf(stage, returns)}"""`,
    ...(isMethod ? [] : globalLines(stage, pipeline, indent)),
    trimmed(statements),
    ...(returns.length > 0 && !lastAssignment(stage, pipeline) ? [returnText(returns, indent)] : []),
  ];
  const typed = parameters.map((name, at) => (types ? `${name}: ${types.taken[at]!}` : name));
  const heading = signature(stage.name, isMethod ? [receiver, ...typed] : typed, result, outer);
  return [heading, ...body].join('\n');
}

/** Whether a statement's text is followed by the next one's, on its line or below. */
function isLineEnded(text: string, { units }: Stage, i: number): boolean {
  return units[i]!.cell === units[i + 1]!.cell || /[\r\n]$/.test(text);
}

/** The types of what a stage takes, in the order of its parameters, and of what it gives back. */
export function handedTypes(
  stage: Stage,
  types: SpelledTypes,
  { passing }: Pick<NamePlan, 'passing'>,
): { readonly taken: readonly string[]; readonly given: readonly string[] } {
  const last = stage.units.at(-1)!;
  return {
    taken: passing.parametersOf(stage).map((name) => types.ofParameter(name, stage.units)),
    given: passing.returnsOf(stage).map((name) => types.after(name, last)),
  };
}

/** `-> None`, `-> pd.DataFrame`, `-> tuple[pd.DataFrame, int]`; nothing where no types can be written. */
export function resultType(types: readonly string[] | undefined): string {
  if (!types) return '';
  return ` -> ${types.length > 1 ? `tuple[${types.join(', ')}]` : (types[0] ?? 'None')}`;
}

/** Whether the signatures of the stages say `Any`. */
export function saysAny({ stages, names, types, shown }: Pipeline): boolean {
  if (!types) return false;
  const written = stages.flatMap((stage) => Object.values(handedTypes(stage, types, names)).flat());
  return shown.size > 0 || written.some((type) => /\bAny\b/.test(type));
}

/** The last statement of a stage, if it is `x = value` and x all that the stage gives back: then it is `return value`. */
export function lastAssignment(
  stage: Stage,
  { names }: { readonly names: Pick<NamePlan, 'passing'> },
): FactUnit | undefined {
  const [name, ...others] = names.passing.returnsOf(stage);
  const last = stage.units.at(-1)!;
  const { statement, text } = last.unit;
  if (name === undefined || others.length > 0 || statement.kind !== 'Assign') return undefined;
  const [target] = statement.targets;
  const isOne = statement.targets.length === 1 && target?.kind === 'Name' && target.id === name;
  // A function that reads the name needs it, and brackets around it are left alone.
  const isCaptured = stage.units.some(({ summary }) =>
    summary.freeReferences.some((reference) => reference.name === name && reference.time !== 'now'),
  );
  return isOne && !isCaptured && /^\w+\s*=(?!=)/u.test(text) ? last : undefined;
}

/** `global` for the variables of the module that a stage binds. */
function globalLines({ units }: Stage, { names }: Pipeline, indent: string): readonly string[] {
  const bound = new Set(
    units.flatMap((unit) =>
      unit.summary.moduleBindings
        .filter(({ name, scope }) => scope.parent === undefined && names.shared.has(name))
        .map(({ name }) => name),
    ),
  );
  const lines: string[] = [];
  for (const name of bound) {
    const longer = lines.length > 0 ? `${lines.at(-1)!}, ${name}` : '';
    if (longer !== '' && longer.length <= LINE_LENGTH) lines[lines.length - 1] = longer;
    else lines.push(`${indent}global ${name}`);
  }
  return lines;
}

/** The call of a stage, which takes and gives back what is handed on. */
export function callText(
  stage: Stage,
  { names }: { readonly names: Pick<NamePlan, 'passing'> },
  receiver: string | undefined,
  indent: string,
  keyword = '',
): string {
  const parameters = names.passing.parametersOf(stage);
  const returns = names.passing.returnsOf(stage);
  const target = returns.length > 0 ? `${returns.join(', ')} = ` : '';
  const callee = keyword + (receiver === undefined ? stage.name : `${receiver}.${stage.name}`);
  return bracketed(`${indent}${target}${callee}(`, parameters, ')', indent);
}

/** What a stage is for, as a sentence. */
export function docstringOf(stage: Stage, given: readonly string[]): string {
  const text = purposeOf(stage, given).replaceAll('\\', '/').replaceAll('"', "'").trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replace(/([.!?:])\.$/, '$1');
}

/**
 * A statement's text, with what stands around it, as it stands in a function that is indented by `indent`.
 *
 * @param isGiven It is an assignment whose value the function gives back.
 */
export function moved(region: Region, pipeline: Movement, indent: string, isGiven = false): string {
  const { source } = region.unit.cell.cell;
  if (region.above) {
    const { above, ...rest } = region;
    const heading = source.slice(above.start, above.end).replace(/^(?=.)/gm, indent);
    return heading + trimmedAbove(moved(rest, pipeline, indent, isGiven));
  }
  const body = guardedBody(region.unit);
  const comments = body ? source.slice(region.start, region.unit.start).trimStart() : '';
  if (!body || !indent.startsWith(body.indent)) return movedLines(region, pipeline, indent, isGiven);
  // The body stands as deep as it did, and the rest deeper; what the author wrote above the guard stays above it.
  const above = comments.trim() === '' ? '' : comments.replace(/^(?=.)/gm, indent);
  return above + movedLines({ ...region, start: body.start }, pipeline, indent.slice(body.indent.length));
}

function movedLines(
  { unit, start, end }: Region,
  pipeline: Movement,
  indent: string,
  isGiven = false,
): string {
  const { names, receiver, roles, shown } = pipeline;
  const hasState = pipeline.hasState ?? false;
  const hasAttributes = hasState || roles.shape === 'class';
  const { source } = unit.cell.cell;
  const { statement } = unit.unit;
  const isMethod = roles.of.get(unit) === 'method';
  // What is stored goes in front of the next line and that line's indent.
  const edits: TextEdit[] = [
    ...(isMethod || !hasAttributes ? [] : storeEdits(unit, names.shared, receiver, indent)),
    ...indentEdits(source, { start, end }, stringSpans(unit), indent),
    ...(hasAttributes ? attributeEdits(unit, names.shared, receiver) : []),
    ...(hasState || !hasAttributes ? annotationEdits(unit, names.shared) : []),
    ...(pipeline.more?.(unit) ?? []),
  ];
  if (shown.has(unit)) edits.push({ span: { start: unit.start, end: unit.start }, newText: 'return ' });
  if (isGiven) {
    const length = /^\w+\s*=[ \t]*/u.exec(unit.unit.text)![0].length;
    edits.push({ span: { start: unit.start, end: unit.start + length }, newText: 'return ' });
  }
  if (isMethod && statement.kind === 'FunctionDef') edits.push(methodEdit(unit, statement, receiver));
  const shifted = withoutInner(edits).map(({ span, newText }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText,
  }));
  return new EditSet(shifted).apply(source.slice(start, end));
}

/** An insertion within lines that go as a whole goes with them, and so does one within a text that is replaced. */
function withoutInner(edits: readonly TextEdit[]): readonly TextEdit[] {
  const replaced = edits.filter(({ span }) => span.end > span.start);
  const removed = replaced.filter(({ newText }) => newText === '');
  return edits.filter((edit) => {
    const { start, end } = edit.span;
    if (removed.includes(edit)) return true;
    if (removed.some(({ span }) => span.start <= start && end < span.end)) return false;
    return start < end || !replaced.some(({ span }) => span.start < start && start < span.end);
  });
}

/** Without empty lines at the beginning and blanks at the end. */
export function trimmed(text: string): string {
  return trimmedAbove(text).trimEnd();
}

function trimmedAbove(text: string): string {
  return text.replace(/^(?:[ \t]*(?:\r\n|\n|\r))+/, '');
}
