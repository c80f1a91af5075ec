import type { CodeCell, FactUnit, ProgramFacts } from '../../semantics/facts';
import type { CellChange, FileChange } from '../../text/change';
import { EditSet, type TextEdit } from '../../text/edit';
import { type ImportNeed, boundName, importBlock, needsOf } from '../importBlock';
import { attributeEdits } from './edits';
import { LINE_LENGTH, bracketed } from './layout';
import { type Pipeline, callText, classText, functionsText, saysAny, trimmed } from './moved';
import type { Region } from './regions';
import type { Role, Roles } from './roles';
import { KEPT } from './script';

/** The module beside the notebook, and the cells that call it. */
export interface NotebookPlan {
  readonly path: string;
  readonly modulePath: string;
  readonly moduleName: string;
  /** The variable of the notebook that holds the pipeline. */
  readonly objectName: string;
  /** The statement at which the module is imported: what stands above it is none of its business. */
  readonly importAt: FactUnit;
}

/** IPython puts these into a notebook's names; a module imports them from there. */
const SUPPLIED: ReadonlyMap<string, string> = new Map([
  ['display', 'IPython.display'],
  ['get_ipython', 'IPython'],
]);

/** The files that a notebook becomes: a module, and the notebook with calls of it. */
export function notebookFiles(
  pipeline: Pipeline,
  facts: ProgramFacts,
  plan: NotebookPlan,
): readonly FileChange[] {
  const cells = facts.cells.flatMap((cell): CellChange[] => {
    const edits = cellEdits(cell, pipeline, facts, plan);
    if (edits.length === 0 || cell.cell.index === null) return [];
    return [{ cell: cell.cell.index, before: cell.cell.source, edits: new EditSet(edits) }];
  });
  return [
    { kind: 'create', path: plan.modulePath, content: moduleText(pipeline, facts, plan) },
    { kind: 'notebook', path: plan.path, cells },
  ];
}

function moduleText(pipeline: Pipeline, facts: ProgramFacts, { path }: NotebookPlan): string {
  const { roles, regions } = pipeline;
  const kept = [...regions.values()].filter(
    ({ unit }) => KEPT.includes(roles.of.get(unit)!) && roles.of.get(unit) !== 'setup',
  );
  const supplied = [...SUPPLIED].filter(([name]) =>
    facts.freeReferences.some(
      ({ reference, unit }) => reference.name === name && roles.of.get(unit) !== 'stay',
    ),
  );
  const imports = kept.filter(({ unit }) => isImport(unit, roles));
  const isSorted = !hasRivals(kept) && !imports.some(({ unit }) => needsOf(unit).some(isStar));
  // The cells keep their imports, comments and all; the module has those that it needs, at its top.
  const isAtTop = ({ unit }: Region): boolean => isImport(unit, roles) && (isSorted || isFuture(unit));
  const ours: readonly ImportNeed[] = [
    ...(saysAny(pipeline) ? [need('typing', 'Any')] : []),
    ...supplied.map(([name, module]) => need(module, name)),
  ];
  const needs = imports.filter(isAtTop).flatMap(({ unit }) => needsOf(unit));
  const isNeeded = (each: ImportNeed): boolean =>
    each.module === '__future__' ||
    [...regions.keys()].some((unit) => isMoved(unit, roles) && mentions(unit, boundName(each)));
  const top = importBlock([
    ...ours,
    ...needs.filter(isNeeded).map((each) => ({ ...each, comment: undefined })),
  ]);
  const [stem = ''] = path.split('/').slice(-1);
  const title = `"""The stages of ${stem.replaceAll('\\', '/').replaceAll('"', "'")}."""`;
  const parts = [
    [title, top].filter((part) => part !== '').join('\n\n'),
    joined(
      kept.filter((region) => !isAtTop(region)),
      roles,
    ),
    roles.shape === 'class' ? classText(pipeline) : functionsText(pipeline),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n\n')}\n`.replace(/\r\n|\r/g, '\n');
}

function isFuture({ unit }: FactUnit): boolean {
  return unit.statement.kind === 'ImportFrom' && unit.statement.module === '__future__';
}

/** A statement that imports and does nothing else; `try: import x` is a block. */
function isImport(unit: FactUnit, { of }: Roles): boolean {
  const { kind } = unit.unit.statement;
  return (of.get(unit) === 'import' || isFuture(unit)) && (kind === 'Import' || kind === 'ImportFrom');
}

function isStar({ name }: ImportNeed): boolean {
  return name === '*';
}

function need(module: string, name: string): ImportNeed {
  return { module, name, alias: undefined };
}

/** Whether a statement's text goes to the module, plain imports aside. */
function isMoved(unit: FactUnit, roles: Roles): boolean {
  const role = roles.of.get(unit)!;
  return role !== 'stay' && role !== 'drop' && role !== 'setup' && !isImport(unit, roles);
}

/** Whether a name stands in a statement, be it in a text: annotations may be texts. */
function mentions({ unit: { text } }: FactUnit, name: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'u').test(text.normalize('NFKC'));
}

