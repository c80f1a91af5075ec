import { HARMLESS_BASES } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { PlacedMap } from '../../semantics/flow/placed';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { ClassDef, FunctionDef } from '../../syntax/ast';
import type { TorchModules } from './torchModules';
import { isModuleBase } from './torchNames';

/** Functions whose calls of modules are a part of a module's own computation, or of a trainer's. */
export class ModuleParts {
  readonly #known = new PlacedMap<FunctionDef, boolean>();

  constructor(
    private readonly flow: ValueFlow,
    private readonly modules: TorchModules,
  ) {}

  /** A method that `forward` uses, or that somebody else calls in modes of his own, or a function within one. */
  isPart(owner: FunctionDef, unit: FactUnit): boolean {
    let isPart = this.#known.get(unit, owner);
    if (isPart === undefined) {
      isPart = this.#isMethodOfModule(owner, unit);
      this.#known.set(unit, owner, isPart);
    }
    return isPart;
  }

  #isMethodOfModule(inner: FunctionDef, unit: FactUnit): boolean {
    for (let scope = unit.summary.scopeOf.get(inner); scope; scope = scope.parent) {
      const { node } = scope;
      if (node?.kind !== 'FunctionDef') continue;
      const owner = this.flow.calls.classOf(node, unit);
      if (!owner) continue;
      if (this.modules.isLightning(owner, unit)) return true;
      if (this.modules.isModuleClass(owner, unit)) return this.#isUsedByForward(node, unit);
      return this.#isTemplateMethod(node, owner, unit);
    }
    return false;
  }

  #isUsedByForward(node: FunctionDef, unit: FactUnit, seen = new Set<FunctionDef>()): boolean {
    if (node.name === 'forward' || node.name === '__init__' || node.name === '__call__') return true;
    if (seen.has(node)) return false;
    seen.add(node);
    return this.flow.calls.sitesOf(node, unit).sites.some((site) => {
      const caller = site.unit.summary.locate.get(site.call)?.scope.enclosingFunction;
      return (
        caller !== undefined &&
        this.flow.calls.classOf(caller, site.unit) !== undefined &&
        this.#isUsedByForward(caller, site.unit, seen)
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
