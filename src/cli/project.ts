import type { Analysis, Engine } from '../actions/engine';
import type { ActionContext } from '../actions/offer';
import type { ProgramSource } from '../program/source';
import type { ProjectModules } from '../semantics/project';
import { OverlayWorkspace } from './overlay';
import { type Unreadable, isProgramPath, programOf } from './load';
import { DiskProjectFiles } from './projectFiles';
import { projectRoot } from './root';
import { DiskWorkspace } from './workspace';

/** The files below one root folder, with the changes that were made in memory. */
export class Project {
  readonly disk: DiskWorkspace;
  readonly overlay: OverlayWorkspace;
  readonly context: ActionContext;
  readonly modules: ProjectModules;
  /** The programs of this run, those included whose suffix says nothing. */
  readonly #named = new Set<string>();

  constructor(
    readonly root: string,
    readonly engine: Engine,
  ) {
    this.disk = new DiskWorkspace(root);
    this.overlay = new OverlayWorkspace(this.disk);
    const isWhole = projectRoot(root) === root;
    const files = new DiskProjectFiles(this.disk, this.overlay, root, isWhole, () => this.#named);
    this.modules = engine.modulesOf(files);
    this.context = {
      engine,
      workspace: this.overlay,
      loadProgram: (path) => this.#load(path),
    };
  }

  /** Makes a program one of this run. Paths are relative to the root. */
  include(path: string): void {
    this.#named.add(path);
  }

  /** Analyses a program as it is now. */
  async analyze(path: string): Promise<Analysis | Unreadable> {
    this.include(path);
    const source = await this.#source(path);
    return 'reason' in source ? source : this.engine.analyze(source, undefined, false, this.modules);
  }

  async #load(path: string): Promise<ProgramSource | undefined> {
    if (!isProgramPath(path) && !this.#named.has(path)) return undefined;
    const source = await this.#source(path);
    return 'reason' in source ? undefined : source;
  }

  async #source(path: string): Promise<ProgramSource | Unreadable> {
    const text = await this.overlay.read(path);
    if (text !== undefined) return programOf(path, text);
    if (this.disk.resolve(path) === undefined) return { reason: 'the file lies outside the project' };
    const content = this.disk.content(path);
    return content && 'reason' in content ? content : { reason: 'no such file' };
  }
}
