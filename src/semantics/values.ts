import type { Call, ClassDef, Expression, FunctionDef, Statement } from '../syntax/ast';
import { childBlocks, walkStatements } from '../syntax/walk';
import type { FactUnit, PlacedBinding, ProgramFacts } from './facts';
import { PlacedMap } from './flow/placed';
import { Imported } from './imported';
import type { ModuleView, ProjectModules, ProjectView } from './project';
import { reachingBindings } from './reaching';
import type { Located } from './summary';

/** What an expression may stand for. Several values are alternatives; none of them is a guess by name. */
export type Value =
  /** Something that an import reaches, by its dotted name: `pandas.read_csv`, `builtins.open`. */
  | {
      readonly kind: 'qualified';
      readonly name: string;
      /** The program that imports it, where its project is known: what the name leads to is looked up from there. */
      readonly from?: ProgramFacts;
    }
  /** What calling something qualified gave back. */
  | { readonly kind: 'result'; readonly callee: string; readonly call: Call; readonly unit: FactUnit }
  /** An object whose class an annotation names. */
  | { readonly kind: 'instance'; readonly of: string }
  /** An attribute of a value, not resolved further. */
  | { readonly kind: 'member'; readonly receiver: Value; readonly name: string }
  /** What calling a member gave back. */
  | {
      readonly kind: 'method-result';
      readonly receiver: Value;
      readonly method: string;
      readonly call: Call;
      readonly unit: FactUnit;
    }
  | { readonly kind: 'class'; readonly node: ClassDef; readonly unit: FactUnit }
  | { readonly kind: 'object'; readonly node: ClassDef; readonly unit: FactUnit }
  | { readonly kind: 'function'; readonly node: FunctionDef; readonly unit: FactUnit; readonly self?: Value }
  | { readonly kind: 'unknown' };

const UNKNOWN: readonly Value[] = [{ kind: 'unknown' }];
/** Chains of names longer than this are given up: layers of a network make long ones. */
const MAX_DEPTH = 150;
/** Expressions looked at for one question, and alternatives of one expression: more is given up. */
const MAX_WORK = 1500;
const MAX_ALTERNATIVES = 64;

/**
 * Finds out what expressions of one program stand for, through imports, assignments, attributes and calls; where its
 * project is known, through the project's modules, too: statements of theirs may be asked about as well.
 */
export class Evaluator {
  /** By place, not by node alone: a statement that stands twice has its nodes once, and may mean two things. */
  readonly #known = new PlacedMap<Expression, readonly Value[]>();
  /**
   * What was found while something was cut off, a circle for one. It may be too weak to keep, but within one question
   * it does: the question's own way goes past what was cut off, and all ways around circles are too many to go.
   */
  readonly #provisional = new PlacedMap<Expression, readonly Value[]>();
  readonly #running: { readonly node: Expression; readonly unit: FactUnit }[] = [];
  #cuts = 0;
  #work = 0;

  readonly #imported: Imported;

  constructor(
    readonly facts: ProgramFacts,
    private readonly modules?: ProjectModules,
  ) {
    this.#imported = new Imported(modules, (binding) => this.valuesOfBinding(binding));
  }

  /** The program's project, where it is known. */
  get project(): ProjectView | undefined {
    const { modules, facts } = this;
    if (!modules) return undefined;
    return {
      get importers() {
        return modules.importersOf(facts.program.path);
      },
      moduleNamed: (dotted): ModuleView | undefined => {
        const found = this.#imported.factsOf(dotted, facts);
        return found && { path: found.program.path, facts: found, evaluator: this };
      },
    };
  }

