import { MODE_KEEPING, MODULE_WRAPPERS } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, ClassDef, Expression, FunctionDef, Parameter } from '../../syntax/ast';
import { lastPart, packageOf, rootName, spokenName } from './calleeNames';
import { BACKWARD } from './modeIndex';
import { MODE, type ModeState, PAST, trained, withMode } from './modeState';
import { kindsOfModule } from './moduleKinds';
import { isBuilder } from './torchNames';
import type { TorchModule } from './moduleValue';
import type { TorchModules } from './torchModules';

/** A function that runs, and which of its parameters are the module in question. */
export interface ModeFrame {
  readonly function: FunctionDef;
  readonly unit: FactUnit;
  readonly given: ReadonlySet<Parameter>;
}

/** What single calls do to the mode of one module. */
export class ModeEvents {
  constructor(
    private readonly flow: ValueFlow,
    readonly modules: TorchModules,
    readonly target: TorchModule,
  ) {}

  /** Whether an expression is the module. */
  isTarget(node: Expression, unit: FactUnit, frame: ModeFrame | undefined): boolean {
    return this.#moduleIfTarget(node, unit, frame) !== undefined;
  }

  #moduleIfTarget(node: Expression, unit: FactUnit, frame: ModeFrame | undefined): TorchModule | undefined {
    if (node.kind === 'Name' && frame) {
      const parameters = this.flow.sources
        .bindingsOf(node, unit)
        .flatMap(({ binding: { source } }) => (source.type === 'parameter' ? [source] : []))
        .filter(({ owner }) => owner === frame.function);
      if (parameters.length > 0) {
        const isGiven = parameters.some(({ parameter }) => frame.given.has(parameter));
        return isGiven ? { ...this.target, isPart: false } : undefined;
      }
    }
    if (!mayBeModule(node)) return undefined;
    const module = this.modules.moduleOf(node, unit);
    return module && this.modules.isSame(module, this.target) ? module : undefined;
  }

  /** What a call does by itself; undefined: nothing that is known here, so that its callee has to be looked at. */
  after(call: Call, unit: FactUnit, state: ModeState, frame: ModeFrame | undefined): ModeState | undefined {
    const made = this.#made(call, unit);
    if (made !== undefined) return withMode(state, 0) | made;
    const { func } = call;
    if (func.kind === 'Attribute') {
      if (BACKWARD.test(func.attr)) return trained(state);
      const done = this.#method(call, func.attr, func.value, unit, state, frame);
      if (done !== undefined) return done;
    }
    return this.#isOptimiser(call, unit, frame) ? state | PAST.OPTIMISED : undefined;
  }

  #method(
    call: Call,
    name: string,
    receiver: Expression,
    unit: FactUnit,
    state: ModeState,
    frame: ModeFrame | undefined,
  ): ModeState | undefined {
    if (name !== 'eval' && name !== 'train' && name !== 'load_state_dict') return undefined;
    const module = this.#moduleIfTarget(receiver, unit, frame);
    if (!module) return undefined;
    if (name === 'load_state_dict') return state | PAST.LEARNED;
    // A layer of it says nothing about the rest, but who cares about its layers knows what he does.
    if (module.isPart && !this.target.isPart) return state;
    if (name === 'eval') return withMode(state, MODE.EVAL);
    const mode = call.args[0] ?? call.keywords[0]?.value;
    if (!mode) return withMode(state, MODE.TOLD);
    if (mode.kind !== 'Constant') return withMode(state, MODE.UNKNOWN);
    return withMode(state, mode.value === false ? MODE.EVAL : MODE.TOLD);
  }

  /** The state in which a call makes the module. */
  #made(call: Call, unit: FactUnit): ModeState | undefined {
    for (const { node, unit: where } of this.target.roots) {
      if (where !== unit) continue;
      if ((node as unknown) === call) return this.#initial(call);
      // Known by what it is asked for: what the call of an unknown class gives.
      if ('source' in node) {
        const { source } = node as {
          readonly source: { readonly type: string; readonly expression?: Expression };
        };
        if (source.type !== 'value' || source.expression !== call) continue;
        return /^[A-Z][A-Za-z0-9]*[a-z]/.test(spokenName(call)) ? MODE.TRAIN : MODE.UNKNOWN;
      }
    }
    return undefined;
  }

  #initial(call: Call): ModeState {
    if (this.target.isLoaded) return MODE.SAVED | PAST.LEARNED;
    const { roots } = this.target;
    const own = { ...this.target, roots: roots.filter(({ node }) => (node as unknown) === call) };
    let state = 0;
    for (const kind of kindsOfModule(own, this.flow)) {
      if (kind.type === 'library') state |= initialOf(kind.name, call);
      else if (kind.type === 'class') state |= this.#initialOfClass(kind.node, kind.unit, call);
      else state |= MODE.UNKNOWN;
    }
    return state;
  }

  #initialOfClass(node: ClassDef, unit: FactUnit, call: Call): ModeState {
    const { calls } = this.flow;
    const method = call.func.kind === 'Attribute' ? call.func.attr : undefined;
    // With modes of its own making, nobody knows; `from_pretrained` of a mixin evaluates.
    if (['train', 'eval'].some((name) => calls.methodOf(node, name, unit))) return MODE.UNKNOWN;
    if (method === 'from_pretrained') return MODE.EVAL | PAST.LEARNED;
    if (method !== undefined && /^(?:from_|load_)/.test(method)) return MODE.UNKNOWN;
    const isSwitched = calls.lineOf(node, unit).some((owner) => switchesItself(owner.node, owner.unit));
    return isSwitched ? MODE.EVAL : MODE.TRAIN;
  }

  /** An optimiser of the module's parameters. */
  #isOptimiser(call: Call, unit: FactUnit, frame: ModeFrame | undefined): boolean {
    const name = this.flow.evaluator.calleeOf(call, unit);
    const isOne =
      name === undefined
        ? OPTIMISER.test(spokenName(call))
        : name.startsWith('torch.optim.') || OPTIMISER.test(lastPart(name));
    return isOne && argumentsOf(call).some((argument) => this.#holdsParameters(argument, unit, frame));
  }

  #holdsParameters(node: Expression, unit: FactUnit, frame: ModeFrame | undefined): boolean {
    switch (node.kind) {
      case 'Call': {
        const { func } = node;
        if (func.kind === 'Attribute' && /^(?:named_)?parameters$/.test(func.attr))
          return this.isTarget(func.value, unit, frame);
        return argumentsOf(node).some((argument) => this.#holdsParameters(argument, unit, frame));
      }
      case 'List':
      case 'Tuple':
        return node.elements.some((element) => this.#holdsParameters(element, unit, frame));
      case 'Dict':
        return node.entries.some(({ value }) => this.#holdsParameters(value, unit, frame));
      case 'Comprehension':
        return node.clauses.some(({ iter }) => this.#holdsParameters(iter, unit, frame));
      case 'BinOp':
        return (
          this.#holdsParameters(node.left, unit, frame) || this.#holdsParameters(node.right, unit, frame)
        );
      case 'Name':
        return this.flow.sources.bindingsOf(node, unit).some(({ binding: { source }, unit: where }) => {
          return source.type === 'value' && source.expression.kind !== 'Name'
            ? this.#holdsParameters(source.expression, where, frame)
            : false;
        });
      default:
        return false;
    }
  }

  /** Whether the module is handed to somebody who may change its mode, or holds it from now on. */
  isHandedOver(call: Call, unit: FactUnit, frame: ModeFrame | undefined): boolean {
    if (!this.#mayKeep(call, unit)) return false;
    const given = argumentsOf(call).flatMap((argument) =>
      argument.kind === 'List' || argument.kind === 'Tuple' ? argument.elements : [argument],
    );
    return given.some((argument) => this.isTarget(argument, unit, frame));
  }

  /** Whether a call may do anything with what it is given. What a module is given is data. */
  #mayKeep({ func }: Call, unit: FactUnit): boolean {
    if (func.kind !== 'Call' && mayBeModule(func) && this.modules.moduleOf(func, unit)) return false;
    return this.flow.evaluator.valuesOf(func, unit).some((value) => {
      const name = rootName(value);
      if (name === undefined) return true;
      if (value.kind === 'qualified' && MODULE_WRAPPERS.has(name)) return false;
      return packageOf(name) !== 'builtins' && !MODE_KEEPING.some((prefix) => name.startsWith(prefix));
    });
  }
}

/** `self.eval()` in the constructor. */
function switchesItself(node: ClassDef, unit: FactUnit): boolean {
  return unit.summary.calls.some(({ node: { func }, at }) => {
    const owner = at.scope.enclosingFunction;
    if (owner?.name !== '__init__' || !node.body.includes(owner) || func.kind !== 'Attribute') return false;
    const { value, attr } = func;
    return attr === 'eval' && value.kind === 'Name' && value.id === owner.params[0]?.name;
  });
}

const OPTIMISER = /^(?:SGD|Adam|RMSprop|Adagrad|Lion|Lamb|LBFGS)|Optim(?:izer|iser)?$/;

/** Cheap: nothing else can be a module. */
function mayBeModule(node: Expression): boolean {
  return ['Name', 'Attribute', 'Subscript', 'Call', 'IfExp', 'NamedExpr'].includes(node.kind);
}

function argumentsOf(call: Call): readonly Expression[] {
  return [...call.args, ...call.keywords.map(({ value }) => value)].map((argument) =>
    argument.kind === 'Starred' ? argument.value : argument,
  );
}

/** The mode in which a library gives a module, and whether it is trained already. */
function initialOf(name: string, call: Call): ModeState {
  if (/^torch\.jit\./.test(name)) return MODE.UNKNOWN;
  if (/\.from_pretrained$/.test(name)) {
    if (/^(?:transformers|diffusers)\./.test(name)) return MODE.EVAL | PAST.LEARNED;
    return (name.startsWith('efficientnet_pytorch.') ? MODE.TRAIN : MODE.UNKNOWN) | PAST.LEARNED;
  }
  if (!isBuilder(name) && name !== 'torch.hub.load') return MODE.TRAIN;
  return isPretrained(name, call) ? MODE.TRAIN | PAST.LEARNED : MODE.TRAIN;
}

/** `weights="DEFAULT"`, `pretrained=True`. */
function isPretrained(name: string, call: Call): boolean {
  const given = call.keywords.filter(({ name: key }) =>
    /^(?:weights|pretrained|encoder_weights)$/.test(key ?? ''),
  );
  const isOff = (node: Expression): boolean => node.kind === 'Constant' && node.value !== true;
  if (given.length > 0) return given.some(({ value }) => !isOff(value));
  if (name.startsWith('segmentation_models_pytorch.')) return false;
  const [first] = call.args;
  return /^torchvision\./.test(name) && first?.kind === 'Constant' && first.value === true;
}
