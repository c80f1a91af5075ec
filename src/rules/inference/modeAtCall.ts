import type { FactUnit } from '../../semantics/facts';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, FunctionDef, Parameter } from '../../syntax/ast';
import type { ModuleCall } from './moduleCalls';
import { ModeEvents } from './modeEvents';
import { MODE, type ModeState, PAST, modesOf, withMode } from './modeState';
import { type Assumed, ModeWalk } from './modeWalk';
import type { TorchModule } from './moduleValue';
import type { TorchModules } from './torchModules';

const MAX_CALLERS = 6;

interface Owner {
  readonly function: FunctionDef;
  readonly unit: FactUnit;
}

/** Finds out in which modes a module may be where it is called, on all ways there that the program shows. */
export class ModeAtCall {
  readonly #running: FunctionDef[] = [];

  constructor(
    private readonly flow: ValueFlow,
    private readonly modules: TorchModules,
  ) {}

  /**
   * @param assumed Tests that hold where the call stands.
   * @returns Undefined where no way to the call is known.
   */
  stateOf({ call, unit, module }: ModuleCall, assumed: Assumed): ModeState | undefined {
    return this.#before(call, unit, module, assumed);
  }

  /** The state right before a call, whatever it calls. */
  #before(call: Call, unit: FactUnit, target: TorchModule, assumed: Assumed): ModeState | undefined {
    const walk = this.#walk(target, { call, unit }, assumed);
    const owner = unit.summary.locate.get(call)?.scope.enclosingFunction;
    if (owner) {
      const given = this.#parametersThatAre(target, { function: owner, unit });
      const entry = this.#entry({ function: owner, unit }, target, given);
      walk.runFunction({ function: owner, unit, given }, entry);
    } else {
      this.#runModules(walk, target, unit);
    }
    return walk.isGivenUp ? MODE.UNKNOWN : walk.reached;
  }

  #walk(
    target: TorchModule,
    wanted: { readonly call: Call; readonly unit: FactUnit } | undefined,
    assumed: Assumed = new Map(),
  ): ModeWalk {
    return new ModeWalk(this.flow, new ModeEvents(this.flow, this.modules, target), wanted, assumed);
  }

  /** A module made in another file is made when that is imported, before all else. */
  #runModules(walk: ModeWalk, target: TorchModule, unit: FactUnit): ModeState {
    const others = new Set(
      target.roots.map((root) => root.unit.facts).filter((facts) => facts !== unit.facts),
    );
    let state: ModeState = 0;
    for (const facts of others) state = walk.runModule(facts.units, state);
    return walk.runModule(unit.facts.units, state);
  }

  #parametersThatAre(target: TorchModule, { function: owner, unit }: Owner): ReadonlySet<Parameter> {
    const found = new Set<Parameter>();
    const scope = unit.summary.scopeOf.get(owner);
    for (const parameter of owner.params) {
      const binding = scope?.bindingsOf(parameter.name).find(({ source }) => source.type === 'parameter');
      if (!binding) continue;
      const isTarget =
        target.roots.some(({ node }) => node === binding) ||
        this.flow.reads.of({ binding, unit }).some((read) => {
          const module = this.modules.moduleOf(read.reference.node, read.unit);
          return module && !module.isPart && this.modules.isSame(module, target);
        });
      if (isTarget) found.add(parameter);
    }
    return found;
  }

  /** The state in which a function begins: as its callers leave it, or as the program does that nobody sees call it. */
  #entry(owner: Owner, target: TorchModule, given: ReadonlySet<Parameter>): ModeState {
    if (this.#running.includes(owner.function)) return 0;
    if (this.#running.length >= MAX_CALLERS) return MODE.UNKNOWN;
    this.#running.push(owner.function);
    const sites = this.flow.calls.sitesOf(owner.function, owner.unit).sites.filter((site) => site.isCertain);
    let state: ModeState = 0;
    for (const site of sites) {
      const there = given.size === 0 ? target : this.#given(owner, site.call, site.unit, given);
      state |= there ? (this.#before(site.call, site.unit, there, new Map()) ?? 0) : MODE.UNKNOWN;
    }
    if (sites.length === 0) state = given.size > 0 ? MODE.UNKNOWN : this.#unseen(owner, target);
    this.#running.pop();
    return state;
  }

  /** The module that a call hands to a parameter. */
  #given(owner: Owner, call: Call, unit: FactUnit, given: ReadonlySet<Parameter>): TorchModule | undefined {
    const callee = this.flow.calls
      .calleesOf(call, unit)
      .functions.find((one) => one.function === owner.function);
    if (!callee) return undefined;
    for (const argument of [...call.args, ...call.keywords.map(({ value }) => value)]) {
      const arrives = this.flow.calls.parameterFor(callee, call, argument);
      if (arrives && given.has(arrives.parameter)) return this.modules.moduleOf(argument, unit);
    }
    return undefined;
  }

  /** Nobody is seen to call the function: the module is as the program, or its object's constructor, leaves it. */
  #unseen(owner: Owner, target: TorchModule): ModeState {
    const walk = this.#walk(target, undefined);
    let state = this.#around(owner, target, walk);
    if (modesOf(state) === 0) {
      for (const maker of this.#makers(target)) {
        if (maker.function !== owner.function) state |= walk.runFunction({ ...maker, given: new Set() }, 0);
      }
    }
    if (walk.isGivenUp) return MODE.UNKNOWN;
    // Who else switches it may have done so before: in which order they are called, nobody knows.
    if (this.#isSwitchedElsewhere(owner, target, walk)) return withMode(state, MODE.UNKNOWN);
    return this.#isLearning(target) ? state | PAST.LEARNED : state;
  }

  #around(owner: Owner, target: TorchModule, walk: ModeWalk): ModeState {
    const around = this.flow.calls.classOf(owner.function, owner.unit);
    const init = around && this.flow.calls.methodOf(around, '__init__', owner.unit);
    if (init && init.function !== owner.function) {
      const given = this.#parametersThatAre(target, init);
      const state = walk.runFunction({ ...init, given }, this.#entryOfInit(init, target, given));
      if (modesOf(state) !== 0) return state;
    }
    const outer = owner.unit.summary.scopeOf.get(owner.function)?.parent?.enclosingFunction;
    if (!outer) return this.#runModules(walk, target, owner.unit);
    const given = this.#parametersThatAre(target, { function: outer, unit: owner.unit });
    const frame = { function: outer, unit: owner.unit, given };
    return walk.runFunction(frame, this.#entry(frame, target, given));
  }

  #entryOfInit(init: Owner, target: TorchModule, given: ReadonlySet<Parameter>): ModeState {
    return given.size > 0 ? this.#entry(init, target, given) : 0;
  }

  /** The functions in which the module is made. */
  #makers(target: TorchModule): readonly Owner[] {
    return target.roots.flatMap(({ node, unit }) => {
      const made = 'source' in node ? (node.source as { expression?: Call }).expression : (node as Call);
      const owner = made && unit.summary.locate.get(made)?.scope.enclosingFunction;
      return owner ? [{ function: owner, unit }] : [];
    });
  }

  #isSwitchedElsewhere(owner: Owner, target: TorchModule, walk: ModeWalk): boolean {
    const events = new ModeEvents(this.flow, this.modules, target);
    return ['eval', 'train'].some((name) =>
      owner.unit.facts.callsNamed(name).some(({ call, unit }) => {
        const { func, args } = call;
        if (func.kind !== 'Attribute' || (name === 'train' && args.length === 0)) return false;
        const where = unit.summary.locate.get(call)?.scope.enclosingFunction;
        if (!where || where === owner.function || walk.entered.has(where)) return false;
        if (this.#isOfAnotherClass(owner, where, unit)) return false;
        return events.isTarget(func.value, unit, undefined);
      }),
    );
  }

  /** What one function makes for many is one module for us; objects of other classes hold modules of their own. */
  #isOfAnotherClass(owner: Owner, other: FunctionDef, unit: FactUnit): boolean {
    const { calls } = this.flow;
    const [here, there] = [calls.classOf(owner.function, owner.unit), calls.classOf(other, unit)];
    return (
      here !== undefined &&
      there !== undefined &&
      !calls.isRelated({ node: here, unit: owner.unit }, { node: there, unit })
    );
  }

  /** Weights are loaded into it, or it is trained, somewhere in the program. */
  #isLearning(target: TorchModule): boolean {
    const events = new ModeEvents(this.flow, this.modules, target);
    const { facts } = this.flow.evaluator;
    const isAsked = (name: string): boolean =>
      facts
        .callsNamed(name)
        .some(
          ({ call: { func }, unit }) =>
            func.kind === 'Attribute' && events.isTarget(func.value, unit, undefined),
        );
    return isAsked('load_state_dict') || (facts.callsNamed('backward').length > 0 && isAsked('parameters'));
  }
}