  /** The alternatives; `unknown` is among them where something escapes the analysis. Never empty. */
  valuesOf(node: Expression, unit: FactUnit): readonly Value[] {
    const known = this.#known.get(unit, node) ?? this.#provisional.get(unit, node);
    if (known) return known;
    if (this.#running.length === 0) this.#work = 0;
    const isRunning = this.#running.some((place) => place.node === node && place.unit === unit);
    if (isRunning || this.#running.length > MAX_DEPTH || ++this.#work > MAX_WORK) {
      this.#cuts++;
      return UNKNOWN;
    }
    const cuts = this.#cuts;
    this.#running.push({ node, unit });
    const values = compact(this.#evaluate(node, unit));
    this.#running.pop();
    const isWhole = this.#cuts === cuts || this.#running.length === 0;
    (isWhole ? this.#known : this.#provisional).set(unit, node, values);
    if (this.#running.length === 0) this.#provisional.clear();
    return values;
  }

  /** The dotted name of what is called, if all alternatives agree: `pandas.read_csv`. */
  calleeOf(call: Call, unit: FactUnit): string | undefined {
    return this.qualifiedName(call.func, unit);
  }

  /** The dotted name that an expression stands for, if all its alternatives agree. */
  qualifiedName(node: Expression, unit: FactUnit): string | undefined {
    // Cheap answer for the common case: a chain of attributes on a name.
    let name: string | undefined;
    for (const value of this.valuesOf(node, unit)) {
      if (value.kind !== 'qualified' || (name !== undefined && name !== value.name)) return undefined;
      name = value.name;
    }
    return name;
  }

  #evaluate(node: Expression, unit: FactUnit): readonly Value[] {
    switch (node.kind) {
      case 'Name': {
        const at = unit.summary.locate.get(node);
        return at ? this.#name(node.id, node.start, at, unit) : UNKNOWN;
      }
      case 'Attribute':
        return this.valuesOf(node.value, unit).flatMap((value) => this.attributeOf(value, node.attr));
      case 'Call':
        return this.valuesOf(node.func, unit).flatMap((callee) => this.#call(callee, node, unit));
      case 'Await':
      case 'NamedExpr':
        return this.valuesOf(node.value, unit);
      case 'IfExp':
        return [...this.valuesOf(node.body, unit), ...this.valuesOf(node.orelse, unit)];
      case 'BoolOp':
        return [...this.valuesOf(node.left, unit), ...this.valuesOf(node.right, unit)];
      default:
        return UNKNOWN;
    }
  }

  #name(name: string, offset: number, at: Located, unit: FactUnit): readonly Value[] {
    const bindings = reachingBindings(name, { unit, scope: at.scope, block: at.block, offset });
    if (bindings.length === 0) {
      const isFree = at.scope.ownerOf(name).parent === undefined;
      const starred = isFree ? this.#imported.starred(name, unit, unit.facts) : undefined;
      if (starred) return starred;
      const isOpen = unit.facts.unknownBinders.some(
        (binder) => binder.order <= unit.order || at.time === 'later',
      );
      return isFree && !isOpen
        ? [{ kind: 'qualified', name: `builtins.${name}` }]
        : this.#maybeBuiltin(name, isFree);
    }
    return bindings.flatMap((binding) => this.valuesOfBinding(binding));
  }

  /** A star import may hide `open`, but nobody's does so silently: the few that matter are taken as themselves. */
  #maybeBuiltin(name: string, isFree: boolean): readonly Value[] {
    return isFree && ['open', 'print', 'len', 'str', 'super'].includes(name)
      ? [{ kind: 'qualified', name: `builtins.${name}` }]
      : UNKNOWN;
  }

  /** What a binding binds its name to. */
  valuesOfBinding({ binding, unit }: PlacedBinding): readonly Value[] {
    const { source } = binding;
    switch (source.type) {
      case 'import':
        return [this.#imported.module(source.module, unit.facts)];
      case 'from-import': {
        const module = '.'.repeat(source.level) + source.module;
        return this.#imported.member(module, source.name, unit.facts);
      }
      case 'value':
      case 'context':
        return this.valuesOf(source.expression, unit);
      case 'function':
        return source.node.decorators.length === 0 || source.node.decorators.every(isHarmlessDecorator)
          ? [{ kind: 'function', node: source.node, unit }]
          : UNKNOWN;
      case 'class':
        return [{ kind: 'class', node: source.node, unit }];
      case 'parameter':
        return this.#parameter(source, unit);
      default:
        return UNKNOWN;
    }
  }

  #parameter(
    source: {
      readonly owner: FunctionDef | (Expression & { kind: 'Lambda' });
      readonly parameter: { readonly name: string; readonly annotation: Expression | undefined };
    },
    unit: FactUnit,
  ): readonly Value[] {
    const { owner, parameter } = source;
    if (owner.kind === 'FunctionDef' && owner.params[0]?.name === parameter.name) {
      const parent = unit.summary.scopeOf.get(owner)?.parent;
      const isStatic = owner.decorators.some((d) => d.kind === 'Name' && d.id === 'staticmethod');
      if (parent?.node?.kind === 'ClassDef' && !isStatic) {
        const isClassMethod = owner.decorators.some((d) => d.kind === 'Name' && d.id === 'classmethod');
        return [{ kind: isClassMethod ? 'class' : 'object', node: parent.node, unit }];
      }
    }
    if (!parameter.annotation) return UNKNOWN;
    return this.valuesOf(parameter.annotation, unit).map((value): Value => {
      if (value.kind === 'qualified') return { kind: 'instance', of: value.name };
      return value.kind === 'class' ? { ...value, kind: 'object' } : { kind: 'unknown' };
    });
  }

  /** The alternatives for an attribute of a value. */
  attributeOf(value: Value, name: string): readonly Value[] {
    switch (value.kind) {
      case 'qualified':
        return this.#imported.attribute(value, name);
      case 'object':
      case 'class': {
        const found = this.#classAttribute(value, name);
        return found.length > 0 ? found : [{ kind: 'member', receiver: value, name }];
      }
      case 'unknown':
        return [{ kind: 'member', receiver: value, name }];
      default:
        return [{ kind: 'member', receiver: value, name }];
    }
  }

  #classAttribute(value: Value & { kind: 'object' | 'class' }, name: string): readonly Value[] {
    const found: Value[] = [];
    for (const { expression } of attributeAssignments(value.node, name)) {
      if (expression) found.push(...this.valuesOf(expression, value.unit));
      else found.push({ kind: 'unknown' });
    }
    for (const statement of value.node.body) {
      if (statement.kind === 'FunctionDef' && statement.name === name) {
        // A property, or who knows what.
        if (!statement.decorators.every(isHarmlessDecorator)) found.push({ kind: 'unknown' });
        else {
          const has = (id: string): boolean =>
            statement.decorators.some((d) => d.kind === 'Name' && d.id === id);
          // A class method comes with its first argument from the class, too.
          const self: Value = has('classmethod') ? { ...value, kind: 'object' } : value;
          const method = { kind: 'function' as const, node: statement, unit: value.unit };
          found.push(has('staticmethod') ? method : { ...method, self });
        }
      }
    }
    if (found.length > 0) return found;
    return value.node.bases.flatMap((base) =>
      this.valuesOf(base, value.unit).flatMap((parent) =>
        parent.kind === 'class' && parent.node !== value.node
          ? this.#classAttribute({ ...parent, kind: value.kind }, name)
          : [],
      ),
    );
  }

  #call(callee: Value, call: Call, unit: FactUnit): readonly Value[] {
    switch (callee.kind) {
      case 'qualified':
        return [{ kind: 'result', callee: callee.name, call, unit }];
      case 'class':
        return [{ kind: 'object', node: callee.node, unit: callee.unit }];
      case 'member':
        return [{ kind: 'method-result', receiver: callee.receiver, method: callee.name, call, unit }];
      case 'function':
        return this.#returned(callee.node, callee.unit);
      default:
        return UNKNOWN;
    }
  }

