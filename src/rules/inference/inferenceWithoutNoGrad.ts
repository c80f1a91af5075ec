import { COMPUTING_ATTRIBUTES, HARMLESS_BASES, TORCH_PACKAGES } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { PlacedMap } from '../../semantics/flow/placed';
import { storedAttributes } from '../../semantics/flow/storedAttributes';
import { type ValueFlow, valueFlowOf } from '../../semantics/valueFlow';
import type { Call, ClassDef, Expression, FunctionDef } from '../../syntax/ast';
import { type Finding, type Rule, findingAt } from '../rule';
import { GradientModes } from './gradientMode';
import { type GradientUse, type Trust, gradientUse } from './gradientUse';
import { importsAny } from './imports';
import { isEvaluation } from './evaluation';
import { isModuleBase } from './torchNames';
import { type TorchModule, TorchModules } from './torchModules';
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
    const search = new Search(valueFlowOf(evaluator));
    for (const unit of facts.units) {
      for (const { node } of unit.summary.calls) {
        const finding = search.check(node, unit);
        if (finding) yield finding;
      }
    }
  },
};

class Search {
  readonly #modules: TorchModules;
  readonly #modes: GradientModes;
  readonly #special: SpecialModules;
  readonly #parts = new PlacedMap<FunctionDef, boolean>();

  constructor(private readonly flow: ValueFlow) {
    this.#modules = new TorchModules(flow);
    this.#modes = new GradientModes(flow);
    this.#special = new SpecialModules(flow, this.#modules);
  }

  check(call: Call, unit: FactUnit): Finding | undefined {
    // Asked first, and once per function: most calls of a network's source stand in a `forward`.
    if (this.#isPartOfModule(call, unit)) return undefined;
    const module = this.#calledModule(call, unit);
    if (!module?.hasParameters || this.#isOnPurpose(call, unit, module)) return undefined;
    const trust: Trust = {
      module,
      isEvaluation: () => isEvaluation(call, unit, module, this.flow, this.#modules),
    };
    const use = gradientUse(call, unit, this.flow, this.#modules, trust);
    return use.isNeeded || use.isLost ? undefined : report(call, unit, use);
  }

  /** The module that a call runs, by `net(x)` or `net.forward(x)`. */
  #calledModule({ func }: Call, unit: FactUnit): TorchModule | undefined {
    if (func.kind === 'Name' && !this.#isBound(func.id, func, unit)) return undefined;
    if (func.kind === 'Attribute' && func.attr !== 'forward' && !this.#mayHoldModule(func.attr))
      return undefined;
    if (func.kind !== 'Attribute' || func.attr !== 'forward') return this.#modules.moduleOf(func, unit);
    return func.value.kind === 'Call' ? undefined : this.#modules.moduleOf(func.value, unit);
  }

  /** Cheap: a name that nothing binds is a builtin. */
  #isBound(name: string, func: Expression, unit: FactUnit): boolean {
    const owner = unit.summary.locate.get(func)?.scope.ownerOf(name);
    return owner?.parent !== undefined || this.flow.evaluator.facts.moduleBindings(name).length > 0;
  }

  /** Cheap: most method calls are of names that nothing stores and no module has. */
  #mayHoldModule(attribute: string): boolean {
    return (
      COMPUTING_ATTRIBUTES.has(attribute) ||
      ['module', '_orig_mod'].includes(attribute) ||
      storedAttributes(this.flow.evaluator.facts).has(attribute)
    );
  }

  #isOnPurpose(call: Call, unit: FactUnit, module: TorchModule): boolean {
    return (
      this.#modes.isSwitched(call, unit) ||
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

  /** In a method that `forward` uses, or that somebody else calls in a gradient mode of his own. */
  #isPartOfModule(call: Expression, unit: FactUnit): boolean {
    const owner = unit.summary.locate.get(call)?.scope.enclosingFunction;
    if (!owner) return false;
    let isPart = this.#parts.get(unit, owner);
    if (isPart === undefined) {
      isPart = this.#isMethodOfModule(owner, unit);
      this.#parts.set(unit, owner, isPart);
    }
    return isPart;
  }

  #isMethodOfModule(inner: FunctionDef, unit: FactUnit): boolean {
    for (let scope = unit.summary.scopeOf.get(inner); scope; scope = scope.parent) {
      const { node } = scope;
      if (node?.kind !== 'FunctionDef') continue;
      const owner = this.flow.calls.classOf(node, unit);
      if (!owner) continue;
      if (this.#modules.isLightning(owner, unit)) return true;
      if (this.#modules.isModuleClass(owner, unit)) return this.#isUsedByForward(node, owner, unit);
      return this.#isTemplateMethod(node, owner, unit);
    }
    return false;
  }

  #isUsedByForward(
    node: FunctionDef,
    owner: ClassDef,
    unit: FactUnit,
    seen = new Set<FunctionDef>(),
  ): boolean {
    if (node.name === 'forward' || node.name === '__init__' || node.name === '__call__') return true;
    if (seen.has(node)) return false;
    seen.add(node);
    return this.flow.calls.sitesOf(node, unit).sites.some((site) => {
      const caller = site.unit.summary.locate.get(site.call)?.scope.enclosingFunction;
      return (
        caller !== undefined &&
        this.flow.calls.classOf(caller, site.unit) !== undefined &&
        this.#isUsedByForward(caller, owner, site.unit, seen)
      );
    });
  }

  /** A base class from elsewhere may call it, with gradients off. */
  #isTemplateMethod(node: FunctionDef, owner: ClassDef, unit: FactUnit): boolean {
    const bases = this.flow.evaluator.basesOf(owner, unit);
    const isOpen = bases.some(
      (base) => base === undefined || !(HARMLESS_BASES.has(base) || isModuleBase(base)),
    );
    return isOpen && !this.flow.calls.sitesOf(node, unit).sites.some((site) => site.isCertain);
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
