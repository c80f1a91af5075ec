import type { Call, Expression, FunctionDef, Statement } from '../../syntax/ast';
import type { FactUnit, PlacedBinding } from '../facts';
import { parentsOf } from '../parents';
import { reachingBindings } from '../reaching';
import { type Evaluator, attributeAssignments, returnsOf } from '../values';
import type { CallGraph } from './calls';
import { ANY, type FlowPath, follow, indexStep, keyStep } from './paths';
import { type Placed, PlacedMap } from './placed';
import { type Reads, bindingsSeenBy } from './reads';

/** An expression in its place; undefined stands for something that cannot be told. */
export type Source = Placed<Expression> | undefined;

const MAX_DEPTH = 24;
/** Containers looked into for one question. */
const MAX_WORK = 400;
/** Containers are read through at most this many items. */
const MAX_ITEMS = 40;

/** Calls that give a container of the items of what they are given. */
const HANDING_ON: ReadonlySet<string> = new Set([
  'builtins.list',
  'builtins.tuple',
  'builtins.sorted',
  'builtins.reversed',
  'builtins.set',
  'builtins.iter',
  'tqdm.tqdm',
  'tqdm.auto.tqdm',
  'tqdm.notebook.tqdm',
]);

/** Where values come from: the other direction of `ValueFlow`, one step or all the way. */
export class Sources {
  #depth = 0;
  #work = 0;

  constructor(
    private readonly evaluator: Evaluator,
    private readonly calls: CallGraph,
    private readonly reads: Reads,
  ) {}

  /**
   * The expressions in which an expression's value was made: names, parameters, attributes, items, branches and local
   * functions are looked through. Never empty.
   */
  originsOf(node: Expression, unit: FactUnit): readonly Source[] {
    const origins: Source[] = [];
    const seen = new PlacedMap<Expression, true>();
    const visit = (source: Source): void => {
      if (!source) return void origins.push(undefined);
      // Each once: branches that meet again say nothing new, and a circle adds nothing to the way into it.
      if (seen.get(source.unit, source.node)) return;
      seen.set(source.unit, source.node, true);
      const before = this.before(source.node, source.unit);
      if (before) before.forEach(visit);
      else origins.push(source);
    };
    visit({ node, unit });
    return origins.length > 0 ? origins : [undefined];
  }

  /** One step back. Undefined: the value is made right here. */
  before(node: Expression, unit: FactUnit): readonly Source[] | undefined {
    switch (node.kind) {
      case 'Name':
        return this.#name(node, unit);
      case 'Attribute':
        return this.#attribute(node, unit);
      case 'Call':
        return this.#returned(node, unit);
      case 'Subscript':
        return this.itemsOf(node.value, unit, [indexStep(node.index)]);
      case 'IfExp':
        return [
          { node: node.body, unit },
          { node: node.orelse, unit },
        ];
      case 'BoolOp':
        return [
          { node: node.left, unit },
          { node: node.right, unit },
        ];
      case 'NamedExpr':
      case 'Await':
        return [{ node: node.value, unit }];
      default:
        return undefined;
    }
  }

  /** The bindings that a name may have where it stands. */
  bindingsOf(node: Expression & { kind: 'Name' }, unit: FactUnit): readonly PlacedBinding[] {
    const at = unit.summary.locate.get(node);
    if (!at) return [];
    const { scope, block } = at;
    return reachingBindings(node.id, { unit, scope, block, offset: node.start });
  }