  #returned(node: FunctionDef, unit: FactUnit): readonly Value[] {
    const values: Value[] = [];
    for (const returned of returnsOf(node)) {
      values.push(...(returned.value ? this.valuesOf(returned.value, unit) : UNKNOWN));
    }
    return values.length > 0 ? values : UNKNOWN;
  }

  /**
   * The dotted names of all classes that a class derives from, its own bases first; `undefined` among them stands for
   * a base that cannot be told.
   */
  basesOf(node: ClassDef, unit: FactUnit, seen = new Set<ClassDef>()): readonly (string | undefined)[] {
    if (seen.has(node)) return [];
    seen.add(node);
    return node.bases.flatMap((base) =>
      this.valuesOf(base, unit).flatMap((value): readonly (string | undefined)[] => {
        if (value.kind === 'qualified') return [value.name];
        return value.kind === 'class' ? this.basesOf(value.node, value.unit, seen) : [undefined];
      }),
    );
  }
}

/** Each alternative once, and not too many. */
function compact(values: readonly Value[]): readonly Value[] {
  if (values.length <= 1) return values;
  const all = [...new Set(values)];
  return all.length <= MAX_ALTERNATIVES ? all : [...all.slice(0, MAX_ALTERNATIVES), ...UNKNOWN];
}

