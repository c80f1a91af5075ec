import * as vscode from 'vscode';
import type { ActionContext, Outcome } from '../../actions/offer';
import { resolveOffer } from '../../actions/table';
import { hintFor } from '../../refactorings/extract-pipeline/hints';
import { liftOf, liftedBy } from '../../refactorings/why-not';
import type { Refusal } from '../../text/refusal';
import type { Analyses, AnalyzedProgram } from '../analysis/analyses';
import { type AppliedChange, effectOf, filesOf } from '../change/applied';
import { applyChange } from '../change/apply';
import type { ChangeHistory } from '../change/history';
import { WorkspaceFiles } from '../documents/files';
import type { OpenPrograms } from '../documents/openPrograms';
import type { Log } from '../log';
import type { ChangePreview } from '../preview/preview';
import { type Remark, showRemarks } from './remarks';
import type { OfferRequest } from './request';

/** A change that was computed. */
export type Done = Outcome & { readonly status: 'done' };

/** What can be done when a change has been applied, as a button. */
export interface NextStep {
  readonly label: string;
  run(): unknown;
}

/** Computes offers' edits, and applies or previews them. Says what came of it. */
export class OfferRunner {
  constructor(
    private readonly programs: OpenPrograms,
    private readonly analyses: Analyses,
    private readonly history: ChangeHistory,
    private readonly changePreview: ChangePreview,
    private readonly log: Log,
  ) {}

  /** What an offer would do. */
  async outcomeOf({ offer, analyzed }: OfferRequest): Promise<Outcome> {
    const start = performance.now();
    const context = await this.contextOf(analyzed.analysis.path);
    const outcome = await resolveOffer(offer, analyzed.analysis, context);
    this.log.debug(`${offer.id}: ${outcome.status} in ${(performance.now() - start).toFixed(1)} ms`);
    return outcome;
  }

  /** What actions on a program work with. */
  async contextOf(path: string): Promise<ActionContext> {
    const files = new WorkspaceFiles(this.programs, path);
    return {
      engine: await this.analyses.engine(),
      workspace: files,
      loadProgram: (other) => files.loadProgram(other),
      configFileIn: (folder) => this.#configFileIn(folder),
    };
  }

