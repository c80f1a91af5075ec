import path from 'node:path';
import type { Engine } from '../actions/engine';
import { type FoundFile, discover } from './discovery';
import type { Unreadable } from './load';
import { pathWithin, shownPath } from './paths';
import { Project } from './project';
import { projectRoot } from './root';
import type { Session } from './session';

/** A program that was asked for, in its project. */
export interface ProgramFile {
  readonly project: Project;
  /** Relative to the project's root. */
  readonly path: string;
  /** As it is shown: relative to the working directory. */
  readonly shown: string;
}

/** The projects of one run. Files of one folder share one, and so do folders below one root. */
export class Projects {
  readonly #byRoot = new Map<string, Project>();
  readonly #roots = new Map<string, string>();

  /** @param root One root for all; else each file's own. */
  constructor(
    private readonly engine: Engine,
    private readonly root: string | undefined,
  ) {}

  all(): readonly Project[] {
    return [...this.#byRoot.values()];
  }

  programOf(file: FoundFile): ProgramFile {
    const project = this.#project(this.root ?? this.#rootOf(file));
    // The root is the file's folder or above it.
    const path = pathWithin(project.root, file.absolute) ?? '';
    project.include(path);
    return { project, path, shown: file.shown };
  }

  #project(root: string): Project {
    let project = this.#byRoot.get(root);
    if (!project) {
      project = new Project(root, this.engine);
      this.#byRoot.set(root, project);
    }
    return project;
  }

  /** The nearest folder that looks like a project; else the folder that was asked for. */
  #rootOf({ absolute, start }: FoundFile): string {
    const folder = path.dirname(absolute);
    const key = `${start}\0${folder}`;
    let root = this.#roots.get(key);
    if (root === undefined) {
      root = projectRoot(folder) ?? start;
      this.#roots.set(key, root);
    }
    return root;
  }
}

/**
 * Finds the programs below the paths; what cannot be read is reported.
 *
 * @param root One root folder for all of them; else each file's own.
 */
export async function findPrograms(
  session: Session,
  paths: readonly string[],
  root?: string,
): Promise<{ readonly programs: readonly ProgramFile[]; readonly projects: Projects }> {
  const { files, problems } = discover(paths.length === 0 ? ['.'] : paths, session.io.cwd);
  problems.forEach((problem) => session.problem(problem));
  const projects = new Projects(await session.engine(), root);
  const programs = files.flatMap((file) => {
    const program = projects.programOf(file);
    if (program.project.disk.resolve(program.path) !== undefined) return [program];
    // A link that leads out of the project, met on the way, is none of its files.
    if (file.isNamed) session.problem({ path: file.shown, message: 'the link leads out of the project' });
    return [];
  });
  return { programs, projects };
}

/** A path of a project, as it is shown. */
export function shownIn(session: Session, project: Project, file: string): string {
  return shownPath(session.io.cwd, path.join(project.root, ...file.split('/')));
}

export function reportUnreadable(
  session: Session,
  shown: string,
  { reason, line, character }: Unreadable,
): void {
  if (line === undefined) session.problem({ path: shown, message: reason });
  else session.problemAt({ path: shown, cell: null, line, character }, reason);
}
