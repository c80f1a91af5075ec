import * as vscode from 'vscode';
import type { Offer, Outcome } from '../../actions/offer';
import { findingsAt } from '../../actions/place';
import type { Finding } from '../../rules/rule';
import type { Analyses, AnalyzedProgram } from '../analysis/analyses';
import type { Siblings } from '../analysis/siblings';
import { appliedChange } from '../change/applied';
import { toWorkspaceEdit } from '../change/apply';
import { bindChange } from '../change/bind';
import { isDiagnosticOf } from '../diagnostics/convert';
import type { OpenPrograms } from '../documents/openPrograms';
import { cellIndexOf } from '../documents/snapshot';
import type { Log } from '../log';
import { leafKinds } from './kinds';
import { offersFor } from './offers';
import {
  CHANGE_APPLIED,
  type OfferRequest,
  applyCommand,
  mayChangeSeveralFiles,
  previewCommand,
  previewTitle,
} from './request';
import type { OfferRunner } from './runner';

class OfferedAction extends vscode.CodeAction {
  constructor(
    title: string,
    readonly request: OfferRequest,
  ) {
    super(title, vscode.CodeActionKind.Empty.append(request.offer.codeActionKind));
  }
}

/**
 * Offers as code actions, in scripts and cells. What stays in one document is an edit, as any caller of code actions
 * expects it; what goes beyond it is a command, which checks every document again at the moment of applying.
 */
export class CodeActions implements vscode.CodeActionProvider<OfferedAction> {
  readonly #kinds = leafKinds();

  constructor(
    private readonly programs: OpenPrograms,
    private readonly analyses: Analyses,
    private readonly siblings: Siblings,
    private readonly runner: OfferRunner,
    private readonly log: Log,
  ) {}

  register(): vscode.Disposable {
    return vscode.languages.registerCodeActionsProvider({ language: 'python' }, this, {
      providedCodeActionKinds: this.#kinds.map((kind) => vscode.CodeActionKind.Empty.append(kind)),
    });
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<OfferedAction[]> {
    const program = this.programs.of(document);
    if (!program) return [];
    const analyzed = await this.analyses.current(program);
    if (!analyzed || token.isCancellationRequested) return [];
    if (this.analyses.settings.leavesOut(program.uri)) return [];
    const place = {
      cell: cellIndexOf(analyzed.snapshot, document),
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
    };
    const offers = await offersFor(analyzed, place, this.siblings, this.log);
    if (token.isCancellationRequested) return [];
    const here = findingsAt(analyzed.analysis, place);
    const isQuiet = context.triggerKind === vscode.CodeActionTriggerKind.Automatic && !context.only;
    return (
      offers
        .filter((offer) => isAskedFor(offer, context.only))
        // Else a bulb would be at every line of a program that has one path.
        .filter((offer) => !isQuiet || offer.kind !== 'refactor' || isAbout(offer, here))
        .flatMap((offer) => this.#toActions({ offer, analyzed }, context.diagnostics))
    );
  }

  async resolveCodeAction(action: OfferedAction, token: vscode.CancellationToken): Promise<OfferedAction> {
    const { request } = action;
    // Also called while the user only looks at the menu, so nothing is said here: the command will.
    if (action.disabled || mayChangeSeveralFiles(request.offer)) return action;
    if (!this.analyses.isCurrent(request.analyzed)) return action;
    try {
      const outcome = await this.runner.outcomeOf(request);
      if (token.isCancellationRequested || !staysInside(outcome, request.analyzed)) return action;
      const bound = await bindChange(outcome.change, this.programs);
      if ('obstacle' in bound) return action;
      action.edit = toWorkspaceEdit(bound);
      const applied = appliedChange(bound, request.offer.title);
      action.command = { command: CHANGE_APPLIED, title: request.offer.title, arguments: [applied] };
    } catch (error) {
      this.log.error(`"${request.offer.title}" failed`, error);
    }
    return action;
  }

  #toActions(request: OfferRequest, diagnostics: readonly vscode.Diagnostic[]): OfferedAction[] {
    const { offer } = request;
    if (!this.#kinds.includes(offer.codeActionKind)) {
      this.log.warn(`${offer.id} offers a ${offer.codeActionKind}, which VS Code may never ask for`);
    }
    const action = new OfferedAction(offer.title, request);
    action.diagnostics = diagnostics.filter((diagnostic) =>
      offer.findings.some((finding) => isDiagnosticOf(diagnostic, finding)),
    );
    if (offer.disabled !== undefined) {
      action.disabled = { reason: offer.disabled };
      return [action];
    }
    action.isPreferred = offer.isPreferred;
    action.command = applyCommand(request);
    if (!mayChangeSeveralFiles(offer)) return [action];
    const preview = new OfferedAction(previewTitle(offer.title), request);
    preview.command = previewCommand(request);
    return [action, preview];
  }
}

function isAskedFor(offer: Offer, only: vscode.CodeActionKind | undefined): boolean {
  return only?.contains(vscode.CodeActionKind.Empty.append(offer.codeActionKind)) ?? true;
}

function isAbout(offer: Offer, findings: readonly Finding[]): boolean {
  return offer.findings.some((finding) => findings.includes(finding));
}

/** A change of nothing but the script, or one cell of the notebook, that was analysed. */
function staysInside(
  outcome: Outcome,
  { snapshot }: AnalyzedProgram,
): outcome is Outcome & { readonly status: 'done' } {
  if (outcome.status !== 'done' || outcome.notes.length > 0) return false;
  const [file, ...others] = outcome.change.files;
  if (!file || others.length > 0 || file.path !== snapshot.source.path) return false;
  return file.kind === 'text' || (file.kind === 'notebook' && file.cells.length === 1);
}
