import type { FactUnit } from '../../semantics/facts';
import { type Placed, unrepeated } from '../../semantics/flow/placed';
import type { NodeBase } from '../../syntax/ast';

/** A proven torch module. */
export interface TorchModule {
  /** Where it is made, or the parameter or name that it is known by: what two mentions of one module share. */
  readonly roots: readonly Placed<NodeBase>[];
  /** Calling it is inference; a loss or an activation only computes. */
  readonly hasParameters: boolean;
  /** A whole module out of a file, of unknown class. */
  readonly isLoaded: boolean;
  /** A layer or block of the module that the roots stand for. */
  readonly isPart?: boolean;
}

/** What adds nothing to others. */
export const NOTHING: TorchModule = { roots: [], hasParameters: false, isLoaded: false };

/** A module of a library, of which no more is known. */
export function plain(root: NodeBase, unit: FactUnit): TorchModule {
  return { roots: [{ node: root, unit }], hasParameters: true, isLoaded: false };
}

/** All alternatives together; undefined if one of them is no module, or none is given. */
export function merge(modules: readonly (TorchModule | undefined)[]): TorchModule | undefined {
  const [first] = modules;
  if (!first) return undefined;
  const all = modules.filter((module) => module !== undefined);
  if (all.length < modules.length) return undefined;
  return {
    roots: unrepeated(all.flatMap((module) => module.roots)),
    hasParameters: all.some((module) => module.hasParameters),
    isLoaded: all.some((module) => module.isLoaded),
    isPart: all.some((module) => module.isPart),
  };
}
