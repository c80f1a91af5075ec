import { TORCH_PACKAGES } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { type ValueFlow, valueFlowOf } from '../../semantics/valueFlow';
import type { Call } from '../../syntax/ast';
import { type Finding, type Rule, findingAt } from '../rule';
import { isEvaluation } from './evaluation';
import { type GradientModes, gradientModesOf } from './gradientMode';
import { type GradientUse, type Trust, gradientUse } from './gradientUse';
import { importsAny } from './imports';
import { type ModuleCall, moduleCallsOf, torchModulesOf } from './moduleCalls';
import type { TorchModule } from './moduleValue';
import type { TorchModules } from './torchModules';
import { SpecialModules } from './withoutGradient';

export const NO_GRAD_TITLE = 'Run without gradients (torch.no_grad; a printed tensor loses its grad_fn)';

export const inferenceWithoutNoGrad: Rule = {
  name: 'inference-without-no-grad',
  family: 'inference',
  severity: 'warning',
  summary: 'a torch module called for its values alone, with gradients on',
  fixes: ['changes'],
  page: {
    what: 'A call of a torch module outside `torch.no_grad()` and `torch.inference_mode()` whose result ends in values without gradient: `numpy()`, `tolist()`, `item()`, `argmax`, a comparison, a formatted or printed text, a file. The result is followed through names, containers, attributes, functions of the program and what they return; only if nobody goes back through it, the call is reported.',
    why: 'PyTorch keeps every intermediate result for a backward pass that never comes: memory for nothing, often several times that of the model, and a batch that fits under `no_grad` runs out of memory without it. It is slower, too.',
    example: `import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
net.eval()
scores = net(torch.ones(2, 4))
print(scores.argmax(dim=1).tolist())
`,
    instead: `import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
net.eval()
with torch.no_grad():
    scores = net(torch.ones(2, 4))
print(scores.argmax(dim=1).tolist())
`,
    fixSafety:
      'The fix changes behaviour: the numbers stay the same, but the result has no `grad_fn`, which `print` shows, and nothing can go backward through it. It puts the statement under `with torch.no_grad():` and is refused where that could change what runs: strings over several lines, statements that share a line, generators and lambdas that run later, `yield` and `await`, a notebook cell whose output the statement is, and statements of which another part is used for gradients.',
    whenNot:
      'Not reported: calls in `forward` and in what it uses, in Lightning modules, under a decorator or where every caller has switched gradients off; a raw tensor that is returned to callers that are not seen; anything that reaches `backward()` or `autograd.grad`, through helper functions too; frozen modules; inputs that require a gradient; models that are handed to Captum and kin; tests.',
  },
  *check({ facts, evaluator, isTest }) {
    if (isTest || !importsAny(facts, TORCH_PACKAGES)) return;
    const flow = valueFlowOf(evaluator);
    const calls = moduleCallsOf(flow);
    const search = calls.length > 0 ? new Search(flow) : undefined;
    for (const call of calls) {
      const finding = search?.check(call);
      if (finding) yield finding;
    }
  },
};

class Search {
  readonly #modules: TorchModules;
  readonly #modes: GradientModes;
  readonly #special: SpecialModules;

  constructor(private readonly flow: ValueFlow) {
    this.#modules = torchModulesOf(flow);
    this.#modes = gradientModesOf(flow);
    this.#special = new SpecialModules(flow, this.#modules);
  }

  check({ call, unit, module }: ModuleCall): Finding | undefined {
    if (!module.hasParameters || this.#modes.isSwitched(call, unit)) return undefined;
    const trust: Trust = {
      module,
      isEvaluation: () => isEvaluation(call, unit, module, this.flow, this.#modules),
    };
    const use = gradientUse(call, unit, this.flow, this.#modules, trust);
    // Asked last: most results end nowhere, or in a loss.
    if (use.isNeeded || use.isLost || use.ends.length === 0) return undefined;
    return this.#isOnPurpose(call, unit, module) ? undefined : report(call, unit, use);
  }

  #isOnPurpose(call: Call, unit: FactUnit, module: TorchModule): boolean {
    return (
      this.#switchesItself(call, unit) ||
      this.#special.isGivenLeaf(call, unit) ||
      this.#special.isFrozen(module) ||
      this.#special.isExplained(module)
    );
  }

  /** The module's own `forward` switches gradients. */
  #switchesItself({ func }: Call, unit: FactUnit): boolean {
    return this.flow.evaluator.valuesOf(func, unit).some((value) => {
      if (value.kind !== 'object') return false;
      const forward = this.flow.calls.methodOf(value.node, 'forward', value.unit);
      return forward !== undefined && this.#modes.isSwitching(forward.function, forward.unit);
    });
  }
}

function report(call: Call, unit: FactUnit, use: GradientUse): Finding | undefined {
  const [end] = use.ends;
  if (!end) return undefined;
  const message = `The module runs with gradients on, but nobody goes backward: the result ends in ${end.what}`;
  const isElsewhere = end.unit !== unit || end.node.start >= call.end || end.node.end <= call.start;
  const span = { start: end.node.start + end.unit.start, end: end.node.end + end.unit.start };
  const related = isElsewhere
    ? [{ cell: end.unit.cell, span, message: 'Here the value goes on without its gradient' }]
    : [];
  return findingAt(inferenceWithoutNoGrad, unit, call, message, {
    fixes: [{ id: 'inference-without-no-grad', kind: 'changes', title: NO_GRAD_TITLE }],
    related,
  });
}
