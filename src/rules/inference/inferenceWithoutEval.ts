import { TORCH_PACKAGES } from '../../knowledge/torch';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import { type ValueFlow, valueFlowOf } from '../../semantics/valueFlow';
import type { Call, Expression, FunctionDef, NodeBase, Statement } from '../../syntax/ast';
import { type FixReference, type Rule, findingAt } from '../rule';
import { importsAny } from './imports';
import { ModeAtCall } from './modeAtCall';
import { ModeLayers } from './modeLayers';
import { MODE, type ModeState, PAST } from './modeState';
import { textOf } from './modeWalk';
import { type ModuleCall, moduleCallsOf, torchModulesOf } from './moduleCalls';
import { isPrediction, isSampling } from './prediction';
import type { TorchModules } from './torchModules';

export const WITHOUT_EVAL_FIX = 'inference-without-eval';

export const inferenceWithoutEval: Rule = {
  name: WITHOUT_EVAL_FIX,
  family: 'inference',
  severity: 'warning',
  summary: 'a loaded or trained torch module that predicts in training mode',
  fixes: ['changes'],
  page: {
    what: 'A call of a torch module for its values, into which weights were loaded or which was trained before, on a path with no `eval()` since it was made or since the last `train()`. The mode is followed through the statements, branches and loops of the program, its functions and their callers. A whole module out of a file, whose class and mode nobody can tell, is reported as information.',
    why: 'In training mode, dropout throws away a random part of the activations and batch normalisation uses the statistics of whatever batch comes in, and overwrites its own with them: predictions are worse, differ from call to call, and depend on what else is in the batch.',
    example: `import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3))
net.load_state_dict(torch.load("net.pt", map_location="cpu", weights_only=True))
with torch.no_grad():
    print(net(torch.ones(2, 4)).argmax(dim=1).tolist())
`,
    instead: `import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3))
net.load_state_dict(torch.load("net.pt", map_location="cpu", weights_only=True))
net.eval()
with torch.no_grad():
    print(net(torch.ones(2, 4)).argmax(dim=1).tolist())
`,
    fixSafety:
      'The fix changes behaviour on purpose: the predictions are those of evaluation mode. It adds `eval()` behind the statement that loads the weights, where the module is not trained in the program; else in front of the statement that predicts, and `train()` behind it where training would otherwise go on in evaluation mode. It is refused where neither can be placed: a module without a name, a statement that shares its line, a return inside a training loop.',
    whenNot:
      'Not reported: modules that provably hold no layer with a mode, modules that come in evaluation mode (`from_pretrained` of transformers and diffusers), modules that are handed in by callers who are not seen or handed to functions that are not known, Lightning modules, calls whose result is needed for gradients, calls with gradients on in the very loop that goes backward, repeated draws with dropout on, and tests.',
  },
  *check({ facts, evaluator, isTest }) {
    if (isTest || !importsAny(facts, TORCH_PACKAGES)) return;
    const flow = valueFlowOf(evaluator);
    const calls = moduleCallsOf(flow);
    if (calls.length === 0 || !mayLearn(facts, calls)) return;
    const search = new Search(flow);
    for (const call of calls) {
      const state = search.stateOf(call);
      const isProven = state !== undefined && (state & MODE.TRAIN) !== 0;
      if (state === undefined || !(state & PAST.LEARNED) || !(isProven || state & MODE.SAVED)) continue;
      const message = isProven
        ? 'The module predicts in training mode: nothing on the way here calls eval()'
        : 'The loaded module predicts in whatever mode it was saved in: nothing on the way here calls eval()';
      yield findingAt(inferenceWithoutEval, call.unit, call.call, message, {
        severity: isProven ? 'warning' : 'information',
        fixes: [FIX],
      });
    }
  },
};

const FIX: FixReference = {
  id: WITHOUT_EVAL_FIX,
  kind: 'changes',
  title: 'Predict in evaluation mode (eval(); dropout and batch normalisation act as in inference)',
};

/** Cheap: without any of these, no module of the program has weights that were loaded or trained. */
function mayLearn(facts: ProgramFacts, calls: readonly ModuleCall[]): boolean {
  if (['load_state_dict', 'backward'].some((name) => facts.callsNamed(name).length > 0)) return true;
  return calls.some(({ module, unit }) => {
    if (module.isLoaded) return true;
    return module.roots.some((root) => root.unit.facts !== unit.facts || mayBringWeights(root.node));
  });
}

