import * as vscode from 'vscode';
import { listProject, programPaths } from '../../readiness/files';
import { type ProjectFact, projectFacts } from '../../readiness/facts';
import type { ProbeInput, SeenProgram } from '../../readiness/probe';
import type { Analyses } from '../analysis/analyses';
import { Timers } from '../analysis/timers';
import { WorkspaceFiles, statOf } from '../documents/files';
import type { OpenPrograms } from '../documents/openPrograms';
import type { Log } from '../log';
import { ClosedPrograms } from './closedPrograms';
import { RememberedTexts } from './rememberedTexts';

/** Facts about a project change slowly; so long nothing may have happened before they are looked up again. */
const QUIET_MS = 1000;

/** Keeps the facts about the window's project, while somebody looks at them. */
export class ProjectFacts implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #timers = new Timers<ProjectFacts>();
  readonly #texts = new RememberedTexts();
  readonly #closed = new ClosedPrograms();
  #facts: readonly ProjectFact[] = [];
  #isWatched = false;
  #isStale = true;
  #running: Promise<readonly ProjectFact[]> | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly programs: OpenPrograms,
    private readonly analyses: Analyses,
    private readonly log: Log,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const touched = (uri: vscode.Uri): void => {
      // Environments and git's own files change by the thousand and are no evidence.
      if (/\/(?:\.git|node_modules|site-packages|__pycache__)\//.test(uri.path)) return;
      this.#texts.forget(uri);
      this.#touch();
    };
    this.#subscriptions = [
      this.#changed,
      watcher,
      watcher.onDidCreate(touched),
      watcher.onDidChange(touched),
      watcher.onDidDelete(touched),
      analyses.onDidAnalyze(() => this.#touch()),
      programs.onDidOpen(() => this.#touch()),
      programs.onDidClose(() => this.#touch()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#touch()),
    ];
  }

  /** As they were last looked up; empty before the first time. */
  get latest(): readonly ProjectFact[] {
    return this.#facts;
  }

  /** Whether somebody looks at the facts: only then are they kept up to date. */
  watch(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (isWatched && this.#isStale) this.#touch();
  }

  /** The facts as they are now. */
  async current(): Promise<readonly ProjectFact[]> {
    this.#timers.clear(this);
    // What was asked for while others are being looked up may rest on what has changed since.
    await this.#running;
    this.#running = this.#compute();
    const before = JSON.stringify(this.#facts);
    try {
      this.#facts = await this.#running;
    } finally {
      this.#running = undefined;
    }
    if (JSON.stringify(this.#facts) !== before) this.#changed.fire();
    return this.#facts;
  }

  dispose(): void {
    this.#timers.clearAll();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #touch(): void {
    this.#isStale = true;
    if (!this.#isWatched) return;
    this.#timers.set(this, QUIET_MS, () => {
      this.current().catch((error: unknown) =>
        this.log.error('The project facts could not be found out', error),
      );
    });
  }

  async #compute(): Promise<readonly ProjectFact[]> {
    this.#isStale = false;
    const start = performance.now();
    const facts = await projectFacts(await this.#input());
    for (const { probe, error } of facts) {
      if (error !== undefined) this.log.report(`The probe ${probe.id} failed`, error, true);
    }
    this.log.debug(`looked up ${facts.length} project facts in ${(performance.now() - start).toFixed(0)} ms`);
    return facts;
  }

  async #input(): Promise<ProbeInput> {
    const workspace = this.#texts.over(new WorkspaceFiles(this.programs, ''), this.programs);
    const roots = this.programs.paths.rootNames;
    const files = vscode.workspace.workspaceFolders
      ? await listProject(workspace, roots.length > 0 ? roots : [''])
      : { paths: [], top: [], isComplete: true };
    const programs: SeenProgram[] = [];
    for (const program of this.programs.all) {
      const analyzed = await this.analyses.current(program);
      if (analyzed) programs.push(analyzed.analysis);
    }
    const open = new Set(programs.map(({ path }) => path));
    const closed = programPaths(files).filter((path) => !open.has(path));
    programs.push(...(await this.#closed.analyze(closed, workspace, await this.analyses.engine())));
    const seen = new Set(programs.map(({ path }) => path));
    return {
      programs,
      unseen: closed.filter((path) => !seen.has(path)),
      workspace,
      files,
      modifiedAt: async (path) => {
        const uri = this.programs.uriOf(path);
        return uri && (await statOf(uri))?.mtime;
      },
    };
  }
}
