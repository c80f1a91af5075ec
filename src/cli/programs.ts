import path from 'node:path';
import type { Engine } from '../actions/engine';
import { type FoundFile, discover } from './discovery';
import type { Unreadable } from './load';
import { pathWithin, shownPath } from './paths';
import { placeAt } from './places';
import { Project } from './project';
import { projectRoot } from './root';
import type { Session } from './session';
import { SettingsFiles } from './settingsFiles';

/** A program that was asked for, in its project. */
export interface ProgramFile {
  readonly project: Project;
  /** Relative to the project's root. */
  readonly path: string;
  /** As it is shown: relative to the working directory. */
  readonly shown: string;
}

/** What a command works on. */
export interface FoundPrograms {
  readonly programs: readonly ProgramFile[];
  readonly projects: Projects;
  /** The programs as files, in the same order. */
  readonly files: readonly FoundFile[];
}

/** The projects of one run. Files of one folder share one, and so do folders below one root. */
export class Projects {
  readonly #byRoot = new Map<string, Project>();
  readonly #roots = new Map<string, string>();

  /** @param root One root for all; else each file's own. */
  constructor(
    private readonly engine: Engine,
    private readonly root: string | undefined,
    private readonly settings?: SettingsFiles,
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
      project = new Project(root, this.engine, this.settings);
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
 * Finds the programs below the paths; what cannot be read is reported, also of the settings that hold there.
 *
 * @param root One root folder for all of them; else each file's own.
 * @param isWriting The programs are going to be changed: then those are left out whose settings are wrong.
 */
export async function findPrograms(
  session: Session,
  paths: readonly string[],
  { root, isWriting = false }: { readonly root?: string | undefined; readonly isWriting?: boolean } = {},
): Promise<FoundPrograms> {
  const settings = new SettingsFiles();
  const { files, problems } = discover(paths.length === 0 ? ['.'] : paths, session.io.cwd, settings);
  problems.forEach((problem) => session.problem(problem));
  const projects = new Projects(await session.engine(), root, settings);
  const found: FoundFile[] = [];
  const programs = files.flatMap((file) => {
    // Its settings are read now: what is wrong with them is told before anything else.
    if (settings.areBroken(file.absolute) && isWriting) return [];
    const program = projects.programOf(file);
    if (program.project.disk.resolve(program.path) !== undefined) {
      found.push(file);
      return [program];
    }
    // A link that leads out of the project, met on the way, is none of its files.
    if (file.isNamed) session.problem({ path: file.shown, message: 'the link leads out of the project' });
    return [];
  });
  reportSettings(session, settings, isWriting);
  return { programs, projects, files: found };
}

/** What is wrong with settings files. Programs are left out for an error, if they were to be changed. */
function reportSettings(session: Session, settings: SettingsFiles, isWriting: boolean): void {
  for (const { absolute, message, range, severity } of settings.problems()) {
    const place = placeAt(shownPath(session.io.cwd, absolute), null, range.start);
    if (severity === 'warning') session.note(place, message);
    else
      session.problemAt(place, isWriting ? `${message} (files that it holds for are left alone)` : message);
  }
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
