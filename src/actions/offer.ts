import type { ProgramSource } from '../program/source';
import type { Finding, FixKind } from '../rules/rule';
import type { PlanDocument } from '../plan/document';
import type { Workspace } from '../text/workspace';
import type { ShapeChoice } from '../refactorings/extract-pipeline';
import type { Selected } from '../refactorings/extract-function/selection';
import type { Outcome } from '../refactorings/outcome';
import type { Analysis, Engine } from './engine';

export type { Outcome } from '../refactorings/outcome';

/** What an action may use. The adapter makes one per request. */
export interface ActionContext {
  readonly engine: Engine;
  readonly workspace: Workspace;
  /** The program for a path: the open document if there is one, else the file; undefined if it is no program. */
  loadProgram(path: string): Promise<ProgramSource | undefined>;
  /** The name of the file that literals of programs in a folder are moved to, where a setting names one. */
  configFileIn?(folder: string): Promise<string | undefined>;
}

/** A refactoring or fix that applies here, or is disabled with a reason. Cheap and pure; the edit comes later. */
export interface Offer {
  /** Id of the refactoring in the actions table. */
  readonly id: string;
  readonly title: string;
  readonly kind: FixKind;
  /** A leaf of VS Code's code action kinds: `quickfix.graduate.pathsToConfig`. */
  readonly codeActionKind: string;
  readonly isPreferred: boolean;
  /** Why it cannot be done; the offer is then shown greyed. */
  readonly disabled: string | undefined;
  /** The findings it mends; empty for a refactoring that is not about a finding. */
  readonly findings: readonly Finding[];
  readonly target: OfferTarget;
}

export type OfferTarget =
  /** One finding of the program. */
  | { readonly type: 'finding'; readonly finding: Finding }
  /** The whole program; `shape` is that of `extract-pipeline`, `auto` where it is missing, and `plan` its plan. */
  | {
      readonly type: 'program';
      readonly shape?: ShapeChoice | undefined;
      readonly plan?: PlanDocument | undefined;
    }
  /** Statements of the program that the user has selected. */
  | { readonly type: 'selection'; readonly selected: Selected }
  /** These programs together, by path. */
  | { readonly type: 'programs'; readonly paths: readonly string[]; readonly finding?: Finding };

/** One entry of the actions table. */
export interface Action {
  readonly id: string;
  /**
   * Offers for a program and a place in it; called on every light bulb, so cheap.
   *
   * @param siblings Other programs of the same folder that the adapter has analysed already; may be empty.
   */
  offer(analysis: Analysis, place: Place, siblings: readonly Analysis[]): readonly Offer[];
  /** Computes the edit. */
  resolve(offer: Offer, analysis: Analysis, context: ActionContext): Promise<Outcome>;
}

/** Where the user is: a cell and a span of it. `only` is the kind that was asked for, if one was. */
export interface Place {
  /** Zero-based index of the notebook's cell; null in a script. */
  readonly cell: number | null;
  readonly start: number;
  readonly end: number;
}
