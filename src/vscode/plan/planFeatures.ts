import * as vscode from 'vscode';
import { joinEdit, partEdits } from '../../plan/edit';
import type { PlanEdit } from '../../plan/lines';
import { type Part, type PlannedStage, partName } from '../../plan/plan';
import { readPlan } from '../../plan/read';
import { liftOf } from '../../refactorings/why-not';
import { plannedProgram } from '../../refactorings/extract-pipeline/planned';
import type { ProgramFacts } from '../../semantics/facts';
import { EditSet } from '../../text/edit';
import { costText } from './cost';
import { type PlanDocuments, PLAN_SUFFIX, isPlan } from './planDocuments';

const SELECTOR: vscode.DocumentSelector = { language: 'yaml', pattern: `**/*${PLAN_SUFFIX}` };
export const PREVIEW_PLAN = 'graduate.previewPlan';
export const CONVERT_TO_PACKAGE = 'graduate.convertToPackage';
export const PLAN_REASONS = 'graduate.showPlanReasons';
export const RENAME_STAGE = 'graduate.renameStage';
export const LIFT_REASON = 'graduate.liftReason';
export const EDIT_PLAN = 'graduate.editPlan';
export const SHOW_PLAN_PART = 'graduate.showPlanPart';

/** What an editor shows and offers in a plan: what it costs, what can be moved, and where the code is. */
export function registerPlanFeatures(plans: PlanDocuments): vscode.Disposable[] {
  return [
    vscode.languages.registerCodeLensProvider(SELECTOR, {
      onDidChangeCodeLenses: plans.onDidChange,
      provideCodeLenses: async (document) => (isPlan(document) ? lenses(document, plans) : []),
    }),
    vscode.languages.registerCodeActionsProvider(
      SELECTOR,
      {
        provideCodeActions: (document, range) =>
          isPlan(document) ? actions(document, range.start, plans) : [],
      },
      { providedCodeActionKinds: [KIND, LIFT] },
    ),
    vscode.languages.registerRenameProvider(SELECTOR, {
      prepareRename: (document, position) => {
        const name = nameAt(document, position);
        if (!name) throw new Error('Only a stage or the class can be renamed here.');
        return name;
      },
      provideRenameEdits: (document, position, newName) => {
        const name = nameAt(document, position);
        if (!name) return undefined;
        const edit = new vscode.WorkspaceEdit();
        edit.replace(document.uri, name.range, newName);
        return edit;
      },
    }),
    vscode.languages.registerDocumentLinkProvider(SELECTOR, {
      provideDocumentLinks: (document) => (isPlan(document) ? links(document) : []),
    }),
  ];
}

const KIND = vscode.CodeActionKind.RefactorMove.append('graduate');
const LIFT = vscode.CodeActionKind.QuickFix.append('graduate.liftReason');

async function lenses(document: vscode.TextDocument, plans: PlanDocuments): Promise<vscode.CodeLens[]> {
  const { document: read, report, refusals } = await plans.current(document);
  const top = new vscode.Range(0, 0, 0, 0);
  const lens = (range: vscode.Range, title: string, command: string, ...args: unknown[]): vscode.CodeLens =>
    new vscode.CodeLens(range, { title, command, arguments: [document.uri, ...args] });
  const head = [
    lens(top, '$(play) Preview', PREVIEW_PLAN),
    lens(top, '$(package) Convert to Package', CONVERT_TO_PACKAGE),
  ];
  if (refusals.length > 0) {
    const count = `${refusals.length} ${refusals.length === 1 ? 'reason' : 'reasons'} against it`;
    head.push(lens(top, `$(warning) ${count}`, PLAN_REASONS));
  }
  if (!report || !read) return head;
  head.push(lens(top, costText(report), ''));
  const costs = new Map(report.stages.map((each) => [each.stage.name, each]));
  const ofStages = read.plan.stages.flatMap((stage) => {
    const range = rangeOf(document, stage.nameSpan!);
    const found = costs.get(stage.name);
    const passes = [
      ...(found?.parameters.length ? [`takes ${found.parameters.join(', ')}`] : []),
      ...(found?.returns.length ? [`returns ${found.returns.join(', ')}`] : []),
    ];
    const join = joinEdit(read.text, read.plan, stage);
    return [
      lens(range, 'Rename', RENAME_STAGE, stage.name),
      ...(join ? [lens(range, join.title, EDIT_PLAN, join)] : []),
      ...(passes.length > 0 ? [lens(range, passes.join('; '), '')] : []),
    ];
  });
  return [...head, ...ofStages];
}

