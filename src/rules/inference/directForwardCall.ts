import { TORCH_PACKAGES } from '../../knowledge/torch';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { Placed } from '../../semantics/flow/placed';
import { isStored } from '../../semantics/flow/reads';
import { type ValueFlow, valueFlowOf } from '../../semantics/valueFlow';
import type { Call, ClassDef, Expression } from '../../syntax/ast';
import { type Rule, findingAt } from '../rule';
import { importsAny } from './imports';
import { torchModulesOf } from './moduleCalls';
import type { TorchModule } from './moduleValue';
import type { TorchModules } from './torchModules';

export const DIRECT_FORWARD_FIX = 'direct-forward-call';

export const directForwardCall: Rule = {
  name: DIRECT_FORWARD_FIX,
  family: 'inference',
  severity: 'warning',
  summary: "a torch module's `forward` called directly, past its hooks",
  fixes: ['changes'],
  page: {
    what: 'A call `model.forward(x)` of a proven torch module, instead of `model(x)`.',
    why: 'Calling the module runs `forward` and everything that is attached to it: forward hooks, by which profilers, pruning, quantisation, feature extraction and distributed wrappers do their work. A direct call of `forward` skips them without a word.',
    example: `import torch
from torch import nn

net = nn.Linear(4, 2).eval()
with torch.no_grad():
    print(net.forward(torch.zeros(1, 4)))
`,
    instead: `import torch
from torch import nn

net = nn.Linear(4, 2).eval()
with torch.no_grad():
    print(net(torch.zeros(1, 4)))
`,
    fixSafety:
      'The fix changes behaviour on purpose: hooks that are registered on the module run. Without hooks the call gives the same.',
    whenNot:
      'Not reported: `super().forward(x)`, `Base.forward(self, x)`, `autograd.Function`, modules whose `forward` the program replaces or whose class has a `__call__` of its own, methods that TorchScript compiles, and objects that are not proven to be torch modules.',
  },
  *check({ facts, evaluator }) {
    const calls = facts.callsNamed('forward');
    if (calls.length === 0 || !importsAny(facts, TORCH_PACKAGES)) return;
    const search = new Search(valueFlowOf(evaluator), facts);
    for (const { call, unit } of calls) {
      if (!search.isDirect(call, unit)) continue;
      const message = 'forward() is called directly: hooks of the module do not run';
      const title = 'Call the module itself (its hooks run)';
      yield findingAt(directForwardCall, unit, call, message, {
        fixes: [{ id: DIRECT_FORWARD_FIX, kind: 'changes', title }],
      });
    }
  },
};

/** Decorators under which TorchScript compiles a method, which cannot call its own module. */
const COMPILING = /^torch\.jit\./;

class Search {
  readonly #modules: TorchModules;
  #replaced: readonly (TorchModule | undefined)[] | undefined;

  constructor(
    private readonly flow: ValueFlow,
    private readonly facts: ProgramFacts,
  ) {
    this.#modules = torchModulesOf(flow);
  }

  isDirect({ func, args }: Call, unit: FactUnit): boolean {
    if (func.kind !== 'Attribute' || isSuper(func.value) || this.#isOwnFirst(args[0], unit)) return false;
    const module = this.#modules.moduleOf(func.value, unit);
    if (!module || this.#hasOwnCall(func.value, unit)) return false;
    return !this.#isCompiled(func, unit) && !this.#isReplaced(module);
  }

  /** `Base.forward(self, x)` names a class, however it came by the name. */
  #isOwnFirst(first: Expression | undefined, unit: FactUnit): boolean {
    if (first?.kind !== 'Name') return false;
    const owner = unit.summary.locate.get(first)?.scope.enclosingFunction;
    const isMethod = owner !== undefined && this.flow.calls.classOf(owner, unit) !== undefined;
    return isMethod && owner.params[0]?.name === first.id;
  }

  /** With a `__call__` of its own, or in a framework that has one, calling the module is another thing. */
  #hasOwnCall(receiver: Expression, unit: FactUnit): boolean {
    const { calls, evaluator } = this.flow;
    const classes: Placed<ClassDef>[] = [];
    for (const value of evaluator.valuesOf(receiver, unit)) {
      if (value.kind === 'object') classes.push({ node: value.node, unit: value.unit });
    }
    const owner = unit.summary.locate.get(receiver)?.scope.enclosingFunction;
    const around = owner && calls.classOf(owner, unit);
    if (around) classes.push({ node: around, unit });
    return classes.some((one) => calls.methodOf(one.node, '__call__', one.unit) !== undefined);
  }

  #isCompiled(func: Expression, unit: FactUnit): boolean {
    const owner = unit.summary.locate.get(func)?.scope.enclosingFunction;
    return (owner?.decorators ?? []).some((decorator) => {
      const name = this.flow.evaluator.qualifiedName(decorator, unit);
      return name !== undefined && COMPILING.test(name);
    });
  }

  /** `net.forward = patched`, of this module or of one that cannot be told. */
  #isReplaced(module: TorchModule): boolean {
    this.#replaced ??= this.flow.reads
      .ofAttribute('forward')
      .filter(({ node, unit }) => isStored(unit.unit, node))
      .map(({ node, unit }) => this.#modules.moduleOf(node.value, unit))
      .concat(this.#setByName());
    return this.#replaced.some((other) => !other || this.#modules.isSame(other, module));
  }

  /** `setattr(net, "forward", patched)`. */
  #setByName(): (TorchModule | undefined)[] {
    return this.facts.callsNamed('setattr').flatMap(({ call: { args }, unit }) => {
      const [target, name] = args;
      return target && name?.kind === 'Str' && name.value === 'forward'
        ? [this.#modules.moduleOf(target, unit)]
        : [];
    });
  }
}

function isSuper(node: Expression): boolean {
  return node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'super';
}
