import { type LoggerKind, loggerKindOf } from '../rules/logging/loggers';
import type { CodeCell, FactUnit, PlacedBinding } from '../semantics/facts';
import { reachingBindings } from '../semantics/reaching';
import { type Binding, type Block, type Scope, isWithin } from '../semantics/scope';
import type { Located } from '../semantics/summary';
import type { Evaluator } from '../semantics/values';
import type { NodeBase } from '../syntax/ast';
import type { TextEdit } from '../text/edit';
import { insertAfterImports, leadingImports } from './leadingImports';
import { freeName, namesIn } from './names';

/** The logger of a module, and what has to be added so that there is one. */
export interface ModuleLogger {
  readonly name: string;
  readonly kind: LoggerKind;
  /** Edits that make it; empty if it is there. */
  readonly cell: CodeCell | undefined;
  readonly edits: readonly TextEdit[];
}

/**
 * The logger that code at a place can use: one of the module's that surely is there, else a new one made right behind
 * the first imports.
 *
 * @param at Where `node` stands.
 * @returns Or why there is none.
 */
export function moduleLogger(
  node: NodeBase,
  at: Located,
  unit: FactUnit,
  evaluator: Evaluator,
): ModuleLogger | string {
  const existing = existingLogger(node, at, unit, evaluator);
  return existing ?? newLogger(unit);
}

function existingLogger(
  node: NodeBase,
  at: Located,
  unit: FactUnit,
  evaluator: Evaluator,
): ModuleLogger | undefined {
  const vantage = { unit, scope: at.scope, block: at.block, offset: node.start };
  for (const name of unit.facts.moduleNames()) {
    if (!unit.facts.moduleBindings(name).some(({ binding }) => mayBeLogger(binding))) continue;
    const bindings = reachingBindings(name, vantage);
    const kinds = new Set(
      bindings.flatMap((placed) => evaluator.valuesOfBinding(placed).map((value) => loggerKindOf(value))),
    );
    const [kind] = kinds;
    const isSure = bindings.some((placed) => surelyRan(placed, unit, at.block));
    if (isSure && kinds.size === 1 && kind !== undefined) return { name, kind, cell: undefined, edits: [] };
  }
  return undefined;
}

/** Cheap: a call of something that makes loggers, or an import of something called a logger. */
function mayBeLogger({ name, source }: Binding): boolean {
  if (source.type === 'from-import') return /log/i.test(name);
  if (source.type !== 'value' || source.expression.kind !== 'Call') return false;
  const { func } = source.expression;
  const callee = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return /log/i.test(callee);
}

/** Under no condition of its own. */
function surelyRan({ binding, unit: where }: PlacedBinding, unit: FactUnit, block: Block): boolean {
  return binding.block.parent === undefined || (where === unit && isWithin(block, binding.block));
}

function newLogger(unit: FactUnit): ModuleLogger | string {
  const { facts } = unit;
  const leading = leadingImports(facts, (candidate) => candidate === unit);
  if (typeof leading === 'string') return `A logger cannot be made here: ${leading}`;
  if (leading.endOrder > unit.order) return 'A logger cannot be made above this line';
  const name = freeName(['logger', 'log', '_logger', 'module_logger'], namesIn(facts));
  const maker = leading.units
    .flatMap(({ summary }) => summary.moduleBindings)
    .flatMap((binding) => (binding.block.parent === undefined ? (makerOf(binding) ?? []) : []))
    .at(-1);
  if (maker === undefined && isBoundOtherwise(unit, 'logging'))
    return 'The name logging stands for something else here';
  const needed = maker === undefined ? [{ module: 'logging', name: undefined }] : [];
  const statement = `${name} = ${maker ?? 'logging.getLogger'}(__name__)`;
  const edits = insertAfterImports(leading, needed, statement);
  return { name, kind: 'standard', cell: leading.cell, edits };
}

/** How an import lets `getLogger` be written. */
function makerOf({ name, source }: Binding): string | undefined {
  if (source.type === 'import' && source.module === 'logging') return `${name}.getLogger`;
  const isMaker = source.type === 'from-import' && source.level === 0 && source.module === 'logging';
  return isMaker && source.name === 'getLogger' ? name : undefined;
}

/** Some scope of the program binds a name to something else than the module that is called so. */
export function isBoundOtherwise({ facts }: FactUnit, module: string): boolean {
  const isOther = (scope: Scope): boolean =>
    scope.bindingsOf(module).some(({ source }) => source.type !== 'import' || source.module !== module) ||
    scope.children.some(isOther);
  return facts.units.some(({ summary }) => isOther(summary.root));
}