/** Whether a name is bound by two different statements that stay: then their order says which one counts. */
function hasRivals(kept: readonly Region[]): boolean {
  const texts = new Map<string, string>();
  return kept.some(({ unit }) =>
    unit.summary.moduleBindings.some(({ name }) => {
      const before = texts.get(name) ?? unit.unit.text;
      texts.set(name, before);
      return before !== unit.unit.text;
    }),
  );
}

/** Definitions with two empty lines around them, constants line by line. */
function joined(regions: readonly Region[], roles: Roles): string {
  let text = '';
  let before: Role | undefined;
  for (const { unit, start, end } of regions) {
    const role = roles.of.get(unit)!;
    const isList = before === role && (role === 'constant' || role === 'import');
    const gap = before === undefined ? '' : isList ? '\n' : '\n\n\n';
    text += gap + trimmed(unit.cell.cell.source.slice(start, end));
    before = role;
  }
  return text;
}

function cellEdits(
  cell: CodeCell,
  pipeline: Pipeline,
  facts: ProgramFacts,
  plan: NotebookPlan,
): readonly TextEdit[] {
  const { roles, stages, regions, names } = pipeline;
  const edits: TextEdit[] = [];
  const isClass = roles.shape === 'class';
  const units = facts.units.filter((unit) => unit.cell === cell);
  const imports = importLine(units, pipeline, plan);
  let isImported = false;
  for (const unit of units) {
    const role = roles.of.get(unit)!;
    const { start, end } = regions.get(unit)!;
    const source = cell.cell.source.slice(start, end);
    const lineBreak = /[\r\n]$/.test(source) ? '\n' : '';
    const lines: string[] = [];
    const stage = stages.find((each) => each.units[0] === unit);
    // Above a call: what the call gives back is shown only if the call is the last line.
    const isNeeded = DEFINING.includes(role) || (stage !== undefined && definesBelow(unit, units, roles));
    if (unit === plan.importAt || (!isImported && isNeeded)) {
      if (imports !== undefined && !isImported) lines.push(imports);
      if (unit === plan.importAt && isClass) lines.push(`${plan.objectName} = ${pipeline.className}()`);
      isImported = true;
    }
    if (role === 'import' || role === 'setup' || role === 'stay' || role === 'header') {
      if (lines.length > 0) edits.push({ span: { start, end: start }, newText: `${lines.join('\n')}\n` });
      if (role === 'stay' && isClass) edits.push(...attributeEdits(unit, names.shared, plan.objectName));
      continue;
    }
    if (role === 'drop') {
      edits.push({ span: { start, end }, newText: '' });
      continue;
    }
    if (stage) lines.push(callText(stage, pipeline, isClass ? plan.objectName : undefined, ''));
    // A cell of nothing but a method says where that is.
    if (units.length === 1 && lines.length === 0)
      lines.push(`# moved to ${plan.modulePath.split('/').at(-1)}`);
    const newText =
      lines.length === 0 ? '' : lines.join('\n') + (lineBreak || (hasMore(unit, units) ? '\n' : ''));
    edits.push({ span: { start, end }, newText });
  }
  return withoutLastBreak(edits, cell.cell.source);
}

/** Whether a definition stands below a statement in its cell, with nothing between them that stays there. */
function definesBelow(unit: FactUnit, units: readonly FactUnit[], { of }: Roles): boolean {
  for (const below of units.slice(units.indexOf(unit) + 1)) {
    const role = of.get(below)!;
    if (role === 'stay') return false;
    if (DEFINING.includes(role)) return true;
  }
  return false;
}

/** What the module defines, and a cell that defined it imports. */
const DEFINING: readonly Role[] = ['definition', 'constant'];

/** Where everything below a call has gone, its line is the last, and ends as the last line of the cell did. */
function withoutLastBreak(edits: readonly TextEdit[], source: string): readonly TextEdit[] {
  if (/[\r\n]$/.test(source)) return edits;
  let end = source.length;
  for (let i = edits.length - 1; i >= 0; i--) {
    const { span, newText } = edits[i]!;
    if (span.end !== end) return edits;
    if (newText !== '') return edits.with(i, { span, newText: newText.replace(/\n$/, '') });
    end = span.start;
  }
  return edits;
}

function hasMore(unit: FactUnit, units: readonly FactUnit[]): boolean {
  return units.at(-1) !== unit;
}

/** `from module import Class, helper`: the class or the stages where they are first needed, and what the cell defined. */
function importLine(units: readonly FactUnit[], pipeline: Pipeline, plan: NotebookPlan): string | undefined {
  const { roles, className, stages } = pipeline;
  const names = units
    .filter((unit) => DEFINING.includes(roles.of.get(unit)!))
    .flatMap((unit) => unit.summary.moduleBindings)
    // What a function binds by `global` is there once it has run.
    .flatMap(({ name, scope }) => (scope.parent === undefined ? [name] : []));
  if (units.includes(plan.importAt)) {
    if (roles.shape === 'class') names.unshift(className);
    else names.push(...stages.map(({ name }) => name));
  }
  if (names.length === 0) return undefined;
  const line = `from ${plan.moduleName} import `;
  const unique = [...new Set(names)];
  const isShort = line.length + unique.join(', ').length <= LINE_LENGTH;
  return bracketed(isShort ? line : `${line}(`, unique, isShort ? '' : ')', '');
}
