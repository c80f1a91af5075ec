import type { PlanDocument } from '../plan/document';
import type { AnalysedProgram } from '../refactorings/outcome';
import type { ProgramSource } from '../program/source';
import type { ProjectModules } from '../semantics/project';
import type { Note, Refusal } from '../text/refusal';

/** What is known of the environment in which a program runs. */
export interface Installed {
  /** `3.11` */
  readonly pythonVersion: string;
  /** The version of a distribution, as an index has it; undefined where it is not known. */
  readonly versionOf: (distribution: string) => string | undefined;
}

/** What an adapter hands in to have a package made. */
export interface PackageRequest {
  readonly program: AnalysedProgram;
  readonly source: ProgramSource;
  /** Of the package: an identifier. */
  readonly name: string;
  /** The project's modules, to copy those that the program imports; undefined where it is looked at alone. */
  readonly modules: ProjectModules | undefined;
  /** A plan that has decided about stages, names and keys. */
  readonly plan: PlanDocument | undefined;
  /** Analyses the translated program in place of the original. */
  analyze(source: ProgramSource): AnalysedProgram;
  /** Why a text is no valid Python; undefined if it is. */
  check(text: string): string | undefined;
  /** What is installed where the program runs; undefined where no environment is known. */
  readonly installed: Installed | undefined;
  /** From the package's folder to the original's, with `/`; undefined where there is no such way. */
  readonly originalFolder: string | undefined;
}

/** A file of the package, relative to its folder. */
export interface PackageFile {
  readonly path: string;
  readonly content: string;
}

export type PackageOutcome =
  | {
      readonly status: 'done';
      readonly files: readonly PackageFile[];
      readonly notes: readonly Note[];
    }
  | { readonly status: 'refused'; readonly refusals: readonly Refusal[] };
