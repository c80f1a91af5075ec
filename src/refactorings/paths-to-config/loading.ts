import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import { walkExpression } from '../../syntax/walk';
import type { TextEdit } from '../../text/edit';
import type { AnalysedProgram } from '../outcome';
import {
  type LeadingImports,
  type NeededImport,
  insertAfterImports,
  leadingImports,
} from '../leadingImports';
import { freeName, namesIn } from '../names';

/** How a program gets at the configuration. */
export interface Loading {
  /** The name of the loaded configuration. */
  readonly name: string;
  /** Edits of the cell that loads it; empty if it is loaded already. */
  readonly edits: readonly TextEdit[];
  readonly leading: LeadingImports | undefined;
  /** Statements from this position on run after it is loaded. */
  readonly loadedAt: number;
  /** Modules that new code imports. */
  readonly imports: readonly string[];
}

const NAMES = ['config', 'settings', 'configuration', 'project_config', 'graduate_config'];

/** The statement that already loads the file, if the program has one: `name = yaml.safe_load(... "config.yaml" ...)`. */
export function existingLoad(
  program: AnalysedProgram,
  file: string,
): { name: string; unit: FactUnit } | undefined {
  for (const { call, unit, at } of program.facts.callsNamed('safe_load')) {
    const { statement } = unit.unit;
    if (statement.kind !== 'Assign' || statement.value !== call || at.block.parent !== undefined) continue;
    const [target] = statement.targets;
    if (target?.kind !== 'Name' || statement.targets.length !== 1) continue;
    if (program.facts.moduleBindings(target.id).length !== 1) continue;
    if (program.context.evaluator.calleeOf(call, unit) !== 'yaml.safe_load') continue;
    let namesFile = false;
    walkExpression(call, (node) => {
      namesFile ||= node.kind === 'Str' && node.value === file;
    });
    if (namesFile) return { name: target.id, unit };
  }
  return undefined;
}

/**
 * Plans the load, or says why there is no place for it.
 *
 * @param file The file's name.
 * @param levels How many folders above the program it lies.
 */
export function planLoading(
  program: AnalysedProgram,
  file: string,
  levels: number,
  isUsed: (unit: FactUnit) => boolean,
): Loading | string {
  const existing =
    existingLoad(program, levels === 0 ? file : `${'../'.repeat(levels)}${file}`) ??
    existingLoad(program, file);
  if (existing) {
    if (!isOnlyIndexed(program, existing))
      return `the program uses ${existing.name} as a whole, so it would see a new key`;
    return {
      name: existing.name,
      edits: [],
      leading: undefined,
      loadedAt: existing.unit.order + 1,
      imports: [],
    };
  }
  const leading = leadingImports(program.facts, isUsed);
  if (typeof leading === 'string') return leading;
  if (program.facts.program.kind === 'script' && program.facts.moduleBindings('__file__').length > 0) {
    return 'the program gives __file__ another value';
  }
  const taken = new Set(namesIn(program.facts));
  const name = freeName(NAMES, taken);
  taken.add(name);
  const yaml = imported(program, leading, 'yaml', undefined, taken);
  const path = imported(program, leading, 'pathlib', 'Path', taken);
  const statement = loadStatement(program, name, yaml.expression, path.expression, file, levels);
  const needed = [yaml.needed, path.needed].filter((need) => need !== undefined);
  return {
    name,
    edits: insertAfterImports(leading, needed, statement),
    leading,
    loadedAt: leading.endOrder,
    imports: ['yaml', 'pathlib'],
  };
}

/** Every use of the configuration is `config["key"]`. */
function isOnlyIndexed(program: AnalysedProgram, { name }: { readonly name: string }): boolean {
  return program.facts.freeReferences.every(({ reference, unit }) => {
    if (reference.name !== name) return true;
    const parent = parentsOf(unit.unit).get(reference.node);
    return parent?.kind === 'Subscript' && parent.value === reference.node && parent.index.kind === 'Str';
  });
}

function loadStatement(
  program: AnalysedProgram,
  name: string,
  yaml: string,
  path: string,
  file: string,
  levels: number,
): string {
  let place: string;
  if (program.facts.program.kind === 'notebook') place = `${path}("${'../'.repeat(levels)}${file}")`;
  else if (levels === 0) place = `${path}(__file__).with_name("${file}")`;
  else place = `(${path}(__file__).absolute().parents[${levels}] / "${file}")`;
  const read = `${place}.read_text(encoding="utf-8")`;
  const line = `${name} = ${yaml}.safe_load(${read})`;
  // The form that ruff format and black give a line over 88 columns.
  return line.length <= 88 ? line : `${name} = ${yaml}.safe_load(\n    ${read}\n)`;
}

/** The expression for a module or its member: an import that is there, else a new one under a free name. */
function imported(
  program: AnalysedProgram,
  leading: LeadingImports,
  module: string,
  member: string | undefined,
  taken: Set<string>,
): { readonly expression: string; readonly needed: NeededImport | undefined } {
  const wanted = member === undefined ? module : `${module}.${member}`;
  for (const candidate of member === undefined ? [module] : [member, module]) {
    const bindings = program.facts.moduleBindings(candidate);
    const [only] = bindings;
    if (
      bindings.length !== 1 ||
      !only ||
      !leading.units.includes(only.unit) ||
      isBoundInside(program, candidate)
    )
      continue;
    const [value] = program.context.evaluator.valuesOfBinding(only);
    if (value?.kind !== 'qualified') continue;
    if (value.name === wanted) return { expression: candidate, needed: undefined };
    if (value.name === module && member !== undefined)
      return { expression: `${candidate}.${member}`, needed: undefined };
  }
  if (member !== undefined && !taken.has(member)) {
    return { expression: member, needed: { module, name: member } };
  }
  if (!taken.has(module)) {
    const expression = member === undefined ? module : `${module}.${member}`;
    return { expression, needed: { module, name: undefined } };
  }
  const alias = freeName([`${module}_module`, `_${module}`], taken);
  return {
    expression: member === undefined ? alias : `${alias}.${member}`,
    needed: { module: `${module} as ${alias}`, name: undefined },
  };
}

/** A class or function of that name inside does not matter to module level; a `global` statement would. */
function isBoundInside(program: AnalysedProgram, name: string): boolean {
  return program.facts.moduleBindings(name).some(({ binding }) => binding.scope.parent !== undefined);
}
