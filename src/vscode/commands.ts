import * as vscode from 'vscode';
import type { Offer } from '../actions/offer';
import { RULES } from '../rules/registry';
import { offersFor } from './actions/offers';
import {
  APPLY_OFFER,
  CHANGE_APPLIED,
  PREVIEW_OFFER,
  isRequest,
  mayChangeSeveralFiles,
} from './actions/request';
import type { AnalyzedProgram } from './analysis/analyses';
import { type AppliedChange, isInPlace } from './change/applied';
import type { ChangeHistory } from './change/history';
import { cellIndexOf } from './documents/snapshot';
import type { PackageTarget } from './package/ask';
import type { PackageConverter } from './package/convert';
import { PLAN_SUFFIX, isPlan } from './plan/planDocuments';
import { type PlanParts, planCommands, planPipeline } from './plan/commands';
import type { ChangePreview } from './preview/preview';
import type { ProjectScan } from './project/projectScan';
import { type ReadinessParts, readinessCommands } from './readiness/commands';
import { openRulePage } from './rulePages';
import type { Verifier } from './verify/verifier';

/** What the commands work with. */
export interface CommandParts extends ReadinessParts, PlanParts {
  readonly verifier: Verifier;
  readonly converter: PackageConverter;
  readonly history: ChangeHistory;
  readonly preview: ChangePreview;
  readonly scan: ProjectScan;
}

export function registerCommands(parts: CommandParts): vscode.Disposable[] {
  const { analyses, runner, history, preview, log, scan, verifier } = parts;
  const commands: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
    'graduate.undoLastChange': () => history.undoLast(),
    'graduate.previewChange': () => previewChange(parts),
    'graduate.applyPreview': () => preview.apply(),
    'graduate.discardPreview': () => preview.discard(),
    'graduate.movePathsToConfig': () => movePathsToConfig(parts),
    'graduate.verify': (original, converted) => verifier.run(asUri(original), asUri(converted)),
    'graduate.planPipeline': () => planActive(parts),
    'graduate.convertToPackage': (uri, target) => convertToPackage(parts, uri, target),
    ...planCommands(parts),
    'graduate.showLog': () => log.show(),
    'graduate.openRule': (rule) => openRule(rule),
    'graduate.refresh': () => {
      analyses.refresh();
      void scan.resume();
    },
    'graduate.stopChecking': () => scan.stop(),
    // Not in the palette: what code actions and the tree run.
    [APPLY_OFFER]: (request) => (isRequest(request) ? runner.apply(request) : undefined),
    [PREVIEW_OFFER]: (request) => (isRequest(request) ? runner.showPreview(request) : undefined),
    [CHANGE_APPLIED]: (change) => {
      // Not in place: the user has unticked it in the editor's own preview.
      if (isInPlace(change as AppliedChange)) history.remember(change as AppliedChange);
    },
    ...readinessCommands(parts),
  };
  return Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(name, async (...args: unknown[]) => {
      try {
        await run(...args);
      } catch (error) {
        log.report(`The command ${name} failed`, error);
      }
    }),
  );
}

function asUri(value: unknown): vscode.Uri | undefined {
  return value instanceof vscode.Uri ? value : undefined;
}

/** All paths of the program that the user is in; shown before anything is written, because it is several files. */
async function movePathsToConfig(parts: CommandParts): Promise<void> {
  const here = await activeProgram(parts);
  if (!here) return;
  const offer = (await offersOf(here, parts)).find(
    ({ id, kind }) => id === 'paths-to-config' && kind === 'refactor',
  );
  if (!offer) throw new Error('there is no offer paths-to-config');
  if (offer.disabled === undefined) await parts.runner.showPreview({ offer, analyzed: here.analyzed });
  else void vscode.window.showInformationMessage(`Graduate: ${offer.disabled}.`);
}

/** The plan of the program that the user is in. */
async function planActive(parts: CommandParts): Promise<void> {
  const here = await activeProgram(parts);
  if (here) await planPipeline(parts, here.analyzed);
}

/** The package of a program: of a plan that is named or active, of the program named, else of the one the user is in. */
async function convertToPackage(parts: CommandParts, uri: unknown, target: unknown): Promise<void> {
  const { programs, analyses, plans, converter } = parts;
  const wanted = isTarget(target) ? target : undefined;
  const active = vscode.window.activeTextEditor?.document;
  const named = uri instanceof vscode.Uri ? programs.byUri(uri) : undefined;
  const document =
    uri instanceof vscode.Uri && uri.path.endsWith(PLAN_SUFFIX)
      ? await vscode.workspace.openTextDocument(uri)
      : active;
  if (!named && document && isPlan(document)) {
    const found = await plans.programOf(document);
    if (found) await converter.run(found.analyzed, found.plan, wanted);
    return;
  }
  const analyzed = named ? await analyses.current(named) : (await activeProgram(parts))?.analyzed;
  if (analyzed) await converter.run(analyzed, undefined, wanted);
}

function isTarget(value: unknown): value is PackageTarget {
  return typeof value === 'object' && value !== null && 'name' in value && 'folder' in value;
}

/** Shows what one of the offers at the cursor would change. */
async function previewChange(parts: CommandParts): Promise<void> {
  const here = await activeProgram(parts);
  if (!here) return;
  const offers = (await offersOf(here, parts)).filter((offer) => offer.disabled === undefined);
  const items = offers
    .sort((a, b) => Number(mayChangeSeveralFiles(b)) - Number(mayChangeSeveralFiles(a)))
    .map((offer) => ({ label: offer.title, offer }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage('Graduate: there is nothing to change here.');
    return;
  }
  const placeHolder = 'What to preview';
  const chosen = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { placeHolder });
  if (chosen) await parts.runner.showPreview({ offer: chosen.offer, analyzed: here.analyzed });
}

interface Here {
  readonly analyzed: AnalyzedProgram;
  readonly document: vscode.TextDocument | undefined;
  readonly selection: vscode.Selection | undefined;
}

async function offersOf(
  { analyzed, document, selection }: Here,
  { siblings, log }: CommandParts,
): Promise<readonly Offer[]> {
  const place = {
    cell: document ? cellIndexOf(analyzed.snapshot, document) : 0,
    start: document && selection ? document.offsetAt(selection.start) : 0,
    end: document && selection ? document.offsetAt(selection.end) : 0,
  };
  return offersFor(analyzed, place, siblings, log);
}

/** The script or notebook that the user is in, and where; says so if there is none. */
async function activeProgram({ active, analyses }: CommandParts): Promise<Here | undefined> {
  const { place } = active;
  if (!place) {
    void vscode.window.showInformationMessage('Graduate: open a Python script or a notebook first.');
    return undefined;
  }
  const analyzed = await analyses.current(place.program);
  return analyzed && { analyzed, document: place.document, selection: place.selection };
}

/** From the tree (a rule's node), from a link (its name), or chosen from a list. */
async function openRule(rule: unknown): Promise<void> {
  const name = typeof rule === 'string' ? rule : ruleOfNode(rule);
  if (name !== undefined) return openRulePage(name);
  const items = RULES.map(({ name: label, summary, severity }) => ({
    label,
    description: severity,
    detail: summary,
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'Rule', matchOnDetail: true });
  if (chosen) await openRulePage(chosen.label);
}

function ruleOfNode(node: unknown): string | undefined {
  const group = (node as { group?: { rule?: { name?: unknown } } } | undefined)?.group;
  return typeof group?.rule?.name === 'string' ? group.rule.name : undefined;
}