  #name(node: Expression & { kind: 'Name' }, unit: FactUnit): readonly Source[] | undefined {
    const bindings = this.bindingsOf(node, unit);
    return bindings.length === 0 ? undefined : bindings.flatMap((binding) => this.ofBinding(binding));
  }

  /** What a binding binds its name to. */
  ofBinding({ binding, unit }: PlacedBinding): readonly Source[] {
    const { source } = binding;
    switch (source.type) {
      case 'value':
      case 'context':
        return [{ node: source.expression, unit }];
      case 'element':
        return this.itemsOf(source.expression, unit, source.path.map(String)) ?? [undefined];
      case 'iteration':
        return this.itemsOf(source.iterable, unit, [ANY, ...source.path.map(String)]) ?? [undefined];
      case 'parameter': {
        if (source.owner.kind !== 'FunctionDef') return [undefined];
        const given = this.calls.argumentsFor(source.owner, source.parameter, unit);
        return given.length > 0 ? given : [undefined];
      }
      default:
        return [undefined];
    }
  }

  #attribute(node: Expression & { kind: 'Attribute' }, unit: FactUnit): readonly Source[] | undefined {
    const found: Source[] = [];
    for (const value of this.evaluator.valuesOf(node.value, unit)) {
      if (value.kind !== 'object' && value.kind !== 'class') continue;
      for (const owner of this.calls.lineOf(value.node, value.unit)) {
        const given = attributeAssignments(owner.node, node.attr);
        for (const { expression } of given) found.push(expression && { node: expression, unit: owner.unit });
        const getter = owner.node.body.find((statement) => isGetter(statement, node.attr));
        if (getter) found.push(...returnedBy(getter as FunctionDef, owner.unit));
        if (given.length > 0 || getter) break;
      }
    }
    return found.length > 0 ? found : undefined;
  }

  #returned(call: Call, unit: FactUnit): readonly Source[] | undefined {
    const { functions, classes, isComplete } = this.calls.calleesOf(call, unit);
    if (functions.length === 0 || classes.length > 0) return undefined;
    const found: Source[] = functions.flatMap((callee) => returnedBy(callee.function, callee.unit));
    if (!isComplete || found.length === 0) found.push(undefined);
    return found;
  }

  /** What lies in a container at a path; undefined where the container itself is not known. */
  itemsOf(container: Expression, unit: FactUnit, path: FlowPath): readonly Source[] | undefined {
    const [step, ...rest] = path;
    if (step === undefined) return [{ node: container, unit }];
    if (this.#depth === 0) this.#work = 0;
    if (this.#depth > MAX_DEPTH || ++this.#work > MAX_WORK) return [undefined];
    this.#depth++;
    try {
      const paired = this.#paired(container, unit, step, rest);
      if (paired) return paired;
      const inside = this.#itemsAt(container, unit, step)?.slice(0, MAX_ITEMS);
      if (!inside || rest.length === 0) return inside;
      return inside.flatMap((item) =>
        item ? (this.itemsOf(item.node, item.unit, rest) ?? [undefined]) : [undefined],
      );
    } finally {
      this.#depth--;
    }
  }

  #itemsAt(container: Expression, unit: FactUnit, step: string): readonly Source[] | undefined {
    const placed = (node: Expression): Source => ({ node, unit });
    switch (container.kind) {
      case 'List':
      case 'Tuple':
      case 'Set': {
        const { elements } = container;
        if (elements.some((element) => element.kind === 'Starred')) return undefined;
        if (step === ANY) return elements.map(placed);
        const one = elements.at(Number(step));
        return one ? [placed(one)] : [];
      }
      case 'Dict': {
        if (container.entries.some((entry) => !entry.key)) return undefined;
        return container.entries
          .filter(({ key }) => key && follow([indexStep(key)], step))
          .map(({ value }) => placed(value));
      }
      case 'Comprehension':
        return [placed(container.value ?? container.element)];
      case 'Call':
        return this.#itemsOfCall(container, unit, step);
      default: {
        const before = this.before(container, unit);
        if (!before) return undefined;
        const found = before.flatMap((source): readonly Source[] =>
          source ? (this.itemsOf(source.node, source.unit, [step]) ?? [undefined]) : [undefined],
        );
        return [...found, ...this.#added(container, unit)];
      }
    }
  }

  #itemsOfCall(call: Call, unit: FactUnit, step: string): readonly Source[] | undefined {
    const name = this.evaluator.calleeOf(call, unit);
    const [first] = call.args;
    if (name !== undefined && HANDING_ON.has(name)) {
      // An empty list, to be filled.
      return first ? this.itemsOf(first, unit, [step]) : [];
    }
    const { func } = call;
    if (func.kind === 'Attribute' && call.args.length === 0 && func.attr === 'values') {
      return this.itemsOf(func.value, unit, [ANY]);
    }
    if (name === 'builtins.dict') {
      if (first || call.keywords.some((keyword) => keyword.name === undefined)) return undefined;
      return call.keywords
        .filter(({ name: key }) => key !== undefined && follow([keyStep(key)], step))
        .map(({ value }) => ({ node: value, unit }));
    }
    const before = this.#returned(call, unit);
    return before?.flatMap((source): readonly Source[] =>
      source ? (this.itemsOf(source.node, source.unit, [step]) ?? [undefined]) : [undefined],
    );
  }

  /** The items of `enumerate(x)`, `zip(x, y)` and `d.items()`: pairs that stand nowhere as such. */
  #paired(
    container: Expression,
    unit: FactUnit,
    step: string,
    rest: FlowPath,
  ): readonly Source[] | undefined {
    const [place, ...further] = rest;
    if (container.kind !== 'Call' || step !== ANY || place === undefined) return undefined;
    const { func } = container;
    if (func.kind === 'Attribute' && func.attr === 'items' && container.args.length === 0) {
      return place === '1' ? this.itemsOf(func.value, unit, [ANY, ...further]) : [undefined];
    }
    const name = this.evaluator.calleeOf(container, unit);
    const isZip = name === 'builtins.zip';
    if (!isZip && name !== 'builtins.enumerate') return undefined;
    const argument = isZip ? container.args[Number(place)] : place === '1' ? container.args[0] : undefined;
    return argument ? this.itemsOf(argument, unit, [ANY, ...further]) : [undefined];
  }

  /** What is put into a container after it was made. */
  #added(container: Expression, unit: FactUnit): readonly Source[] {
    const added: Source[] = [];
    for (const read of this.#readsOfContainer(container, unit)) {
      const method = parentsOf(read.unit.unit).get(read.node);
      const call = method && parentsOf(read.unit.unit).get(method);
      if (method?.kind === 'Subscript' && call?.kind === 'Assign' && call.targets.includes(method)) {
        added.push({ node: call.value, unit: read.unit });
      }
      if (method?.kind !== 'Attribute' || call?.kind !== 'Call' || call.func !== method) continue;
      const argument = call.args[method.attr === 'insert' ? 1 : 0];
      if (['append', 'add', 'appendleft', 'insert'].includes(method.attr) && argument) {
        added.push({ node: argument, unit: read.unit });
      } else if (['extend', 'update', 'setdefault'].includes(method.attr)) {
        added.push(undefined);
      }
    }
    return added;
  }

  #readsOfContainer(container: Expression, unit: FactUnit): readonly Placed<Expression>[] {
    if (container.kind === 'Name') {
      const seen = this.bindingsOf(container, unit);
      const scope = unit.summary.locate.get(container)?.scope;
      if (!scope) return [];
      return this.reads
        .ofName(container.id, scope, unit)
        .filter((read) =>
          bindingsSeenBy(read).some((binding) =>
            seen.some((one) => one.binding === binding.binding && one.unit === binding.unit),
          ),
        )
        .map((read) => ({ node: read.reference.node, unit: read.unit }));
    }
    if (container.kind !== 'Attribute') return [];
    const owners = this.evaluator
      .valuesOf(container.value, unit)
      .flatMap((value) => (value.kind === 'object' || value.kind === 'class' ? [value] : []));
    return this.reads
      .ofAttribute(container.attr, owners[0]?.unit.facts)
      .filter(({ node, unit: where }) =>
        this.evaluator
          .valuesOf(node.value, where)
          .some(
            (value) =>
              (value.kind === 'object' || value.kind === 'class') &&
              owners.some((owner) => this.calls.isRelated(owner, value)),
          ),
      );
  }
}

function returnedBy(node: FunctionDef, unit: FactUnit): readonly Source[] {
  return returnsOf(node).map(({ value }) => value && { node: value, unit });
}

/** A property, whose value is what its function returns. */
function isGetter(statement: Statement, name: string): boolean {
  if (statement.kind !== 'FunctionDef' || statement.name !== name) return false;
  return statement.decorators.some((decorator) => {
    const last =
      decorator.kind === 'Attribute' ? decorator.attr : decorator.kind === 'Name' ? decorator.id : '';
    return last === 'property' || last === 'cached_property';
  });
}
