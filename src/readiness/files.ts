import { type Workspace, joinPath } from '../text/workspace';

/** Folders in which nothing is the project's own. */
const FOREIGN = new Set([
  ...['.git', '.hg', '.svn', '.venv', 'venv', 'env', '.env', 'node_modules', 'site-packages', '__pycache__'],
  ...['.tox', '.nox', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.ipynb_checkpoints', '.eggs', '.idea'],
]);
const MOST_FILES = 5000;
const DEEPEST = 12;

/** The files below a project's root. */
export interface ProjectFiles {
  /** Relative to the root, in order. */
  readonly paths: readonly string[];
  /** Names directly in the roots, folders with a slash at their end, foreign ones too: `.git/`. */
  readonly top: readonly string[];
  /** All of them are listed; false for a project too big to walk. */
  readonly isComplete: boolean;
}

/**
 * Lists the project's own files; environments, caches and the insides of version control are left out.
 *
 * @param roots Folders to start from: several where several projects are looked at together.
 */
export async function listProject(
  workspace: Workspace,
  roots: readonly string[] = [''],
): Promise<ProjectFiles> {
  const paths: string[] = [];
  const top: string[] = [];
  let isComplete = true;
  let folders = roots.map((path) => ({ path, depth: 0 }));
  while (folders.length > 0) {
    const next: typeof folders = [];
    for (const { path, depth } of folders) {
      const names = [...(await workspace.list(path))].sort();
      if (depth === 0) top.push(...names);
      const isEnvironment = names.includes('pyvenv.cfg') || names.includes('conda-meta/');
      if (isEnvironment) continue;
      for (const name of names) {
        if (paths.length >= MOST_FILES) isComplete = false;
        else if (!name.endsWith('/')) paths.push(joinPath(path, name));
        else if (!FOREIGN.has(name.slice(0, -1)) && !name.endsWith('.egg-info/')) {
          if (depth < DEEPEST) next.push({ path: joinPath(path, name.slice(0, -1)), depth: depth + 1 });
          else isComplete = false;
        }
      }
    }
    folders = isComplete ? next : [];
  }
  return { paths: paths.sort(), top, isComplete };
}

/** The scripts and notebooks among files. */
export function programPaths({ paths }: ProjectFiles): readonly string[] {
  return paths.filter((path) => /\.(py|ipynb)$/.test(path));
}
