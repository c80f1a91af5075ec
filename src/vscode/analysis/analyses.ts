import * as vscode from 'vscode';
import type { Analysis, Engine } from '../../actions/engine';
import type { ProgramSource } from '../../program/source';
import type { SeveritySettings } from '../../rules/check';
import type { OpenPrograms } from '../documents/openPrograms';
import { type OpenProgram, type Snapshot, snapshotOf, stampOf } from '../documents/snapshot';
import type { Log } from '../log';
import type { Projects } from '../project/projects';
import { readSeverities } from '../settings';
import type { SettingsFiles } from '../settingsFiles';
import type { EngineHost } from './engineHost';
import { Timers } from './timers';

/** Findings wait this long for the next key press. */
const QUIET_MS = 150;
/** A program that takes long to analyse waits longer, so that analysing never fills the time between key presses. */
const PATIENCE = 3;
const LONGEST_WAIT_MS = 2000;

/** One version of an open program, analysed. */
export interface AnalyzedProgram {
  readonly snapshot: Snapshot;
  readonly analysis: Analysis;
}

/** Keeps an analysis of every open program up to date: soon after a change, or at once when it is asked for. */
export class Analyses implements vscode.Disposable {
  readonly #known = new Map<OpenProgram, AnalyzedProgram>();
  readonly #durations = new Map<OpenProgram, number>();
  readonly #timers = new Timers<OpenProgram>();
  readonly #analyzed = new vscode.EventEmitter<AnalyzedProgram>();
  readonly #subscriptions: vscode.Disposable[];
  #loadedEngine: Engine | undefined;
  /** Programs whose analysis failed, at which version: the same text would fail again. */
  readonly #failed = new Map<OpenProgram, string>();

  /** Every analysis that was made, in order; one again after a change that was taken back. */
  readonly onDidAnalyze = this.#analyzed.event;

  constructor(
    private readonly programs: OpenPrograms,
    private readonly host: EngineHost,
    private readonly projects: Projects,
    readonly settings: SettingsFiles,
    private readonly log: Log,
  ) {
    this.#subscriptions = [
      this.#analyzed,
      programs.onDidOpen((program) => this.#schedule(program, 0)),
      programs.onDidChange((program) => this.#schedule(program, this.#wait(program))),
      programs.onDidClose((program) => this.#forget(program)),
      // What an import leads to may be another thing now.
      projects.onDidChange(() => this.refresh()),
      settings.onDidChange(() => this.refresh()),
    ];
  }

  /** The analysis of a program's present text; undefined if it was closed, or if analysing failed. */
  async current(program: OpenProgram): Promise<AnalyzedProgram | undefined> {
    const engine = await this.#engine();
    await this.settings.load(program.uri);
    // From here on nothing waits, so that an analysis is always that of the text that its documents have.
    if (!engine || !this.programs.all.includes(program)) return undefined;
    return this.#latest(program) ?? this.#analyze(program, engine);
  }

  /**
   * How versions of a program are analysed that no document has: with the settings and the project of the open one.
   * Undefined where nothing can be analysed.
   */
  async versionsOf(program: OpenProgram): Promise<((source: ProgramSource) => Analysis) | undefined> {
    const engine = await this.#engine();
    await this.settings.load(program.uri);
    if (!engine) return undefined;
    return (source) => {
      const modules = this.projects.modulesOf(program.uri, engine);
      return engine.analyze(source, this.#severities(program.uri), false, modules);
    };
  }

  /** Whether an analysis is that of the present text. */
  isCurrent({ snapshot }: AnalyzedProgram): boolean {
    const isOpen = this.programs.all.includes(snapshot.program);
    return isOpen && snapshot.stamp === stampOf(snapshot.program);
  }

  /** Analyses everything again: settings have changed, or the user wants it. */
  refresh(): void {
    this.#known.clear();
    this.#failed.clear();
    for (const program of this.programs.all) this.#schedule(program, 0);
  }

  engine(): Promise<Engine> {
    return this.host.engine();
  }

  dispose(): void {
    this.#timers.clearAll();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #wait(program: OpenProgram): number {
    const wait = Math.min((this.#durations.get(program) ?? 0) * PATIENCE, LONGEST_WAIT_MS);
    return Math.max(wait, QUIET_MS);
  }

  #schedule(program: OpenProgram, milliseconds: number): void {
    this.#timers.set(program, milliseconds, () => void this.#announce(program));
  }

  async #announce(program: OpenProgram): Promise<void> {
    const known = this.#latest(program);
    // A change that was taken back at once: findings that went with it have to come back.
    if (known) this.#analyzed.fire(known);
    else await this.current(program);
  }

  #latest(program: OpenProgram): AnalyzedProgram | undefined {
    const known = this.#known.get(program);
    return known && this.isCurrent(known) ? known : undefined;
  }

  #analyze(program: OpenProgram, engine: Engine): AnalyzedProgram | undefined {
    const snapshot = snapshotOf(program);
    if (this.#failed.get(program) === snapshot.stamp) return undefined;
    this.#timers.clear(program);
    const start = performance.now();
    try {
      const modules = this.projects.modulesOf(program.uri, engine);
      const analysis = engine.analyze(snapshot.source, this.#severities(program.uri), true, modules);
      const duration = performance.now() - start;
      this.log.debug(
        `analysed ${program.path} in ${duration.toFixed(1)} ms: ${analysis.findings.length} findings`,
      );
      this.#durations.set(program, duration);
      for (const { rule, error } of analysis.failures) {
        this.log.report(`The rule ${rule} failed`, error, true);
      }
      const analyzed = { snapshot, analysis };
      this.#known.set(program, analyzed);
      this.#analyzed.fire(analyzed);
      return analyzed;
    } catch (error) {
      this.#failed.set(program, snapshot.stamp);
      this.log.report(`${program.path} could not be analysed`, error, true);
      return undefined;
    }
  }

  async #engine(): Promise<Engine | undefined> {
    if (this.#loadedEngine) return this.#loadedEngine;
    try {
      this.#loadedEngine = await this.host.engine();
    } catch (error) {
      this.log.report('The Python parser could not be loaded', error, true);
    }
    return this.#loadedEngine;
  }

  /** The severities that hold for a script or notebook, open or not. */
  async severitiesOf(uri: vscode.Uri): Promise<SeveritySettings> {
    await this.settings.load(uri);
    return this.#severities(uri);
  }

  #severities(uri: vscode.Uri): SeveritySettings {
    const value = vscode.workspace.getConfiguration('graduate', uri).get<unknown>('rules');
    const { severities, problems } = readSeverities(value);
    for (const problem of problems) this.log.debug(problem);
    return this.settings.severitiesOf(uri, severities);
  }

  #forget(program: OpenProgram): void {
    this.#timers.clear(program);
    this.#known.delete(program);
    this.#failed.delete(program);
    this.#durations.delete(program);
    this.#loadedEngine?.close(program.path);
  }
}