async function actions(
  document: vscode.TextDocument,
  position: vscode.Position,
  plans: PlanDocuments,
): Promise<vscode.CodeAction[]> {
  const { version } = document;
  const { document: read, analyzed } = await plans.current(document);
  if (!read || document.version !== version) return [];
  const { text, plan } = read;
  const facts = analyzed?.analysis.facts;
  const moves = partEdits(text, plan, document.offsetAt(position))
    .filter(({ edits }) => !facts || leavesOutLooksOnly(new EditSet(edits).apply(text), facts))
    .map((edit) => {
      const action = new vscode.CodeAction(edit.title, KIND);
      action.edit = workspaceEdit(document, edit);
      return action;
    });
  const lifts = plans.refusalsAt(document, position.line).flatMap((refusal) => {
    const lift = analyzed && liftOf(analyzed.analysis, refusal);
    if (!lift) return [];
    const action = new vscode.CodeAction(`${lift.title} (preview)`, LIFT);
    action.command = { command: LIFT_REASON, title: lift.title, arguments: [document.uri, refusal] };
    return [action];
  });
  return [...lifts, ...moves];
}

/** Whether all that a plan leaves out can be left out. */
function leavesOutLooksOnly(text: string, facts: ProgramFacts): boolean {
  const { plan } = readPlan(text);
  return (
    plan !== undefined && plannedProgram({ path: '', text, plan }, facts).decisions.problems.length === 0
  );
}

/** The name of a stage or of the class that stands at a position, without its quotes. */
function nameAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): { readonly range: vscode.Range; readonly placeholder: string } | undefined {
  const line = document.lineAt(position.line).text;
  const match = /^(\s*(?:-\s+)?(?:name|class_name):\s*["']?)([\p{L}_][\p{L}\p{N}_]*)/u.exec(line);
  if (!match) return undefined;
  const [, head, placeholder] = match as unknown as [string, string, string];
  const range = new vscode.Range(
    ...([position.line, head.length, position.line, head.length + placeholder.length] as const),
  );
  return { range, placeholder };
}

/** Each part leads to its code. */
function links(document: vscode.TextDocument): vscode.DocumentLink[] {
  const { plan } = readPlan(document.getText());
  const parts = plan ? [...plan.stages.flatMap((stage) => stage.parts), ...plan.keep, ...plan.drop] : [];
  return parts.flatMap((part) => (part.span ? [linkOf(document, part)] : []));
}

function linkOf(document: vscode.TextDocument, part: Part): vscode.DocumentLink {
  const start = document.positionAt(part.span!.start);
  const text = document.lineAt(start.line).text;
  const at = /(?:cell|lines): "?[\d-]+/.exec(text);
  const from = at?.index ?? start.character;
  const range = new vscode.Range(start.line, from, start.line, from + (at?.[0].length ?? 1));
  const place = { cell: part.cell ?? null, line: part.lines?.first ?? 1 };
  const args = encodeURIComponent(JSON.stringify([document.uri.toString(), place]));
  const link = new vscode.DocumentLink(range, vscode.Uri.parse(`command:${SHOW_PLAN_PART}?${args}`));
  link.tooltip = `Show ${partName(part)}`;
  return link;
}

export function workspaceEdit(document: vscode.TextDocument, { edits }: PlanEdit): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { span, newText } of edits) edit.replace(document.uri, rangeOf(document, span), newText);
  return edit;
}

export function stageNamed(document: vscode.TextDocument, name: string): PlannedStage | undefined {
  return readPlan(document.getText()).plan?.stages.find((stage) => stage.name === name);
}

export function rangeOf(
  document: vscode.TextDocument,
  span: { readonly start: number; readonly end: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
}
