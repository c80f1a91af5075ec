import type { Call, Expression, Lambda, Name, NodeBase, Statement } from '../syntax/ast';
import type { FactUnit, PlacedBinding } from './facts';
import { CONTAINER_METHODS, handedOn, methodResult } from './flow/builtins';
import { CallGraph, type Callee } from './flow/calls';
import { ANY, type FlowPath, MAX_PATH, attributeStep, follow, indexStep, isInAttribute } from './flow/paths';
import { Reads, isStored } from './flow/reads';
import { Sources } from './flow/sources';
import { Stores } from './flow/stores';
import type { EscapeReason, FlowVisitor, Frame, Tracked, UseType, Verdict } from './flow/uses';
import { type SyntaxParent, parentsOf } from './parents';
import type { Evaluator } from './values';

export type { EscapeReason, FlowEscape, FlowUse, FlowVisitor, UseType, Verdict } from './flow/uses';

/** Places looked at for one value before it is given up. */
const MAX_STEPS = 3000;
const MAX_FRAMES = 6;

/**
 * Follows values forward through one program: names, containers, attributes of the program's classes, arguments of
 * its functions and what they return. What an operation does with the value is the visitor's to judge; where the
 * value goes out of sight, the visitor is told. Flow-sensitive for names, by field for containers, by call for
 * functions that the value was passed into.
 */
export class ValueFlow {
  readonly reads: Reads;
  readonly calls: CallGraph;
  readonly sources: Sources;

  constructor(readonly evaluator: Evaluator) {
    this.reads = new Reads(evaluator.facts);
    this.calls = new CallGraph(evaluator, this.reads);
    this.sources = new Sources(evaluator, this.calls, this.reads);
  }

  /** Shows the visitor every operation on the value of an expression, and every way out of sight. */
  follow(node: Expression, unit: FactUnit, visitor: FlowVisitor): void {
    new Walk(this, visitor).run({ node, unit, path: [], frame: undefined, isCertain: true });
  }
}

const flows = new WeakMap<Evaluator, ValueFlow>();

/** The flow of a program, made once. */
export function valueFlowOf(evaluator: Evaluator): ValueFlow {
  let flow = flows.get(evaluator);
  if (!flow) {
    flow = new ValueFlow(evaluator);
    flows.set(evaluator, flow);
  }
  return flow;
}

/** One value's way. */
class Walk {
  readonly #seen = new Map<FactUnit, Map<Expression, Set<string>>>();
  readonly #waiting: Tracked[] = [];
  readonly #stores: Stores;

