import {
  type Movement,
  docstringOf,
  handedTypes,
  lastAssignment,
  moved,
  resultType,
  trimmed,
} from '../../refactorings/extract-pipeline/moved';
import { returnText, signature } from '../../refactorings/extract-pipeline/layout';
import { readsBuiltin } from '../../refactorings/extract-pipeline/names';
import type { Role } from '../../refactorings/extract-pipeline/roles';
import type { FactUnit } from '../../semantics/facts';
import type { Stage } from '../../stages/stages';
import { relativeNeed } from '../localModules';
import type { Module } from '../modules';
import type { PackagePlan } from '../plan';
import { ownEdits } from './ownEdits';
import { type ImportNeed, boundName, importBlock, needsOf } from '../../refactorings/importBlock';

const INDENT = '    ';
const NOTHING_SHOWN: ReadonlySet<FactUnit> = new Set();

/** The text of a module with the author's code: imports, definitions, then the stages. */
export function moduleText(module: Module, plan: PackagePlan, isFirst: boolean): string {
  const units = [...module.definitions, ...module.stages.flatMap((stage) => stage.units)];
  const parts = [
    [`"""${module.summary}"""`, importsFor(units, module, plan, isFirst)].filter(Boolean).join('\n\n'),
    definitionsText(module.definitions, plan),
    ...module.stages.map((stage) => stageText(stage, plan)),
  ];
  const [head = '', ...rest] = parts.filter((part) => part !== '');
  // Two empty lines stand above a function or a class, and one above anything else.
  const gap = /^(?:#.*\n)*(?:@|(?:async )?def |class )/.test(rest[0] ?? '') ? '\n\n\n' : '\n\n';
  return finished([head, rest.join('\n\n\n')].filter((part) => part !== '').join(gap));
}

/** Ends with one line break, and has no other kind of them: the author's file may. */
export function finished(text: string): string {
  return `${text.replace(/\r\n|\r/g, '\n').trimEnd()}\n`;
}

/** The imports that a module's code needs, each once. */
function importsFor(units: readonly FactUnit[], module: Module, plan: PackagePlan, isFirst: boolean): string {
  const { facts, roles, sharing } = plan;
  const used = new Set<string>();
  let readsShared = false;
  for (const unit of units) {
    for (const reference of unit.summary.freeReferences) {
      if (!sharing.shared.has(reference.name)) used.add(reference.name);
      else if (!readsBuiltin({ reference, unit })) readsShared = true;
    }
    readsShared ||= unit.summary.moduleBindings.some(({ name }) => sharing.shared.has(name));
    readsShared ||= ownEdits(unit, plan).some(({ newText }) =>
      new RegExp(`\\b${plan.stateName}\\b`).test(newText),
    );
  }
  const named = namesInTypes(module, plan);
  for (const name of named) used.add(name);
  const inFormulas = new Set(units.flatMap((unit) => [...plan.formulaReads(unit)]));
  const isForFormula = (name: string): boolean =>
    !used.has(name) && inFormulas.has(name) && !sharing.shared.has(name);
  /** Ruff cannot see that a formula reads a name. */
  const kept = (need: ImportNeed): ImportNeed =>
    isForFormula(boundName(need)) ? { ...need, comment: need.comment ?? '# noqa: F401' } : need;
  const needs: ImportNeed[] = [...futureImports(plan)];
  const blocks: string[] = [];
  const authors = facts.units.filter((unit) => roles.of.get(unit) === 'import');
  const isUnused = (name: string): boolean =>
    isFirst && facts.freeReferences.every(({ reference }) => reference.name !== name);
  for (const unit of authors) {
    const wanted = needsOf(unit);
    if (wanted.length === 0) {
      const names = unit.summary.moduleBindings.map(({ name }) => name);
      if (names.some((name) => used.has(name) || isUnused(name) || isForFormula(name)))
        blocks.push(trimmedUnit(unit, plan));
      continue;
    }
    for (const need of wanted) {
      const name = boundName(need);
      if (need.name !== '*' && !used.has(name) && !isUnused(name) && !isForFormula(name)) continue;
      needs.push(kept(relative(need, plan)));
    }
  }
  for (const other of plan.modules) {
    if (other === module || other.stages.length > 0) continue;
    const names = other.definitions.flatMap((unit) => unit.summary.moduleBindings.map(({ name }) => name));
    for (const name of names) {
      if (!used.has(name) && !isForFormula(name)) continue;
      needs.push(kept({ module: `.${other.name}`, name, alias: undefined }));
    }
  }
  if (named.has('Any')) needs.push({ module: 'typing', name: 'Any', alias: undefined });
  if (readsShared) needs.push({ module: '.', name: plan.stateName, alias: undefined });
  const hasStar = needs.some(({ name }) => name === '*');
  const lines = hasStar ? starredBlock(needs) : importBlock(needs);
  return [lines, blocks.join('\n')].filter(Boolean).join('\n\n');
}

/** The names that the signatures of a module's stages say: `pd`, `Any`. */
function namesInTypes({ stages }: Module, { sharing, types }: PackagePlan): ReadonlySet<string> {
  const written = stages.flatMap((stage) => Object.values(handedTypes(stage, types, sharing)).flat());
  return new Set(written.flatMap((type) => [...type.matchAll(/(?<![.\w])\w+/g)].map(([root]) => root)));
}

/** With a star among them the order of imports decides which name counts. */
function starredBlock(needs: readonly ImportNeed[]): string {
  const [future, others] = [
    needs.filter(({ module }) => module === '__future__'),
    needs.filter(({ module }) => module !== '__future__'),
  ];
  return [importBlock(future), others.map((need) => importBlock([need])).join('\n')]
    .filter(Boolean)
    .join('\n\n');
}

function futureImports({ facts }: PackagePlan): readonly ImportNeed[] {
  return facts.units
    .filter(({ unit: { statement } }) => statement.kind === 'ImportFrom' && statement.module === '__future__')
    .flatMap(needsOf);
}

function relative(need: ImportNeed, { local }: PackagePlan): ImportNeed {
  if (!local.isLocal(need.module)) return need;
  if (need.name !== undefined) return { ...need, module: `.${need.module}` };
  return { ...relativeNeed(need.module, need.alias, '.'), comment: need.comment };
}

function trimmedUnit(unit: FactUnit, plan: PackagePlan): string {
  return trimmed(moved(plan.regions.get(unit)!, movementOf(unit, plan), ''));
}

/** Definitions with two empty lines around them, constants line by line. */
function definitionsText(units: readonly FactUnit[], plan: PackagePlan): string {
  let text = '';
  let before: Role | undefined;
  for (const unit of units) {
    const role = plan.roles.of.get(unit)!;
    const gap = before === undefined ? '' : before === 'constant' && role === 'constant' ? '\n' : '\n\n\n';
    text += gap + trimmedUnit(unit, plan);
    before = role;
  }
  return text;
}

function stageText(stage: Stage, plan: PackagePlan): string {
  const { regions, sharing } = plan;
  const { passing } = sharing;
  const given = lastAssignment(stage, { names: sharing });
  let statements = '';
  let before: FactUnit | undefined;
  for (const unit of stage.units) {
    const text = moved(regions.get(unit)!, movementOf(unit, plan), INDENT, unit === given);
    // A cell's last line has no line break of its own.
    const isNewCell = before !== undefined && before.cell !== unit.cell;
    statements = isNewCell
      ? `${statements.trimEnd()}\n\n${text.replace(/^(?:[ \t]*(?:\r\n|\n|\r))+/, '')}`
      : statements + text;
    before = unit;
  }
  const returns = passing.returnsOf(stage);
  const { taken, given: givenTypes } = handedTypes(stage, plan.types, sharing);
  const parameters = passing.parametersOf(stage).map((name, i) => `${name}: ${taken[i]!}`);
  const keyword = plan.isAsync(stage) ? 'async def' : 'def';
  const heading = signature(stage.name, parameters, resultType(givenTypes), '', keyword);
  return [
    heading,
    `${INDENT}"""${docstringOf(stage, returns)}"""`,
    trimmed(statements),
    ...(returns.length > 0 && !given ? [returnText(returns, INDENT)] : []),
  ].join('\n');
}

function movementOf(unit: FactUnit, plan: PackagePlan): Movement {
  const { shared: all } = plan.sharing;
  const own = plan.sharing.own.get(unit) ?? [];
  const shared = own.length === 0 ? all : new Set([...all].filter((name) => !own.includes(name)));
  return {
    roles: plan.roles,
    names: { shared },
    hasState: true,
    shown: NOTHING_SHOWN,
    receiver: plan.stateName,
    more: (each) => ownEdits(each, plan),
  };
}
