import * as vscode from 'vscode';
import { type FixAllResult, type FixScope, fixAll } from '../../actions/fixing/fixAll';
import type { Analyses } from '../analysis/analyses';
import { appliedChange } from '../change/applied';
import { toWorkspaceEdit } from '../change/apply';
import { bindChange } from '../change/bind';
import type { OpenPrograms } from '../documents/openPrograms';
import type { OpenProgram } from '../documents/snapshot';
import type { Log } from '../log';
import { CHANGE_APPLIED } from './request';
import type { OfferRunner } from './runner';

const OWN_DOCUMENT = vscode.CodeActionKind.SourceFixAll.append('graduate');
const WHOLE_NOTEBOOK = vscode.CodeActionKind.Notebook.append(OWN_DOCUMENT.value);
const TITLE = 'Fix all that keeps behaviour';

/**
 * All fixes that keep behaviour at once: as a source action, which edits its own cell or script; for a whole notebook;
 * and as a command, whose fixes may also make or edit files beside the program, which is shown before it is written.
 */
export class FixAll implements vscode.CodeActionProvider {
  constructor(
    private readonly programs: OpenPrograms,
    private readonly analyses: Analyses,
    private readonly runner: OfferRunner,
    private readonly log: Log,
  ) {}

  register(): vscode.Disposable {
    // What is about the whole notebook is asked for at its first cell, which may hold text.
    const selector = [{ language: 'python' }, { notebookType: 'jupyter-notebook' }];
    return vscode.languages.registerCodeActionsProvider(selector, this, {
      providedCodeActionKinds: [OWN_DOCUMENT, WHOLE_NOTEBOOK],
    });
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { only }: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const program = this.programs.of(document);
    // Nobody wants all fixes in the light bulb of one finding.
    if (!program || !only) return [];
    await this.analyses.settings.load(program.uri);
    // Nobody's code is touched on save that the settings leave out.
    if (this.analyses.settings.leavesOut(program.uri)) return [];
    const actions: vscode.CodeAction[] = [];
    if (only.contains(OWN_DOCUMENT) && document.languageId === 'python') {
      const cell = program.kind === 'script' ? null : indexOf(program.notebook, document);
      const action = await this.#action(program, OWN_DOCUMENT, { type: 'document', cell }, token);
      if (action) actions.push(action);
    }
    if (only.contains(WHOLE_NOTEBOOK) && program.kind === 'notebook') {
      const action = await this.#action(program, WHOLE_NOTEBOOK, { type: 'program' }, token);
      if (action) actions.push(action);
    }
    return actions;
  }

  /** The action for a whole notebook, as on save; undefined where there is nothing to do. */
  async notebookAction(
    program: OpenProgram,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction | undefined> {
    await this.analyses.settings.load(program.uri);
    if (this.analyses.settings.leavesOut(program.uri)) return undefined;
    return this.#action(program, WHOLE_NOTEBOOK, { type: 'program' }, token);
  }

  /**
   * Fixes a program.
   *
   * @param rules Only what these rules report; undefined: all.
   */
  async run(program: OpenProgram, rules?: ReadonlySet<string>): Promise<void> {
    const title = rules ? `Fix all ${[...rules].join(', ')}` : TITLE;
    const location = vscode.ProgressLocation.Window;
    const result = await vscode.window.withProgress({ location, title: `Graduate: ${title}` }, () =>
      this.#compute(program, { type: 'project' }, rules),
    );
    if (!result) return;
    const { change, notes, refusals } = result;
    if (change.files.length === 0) {
      this.runner.explain(result, title);
      return;
    }
    const outcome = { status: 'done' as const, change, notes, refusals };
    const isOwn = change.files.every((file) => file.path === program.path);
    await (isOwn ? this.runner.carryOut(outcome, title) : this.runner.preview(outcome, title));
  }

  async #action(
    program: OpenProgram,
    kind: vscode.CodeActionKind,
    scope: FixScope,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction | undefined> {
    const result = await this.#compute(program, scope);
    if (!result || result.change.files.length === 0 || token.isCancellationRequested) return undefined;
    const bound = await bindChange(result.change, this.programs);
    if ('obstacle' in bound) return undefined;
    const action = new vscode.CodeAction(TITLE, kind);
    action.edit = toWorkspaceEdit(bound);
    action.command = { command: CHANGE_APPLIED, title: TITLE, arguments: [appliedChange(bound, TITLE)] };
    return action;
  }

  async #compute(
    program: OpenProgram,
    scope: FixScope,
    rules?: ReadonlySet<string>,
  ): Promise<FixAllResult | undefined> {
    const analyze = await this.analyses.versionsOf(program);
    if (!analyze) return undefined;
    const start = performance.now();
    const context = await this.runner.contextOf(program.path);
    const result = await fixAll(program.path, context, { scope, rules, analyze });
    for (const failure of result.failures) this.log.report('A fix failed', failure, true);
    this.log.debug(`fixed ${result.fixed} findings in ${(performance.now() - start).toFixed(0)} ms`);
    return result;
  }
}

function indexOf(notebook: vscode.NotebookDocument, document: vscode.TextDocument): number {
  return notebook.getCells().findIndex((cell) => cell.document === document);
}
