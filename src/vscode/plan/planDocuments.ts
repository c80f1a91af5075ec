import * as vscode from 'vscode';
import { type PlanDocument, refusalInPlan } from '../../plan/document';
import type { Plan, PlanProblem, PlannedStage } from '../../plan/plan';
import { readPlan } from '../../plan/read';
import { hintFor } from '../../refactorings/extract-pipeline/hints';
import { type PipelineReport, reportPipeline } from '../../refactorings/extract-pipeline/report';
import type { Refusal } from '../../text/refusal';
import type { Analyses, AnalyzedProgram } from '../analysis/analyses';
import { Timers } from '../analysis/timers';
import { SOURCE } from '../diagnostics/convert';
import type { OpenPrograms } from '../documents/openPrograms';
import { documentAt } from '../documents/snapshot';
import type { Log } from '../log';

/** How plans' files end; before it stands the name of the program. */
export const PLAN_SUFFIX = '.plan.yaml';
const QUIET_MS = 250;

/** A plan's document, with what it comes to in its program. */
export interface ShownPlan {
  readonly version: number;
  readonly document: PlanDocument | undefined;
  readonly analyzed: AnalyzedProgram | undefined;
  readonly report: PipelineReport | undefined;
  /** What stands against it, in the plan or in the program. */
  readonly refusals: readonly Refusal[];
}

