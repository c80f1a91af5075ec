import type { ProgramFacts } from './facts';
import type { Evaluator } from './values';

/** What a program may know of the other modules of its project. */
export interface ProjectView {
  /** Paths of the project's programs that import this one statically; notebooks among them. */
  readonly importers: readonly string[];
  /**
   * The project's module that an import of this program names, looked up from the importing file's folder and from the
   * project root; undefined where it is none of the project's.
   *
   * @param dotted As written: `helpers`, `package.module`, `.sibling`, `..parent.module`.
   */
  moduleNamed(dotted: string): ModuleView | undefined;
}

/** Another module of the project, analysed. */
export interface ModuleView {
  /** Relative to the project root, with `/`. */
  readonly path: string;
  readonly facts: ProgramFacts;
  readonly evaluator: Evaluator;
}
