import { COMPUTING_ATTRIBUTES } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { storedAttributes } from '../../semantics/flow/storedAttributes';
import type { Binding } from '../../semantics/scope';
import type { UnitSummary } from '../../semantics/summary';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, Expression, FunctionDef } from '../../syntax/ast';
import { ModuleParts } from './moduleParts';
import type { TorchModule } from './moduleValue';
import { TorchModules } from './torchModules';

/** A call that runs a torch module, by `net(x)` or `net.forward(x)`. */
export interface ModuleCall {
  readonly call: Call;
  readonly unit: FactUnit;
  /** The expression that is the module. */
  readonly receiver: Expression;
  readonly module: TorchModule;
}

/** What the inference rules know of one program together. */
interface Known {
  readonly modules: TorchModules;
  calls: readonly ModuleCall[] | undefined;
}

const known = new WeakMap<ValueFlow, Known>();

function knownOf(flow: ValueFlow): Known {
  let here = known.get(flow);
  if (!here) known.set(flow, (here = { modules: new TorchModules(flow), calls: undefined }));
  return here;
}

/** The torch modules of a program, found once for all who ask. */
export function torchModulesOf(flow: ValueFlow): TorchModules {
  return knownOf(flow).modules;
}

/**
 * The calls of torch modules in document order, those left out that are a part of a module's own computation: in a
 * `forward` and what it uses, and in hooks that a trainer calls.
 */
export function moduleCallsOf(flow: ValueFlow): readonly ModuleCall[] {
  const here = knownOf(flow);
  here.calls ??= findCalls(flow, here.modules);
  return here.calls;
}

function findCalls(flow: ValueFlow, modules: TorchModules): readonly ModuleCall[] {
  const { facts } = flow.evaluator;
  const parts = new ModuleParts(flow, modules);
  const stored = storedAttributes(facts);
  const found: ModuleCall[] = [];
  for (const unit of facts.units) {
    for (const { call, receiver, owner, attribute, global } of candidatesOf(unit.summary)) {
      // Cheap: most method calls are of names that nothing stores and no module has.
      if (attribute !== undefined && !MODULE_ATTRIBUTES.has(attribute) && !stored.has(attribute)) continue;
      if (global !== undefined && !mayBeModule(facts.moduleBindings(global).map(bindingOf))) continue;
      // Asked first, and once per function: most calls of a network's source stand in a `forward`.
      if (owner && parts.isPart(owner, unit)) continue;
      const module = modules.moduleOf(receiver, unit);
      if (module) found.push({ call, unit, receiver, module });
    }
  }
  return found;
}

const MODULE_ATTRIBUTES: ReadonlySet<string> = new Set([...COMPUTING_ATTRIBUTES, 'module', '_orig_mod']);

/** A call that may run a module as far as its statement shows. */
interface Candidate {
  readonly call: Call;
  readonly receiver: Expression;
  readonly owner: FunctionDef | undefined;
  /** The attribute that is called, unless it is `forward`. */
  readonly attribute: string | undefined;
  /** The module-level name that is called. */
  readonly global: string | undefined;
}

const candidates = new WeakMap<UnitSummary, readonly Candidate[]>();

function candidatesOf(summary: UnitSummary): readonly Candidate[] {
  const cached = candidates.get(summary);
  if (cached) return cached;
  const found: Candidate[] = [];
  for (const { node: call, at } of summary.calls) {
    const { func } = call;
    const owner = at.scope.enclosingFunction;
    if (func.kind === 'Name') {
      const scope = (summary.locate.get(func) ?? at).scope.ownerOf(func.id);
      const isGlobal = scope.parent === undefined;
      if (!isGlobal && !mayBeModule(scope.bindingsOf(func.id))) continue;
      const global = isGlobal ? func.id : undefined;
      found.push({ call, receiver: func, owner, attribute: undefined, global });
    } else if (func.kind === 'Attribute') {
      const isForward = func.attr === 'forward';
      // `super().forward(x)` is how a module extends another one.
      if (isForward && func.value.kind === 'Call') continue;
      const attribute = isForward ? undefined : func.attr;
      found.push({ call, receiver: isForward ? func.value : func, owner, attribute, global: undefined });
    } else {
      found.push({ call, receiver: func, owner, attribute: undefined, global: undefined });
    }
  }
  candidates.set(summary, found);
  return found;
}

function bindingOf({ binding }: { readonly binding: Binding }): Binding {
  return binding;
}

/** Cheap: a name that nothing binds is a builtin, and functions and classes are no modules. */
function mayBeModule(bindings: readonly Binding[]): boolean {
  return bindings.some(({ source }) => source.type !== 'function' && source.type !== 'class');
}
