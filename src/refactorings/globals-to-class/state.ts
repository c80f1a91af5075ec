import { changedInFunctions } from '../../rules/state/changes';
import type { RuleContext } from '../../rules/rule';
import type { FactUnit, PlacedBinding, ProgramFacts } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Expression, FunctionDef } from '../../syntax/ast';
import { sharesLine } from '../../stages/stages';
import { isPure } from '../extract-pipeline/purity';
import { isConstant } from '../extract-pipeline/roles';

/** State of the module that functions share, and those functions. */
export interface SharedState {
  /** In the order in which they are first bound. */
  readonly variables: readonly string[];
  /** Functions that become methods, in document order. */
  readonly methods: readonly FactUnit[];
  /** Statements that give a variable its first value, a literal: they go to `__init__`. */
  readonly initial: readonly FactUnit[];
  /** The statement above which the class is made. */
  readonly above: FactUnit;
}

/** The states of a program: functions that have a variable in common share one. */
export function statesOf(context: RuleContext): readonly SharedState[] {
  const { facts } = context;
  const changed = changedVariables(context);
  const groups: { variables: Set<string>; units: Set<FactUnit> }[] = [];
  for (const unit of facts.units) {
    if (unit.unit.statement.kind !== 'FunctionDef') continue;
    const used = new Set(usedIn(unit).filter((name) => changed.has(name)));
    if (used.size === 0) continue;
    const joined = groups.filter(({ variables }) => [...used].some((name) => variables.has(name)));
    const [first] = joined;
    const group = first ?? { variables: new Set<string>(), units: new Set<FactUnit>() };
    if (!first) groups.push(group);
    for (const other of joined.slice(1)) {
      other.variables.forEach((name) => group.variables.add(name));
      other.units.forEach((each) => group.units.add(each));
      groups.splice(groups.indexOf(other), 1);
    }
    used.forEach((name) => group.variables.add(name));
    group.units.add(unit);
  }
  return groups.map(({ variables, units }) =>
    stateOf(
      facts,
      [...changed].filter((name) => variables.has(name)),
      units,
    ),
  );
}

/** Variables that functions bind through `global` or whose objects they change in place, in document order. */
function changedVariables(context: RuleContext): ReadonlySet<string> {
  const { facts } = context;
  const inPlace = new Set(changedInFunctions(context).map(({ name }) => name));
  const names = new Set<string>();
  for (const name of facts.moduleNames()) {
    const bindings = facts.moduleBindings(name);
    const isVariable = !bindings.some(({ binding }) =>
      ['import', 'from-import', 'function', 'class'].includes(binding.source.type),
    );
    const isRebound = bindings.some(({ binding }) => binding.scope.parent !== undefined);
    if (isVariable && (isRebound || inPlace.has(name))) names.add(name);
  }
  return names;
}

function usedIn({ summary }: FactUnit): readonly string[] {
  const bound = summary.moduleBindings.filter(({ scope }) => scope.parent !== undefined);
  return [...summary.freeReferences, ...bound].map(({ name }) => name);
}

function stateOf(
  facts: ProgramFacts,
  variables: readonly string[],
  users: ReadonlySet<FactUnit>,
): SharedState {
  const names = new Set(variables);
  const methods = facts.units.filter((unit) => users.has(unit) && isOnlyCalled(unit, facts));
  const literals = facts.units.filter((unit) => isLiteralBinding(unit, names, facts));
  const touches = (unit: FactUnit): boolean =>
    unit.summary.moduleBindings.some(({ name, scope }) => names.has(name) && scope.parent === undefined) ||
    unit.summary.freeReferences.some(({ name, time }) => names.has(name) && time !== 'later');
  const needy = facts.units.find((unit) => touches(unit) && !literals.includes(unit));
  const orders = [...methods, ...(needy ? [needy] : [])].map(({ order }) => order);
  const first = literals[0]?.order ?? Infinity;
  const place = Math.min(...orders, facts.units.length - 1);
  // What runs between the first value and the class may call what needs the object.
  const active = facts.units.find(
    ({ order, unit }) => order > first && order < place && isActive(unit.statement),
  );
  const above = facts.units[Math.min(place, active?.order ?? Infinity)]!;
  const initial = literals.filter(
    (unit) => unit.order < above.order || !isMentionedBetween(unit, above, names, facts),
  );
  return { variables, methods: methods.filter((unit) => isMadeEarly(unit, above, facts)), initial, above };
}

