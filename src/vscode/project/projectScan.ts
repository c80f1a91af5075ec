import * as vscode from 'vscode';
import type { ProgramSource } from '../../program/source';
import type { Analyses } from '../analysis/analyses';
import type { Log } from '../log';
import { hasNotebooks, isExcluded } from '../preferences';
import type { FindingsSource } from '../readiness/findings';
import type { Projects } from './projects';
import type { ScanPath, ScannedFinding } from './protocol';
import type { Scan, ScanThread } from './scanThread';
import type { FolderTexts } from './texts';

/** The findings of a file as its text was last read. */
export interface ScannedFile {
  readonly path: string;
  readonly uri: vscode.Uri;
  readonly findings: readonly ScannedFinding[];
}

/** So few files are all looked at again when one has changed: what they import may have. */
const SMALL = 300;

/** What a folder's thread knows, and what is known of the folder. */
interface FolderState {
  readonly sent: Map<string, ProgramSource>;
  readonly files: Map<string, ScannedFile>;
  scan: Scan | undefined;
}

/**
 * The findings in files that are not open, found in a thread of its own. Starts when somebody wants to see them, and
 * then keeps them up to date.
 */
export class ProjectScan implements vscode.Disposable, FindingsSource {
  readonly #states = new Map<FolderTexts, FolderState>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #isWanted = false;
  #isScanning = false;
  /** What runs now, to be cancelled. */
  #running = new vscode.CancellationTokenSource();
  #isStopped = false;

  /** Findings have come or gone; while a scan runs, a few times a second at most. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly projects: Pick<Projects, 'load' | 'onDidChange' | 'ready'>,
    private readonly analyses: Pick<Analyses, 'severitiesOf' | 'settings'>,
    private readonly log: Log,
    private readonly thread: Pick<ScanThread, 'scan' | 'send' | 'stop'>,
  ) {
    this.#subscriptions = [
      this.#changed,
      projects.onDidChange((folder) => {
        if (this.#isWanted && !this.#isStopped) void this.#update([folder]);
      }),
    ];
  }

  /** By engine path; only files in which there is something. */
  get findingsByFile(): ReadonlyMap<string, ScannedFile> {
    const all = new Map<string, ScannedFile>();
    for (const { files } of this.#current()) {
      for (const [path, file] of files) if (file.findings.length > 0) all.set(path, file);
    }
    return all;
  }

  /** How many programs have been looked at. */
  get fileCount(): number {
    return this.#current().reduce((count, { files }) => count + files.size, 0);
  }

  get isScanning(): boolean {
    return this.#isScanning;
  }

  /** Somebody has ended it before it was through. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** The first look starts the scan, which then goes on: a tree that is opened again shows what is true. */
  watch(isLookedAt: boolean): void {
    if (isLookedAt && !this.#isWanted) void this.start();
  }

  /** From now on the project's findings are wanted. Resolves when they are there. */
  async start(): Promise<void> {
    this.#isWanted = true;
    this.#isStopped = false;
    await this.#update(await this.projects.load());
  }

  /** Ends what runs. What has been found stays; nothing more is looked for until somebody asks again. */
  stop(): void {
    if (!this.#isScanning) return;
    this.#isStopped = true;
    this.#running.cancel();
  }

  /** Goes on where it was stopped. */
  async resume(): Promise<void> {
    if (this.#isStopped) await this.start();
  }

  /** Everything again: settings have changed. */
  async restart(): Promise<void> {
    for (const state of this.#current()) {
      state.scan?.cancel();
      state.files.clear();
    }
    if (this.#isWanted && !this.#isStopped) await this.#update(this.projects.ready, true);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#running.dispose();
    this.thread.stop();
  }

  async #update(folders: readonly FolderTexts[], isAll = false): Promise<void> {
    if (this.#running.token.isCancellationRequested) {
      this.#running.dispose();
      this.#running = new vscode.CancellationTokenSource();
    }
    const { token } = this.#running;
    this.#setScanning(true);
    try {
      const options = {
        location: { viewId: 'graduate.readiness' },
        title: 'Graduate: checking the project',
      };
      await vscode.window.withProgress(options, async () => {
        for (const folder of folders) await this.#scan(folder, token, isAll);
      });
    } catch (error) {
      this.log.error('The project could not be checked', error);
    } finally {
      this.#setScanning(false);
    }
  }

  /** A view's progress has no button to cancel it: the view's title has one while this holds. */
  #setScanning(isScanning: boolean): void {
    this.#isScanning = isScanning;
    void vscode.commands.executeCommand('setContext', 'graduate.isScanning', isScanning);
    this.#changed.fire();
  }

  async #scan(folder: FolderTexts, token: vscode.CancellationToken, isAll: boolean): Promise<void> {
    const state = this.#stateOf(folder);
    state.scan?.cancel();
    const changed = this.#send(folder, state);
    const isSmall = folder.paths.length <= SMALL;
    const paths =
      isAll || (isSmall && changed.length > 0)
        ? folder.paths
        : [...changed, ...folder.paths.filter((path) => !state.files.has(path))];
    if (paths.length === 0 || token.isCancellationRequested) return;
    const start = performance.now();
    const timer = setInterval(() => this.#changed.fire(), 300);
    const wanted: ScanPath[] = [];
    for (const path of new Set(paths)) {
      const uri = folder.uriOf(path);
      if (!uri || isExcluded(uri) || (path.endsWith('.ipynb') && !hasNotebooks(uri))) continue;
      const severities = await this.analyses.severitiesOf(uri);
      if (this.analyses.settings.leavesOut(uri)) state.files.delete(path);
      else wanted.push({ path, severities });
    }
    const scan = this.thread.scan({ root: folder.root, paths: wanted }, (answer) => {
      const uri = folder.uriOf(answer.path);
      if (answer.type === 'failed') this.log.error(`${answer.path} could not be analysed`, answer.message);
      else if (uri) state.files.set(answer.path, { path: answer.path, uri, findings: answer.findings });
    });
    state.scan = scan;
    const cancelling = token.onCancellationRequested(() => scan.cancel());
    try {
      await scan.done;
    } finally {
      clearInterval(timer);
      cancelling.dispose();
      if (state.scan === scan) state.scan = undefined;
    }
    this.log.debug(`checked ${paths.length} files in ${(performance.now() - start).toFixed(0)} ms`);
  }

  /** Tells the thread what is new; returns what has changed since it was last told. */
  #send(folder: FolderTexts, state: FolderState): readonly string[] {
    const programs: [string, ProgramSource | undefined][] = [];
    for (const path of folder.paths) {
      const source = folder.source(path);
      if (!source || state.sent.get(path) === source) continue;
      state.sent.set(path, source);
      programs.push([path, source]);
    }
    for (const path of [...state.sent.keys()]) {
      if (folder.source(path)) continue;
      state.sent.delete(path);
      state.files.delete(path);
      programs.push([path, undefined]);
    }
    if (programs.length > 0) this.thread.send({ type: 'programs', root: folder.root, programs });
    return programs.flatMap(([path, source]) => (source ? [path] : []));
  }

  /** Of the folders that the window has now. */
  #current(): readonly FolderState[] {
    return this.projects.ready.flatMap((folder) => this.#states.get(folder) ?? []);
  }

  #stateOf(folder: FolderTexts): FolderState {
    let state = this.#states.get(folder);
    if (!state) {
      state = { sent: new Map(), files: new Map(), scan: undefined };
      this.#states.set(folder, state);
    }
    return state;
  }
}
