import { BUILTIN_NAMES } from '../../knowledge/builtins';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { reachingBindings } from '../../semantics/reaching';
import type { Binding, Block, Reference, Scope } from '../../semantics/scope';
import type { Evaluator } from '../../semantics/values';
import type { NodeBase, Statement } from '../../syntax/ast';
import { parentsOf } from '../../semantics/parents';
import { endsQuietly } from '../add-main/locals';
import { bindsInClass } from '../extract-pipeline/passing';
import { Lifetimes } from '../extract-pipeline/lifetime';
import { addAssigned } from './assigned';
import { ownBindings, referencesOf } from './scopeNames';
import { reachableFrom } from './callees';
import type { Selection } from './selection';

/** Something because of which there is no equal function. */
export interface FlowProblem {
  readonly unit: FactUnit;
  readonly node: NodeBase;
  readonly reason: string;
}

export interface Flow {
  /** In the order in which the selection reads them. */
  readonly parameters: readonly string[];
  /** In the order in which it binds them. */
  readonly results: readonly string[];
  readonly problems: readonly FlowProblem[];
}

interface Bound {
  readonly binding: Binding;
  readonly unit: FactUnit;
}

interface Read {
  readonly reference: Reference;
  readonly unit: FactUnit;
}

/** What the statements of a selection are given and give back. */
export function flowOf(facts: ProgramFacts, evaluator: Evaluator, selection: Selection): Flow {
  return new FlowAnalysis(facts, evaluator, selection).flow();
}

class FlowAnalysis {
  readonly #problems: FlowProblem[] = [];
  readonly #scope: Scope;
  readonly #first: FactUnit;
  readonly #bindings = new Map<string, Bound[]>();
  readonly #reads = new Map<string, Read[]>();
  readonly #isInLoop: boolean;

