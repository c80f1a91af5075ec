import type { ProgramSource } from '../program/source';
import type { PlacedBinding, ProgramFacts } from './facts';
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
  /** Answers for statements of the program and of every module of its project alike. */
  readonly evaluator: Evaluator;
}

/** The modules of a project, by path. Everything answers at once: adapters read ahead. */
export interface ProjectModules {
  /** The project's root folder as the paths have it; the empty string where they are relative to it. */
  readonly root: string;
  /** Whether there is a module file of this path. */
  has(path: string): boolean;
  /** Undefined for a file that cannot be read. */
  factsOf(path: string): ProgramFacts | undefined;
  /** The facts of this very version of a program; undefined if it is not the one that the project has. */
  factsFrom(source: ProgramSource): ProgramFacts | undefined;
  /** The programs that import a file, notebooks among them. */
  importersOf(path: string): readonly string[];
}

/**
 * The file of the module that an import names, as Python finds it when the importing file is started as a script, or
 * imported as part of its package: its own folder, the folder that its outermost package lies in, the project root and
 * the root's `src`.
 *
 * @param from Path of the importing file.
 * @param dotted As written, with leading dots where relative.
 */
export function modulePath(
  modules: Pick<ProjectModules, 'has' | 'root'>,
  from: string,
  dotted: string,
): string | undefined {
  const dots = /^\.*/.exec(dotted)![0].length;
  const parts = dotted.slice(dots).split('.').filter(Boolean);
  const folder = from.split('/').slice(0, -1);
  const root = modules.root.split('/').filter(Boolean);
  if (dots > folder.length + 1) return undefined;
  if (dots > 0) return fileOf(modules, [...folder.slice(0, folder.length + 1 - dots), ...parts]);
  if (parts.length === 0) return undefined;
  for (const base of [folder, outsideOf(modules, folder), root, [...root, 'src']]) {
    const found = fileOf(modules, [...base, ...parts]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fileOf(modules: Pick<ProjectModules, 'has'>, parts: readonly string[]): string | undefined {
  const stem = parts.join('/');
  const initial = stem === '' ? '__init__.py' : `${stem}/__init__.py`;
  return [initial, `${stem}.py`].find((path) => modules.has(path));
}

/** The folder that the outermost package around a folder lies in. */
function outsideOf(modules: Pick<ProjectModules, 'has'>, folder: readonly string[]): readonly string[] {
  let length = folder.length;
  while (length > 0 && modules.has(`${folder.slice(0, length).join('/')}/__init__.py`)) length--;
  return folder.slice(0, length);
}

/** The bindings that a module's name may have when the module has been imported. */
export function exportedBindings(facts: ProgramFacts, name: string): readonly PlacedBinding[] {
  const all = facts.moduleBindings(name);
  const reached: PlacedBinding[] = [];
  for (let i = all.length - 1; i >= 0; i--) {
    const placed = all[i]!;
    const { source, scope, block } = placed.binding;
    if (source.type !== 'deletion') reached.push(placed);
    const surelyRan = scope.parent === undefined && block.parent === undefined;
    if (surelyRan && source.type !== 'augmented') break;
  }
  return reached.reverse();
}