/** Follows open plans in their programs, and shows what stands against them in both. */
export class PlanDocuments implements vscode.Disposable {
  readonly #programsOf = new Map<string, vscode.Uri>();
  readonly #shown = new Map<string, ShownPlan>();
  readonly #diagnostics = vscode.languages.createDiagnosticCollection(`${SOURCE} plan`);
  readonly #timers = new Timers<string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly programs: OpenPrograms,
    private readonly analyses: Analyses,
    private readonly log: Log,
  ) {
    const touch = (document: vscode.TextDocument): void => {
      if (isPlan(document)) this.#schedule(document);
    };
    this.#subscriptions = [
      ...[this.#diagnostics, this.#changed],
      vscode.workspace.onDidOpenTextDocument(touch),
      vscode.workspace.onDidChangeTextDocument(({ document }) => touch(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      // Programs change as well.
      analyses.onDidAnalyze(() => vscode.workspace.textDocuments.forEach(touch)),
    ];
    vscode.workspace.textDocuments.forEach(touch);
  }

  /** Which program an unsaved plan is for. */
  bind(plan: vscode.Uri, program: vscode.Uri): void {
    this.#programsOf.set(plan.toString(), program);
  }

  /** What was found last, maybe for an older text. */
  latest(document: vscode.TextDocument): ShownPlan | undefined {
    return this.#shown.get(document.uri.toString());
  }

  /** What the present text comes to. */
  async current(document: vscode.TextDocument): Promise<ShownPlan> {
    const known = this.latest(document);
    const analyzed = await this.#program(document);
    if (known?.version === document.version && analyzed && known.analyzed === analyzed) return known;
    const shown = this.#look(document, analyzed);
    this.#shown.set(document.uri.toString(), shown);
    this.#publish(document, shown);
    this.#changed.fire();
    return shown;
  }

  /** A plan with its program; says so where one of them cannot be had. */
  async programOf(
    document: vscode.TextDocument,
  ): Promise<{ readonly plan: PlanDocument; readonly analyzed: AnalyzedProgram } | undefined> {
    const { document: plan, analyzed, refusals } = await this.current(document);
    if (plan && analyzed) return { plan, analyzed };
    const problem = plan
      ? `open ${plan.plan.program} first; the plan is for that`
      : `the plan cannot be read: ${refusals[0]?.reason ?? ''}`;
    void vscode.window.showWarningMessage(`Graduate: ${problem}.`);
    return undefined;
  }

  dispose(): void {
    this.#timers.clearAll();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** What stands against a plan, as shown on one of its lines. */
  refusalsAt(document: vscode.TextDocument, line: number): readonly Refusal[] {
    const shown = this.latest(document);
    if (!shown) return [];
    return shown.refusals.filter((each) => this.#lineFor(document, shown.document, each) === line);
  }

  #lineFor(document: vscode.TextDocument, plan: PlanDocument | undefined, refusal: Refusal): number {
    const isInPlan = refusal.path === this.programs.pathOf(document.uri);
    const line = isInPlan ? refusal.line : lineOf(document, plan?.plan, refusal);
    return Math.min(line, document.lineCount - 1);
  }

  #schedule(document: vscode.TextDocument): void {
    this.#timers.set(document.uri.toString(), QUIET_MS, () => {
      this.current(document).catch((error: unknown) =>
        this.log.report('A plan could not be read', error, true),
      );
    });
  }

  #forget({ uri }: vscode.TextDocument): void {
    this.#timers.clear(uri.toString());
    this.#shown.delete(uri.toString());
    this.#diagnostics.delete(uri);
  }

  /** The program of a plan: the one that it was made for, else the one of its name beside it, opened if need be. */
  async #program(document: vscode.TextDocument): Promise<AnalyzedProgram | undefined> {
    const { plan } = readPlan(document.getText());
    const beside =
      plan && plan.program !== '' ? vscode.Uri.joinPath(document.uri, '..', plan.program) : undefined;
    const uri =
      this.#programsOf.get(document.uri.toString()) ?? beside?.with({ scheme: fileScheme(document) });
    const program = uri && this.programs.byUri(uri);
    return program && this.analyses.current(program);
  }

  #look(document: vscode.TextDocument, analyzed: AnalyzedProgram | undefined): ShownPlan {
    const text = document.getText();
    const path = this.programs.pathOf(document.uri);
    const { plan, problems } = readPlan(text);
    const { version } = document;
    const inPlan = (problem: PlanProblem): Refusal => refusalInPlan(problem, { path, text });
    if (!plan)
      return { version, document: undefined, analyzed, report: undefined, refusals: problems.map(inPlan) };
    const planDocument = { path, text, plan };
    const found = analyzed && reportPipeline(analyzed.analysis, undefined, planDocument);
    const report = found && !('reason' in found) ? found : undefined;
    const refusals = report?.refusals ?? (found && 'reason' in found ? [found] : []);
    return { version, document: planDocument, analyzed, report, refusals };
  }

  /** Each reason stands at the stage that it is about, with a link to the code. */
  #publish(document: vscode.TextDocument, { document: plan, analyzed, refusals }: ShownPlan): void {
    // An empty document is one whose plan is about to be written into it, or that somebody begins.
    const told = document.getText().trim() === '' ? [] : refusals;
    const diagnostics = told.map((refusal) => {
      const hint = hintFor(refusal.reason);
      const message = hint === undefined ? refusal.reason : `${refusal.reason}. To lift it: ${hint}`;
      const isInPlan = refusal.path === this.programs.pathOf(document.uri);
      const { range } = document.lineAt(this.#lineFor(document, plan, refusal));
      const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
      diagnostic.source = SOURCE;
      const code = !isInPlan && analyzed && documentAt(analyzed.snapshot, refusal.cell);
      if (code) {
        const place = new vscode.Location(code.uri, new vscode.Position(refusal.line, 0));
        diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(place, refusal.reason)];
      }
      return diagnostic;
    });
    this.#diagnostics.set(document.uri, diagnostics);
  }
}

export function isPlan({ uri, languageId }: vscode.TextDocument): boolean {
  const isOpenable =
    uri.scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true;
  return isOpenable && languageId === 'yaml' && uri.path.endsWith(PLAN_SUFFIX);
}

/** The line of the part that a statement is in; the first line where there is none. */
function lineOf(document: vscode.TextDocument, plan: Plan | undefined, { cell, line }: Refusal): number {
  const parts = plan?.stages.flatMap((stage: PlannedStage) => stage.parts) ?? [];
  const part = parts.find(({ cell: own, lines }) => {
    const isCell = own === (cell === null ? undefined : cell + 1);
    return isCell && (!lines || (lines.first <= line + 1 && line + 1 <= lines.last));
  });
  return part?.span ? document.positionAt(part.span.start).line : 0;
}

/** A plan that was never saved will lie beside its program. */
function fileScheme({ uri }: vscode.TextDocument): string {
  if (uri.scheme !== 'untitled') return uri.scheme;
  return vscode.workspace.workspaceFolders?.[0]?.uri.scheme ?? 'file';
}