/** Decorators under which calling the name runs the function and gives what it returns. */
const HARMLESS_DECORATORS: ReadonlySet<string> = new Set([
  ...['staticmethod', 'classmethod', 'wraps', 'override', 'final'],
  ...['no_grad', 'inference_mode', 'set_grad_enabled', 'enable_grad'],
  ...['cache', 'lru_cache', 'cache_resource', 'cache_data', 'experimental_singleton', 'experimental_memo'],
]);

function isHarmlessDecorator(decorator: Expression): boolean {
  const target = decorator.kind === 'Call' ? decorator.func : decorator;
  const name = target.kind === 'Attribute' ? target.attr : target.kind === 'Name' ? target.id : '';
  return HARMLESS_DECORATORS.has(name);
}

/** The `return` statements of a function itself, not of functions within it. */
export function returnsOf(node: FunctionDef): (Statement & { kind: 'Return' })[] {
  const found: (Statement & { kind: 'Return' })[] = [];
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'Return') found.push(statement);
      else if (statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef')
        childBlocks(statement).forEach(visit);
    }
  };
  visit(node.body);
  return found;
}

/** Where a class gives an attribute a value: in its body, or through the first parameter of its methods. */
export function attributeAssignments(
  node: ClassDef,
  name: string,
): readonly { readonly statement: Statement; readonly expression: Expression | undefined }[] {
  return attributesOf(node).get(name) ?? [];
}

type AttributeTable = Map<string, { statement: Statement; expression: Expression | undefined }[]>;
const attributeTables = new WeakMap<ClassDef, AttributeTable>();

function attributesOf(node: ClassDef): AttributeTable {
  const known = attributeTables.get(node);
  if (known) return known;
  const table: AttributeTable = new Map();
  const add = (name: string, statement: Statement, expression: Expression | undefined): void => {
    const entries = table.get(name);
    if (entries) entries.push({ statement, expression });
    else table.set(name, [{ statement, expression }]);
  };
  for (const statement of node.body) {
    if (statement.kind === 'Assign') {
      for (const target of statement.targets)
        if (target.kind === 'Name') add(target.id, statement, statement.value);
    } else if (statement.kind === 'AnnAssign' && statement.target.kind === 'Name' && statement.value) {
      add(statement.target.id, statement, statement.value);
    }
    if (statement.kind !== 'FunctionDef') continue;
    const self = statement.params[0]?.name;
    if (self === undefined) continue;
    for (const inner of statement.body) {
      walkStatements(inner, (at) => {
        const targets = at.kind === 'Assign' ? at.targets : at.kind === 'AnnAssign' ? [at.target] : [];
        for (const target of targets) addTarget(target, at, self, add);
      });
    }
  }
  attributeTables.set(node, table);
  return table;
}

function addTarget(
  target: Expression,
  at: Statement,
  self: string,
  add: (name: string, statement: Statement, expression: Expression | undefined) => void,
): void {
  if (target.kind === 'Attribute' && target.value.kind === 'Name' && target.value.id === self) {
    const value = at.kind === 'Assign' || at.kind === 'AnnAssign' ? at.value : undefined;
    add(target.attr, at, value);
  } else if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const element of target.elements) {
      if (element.kind === 'Attribute' && element.value.kind === 'Name' && element.value.id === self) {
        add(element.attr, at, undefined);
      }
    }
  }
}
