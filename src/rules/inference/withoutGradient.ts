import { GRADIENT_TOOLS } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { type Placed } from '../../semantics/flow/placed';
import { isStored } from '../../semantics/flow/reads';
import { parentsOf } from '../../semantics/parents';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, Expression, Name } from '../../syntax/ast';
import { walkExpression } from '../../syntax/walk';
import { packageOf, rootName } from './calleeNames';
import { importsAny } from './imports';
import type { TorchModule } from './moduleValue';
import type { TorchModules } from './torchModules';

/** Modules of a program whose calls build no graph although nothing around them says so, or build one on purpose. */
export class SpecialModules {
  #frozen: readonly TorchModule[] | undefined;
  #explained: readonly TorchModule[] | undefined;

  constructor(
    private readonly flow: ValueFlow,
    private readonly modules: TorchModules,
  ) {}

  /** All its parameters are frozen, and none is thawed or exchanged. */
  isFrozen(module: TorchModule): boolean {
    this.#frozen ??= this.#findFrozen();
    return this.#frozen.some((frozen) => this.modules.isSame(frozen, module));
  }

  /** It is handed to a tool that explains or attacks it through its gradients. */
  isExplained(module: TorchModule): boolean {
    this.#explained ??= this.#findExplained();
    return this.#explained.some((explained) => this.modules.isSame(explained, module));
  }

  /** What it is given has a gradient of its own: saliency, attacks, input optimisation. */
  isGivenLeaf(call: Call, unit: FactUnit): boolean {
    const names: Name[] = [];
    for (const argument of [...call.args, ...call.keywords.map(({ value }) => value)]) {
      if (this.#wantsGradient(argument)) return true;
      walkExpression(argument, (inner) => {
        if (inner.kind === 'Name') names.push(inner);
      });
    }
    return names.some((name) => this.#isLeaf(name, unit));
  }

  #isLeaf(name: Name, unit: FactUnit): boolean {
    const { sources, reads } = this.flow;
    const isMade = sources
      .bindingsOf(name, unit)
      .flatMap((binding) => sources.ofBinding(binding))
      .some((source) => source && this.#wantsGradient(source.node));
    const scope = unit.summary.locate.get(name)?.scope;
    if (isMade || !scope) return isMade;
    return reads.ofName(name.id, scope, unit).some((read) => {
      const attribute = parentsOf(read.unit.unit).get(read.reference.node);
      if (attribute?.kind !== 'Attribute') return false;
      return ['requires_grad_', 'requires_grad', 'retain_grad', 'grad'].includes(attribute.attr);
    });
  }

  #wantsGradient(node: Expression): boolean {
    let isFound = false;
    walkExpression(node, (inner) => {
      if (inner.kind === 'Attribute' && inner.attr === 'requires_grad_') isFound = true;
      if (inner.kind !== 'Call') return;
      const given = inner.keywords.find(({ name }) => name === 'requires_grad')?.value;
      if (given?.kind === 'Constant' && given.value === true) isFound = true;
    });
    return isFound;
  }

  #findFrozen(): readonly TorchModule[] {
    const frozen: TorchModule[] = [];
    const thawed: TorchModule[] = [];
    const { facts } = this.flow.evaluator;
    for (const { call, unit } of facts.callsNamed('requires_grad_')) {
      if (call.func.kind !== 'Attribute') continue;
      const module = this.#switched(call.func.value, unit);
      const [mode] = [...call.args, ...call.keywords.map(({ value }) => value)];
      const isOff = mode?.kind === 'Constant' && mode.value === false;
      if (module) (isOff && !module.isPart ? frozen : thawed).push(module);
    }
    for (const { node, unit } of this.flow.reads.ofAttribute('requires_grad')) {
      const statement = parentsOf(unit.unit).get(node);
      if (statement?.kind !== 'Assign' || !isStored(unit.unit, node)) continue;
      const module = this.#switched(node.value, unit);
      const isOff = statement.value.kind === 'Constant' && statement.value.value === false;
      if (module) (isOff && !module.isPart ? frozen : thawed).push(module);
    }
    const isThawed = (module: TorchModule): boolean =>
      thawed.some((other) => this.modules.isSame(other, module)) || this.#isExchanged(module);
    return frozen.filter((module) => !isThawed(module));
  }

  /** The module whose gradient is switched: itself, or all of its parameters in a loop without a condition. */
  #switched(node: Expression, unit: FactUnit): TorchModule | undefined {
    const module = this.modules.moduleOf(node, unit);
    if (module) return module;
    if (node.kind !== 'Name') return this.#partOf(node, unit);
    const at = unit.summary.locate.get(node);
    for (const { binding, unit: where } of this.flow.sources.bindingsOf(node, unit)) {
      if (binding.source.type !== 'iteration') continue;
      const { iterable } = binding.source;
      if (iterable.kind !== 'Call' || iterable.func.kind !== 'Attribute') continue;
      if (!['parameters', 'named_parameters'].includes(iterable.func.attr)) continue;
      const owner =
        this.modules.moduleOf(iterable.func.value, where) ?? this.#partOf(iterable.func.value, where);
      const isUnconditional = at?.block === binding.block;
      return owner && { ...owner, isPart: owner.isPart || !isUnconditional };
    }
    return undefined;
  }

  /** `net.fc.weight` is a part of `net`. */
  #partOf(node: Expression, unit: FactUnit): TorchModule | undefined {
    for (let at = node; at.kind === 'Attribute' || at.kind === 'Subscript'; at = at.value) {
      const module = this.modules.moduleOf(at.value, unit);
      if (module) return { ...module, isPart: true };
    }
    return undefined;
  }

  /** `net.fc = nn.Linear(512, 3)`: the new layer is not frozen. */
  #isExchanged(module: TorchModule): boolean {
    return this.#storedParts().some((part) => {
      const owner = this.modules.moduleOf(part.node, part.unit);
      return owner !== undefined && this.modules.isSame(owner, module);
    });
  }

  #storedParts(): readonly Placed<Expression>[] {
    const found: Placed<Expression>[] = [];
    for (const unit of this.flow.evaluator.facts.units) {
      for (const { node } of unit.summary.statements) {
        if (node.kind !== 'Assign') continue;
        for (const target of node.targets) {
          // An assignment in the module's own methods makes it what it is.
          const isOwn =
            target.kind === 'Attribute' && target.value.kind === 'Name' && target.value.id === 'self';
          if (target.kind === 'Attribute' && !isOwn) found.push({ node: target.value, unit });
        }
      }
    }
    return found;
  }

  #findExplained(): readonly TorchModule[] {
    const found: TorchModule[] = [];
    const { facts } = this.flow.evaluator;
    if (!importsAny(facts, GRADIENT_TOOLS)) return found;
    for (const unit of facts.units) {
      for (const { node: call } of unit.summary.calls) {
        const isTool = this.flow.evaluator.valuesOf(call.func, unit).some((value) => {
          const name = rootName(value);
          return name !== undefined && GRADIENT_TOOLS.has(packageOf(name));
        });
        if (!isTool) continue;
        for (const argument of [...call.args, ...call.keywords.map(({ value }) => value)]) {
          const module = this.modules.moduleOf(argument, unit);
          if (module) found.push(module);
        }
      }
    }
    return found;
  }
}
