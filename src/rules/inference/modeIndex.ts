import { CONTAINER_LAYERS, MODE_FREE_PACKAGES, MODULE_WRAPPERS } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { PlacedMap } from '../../semantics/flow/placed';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, Expression, FunctionDef, NodeBase } from '../../syntax/ast';
import { lastPart, packageOf } from './calleeNames';
import { isModuleName } from './torchNames';
import type { TorchModules } from './torchModules';

/** Calls that train: what they are given goes backward. */
export const BACKWARD = /^(?:manual_)?backward$/;

/** What code has to do with modules and their modes, itself and through the functions that it calls. */
interface Concern {
  /** Where the modules are made that it runs, switches, or hands on. */
  readonly roots: ReadonlySet<NodeBase>;
  /** It switches a mode, loads weights or trains. */
  readonly isSwitching: boolean;
  readonly isTraining: boolean;
}

const NAMES: ReadonlySet<string> = new Set(['eval', 'train', 'load_state_dict', 'parameters', 'fit']);
const NONE: Concern = { roots: new Set(), isSwitching: false, isTraining: false };

/** Which code is worth running for which module: most statements of a program are for none. */
export class ModeIndex {
  readonly #functions = new PlacedMap<FunctionDef, Concern>();
  readonly #units = new Map<FactUnit, Concern>();

  constructor(
    private readonly flow: ValueFlow,
    private readonly modules: TorchModules,
  ) {}

  ofFunction(node: FunctionDef, unit: FactUnit): Concern {
    const known = this.#functions.get(unit, node);
    if (known) return known;
    // Functions that call each other add nothing to themselves.
    this.#functions.set(unit, node, NONE);
    const found = this.#concernOf(unit, node);
    this.#functions.set(unit, node, found);
    return found;
  }

  /** A function that neither changes a module's mode nor holds on to it. */
  #isComputing(call: Call, unit: FactUnit): boolean {
    const name = this.flow.evaluator.calleeOf(call, unit);
    if (name === undefined || MODULE_WRAPPERS.has(name)) return false;
    if (/^torch\.(?:nn\.functional\.|[a-z_0-9]+$)/.test(name)) return true;
    // A layer is given numbers, unless it is made of others.
    if (isModuleName(name)) return !CONTAINER_LAYERS.has(lastPart(name));
    return MODE_FREE_PACKAGES.has(packageOf(name));
  }

  /** Of a top-level statement, as far as it runs at once. */
  ofUnit(unit: FactUnit): Concern {
    let found = this.#units.get(unit);
    if (!found) this.#units.set(unit, (found = this.#concernOf(unit, undefined)));
    return found;
  }

  #concernOf(unit: FactUnit, owner: FunctionDef | undefined): Concern {
    const roots = new Set<NodeBase>();
    let isSwitching = false;
    let isTraining = false;
    for (const { node: call, at } of unit.summary.calls) {
      if (at.scope.enclosingFunction !== owner) continue;
      const { func } = call;
      const name = func.kind === 'Attribute' ? func.attr : '';
      isTraining ||= BACKWARD.test(name);
      isSwitching ||= NAMES.has(name);
      const add = (part: Expression): boolean => {
        const module = mayBeModule(part) ? this.modules.moduleOf(part, unit) : undefined;
        for (const root of module?.roots ?? []) roots.add(root.node);
        return module !== undefined;
      };
      add(call);
      if (func.kind === 'Attribute') add(func.value);
      const callees = this.flow.calls.calleesOf(call, unit).functions;
      for (const callee of callees) {
        const inner = this.ofFunction(callee.function, callee.unit);
        for (const root of inner.roots) roots.add(root);
        isSwitching ||= inner.isSwitching;
        isTraining ||= inner.isTraining;
      }
      // What a module or a function of torch is given is data.
      const isData = add(func) || (callees.length === 0 && this.#isComputing(call, unit));
      for (const argument of isData ? [] : argumentsOf(call)) add(argument);
    }
    return { roots, isSwitching, isTraining };
  }
}

function argumentsOf({ args, keywords }: Call): readonly Expression[] {
  return [...args, ...keywords.map(({ value }) => value)].flatMap((one) =>
    one.kind === 'List' || one.kind === 'Tuple' ? one.elements : [one],
  );
}

function mayBeModule({ kind }: Expression): boolean {
  return kind === 'Name' || kind === 'Attribute' || kind === 'Call' || kind === 'Subscript';
}

const indexes = new WeakMap<ValueFlow, ModeIndex>();

/** The index of a program, made once. */
export function modeIndexOf(flow: ValueFlow, modules: TorchModules): ModeIndex {
  let index = indexes.get(flow);
  if (!index) indexes.set(flow, (index = new ModeIndex(flow, modules)));
  return index;
}