  async #configFileIn(folder: string): Promise<string | undefined> {
    const uri = this.programs.uriOf(folder);
    if (!uri) return undefined;
    // Settings are asked for by file.
    const file = vscode.Uri.joinPath(uri, 'config.yaml');
    await this.analyses.settings.load(file);
    return this.analyses.settings.of(file)?.configFile;
  }

  async apply(request: OfferRequest): Promise<void> {
    await this.#run(request, (outcome, title) => this.carryOut(outcome, title));
  }

  async showPreview(request: OfferRequest): Promise<void> {
    await this.#run(request, (outcome, title) => this.preview(outcome, title));
  }

  /** Applies what was computed, or says why not. */
  async carryOut(outcome: Done, title: string): Promise<void> {
    const applied = await applyChange(outcome.change, title, this.programs);
    if ('obstacle' in applied) {
      void vscode.window.showWarningMessage(`Graduate: "${title}" was not done: ${applied.obstacle}.`);
    } else this.#applied(applied, outcome);
  }

  /** Shows what was computed; it is applied when the user says so. */
  async preview(outcome: Done, title: string, next?: NextStep): Promise<void> {
    const onApplied = (applied: AppliedChange): void => this.#applied(applied, outcome, next);
    await this.changePreview.show(outcome.change, title, onApplied);
  }

  async #run(request: OfferRequest, next: (outcome: Done, title: string) => Promise<void>): Promise<void> {
    const { title } = request.offer;
    if (!this.analyses.isCurrent(request.analyzed)) {
      void vscode.window.showWarningMessage(
        `Graduate: the code has changed since "${title}" was offered. Nothing was done; choose it again.`,
      );
      return;
    }
    try {
      const location = vscode.ProgressLocation.Window;
      const outcome = await vscode.window.withProgress({ location, title: `Graduate: ${title}` }, () =>
        this.outcomeOf(request),
      );
      if (outcome.status === 'done') await next(outcome, title);
      else this.explain(outcome, title, request.analyzed);
    } catch (error) {
      this.log.report(`"${title}" failed`, error);
    }
  }

  /** Remembers a change for undoing, and offers that where the editor's undo does not show all of it. */
  #applied(change: AppliedChange, outcome: Done, next?: NextStep): void {
    this.history.remember(change);
    const files = filesOf(change);
    const remarks = this.#remarksOf(outcome);
    if (files.length < 2 && remarks.length === 0 && !next) return;
    const [first, ...others] = remarks;
    const undo = 'Undo';
    const details = others.length > 0 ? 'Show notes' : 'Show place';
    const effect = effectOf(change, ['changed', 'created']);
    const note = first ? ` ${sentence(first.text)}` : '';
    const more = others.length > 0 ? ` And ${others.length} more.` : '';
    const buttons = [...(next ? [next.label] : []), undo, ...(first ? [details] : [])];
    void vscode.window
      .showInformationMessage(`Graduate: "${change.title}" ${effect}.${note}${more}`, ...buttons)
      .then(async (choice) => {
        if (choice === details) await showRemarks(remarks);
        if (choice === next?.label) await next?.run();
        if (choice === undo && (await this.history.undo(change)) === 'undone') {
          void vscode.window.showInformationMessage(`Graduate: "${change.title}" is undone already.`);
        }
      });
  }

  /**
   * Says why nothing was done.
   *
   * @param analyzed The program, where edits of it may lift a refusal.
   */
  explain(outcome: Pick<Outcome, 'notes' | 'refusals'>, title: string, analyzed?: AnalyzedProgram): void {
    const remarks = this.#remarksOf(outcome, analyzed);
    const [first] = remarks;
    if (!first) {
      void vscode.window.showInformationMessage(`Graduate: "${title}": there is nothing to do here.`);
      return;
    }
    const more = remarks.length - 1;
    const others = more > 0 ? ` (and ${more} more ${more === 1 ? 'reason' : 'reasons'})` : '';
    const show = more > 0 ? 'Show reasons' : 'Show place';
    const lift = more > 0 ? undefined : first.lift;
    const buttons = lift ? [lift.title, show] : [show];
    void vscode.window
      .showWarningMessage(`Graduate: "${title}" was not done: ${first.text}${others}.`, ...buttons)
      .then(async (choice) => {
        if (choice === show) await showRemarks(remarks);
        else if (choice !== undefined) await lift?.run();
      });
  }

  /** What would lift a refusal of a program, shown before it is made; undefined if nobody knows. */
  liftFor({ analysis }: AnalyzedProgram, refusal: Refusal): Remark['lift'] {
    const lift = liftOf(analysis, refusal);
    if (!lift) return undefined;
    return { title: lift.title, run: () => this.preview(liftedBy(analysis, lift), lift.title) };
  }

  #remarksOf(
    { refusals, notes }: Pick<Outcome, 'notes' | 'refusals'>,
    analyzed?: AnalyzedProgram,
  ): readonly Remark[] {
    const all = [
      ...refusals.map((refusal) => ({
        ...refusal,
        text: withHint(refusal.reason),
        lift: analyzed && this.liftFor(analyzed, refusal),
      })),
      ...notes.map(({ message, ...place }) => ({ ...place, text: message, lift: undefined })),
    ];
    return all.map(({ path, cell, line, text, lift }) => ({
      ...{ text, line, cell, lift },
      uri: this.programs.uriOf(path),
      program: this.programs.byPath(path),
    }));
  }
}

/** A reason with what its author can do about it, where that is known. */
export function withHint(reason: string): string {
  const hint = hintFor(reason);
  return hint === undefined ? reason : `${reason} (to lift it: ${hint})`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