function isActive({ kind }: FactUnit['unit']['statement']): boolean {
  return !['FunctionDef', 'Import', 'ImportFrom', 'Assign'].includes(kind);
}

/** `rows = []`, if that is the first thing that happens to the name. */
function isLiteralBinding(unit: FactUnit, names: ReadonlySet<string>, facts: ProgramFacts): boolean {
  const { statement } = unit.unit;
  const isPlain = statement.kind === 'Assign' && statement.targets.length === 1;
  const target = isPlain
    ? statement.targets[0]
    : statement.kind === 'AnnAssign'
      ? statement.target
      : undefined;
  const value = statement.kind === 'Assign' || statement.kind === 'AnnAssign' ? statement.value : undefined;
  if (target?.kind !== 'Name' || !value || !names.has(target.id) || !isLiteral(value)) return false;
  if (statement.kind === 'AnnAssign' && !/^[\w.[\], |]+$/.test(annotationOf(unit))) return false;
  if (
    [facts.units[unit.order - 1], facts.units[unit.order + 1]].some(
      (other) => other && (sharesLine(unit, other) || sharesLine(other, unit)),
    )
  ) {
    return false;
  }
  const [first] = facts.moduleBindings(target.id).filter(({ binding }) => binding.scope.parent === undefined);
  return first?.unit === unit;
}

function annotationOf({ unit }: FactUnit): string {
  const { statement, text } = unit;
  return statement.kind === 'AnnAssign'
    ? text.slice(statement.annotation.start, statement.annotation.end)
    : '';
}

/** A value that is made of nothing but itself. */
function isLiteral(value: Expression): boolean {
  const isClosed = (node: Expression): boolean => {
    if (node.kind === 'List' || node.kind === 'Set' || node.kind === 'Tuple')
      return node.elements.every(isClosed);
    if (node.kind === 'Dict')
      return node.entries.every(
        (entry) => entry.key !== undefined && isClosed(entry.key) && isClosed(entry.value),
      );
    return isConstant(node);
  };
  return isPure(value) && isClosed(value);
}

/** Whether something between the class and a first value already needs the name to be unbound. */
function isMentionedBetween(
  unit: FactUnit,
  above: FactUnit,
  names: ReadonlySet<string>,
  facts: ProgramFacts,
): boolean {
  const own = unit.summary.moduleBindings.map(({ name }) => name).filter((name) => names.has(name));
  return facts.units
    .slice(above.order, unit.order)
    .some(
      (between) =>
        isActive(between.unit.statement) ||
        between.summary.freeReferences.some(({ name, time }) => own.includes(name) && time !== 'later') ||
        between.summary.moduleBindings.some(
          ({ name, scope }) => own.includes(name) && scope.parent === undefined,
        ),
    );
}

/** A plain function whose name means nothing else and is only called. */
function isOnlyCalled(unit: FactUnit, facts: ProgramFacts): boolean {
  const { statement } = unit.unit;
  if (statement.kind !== 'FunctionDef' || statement.decorators.length > 0 || statement.typeParams.length > 0)
    return false;
  if (facts.moduleBindings(statement.name).length !== 1 || statement.name.startsWith('__')) return false;
  if (!statement.params.every((param) => !param.default || isConstant(param.default))) return false;
  return facts.freeReferences
    .filter(({ reference }) => reference.name === statement.name)
    .every(({ reference, unit: where }) => {
      const parent = parentsOf(where.unit).get(reference.node);
      const isEarly = reference.time !== 'later' && where.order < unit.order;
      return parent?.kind === 'Call' && parent.func === reference.node && !isEarly;
    });
}

/** Whether the names that making a function needs are there where the class is made. */
function isMadeEarly(unit: FactUnit, above: FactUnit, facts: ProgramFacts): boolean {
  const { name } = unit.unit.statement as FunctionDef;
  if (facts.units.some(({ unit: { statement } }) => statement.kind === 'ClassDef' && statement.name === name))
    return false;
  return unit.summary.freeReferences
    .filter(({ time }) => time !== 'later')
    .every((reference) => {
      const bindings: readonly PlacedBinding[] = facts.moduleBindings(reference.name);
      return (
        bindings.length === 0 ||
        bindings.some((each) => each.unit.order < above.order && each.binding.block.parent === undefined)
      );
    });
}
