import {
  BINARY_METHODS,
  CARRYING_BUILTINS,
  CARRYING_PACKAGES,
  COMPARING_METHODS,
  ENDING_BUILTINS,
  ENDING_FUNCTIONS,
  GATHERING_METHODS,
  GRADIENT_FREE_PACKAGES,
  GRADIENT_FREE_PREFIXES,
  GRADIENT_TOOLS,
  GRAPH_FUNCTIONS,
  LOSS_PARAMETER,
  METRIC_PACKAGES,
  SHAPE_BUILTINS,
  SHAPE_FUNCTIONS,
} from '../../knowledge/torch';
import type { FlowUse, ValueFlow } from '../../semantics/valueFlow';
import type { Value } from '../../semantics/values';
import type { Call } from '../../syntax/ast';
import { lastPart, packageOf, rootName, spokenName } from './calleeNames';
import type { Trust } from './gradientUse';
import type { TorchModules } from './torchModules';

/** What a call does with the graph of a tensor that it is given. */
export type Passing = 'needed' | 'lost' | 'ends' | 'ends-and-carries' | 'carries' | 'nothing';

/** From the gravest to the lightest: what one of several possible callees does, the call does. */
const GRAVITY: readonly Passing[] = ['needed', 'lost', 'carries', 'ends-and-carries', 'ends', 'nothing'];

/** Callees that go backward, whoever they are methods of. */
const BACKWARD = /^(?:manual_)?backward$|^scale_and_backward$/;
/** Methods that put what they are given somewhere. */
const STORING = new Set([
  'append',
  'appendleft',
  'add',
  'extend',
  'insert',
  'put',
  'put_nowait',
  'send',
  'setdefault',
]);
/** Unknown functions with such a name may well want the gradient. */
const SUSPICIOUS =
  /cam|grad|attr|expla|salien|attack|perturb|backward|step|train|optim|closure|update_weights/i;

/** Judges a call that takes a followed tensor. */
export function judgeCall(
  call: Call,
  use: FlowUse,
  flow: ValueFlow,
  modules: TorchModules,
  trust: Trust,
): Passing {
  const spoken = spokenName(call);
  if (call.func.kind === 'Attribute' && BACKWARD.test(spoken)) return 'needed';
  const receiver = call.func.kind === 'Attribute' && spoken === 'forward' ? call.func.value : call.func;
  if (modules.moduleOf(receiver, use.unit)) return 'carries';
  const judged = flow.evaluator
    .valuesOf(call.func, use.unit)
    .map((value) => judgeCallee(value, call, use, flow));
  const known = judged.filter((passing) => passing !== undefined);
  if (known.length < judged.length) known.push(judgeUnknown(call, use, modules, trust));
  return GRAVITY.find((passing) => known.includes(passing)) ?? 'lost';
}

/** Undefined: nothing is known of the callee. */
function judgeCallee(callee: Value, call: Call, use: FlowUse, flow: ValueFlow): Passing | undefined {
  if (callee.kind === 'qualified') return judgeFunction(callee.name, call, use, flow);
  const root = rootName(callee);
  if (root === undefined) return undefined;
  const method = callee.kind === 'member' ? callee.name : undefined;
  const judged = judgeLibrary(root, method);
  // What a library's object does when it is called is its own affair.
  return judged ?? (callee.kind === 'result' && !LOSS_PARAMETER.test(spokenName(call)) ? 'lost' : undefined);
}

function judgeFunction(name: string, call: Call, use: FlowUse, flow: ValueFlow): Passing | undefined {
  const last = lastPart(name);
  if (packageOf(name) !== 'builtins') return judgeLibrary(name, last);
  if (last === 'map') return judgeMap(call, use, flow);
  if (ENDING_BUILTINS.has(last)) return 'ends';
  if (SHAPE_BUILTINS.has(last)) return 'nothing';
  return CARRYING_BUILTINS.has(last) ? 'carries' : 'lost';
}

/** `map(float, losses)`. */
function judgeMap(call: Call, use: FlowUse, flow: ValueFlow): Passing {
  const [mapped] = call.args;
  const name = mapped && flow.evaluator.qualifiedName(mapped, use.unit);
  if (name === undefined) return 'lost';
  return judgeFunction(name, call, use, flow) ?? 'lost';
}

/** Judges by the package that a function or object comes from, and the name that is called. */
function judgeLibrary(name: string, called: string | undefined): Passing | undefined {
  const root = packageOf(name);
  if (GRAPH_FUNCTIONS.some((prefix) => name.startsWith(prefix)) || GRADIENT_TOOLS.has(root)) return 'needed';
  if (GRADIENT_FREE_PREFIXES.some((prefix) => name.startsWith(prefix))) return 'ends';
  if (name.startsWith('torch.testing.')) return 'nothing';
  if (METRIC_PACKAGES.has(root)) return 'ends-and-carries';
  if (GRADIENT_FREE_PACKAGES.has(root)) return 'ends';
  if (root === 'accelerate' || root === 'lightning') return judgeHelper(called ?? '');
  if (!CARRYING_PACKAGES.has(root)) return undefined;
  if (called === undefined) return 'carries';
  if (SHAPE_FUNCTIONS.has(called)) return 'nothing';
  return ENDING_FUNCTIONS.has(called) ? 'ends' : 'carries';
}

function judgeHelper(called: string): Passing {
  if (GATHERING_METHODS.has(called)) return 'carries';
  return called === 'print' || called === 'log' ? 'ends' : 'lost';
}

/** An unknown function gets the tensor: its name and the place must both speak for evaluation. */
function judgeUnknown(call: Call, use: FlowUse, modules: TorchModules, trust: Trust): Passing {
  const spoken = spokenName(call);
  const { func } = call;
  if (func.kind === 'Attribute' && STORING.has(spoken)) return 'lost';
  if (func.kind === 'Attribute' && COMPARING_METHODS.has(spoken)) return 'ends';
  if (func.kind === 'Attribute' && BINARY_METHODS.has(spoken)) return 'carries';
  if (LOSS_PARAMETER.test(spoken)) return 'carries';
  if (SUSPICIOUS.test(spoken) || !trust.isEvaluation()) return 'lost';
  const { module } = trust;
  const handsModule = [...call.args, ...call.keywords.map(({ value }) => value)].some((argument) => {
    const given = modules.moduleOf(argument, use.unit);
    return given !== undefined && module !== undefined && modules.isSame(given, module);
  });
  return handsModule ? 'lost' : 'carries';
}