function mayBringWeights(made: NodeBase): boolean {
  const { func, args, keywords } = made as Partial<Call>;
  if (!func || !args || !keywords) return false;
  if (func.kind === 'Attribute' && /^(?:from_|load)/.test(func.attr)) return true;
  const isTold = keywords.some(({ name }) => name === undefined || /weights$|^pretrained$/.test(name));
  return isTold || args.some((argument) => argument.kind === 'Constant');
}

/** A name that a function returns. */
interface Returned {
  readonly value: Expression & { readonly kind: 'Name' };
  readonly unit: FactUnit;
  readonly owner: FunctionDef;
}

function returnsOf({ units }: ProgramFacts): readonly Returned[] {
  return units.flatMap((unit) =>
    unit.summary.statements.flatMap(({ node, at }): Returned[] => {
      const owner = at.scope.enclosingFunction;
      if (node.kind !== 'Return' || node.value?.kind !== 'Name' || owner?.kind !== 'FunctionDef') return [];
      return [{ value: node.value, unit, owner }];
    }),
  );
}

/** Judges calls of modules, the cheap questions first. */
class Search {
  readonly #modules: TorchModules;
  readonly #layers: ModeLayers;
  readonly #modes: ModeAtCall;
  #returned: readonly Returned[] | undefined;

  constructor(private readonly flow: ValueFlow) {
    this.#modules = torchModulesOf(flow);
    this.#layers = new ModeLayers(flow, this.#modules);
    this.#modes = new ModeAtCall(flow, this.#modules);
  }

  /** The state of the module at a call that predicts; undefined where it does not matter or cannot be told. */
  stateOf(call: ModuleCall): ModeState | undefined {
    const { module, unit } = call;
    if (!module.hasParameters || this.#isOwnMethod(call) || isSampling(call)) return undefined;
    if (!this.#layers.mayDepend(module) || !isPrediction(call, this.flow, this.#modules)) return undefined;
    if (this.#hasAwakenedPart(call) || this.#isHandedOut(call)) return undefined;
    return this.#modes.stateOf(call, assumedAt(call.call, unit));
  }

  /** In a method of a module, whose mode is the callers' affair. */
  #isOwnMethod({ call, unit }: ModuleCall): boolean {
    const owner = unit.summary.locate.get(call)?.scope.enclosingFunction;
    const around = owner && this.flow.calls.classOf(owner, unit);
    return around !== undefined && this.#modules.isModuleClass(around, unit);
  }

  /** A function gives out a module that it has not made: whoever gets it may switch its mode. */
  #isHandedOut({ module }: ModuleCall): boolean {
    this.#returned ??= returnsOf(this.flow.evaluator.facts);
    return this.#returned.some(({ value, unit, owner }) => {
      const given = this.#modules.moduleOf(value, unit);
      if (!given || given.isPart || !this.#modules.isSame(given, module)) return false;
      // What it was given, its caller has.
      const bindings = this.flow.sources.bindingsOf(value, unit);
      if (bindings.some(({ binding: { source } }) => source.type === 'parameter')) return false;
      return !given.roots.some(
        (root) => root.unit === unit && root.node.start >= owner.start && root.node.end <= owner.end,
      );
    });
  }

  /** Some of its layers are put back into training mode: dropout is wanted. */
  #hasAwakenedPart({ module, unit }: ModuleCall): boolean {
    return unit.facts.callsNamed('train').some(({ call: { func }, unit: where }) => {
      if (func.kind !== 'Attribute') return false;
      const part = this.#modules.moduleOf(func.value, where);
      return part?.isPart === true && !module.isPart && this.#modules.isSame(part, module);
    });
  }
}

/** The tests that hold, or do not, where a call stands, as far as its own function goes. */
function assumedAt(call: Call, unit: FactUnit): ReadonlyMap<string, boolean> {
  const parents = parentsOf(unit.unit);
  const assumed = new Map<string, boolean>();
  let inside: Expression | Statement = call;
  for (let at = parents.get(call); at && at.kind !== 'FunctionDef'; inside = at, at = parents.get(at)) {
    if (at.kind !== 'If') continue;
    const isBody = at.body.some((statement) => statement === inside);
    const isElse = at.orelse.some((statement) => statement === inside);
    if (isBody || isElse) assumed.set(textOf(at.test, unit), isBody);
  }
  return assumed;
}