  constructor(
    private readonly flow: ValueFlow,
    private readonly visitor: FlowVisitor,
  ) {
    this.#stores = new Stores(flow, {
      push: (item) => this.#push(item),
      escape: (reason, node, unit) => this.#escape(reason, node, unit),
    });
  }

  run(start: Tracked): void {
    this.#push(start);
    for (let steps = 0; ; steps++) {
      const item = this.#waiting.pop();
      if (!item) return;
      if (steps === MAX_STEPS) return this.#escape('limit', item.node, item.unit);
      this.#step(item);
    }
  }

  #push(item: Tracked): void {
    if (item.path.length > MAX_PATH) return this.#escape('limit', item.node, item.unit);
    let here = this.#seen.get(item.unit);
    if (!here) this.#seen.set(item.unit, (here = new Map<Expression, Set<string>>()));
    let states = here.get(item.node);
    if (!states) here.set(item.node, (states = new Set()));
    const calls: string[] = [];
    for (let frame = item.frame; frame; frame = frame.outer) {
      calls.push(`${frame.unit.order}:${frame.call.start}:${frame.call.end}`);
    }
    const state = `${item.path.join('/')} ${calls.join(' ')} ${item.isCertain}`;
    if (states.has(state)) return;
    states.add(state);
    this.#waiting.push(item);
  }

  #escape(reason: EscapeReason, node: NodeBase, unit: FactUnit): void {
    this.visitor.escape({ reason, node, unit });
  }

  #ask(type: UseType, item: Tracked, operation: Expression | Statement, name?: string): Verdict {
    const { node, unit, path, isCertain } = item;
    return this.visitor.use({ type, node, operation, unit, path, name, isCertain });
  }

  /** Asks, and goes on with the operation's result. */
  #operate(type: UseType, item: Tracked, operation: Expression, name?: string): void {
    if (this.#ask(type, item, operation, name) === 'carry') this.#carry(item, operation, []);
  }

  #carry(item: Tracked, node: Expression, path: FlowPath): void {
    this.#push({ ...item, node, path });
  }

  #step(item: Tracked): void {
    const { node, unit, path } = item;
    const parent = parentsOf(unit.unit).get(node);
    if (!parent) return;
    switch (parent.kind) {
      case 'Call':
        if (parent.func === node) return this.#operate('called', item, parent);
        return this.#argument(item, parent, node);
      case 'Starred':
        return this.#starred(item, parent);
      case 'Attribute':
        return this.#attribute(item, parent);
      case 'Subscript':
        return this.#subscript(item, parent);
      case 'Slice':
        return void this.#ask('index', item, parent);
      case 'BinOp':
        // Adding and repeating lists keeps their items.
        if (path.length > 0) return this.#carry(item, parent, path);
        return this.#operate('operand', item, parent);
      case 'UnaryOp':
        return this.#operate(parent.op === 'not' ? 'test' : 'operand', item, parent);
      case 'Compare':
        return this.#operate('operand', item, parent);
      case 'BoolOp':
      case 'Await':
        return this.#carry(item, parent, path);
      case 'IfExp':
        if (parent.test === node) return void this.#ask('test', item, parent);
        return this.#carry(item, parent, path);
      case 'List':
      case 'Set':
        return this.#carry(item, parent, [ANY, ...path]);
      case 'Tuple':
        return this.#carry(item, parent, [String(parent.elements.indexOf(node)), ...path]);
      case 'Dict': {
        const entry = parent.entries.find(({ value }) => value === node);
        if (!entry) return;
        return this.#carry(item, parent, entry.key ? [indexStep(entry.key), ...path] : path);
      }
      case 'NamedExpr':
        this.#assign(parent.target, item, path, parent);
        return this.#carry(item, parent, path);
      case 'Yield':
        return this.#leave(item, [ANY, ...path], 'yielded');
      case 'Lambda':
        return parent.body === node ? this.#leaveLambda(item, parent) : undefined;
      case 'Comprehension':
        return this.#comprehension(item, parent);
      case 'Str':
        return void this.#ask('format', item, parent);
      case 'Return':
        return this.#leave(item, path, 'returned');
      default:
        return this.#statement(item, parent);
    }
  }

  #statement(item: Tracked, parent: SyntaxParent): void {
    const { node, unit, path } = item;
    switch (parent.kind) {
      case 'Expr':
        return void this.#ask('statement', item, parent);
      case 'Assign':
        if (parent.value !== node) return;
        for (const target of parent.targets) this.#assign(target, item, path, parent);
        return;
      case 'AnnAssign':
        return parent.value === node ? this.#assign(parent.target, item, path, parent) : undefined;
      case 'AugAssign':
        if (path.length === 0 && this.#ask('operand', item, parent) === 'end') return;
        return this.#assign(parent.target, item, path, parent);
      case 'If':
      case 'While':
      case 'Assert':
        return void this.#ask('test', item, parent);
      case 'For':
        return parent.iter === node ? this.#iterate(item, parent.target, parent) : undefined;
      case 'With': {
        const target = parent.items.find(({ context }) => context === node)?.target;
        return target ? this.#assign(target, item, path, parent) : undefined;
      }
      case 'Raise':
      case 'Match':
      case 'FunctionDef':
      case 'ClassDef':
        return this.#escape(parent.kind === 'Raise' ? 'raised' : 'stored', node, unit);
      default:
        return;
    }
  }

  #attribute(item: Tracked, node: Expression & { kind: 'Attribute' }): void {
    const { unit, path } = item;
    if (isStored(unit.unit, node)) return;
    const inside = follow(path, attributeStep(node.attr));
    if (inside) return this.#carry(item, node, inside);
    const call = parentsOf(unit.unit).get(node);
    if (call?.kind !== 'Call' || call.func !== node) {
      // Another attribute of the object that holds the value in one.
      if (isInAttribute(path)) return;
      return this.#operate('attribute', item, node, node.attr);
    }
    if (path.length > 0 && !isInAttribute(path) && CONTAINER_METHODS.has(node.attr)) {
      const [key] = call.args;
      const result = methodResult(node.attr, path, key && indexStep(key));
      return result ? this.#carry(item, call, result) : undefined;
    }
    this.#operate('method', item, call, node.attr);
  }

  #subscript(item: Tracked, node: Expression & { kind: 'Subscript' }): void {
    const { path } = item;
    if (node.index === item.node) return void this.#ask('index', item, node);
    if (isStored(item.unit.unit, node)) return;
    if (path.length === 0) return this.#operate('item', item, node);
    if (node.index.kind === 'Slice') return this.#carry(item, node, path);
    const inside = follow(path, indexStep(node.index));
    if (inside) return this.#carry(item, node, inside);
    // Not a container of the program's own making: an array whose items were set.
    if (path[0] === ANY) this.#operate('item', item, node);
  }

  #starred(item: Tracked, starred: Expression): void {
    const parent = parentsOf(item.unit.unit).get(starred);
    const inside = follow(item.path, ANY) ?? item.path;
    if (parent?.kind === 'Call') return this.#argument({ ...item, path: inside }, parent, starred);
    if (parent?.kind === 'List' || parent?.kind === 'Tuple' || parent?.kind === 'Set') {
      this.#carry(item, parent, [ANY, ...inside]);
    }
  }

  #argument(item: Tracked, call: Call, argument: Expression): void {
    const { unit } = item;
    const { evaluator, calls } = this.flow;
    const keyword = call.keywords.find(({ value }) => value === argument);
    const position = call.args.indexOf(argument);
    const isSpread = keyword !== undefined && keyword.name === undefined;
    const path = isSpread ? (follow(item.path, ANY) ?? item.path) : item.path;
    const name = evaluator.calleeOf(call, unit);
    if (name !== undefined) {
      const result = handedOn(name, path, position < 0 ? undefined : position, keyword?.name);
      if (result) return this.#carry(item, call, result);
    }
    if (this.#stores.putInto(call, position, item)) return;
    const callees = calls.calleesOf(call, unit);
    for (const callee of callees.functions) this.#enter({ ...item, path }, call, argument, callee);
    for (const made of callees.classes) {
      // Without a constructor of its own: a dataclass, or one that keeps its arguments as they are.
      if (calls.methodOf(made.node, '__init__', made.unit)) continue;
      this.#carry(item, call, [keyword?.name === undefined ? ANY : attributeStep(keyword.name), ...path]);
    }
    if (!callees.isComplete || callees.functions.length + callees.classes.length === 0) {
      this.#operate('argument', { ...item, path }, call);
    }
  }

  /** Into a function of the program. */
  #enter(item: Tracked, call: Call, argument: Expression, callee: Callee): void {
    const depth = (item.frame?.depth ?? 0) + 1;
    if (depth > MAX_FRAMES) return this.#escape('limit', argument, item.unit);
    const arrives = this.flow.calls.parameterFor(callee, call, argument);
    const scope = callee.unit.summary.scopeOf.get(callee.function);
    const binding = scope
      ?.bindingsOf(arrives?.parameter.name ?? '')
      .find(({ source }) => source.type === 'parameter');
    if (!arrives || !binding) return this.#escape('passed', argument, item.unit);
    const frame: Frame = { call, unit: item.unit, function: callee.function, outer: item.frame, depth };
    const path = [...arrives.path, ...item.path];
    this.#bound({ binding, unit: callee.unit }, { ...item, frame }, path);
  }

  /** Out of a function: to the call it came in by, or to all calls. */
  #leave(item: Tracked, path: FlowPath, reason: 'returned' | 'yielded'): void {
    const { node, unit, frame } = item;
    const owner = unit.summary.locate.get(node)?.scope.enclosingFunction;
    if (!owner) return;
    if (frame?.function === owner) {
      return this.#push({ ...item, node: frame.call, unit: frame.unit, path, frame: frame.outer });
    }
    const { sites, references } = this.flow.calls.sitesOf(owner, unit);
    if (!sites.some((site) => site.isCertain) && references.length === 0) this.#escape(reason, node, unit);
    for (const site of sites) {
      const isCertain = item.isCertain && site.isCertain;
      this.#push({ node: site.call, unit: site.unit, path, frame: undefined, isCertain });
    }
    for (const reference of references) {
      const mapped = this.#mappedBy(reference.node, reference.unit);
      if (!mapped) this.#escape(reason, node, unit);
      else
        this.#push({ ...item, node: mapped, unit: reference.unit, path: [ANY, ...path], frame: undefined });
    }
  }

  #leaveLambda(item: Tracked, lambda: Lambda): void {
    const { unit, path } = item;
    const mapped = this.#mappedBy(lambda, unit);
    if (mapped) return this.#carry(item, mapped, [ANY, ...path]);
    const parent = parentsOf(unit.unit).get(lambda);
    const [target] = parent?.kind === 'Assign' ? parent.targets : [];
    const binding = target?.kind === 'Name' ? this.#bindingAt(target, unit) : undefined;
    const reads = binding ? this.flow.reads.of(binding) : [];
    if (reads.length === 0) return this.#escape('returned', item.node, unit);
    for (const { reference, unit: where } of reads) {
      const call = parentsOf(where.unit).get(reference.node);
      if (call?.kind !== 'Call' || call.func !== reference.node)
        this.#escape('returned', reference.node, where);
      else this.#push({ ...item, node: call, unit: where, frame: undefined });
    }
  }

  /** The call `map(f, ...)` in which a function is the first argument. */
  #mappedBy(node: Expression, unit: FactUnit): Call | undefined {
    const call = parentsOf(unit.unit).get(node);
    if (call?.kind !== 'Call' || call.args[0] !== node) return undefined;
    const isMap = this.flow.evaluator.calleeOf(call, unit) === 'builtins.map';
    return isMap ? call : undefined;
  }

  #comprehension(item: Tracked, node: Expression & { kind: 'Comprehension' }): void {
    const clause = node.clauses.find(({ iter }) => iter === item.node);
    if (clause) return this.#iterate(item, clause.target, node);
    if ((node.value ?? node.element) === item.node) return this.#carry(item, node, [ANY, ...item.path]);
    if (node.element !== item.node) void this.#ask('test', item, node);
  }

  #iterate(item: Tracked, target: Expression, operation: Expression | Statement): void {
    const inside = follow(item.path, ANY);
    if (inside) return this.#assign(target, item, inside, operation);
    if (this.#ask('iterated', item, operation) === 'carry') this.#assign(target, item, [], operation);
  }

  #assign(target: Expression, item: Tracked, path: FlowPath, operation: Expression | Statement): void {
    switch (target.kind) {
      case 'Name': {
        const binding = this.#bindingAt(target, item.unit);
        return binding && this.#bound(binding, item, path);
      }
      case 'Tuple':
      case 'List':
        return this.#unpack(target.elements, item, path, operation);
      case 'Starred':
        return this.#assign(target.value, item, [ANY, ...path], operation);
      case 'Attribute':
      case 'Subscript':
        return this.#stores.store(target, path, item);
      default:
        return;
    }
  }

  #unpack(
    targets: readonly Expression[],
    item: Tracked,
    path: FlowPath,
    operation: Expression | Statement,
  ): void {
    if (path.length === 0 && this.#ask('unpacked', item, operation) === 'end') return;
    const starAt = targets.findIndex((target) => target.kind === 'Starred');
    targets.forEach((target, i) => {
      const step = starAt >= 0 && i >= starAt ? ANY : String(i);
      const inside = path.length === 0 ? [] : follow(path, step);
      if (inside) this.#assign(target, item, inside, operation);
    });
  }

  #bindingAt(target: Name, unit: FactUnit): PlacedBinding | undefined {
    const parent = parentsOf(unit.unit).get(target);
    const at = unit.summary.locate.get(target) ?? (parent && unit.summary.locate.get(parent as Expression));
    for (let scope = at?.scope; scope; scope = scope.parent) {
      const binding = scope.bindingsOf(target.id).find(({ start }) => start === target.start);
      if (binding) return { binding, unit };
    }
    return undefined;
  }

  /** To everything that reads a binding. */
  #bound(placed: PlacedBinding, item: Tracked, path: FlowPath): void {
    const { binding } = placed;
    const owner = binding.scope.ownerOf(binding.name).enclosingFunction;
    const frame = owner !== undefined && owner === item.frame?.function ? item.frame : undefined;
    for (const { reference, unit } of this.flow.reads.of(placed)) {
      this.#push({ ...item, node: reference.node, unit, path, frame });
    }
  }
}
