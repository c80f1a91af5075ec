import type { Region } from '../refactorings/extract-pipeline/regions';
import type { Roles } from '../refactorings/extract-pipeline/roles';
import type { FactUnit, ProgramFacts } from '../semantics/facts';
import type { KnownEffect } from '../verify/knownEffects';
import type { SpelledTypes } from '../semantics/spelledTypes';
import type { Stage } from '../stages/stages';
import type { Note } from '../text/refusal';
import type { Configuration } from './configuration';
import type { LocalModules } from './localModules';
import type { Module } from './modules';
import type { Sharing } from './sharing';

/** All that is decided about a package before its texts are written. */
export interface PackagePlan {
  readonly name: string;
  /** What it was made of: `train.ipynb`. */
  readonly originalName: string;
  readonly facts: ProgramFacts;
  readonly roles: Roles;
  readonly stages: readonly Stage[];
  readonly modules: readonly Module[];
  readonly sharing: Sharing;
  /** Names that formulas may look up in a statement: `"y ~ np.log(x)"`. */
  readonly formulaReads: (unit: FactUnit) => ReadonlySet<string>;
  readonly local: LocalModules;
  readonly regions: ReadonlyMap<FactUnit, Region>;
  /** The module in which shared names live, which is also what they are attributes of. */
  readonly stateName: string;
  readonly configuration: Configuration | undefined;
  /** The module of the configuration's class: `config`, unless the program has one of that name. */
  readonly configModule: string;
  /** What the configuration is called among the shared names. */
  readonly configName: string;
  /** The docstring of the original, as written with its quotes. */
  readonly docstring: string | undefined;
  /** Types of names in the words of the imports; whoever writes one imports what it names. */
  readonly types: SpelledTypes;
  /** The same, of builtins alone. */
  readonly builtinTypes: SpelledTypes;
  readonly isAsync: (stage: Stage) => boolean;
  /** What a plan and the program do not know of one another. */
  readonly notes: readonly Note[];
  /** What the program is known to do outside of its folder. */
  readonly effects: readonly KnownEffect[];
}

/** A title made a sentence that can stand in a docstring. */
export function sentence(text: string): string {
  const plain = text.replaceAll('\\', '/').replaceAll('"', "'").replace(/\s+/g, ' ').trim();
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`.replace(/([.!?:])\.$/, '$1');
}
