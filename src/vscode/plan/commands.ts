import * as vscode from 'vscode';
import type { Offer } from '../../actions/offer';
import type { PlanEdit } from '../../plan/lines';
import type { PlanDocument } from '../../plan/document';
import { planText } from '../../plan/write';
import { reportPipeline } from '../../refactorings/extract-pipeline/report';
import type { Refusal } from '../../text/refusal';
import { type OfferRunner, withHint } from '../actions/runner';
import { showRemarks } from '../actions/remarks';
import type { Analyses, AnalyzedProgram } from '../analysis/analyses';
import { openDocument, readFile, statOf } from '../documents/files';
import type { OpenPrograms } from '../documents/openPrograms';
import { documentAt } from '../documents/snapshot';
import { showPlace } from '../showPlace';
import { PLAN_SUFFIX, type PlanDocuments, isPlan } from './planDocuments';
import {
  EDIT_PLAN,
  LIFT_REASON,
  PLAN_REASONS,
  PREVIEW_PLAN,
  RENAME_STAGE,
  SHOW_PLAN_PART,
  rangeOf,
  stageNamed,
  workspaceEdit,
} from './planFeatures';

/** What the commands work with. */
export interface PlanParts {
  readonly plans: PlanDocuments;
  readonly programs: OpenPrograms;
  readonly analyses: Analyses;
  readonly runner: OfferRunner;
}

/** The commands of plans' documents, by name; the first argument is the document's URI, else the active one is meant. */
export function planCommands(parts: PlanParts): Readonly<Record<string, (...args: unknown[]) => unknown>> {
  return {
    [PREVIEW_PLAN]: (uri) => previewPlan(parts, uri),
    [PLAN_REASONS]: (uri) => showReasons(parts, uri),
    [RENAME_STAGE]: (uri, name) => renameStage(uri, name),
    [LIFT_REASON]: (uri, refusal) => liftReason(parts, uri, refusal as Refusal),
    [EDIT_PLAN]: (uri, edit) => editPlan(uri, edit as PlanEdit),
    [SHOW_PLAN_PART]: (uri, place) => showPart(parts, uri, place as { cell: number | null; line: number }),
  };
}

/** Opens the plan of a program: the one that lies beside it, else a new one that is not saved yet. */
export async function planPipeline({ plans, programs }: PlanParts, analyzed: AnalyzedProgram): Promise<void> {
  const { uri } = analyzed.snapshot.program;
  const stem = uri.path.replace(/\.(?:py|ipynb)$/, '');
  const file = uri.with({ path: `${stem}${PLAN_SUFFIX}`, query: '', fragment: '' });
  const target = uri.scheme === 'untitled' || (await statOf(file)) ? file : file.with({ scheme: 'untitled' });
  plans.bind(target, uri);
  // In one step: VS Code opens changed documents that have no editor by itself, in the first group.
  const options = { viewColumn: vscode.ViewColumn.Beside, preview: false };
  const known = openDocument(target)?.getText() ?? (await readFile(target)) ?? '';
  const isNew = known.trim() === '';
  const report = isNew ? reportPipeline(analyzed.analysis) : undefined;
  if (isNew && (!report || 'reason' in report)) {
    const reason = report ? report.reason : 'nothing runs here that could become a stage';
    void vscode.window.showInformationMessage(`Graduate: no plan for ${programs.pathOf(uri)}: ${reason}.`);
    return;
  }
  await vscode.commands.executeCommand('vscode.open', target, options);
  const document = await vscode.workspace.openTextDocument(target);
  if (document.languageId !== 'yaml') await vscode.languages.setTextDocumentLanguage(document, 'yaml');
  if (!report || 'reason' in report) return;
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // Not with a WorkspaceEdit: that opens the document a second time, in the first group.
  const text = planText(report.plan);
  await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), text));
}

async function previewPlan({ plans, runner }: PlanParts, uri: unknown): Promise<void> {
  const document = await planOf(uri);
  if (!document) return;
  const found = await plans.programOf(document);
  if (found) await runner.showPreview({ offer: offerOf(found.plan), analyzed: found.analyzed });
}

function offerOf(plan: PlanDocument): Offer {
  return {
    id: 'extract-pipeline',
    title: `Extract pipeline of ${plan.plan.program}`,
    kind: 'refactor',
    codeActionKind: 'refactor.extract.graduate.pipeline',
    isPreferred: false,
    disabled: undefined,
    findings: [],
    target: { type: 'program', plan },
  };
}

/** The reasons against a plan as a list; the chosen one's place is shown. */
async function showReasons({ plans, programs, runner }: PlanParts, uri: unknown): Promise<void> {
  const document = await planOf(uri);
  if (!document) return;
  const { refusals, analyzed } = await plans.current(document);
  const own = programs.pathOf(document.uri);
  await showRemarks(
    refusals.map((refusal) => {
      const { path, cell, line, reason } = refusal;
      return {
        text: withHint(reason),
        uri: path === own ? document.uri : programs.uriOf(path),
        program: programs.byPath(path),
        ...{ cell, line },
        lift: analyzed && runner.liftFor(analyzed, refusal),
      };
    }),
  );
}

/** Shows the edit that lifts a reason against a plan. */
async function liftReason({ plans, runner }: PlanParts, uri: unknown, refusal: Refusal): Promise<void> {
  const document = await planOf(uri);
  const analyzed = document && (await plans.current(document)).analyzed;
  await (analyzed && runner.liftFor(analyzed, refusal))?.run();
}

async function renameStage(uri: unknown, name: unknown): Promise<void> {
  const document = await planOf(uri);
  const stage = document && stageNamed(document, String(name));
  if (!document || !stage?.nameSpan) return;
  const value = await vscode.window.showInputBox({
    title: `Rename the stage ${stage.name}`,
    value: stage.name,
    validateInput: (text) => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) ? undefined : 'Letters, digits and _'),
  });
  const now = stageNamed(document, stage.name);
  if (value === undefined || value === stage.name || !now?.nameSpan) return;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, now.nameSpan), JSON.stringify(value));
  await vscode.workspace.applyEdit(edit);
}

async function editPlan(uri: unknown, edit: PlanEdit): Promise<void> {
  const document = await planOf(uri);
  if (document) await vscode.workspace.applyEdit(workspaceEdit(document, edit));
}

async function showPart(
  { plans }: PlanParts,
  uri: unknown,
  { cell, line }: { readonly cell: number | null; readonly line: number },
): Promise<void> {
  const document = await planOf(typeof uri === 'string' ? vscode.Uri.parse(uri) : uri);
  const analyzed = document && (await plans.current(document)).analyzed;
  const code = analyzed && documentAt(analyzed.snapshot, cell === null ? null : cell - 1);
  if (code) await showPlace(code.uri, new vscode.Range(line - 1, 0, line - 1, 0));
}

/** The document of a plan by its URI, else the one in the active editor. */
async function planOf(uri: unknown): Promise<vscode.TextDocument | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  const document = uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : active;
  if (document && isPlan(document)) return document;
  void vscode.window.showInformationMessage('Graduate: open a plan first, with "Plan Pipeline".');
  return undefined;
}