  constructor(
    private readonly facts: ProgramFacts,
    private readonly evaluator: Evaluator,
    private readonly selection: Selection,
  ) {
    const { at, pieces } = selection;
    this.#scope = at.scope;
    this.#first = pieces[0].unit;
    this.#isInLoop = hasLoop(at.block);
    const units = this.#isModule ? facts.units : [this.#first];
    for (const unit of units) {
      for (const { name, binding } of ownBindings(
        this.#isModule ? unit.summary.root : this.#scope,
        this.#isModule,
      )) {
        push(this.#bindings, name, { binding, unit });
      }
      for (const reference of referencesOf(unit, this.#isModule ? undefined : this.#scope)) {
        push(this.#reads, reference.name, { reference, unit });
      }
    }
  }

  get #isModule(): boolean {
    return this.#scope.parent === undefined;
  }

  flow(): Flow {
    const read = [...this.#reads].filter(([, reads]) =>
      reads.some((each) => this.#isIn(each.unit, each.reference.node.start)),
    );
    const written = new Set(
      [...this.#bindings]
        .filter(([, all]) => all.some((each) => this.#isWritten(each)))
        .map(([name]) => name),
    );
    const results = [...written].filter((name) => this.#isResult(name));
    const parameters = read.map(([name]) => name).filter((name) => this.#isParameter(name, written));
    const before = this.#boundBefore();
    const after = this.#boundAfter();
    for (const name of results) {
      if (parameters.includes(name) || after.has(name)) continue;
      if (before.has(name)) parameters.push(name);
      else this.#refuse(name, `whether ${name} is bound behind the selection is not known`);
    }
    for (const name of parameters) {
      if (!before.has(name)) this.#refuse(name, `whether ${name} is bound at the selection is not known`);
    }
    const foreign = new Set([...parameters, ...written]);
    for (const name of foreign) this.#checkName(name, written.has(name));
    this.#checkEnclosing();
    return { parameters, results, problems: this.#problems };
  }

  #isIn(unit: FactUnit, offset: number): boolean {
    const piece = this.selection.pieces.find((each) => each.unit === unit);
    const first = piece?.statements[0];
    const last = piece?.statements.at(-1);
    return first !== undefined && last !== undefined && first.start <= offset && offset < last.end;
  }

  #isWritten({ binding, unit }: Bound): boolean {
    return binding.source.type !== 'deletion' && this.#isIn(unit, binding.start);
  }

  #seenBy({ reference, unit }: Read): readonly Bound[] {
    const { name, scope, block, node } = reference;
    return reachingBindings(name, { unit, scope, block, offset: node.start });
  }

  /** Somebody sees what the selection binds: behind it, in the next round of a loop, or when the value is given up. */
  #isResult(name: string): boolean {
    const reads = this.#reads.get(name) ?? [];
    const isSeen = reads.some((read) =>
      this.#isIn(read.unit, read.reference.node.start)
        ? this.#isInLoop && this.#isExposed(read)
        : this.#seenBy(read).some((bound) => this.#isWritten(bound)),
    );
    return isSeen || this.#isUnboundBehind(name) || this.#isLookedFor(name, reads) || this.#isKept(name);
  }

  /** Nothing else binds a name for which the program looks above, where it is not bound yet. */
  #isLookedFor(name: string, reads: readonly Read[]): boolean {
    const units = this.#isModule ? this.facts.units : [this.#first];
    // `class A: x = x` reads the name where nobody sees a read of it.
    if (units.some((unit) => bindsInClass(unit, name))) return true;
    const isOnlyHere = (this.#bindings.get(name) ?? []).every((bound) => this.#isWritten(bound));
    return isOnlyHere && reads.some((read) => !this.#isIn(read.unit, read.reference.node.start));
  }

  /** `del` outside of the selection fails where the name is not bound. */
  #isUnboundBehind(name: string): boolean {
    return (this.#bindings.get(name) ?? []).some(({ binding, unit }) => {
      if (binding.statement.kind !== 'Delete' || this.#isIn(unit, binding.start)) return false;
      const { scope, block, start } = binding;
      const seen = reachingBindings(name, { unit, scope, block, offset: start });
      return seen.some((bound) => this.#isWritten(bound));
    });
  }

  readonly #lifetimes = (): Lifetimes => (this.#known ??= new Lifetimes(this.evaluator));
  #known: Lifetimes | undefined;
  #quiet: boolean | undefined;

  #isKept(name: string): boolean {
    this.#quiet ??= endsQuietly(this.facts);
    if (this.#quiet) return false;
    const own = (this.#bindings.get(name) ?? []).filter((bound) => this.#isWritten(bound));
    return !own.every((bound) => this.#lifetimes().isPlainBinding(bound));
  }

  /** A read of the selection that may see what was bound before the selection began. */
  #isExposed(read: Read): boolean {
    const { name, node } = read.reference;
    if (this.#boundWithin(read.unit, node.start).has(name)) return false;
    return this.#seenBy(read).some((bound) => !this.#isWritten(bound) || this.#isInLoop);
  }

  #isParameter(name: string, written: ReadonlySet<string>): boolean {
    const inside = (this.#reads.get(name) ?? []).filter(({ unit, reference }) =>
      this.#isIn(unit, reference.node.start),
    );
    const isExposed = inside.some((read) => this.#isExposed(read));
    if (!isExposed) return false;
    if (written.has(name) || !this.#isModule) return true;
    // A function reads names of the module as it is; only variables are handed in, where that is equal.
    const all = this.#bindings.get(name) ?? [];
    return (
      all.every(({ binding }) =>
        ['value', 'element', 'iteration', 'context', 'augmented', 'deletion'].includes(binding.source.type),
      ) &&
      !isConstantName(name, all) &&
      all.every(({ binding }) => binding.scope === binding.scope.root) &&
      this.#boundBefore().has(name) &&
      !this.#isCapturedInside(name)
    );
  }

  #statementsBefore(): {
    readonly lists: readonly (readonly Statement[])[];
    readonly own: readonly Statement[];
  } {
    const { node } = this.#scope;
    if (node?.kind === 'FunctionDef') return { lists: [], own: node.body };
    const earlier = this.facts.units.slice(0, this.#first.order).map(({ unit }) => [unit.statement]);
    return { lists: earlier, own: [this.#first.unit.statement] };
  }

  #before: ReadonlySet<string> | undefined;

  #boundBefore(): ReadonlySet<string> {
    if (this.#before) return this.#before;
    const { lists, own } = this.#statementsBefore();
    const start = this.selection.pieces[0].statements[0]!.start;
    const names = new Set<string>();
    const { node } = this.#scope;
    if (node?.kind === 'FunctionDef') for (const { name } of node.params) names.add(name);
    for (const list of lists) addAssigned(names, list, Infinity);
    addAssigned(names, own, start);
    return (this.#before = this.#withoutDeleted(names));
  }

  #boundAfter(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { statements } of this.selection.pieces) addAssigned(names, statements, Infinity);
    return this.#withoutDeleted(names);
  }

  #boundWithin(unit: FactUnit, offset: number): ReadonlySet<string> {
    const names = new Set<string>();
    for (const piece of this.selection.pieces) {
      if (piece.unit.order > unit.order) break;
      addAssigned(names, piece.statements, piece.unit === unit ? offset : Infinity);
    }
    return this.#withoutDeleted(names);
  }

  /** What a function deletes, it may delete at any time. */
  #withoutDeleted(names: Set<string>): ReadonlySet<string> {
    for (const name of [...names]) {
      const isDeleted = (this.#bindings.get(name) ?? []).some(
        ({ binding }) => binding.source.type === 'deletion' && this.#isOfFunction(binding),
      );
      if (isDeleted) names.delete(name);
    }
    return names;
  }

  #isOfFunction({ scope }: Binding): boolean {
    return scope !== this.#scope && scope.parent !== undefined;
  }

  #checkName(name: string, isWritten: boolean): void {
    const bindings = this.#bindings.get(name) ?? [];
    const reads = this.#reads.get(name) ?? [];
    const inside = reads.filter(({ unit, reference }) => this.#isIn(unit, reference.node.start));
    const outside = reads.filter((read) => !inside.includes(read));
    if (bindings.some(({ binding }) => this.#isOfFunction(binding))) {
      this.#refuse(name, `${name} is also bound by a function, through global or nonlocal`);
    }
    const inClass = this.selection.pieces.find(({ unit }) => bindsInClass(unit, name));
    if (inClass) this.#refuse(name, `a class reads and binds ${name}, and would not find that of a function`);
    const isUnclear = BUILTIN_NAMES.has(name) || this.facts.unknownBinders.length > 0;
    for (const read of inside) {
      if (!isWritten || this.#boundWithin(read.unit, read.reference.node.start).has(name)) continue;
      if (read.reference.isGuarded || (isUnclear && !this.#boundBefore().has(name))) {
        this.#refuseAt(read, `which ${name} is meant here depends on what has run`);
      }
    }
    if (this.#isCapturedInside(name) && this.#isReboundLater(name, isWritten)) {
      this.#refuse(name, `a function made here sees when ${name} is bound anew`);
    }
    if (!isWritten) return;
    this.#checkGivenUp(name, bindings);
    const late = outside.filter((read) => this.#isLate(read));
    if (late.length === 0) return;
    const reachable = reachableFrom(this.facts, this.selection, this.#isModule);
    const seen = late.find(({ unit }) => reachable.mayRun(unit));
    if (seen) this.#refuseAt(seen, `what the selection calls may read ${name} here, before it is given back`);
  }

  /** `file = None` gives up what the name holds, where the function only binds a name of its own. */
  #checkGivenUp(name: string, bindings: readonly Bound[]): void {
    const start = this.selection.pieces[0].statements[0]!.start;
    const held = bindings.find(
      (bound) =>
        !this.#isWritten(bound) &&
        bound.binding.source.type !== 'parameter' &&
        (bound.unit.order < this.#first.order ||
          (bound.unit === this.#first && bound.binding.start < start)) &&
        !this.#lifetimes().isPlainBinding(bound),
    );
    if (held) this.#refuse(name, `what ${name} holds is given up here, and would be given up later`);
  }

  #isCapturedInside(name: string): boolean {
    return (this.#reads.get(name) ?? []).some(
      (read) => this.#isIn(read.unit, read.reference.node.start) && this.#isLate(read),
    );
  }

  /** Read by a function, lambda or generator, whenever that runs; not by a generator that is used up at once. */
  #isLate({ reference, unit }: Read): boolean {
    if (reference.time !== 'later') return false;
    for (
      let scope: Scope | undefined = reference.scope;
      scope && scope !== this.#scope;
      scope = scope.parent
    ) {
      if (scope.kind === 'function' || scope.kind === 'lambda') return true;
      const { node } = scope;
      if (node?.kind !== 'Comprehension' || node.type !== 'generator') continue;
      const parent = parentsOf(unit.unit).get(node);
      if (parent?.kind !== 'Call') return true;
      const name =
        parent.func.kind === 'Name'
          ? parent.func.id
          : parent.func.kind === 'Attribute'
            ? parent.func.attr
            : '';
      if (!CONSUMERS.has(name)) return true;
    }
    return false;
  }

  #isReboundLater(name: string, isWritten: boolean): boolean {
    if (this.#isInLoop && isWritten) return true;
    const last = this.selection.pieces.at(-1)!;
    const end = last.statements.at(-1)!.end;
    return (this.#bindings.get(name) ?? []).some(({ binding, unit }) => {
      if (this.#isIn(unit, binding.start)) return false;
      if (this.#isInLoop && hasLoop(binding.block) && unit === this.#first) return true;
      return unit.order > last.unit.order || (unit === last.unit && binding.start >= end);
    });
  }

  /** Names of functions around the one that the selection stands in. */
  #checkEnclosing(): void {
    if (this.#isModule) return;
    const visit = (scope: Scope): void => {
      for (const reference of scope.references) {
        if (!this.#isIn(this.#first, reference.node.start)) continue;
        const owner = reference.scope.ownerOf(reference.name);
        const isInside =
          [...reference.scope.outwards()].includes(owner) && [...owner.outwards()].includes(this.#scope);
        if (owner.parent === undefined || isInside) continue;
        this.#refuseAt(
          { reference, unit: this.#first },
          `${reference.name} belongs to a function further out`,
        );
      }
      scope.children.forEach(visit);
    };
    visit(this.#scope);
    for (const [name, where] of this.#scope.declared) {
      const isBound = this.#scope.bindingsOf(name).some((binding) => this.#isIn(this.#first, binding.start));
      if (isBound) this.#refuse(name, `${name} is ${where} here`, this.#scope.bindingsOf(name)[0]);
    }
  }

  #refuse(name: string, reason: string, at?: NodeBase): void {
    const bound = (this.#bindings.get(name) ?? []).find((each) => this.#isWritten(each));
    const read = (this.#reads.get(name) ?? []).find((each) =>
      this.#isIn(each.unit, each.reference.node.start),
    );
    const unit = bound?.unit ?? read?.unit ?? this.#first;
    const node = at ?? bound?.binding ?? read?.reference.node ?? this.#first.unit.statement;
    this.#problems.push({ unit, node, reason });
  }

  #refuseAt({ reference, unit }: Read, reason: string): void {
    this.#problems.push({ unit, node: reference.node, reason });
  }
}

/** Calls that have used a generator up when they return. */
const CONSUMERS = new Set(
  'sum any all min max list tuple set frozenset dict sorted join extend update array'.split(' '),
);

function push<T>(map: Map<string, T[]>, name: string, value: T): void {
  const same = map.get(name);
  if (same) same.push(value);
  else map.set(name, [value]);
}

function hasLoop(block: Block): boolean {
  for (let at: Block | undefined = block; at; at = at.parent) if (at.kind === 'loop') return true;
  return false;
}

function isConstantName(name: string, bindings: readonly Bound[]): boolean {
  return bindings.length === 1 && /^[A-Z][A-Z0-9_]*$/.test(name);
}
