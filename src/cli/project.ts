import path from 'node:path';
import type { Analysis, Engine } from '../actions/engine';
import type { ActionContext } from '../actions/offer';
import type { ProgramSource } from '../program/source';
import type { ProjectModules } from '../semantics/project';
import { OverlayWorkspace } from './overlay';
import { type Unreadable, isProgramPath, programOf } from './load';
import { DiskProjectFiles } from './projectFiles';
import { projectRoot } from './root';
import type { SettingsFiles } from './settingsFiles';
import { DiskWorkspace } from './workspace';

/** The files below one root folder, with the changes that were made in memory. */
export class Project {
  readonly disk: DiskWorkspace;
  readonly overlay: OverlayWorkspace;
  readonly context: ActionContext;
  readonly modules: ProjectModules;
  /** The programs of this run, those included whose suffix says nothing. */
  readonly #named = new Set<string>();
  readonly #files: DiskProjectFiles;

  constructor(
    readonly root: string,
    readonly engine: Engine,
    private readonly settings?: SettingsFiles,
  ) {
    this.disk = new DiskWorkspace(root);
    this.overlay = new OverlayWorkspace(this.disk);
    const isWhole = projectRoot(root) === root;
    this.#files = new DiskProjectFiles(this.disk, this.overlay, root, isWhole, () => this.#named);
    this.modules = engine.modulesOf(this.#files);
    this.context = {
      engine,
      workspace: this.overlay,
      loadProgram: (file) => this.#load(file),
      configFileIn: async (folder) => settings?.configFileIn(this.#absolute(folder)),
    };
  }

  /** Makes a program one of this run. Paths are relative to the root. */
  include(file: string): void {
    this.#named.add(file);
  }

  /** Analyses a program as it is now. */
  async analyze(file: string): Promise<Analysis | Unreadable> {
    this.include(file);
    const source = await this.#source(file);
    if ('reason' in source) return source;
    const severities = this.settings?.severitiesOf(this.#absolute(file));
    return this.engine.analyze(source, severities, false, this.modules);
  }

  #absolute(file: string): string {
    return path.join(this.root, ...file.split('/'));
  }

  async #load(file: string): Promise<ProgramSource | undefined> {
    if (!isProgramPath(file) && !this.#named.has(file)) return undefined;
    const source = await this.#source(file);
    return 'reason' in source ? undefined : source;
  }

  async #source(file: string): Promise<ProgramSource | Unreadable> {
    const text = await this.overlay.read(file);
    if (text !== undefined) return this.#files.known(file, text) ?? programOf(file, text);
    if (this.disk.resolve(file) === undefined) return { reason: 'the file lies outside the project' };
    const content = this.disk.content(file);
    return content && 'reason' in content ? content : { reason: 'no such file' };
  }
}
