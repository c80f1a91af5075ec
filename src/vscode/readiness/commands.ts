import * as vscode from 'vscode';
import type { FixAll } from '../actions/fixAll';
import type { ActiveProgram } from '../documents/activeProgram';
import type { Publisher } from '../diagnostics/publisher';
import { showPlace } from '../showPlace';
import type { FactsPage } from './factsPage';
import { type Place, documentUri, locate } from './findings';
import { type FindingFixParts, fixFinding, showFixes } from './fixes';
import { type Node, SHOW_PLACE } from './items';

/** What the tree's commands work with. */
export interface ReadinessParts extends FindingFixParts {
  readonly active: ActiveProgram;
  readonly publisher: Publisher;
  readonly fixAll: FixAll;
  readonly factsPage: FactsPage;
}

/** The commands of the readiness tree; each is handed the row that it was called on. */
export function readinessCommands(
  parts: ReadinessParts,
): Readonly<Record<string, (...args: unknown[]) => unknown>> {
  return {
    [SHOW_PLACE]: (node) => show(node as Node, parts),
    'graduate.fixFinding': (node) => withPlace(node, (place) => fixFinding(place, parts)),
    'graduate.showFixes': (node) => withPlace(node, (place) => showFixes(place, parts)),
    'graduate.fixAll': () => fixActive(parts),
    'graduate.nextFinding': () => nextFinding(parts),
    'graduate.openFacts': () => parts.factsPage.open(),
  };
}

async function show(node: Node, { programs }: ReadinessParts): Promise<void> {
  if (node.kind === 'place') {
    const { uri, range } = await locate(node.place);
    await showPlace(uri, range);
  } else if (node.kind === 'evidence') {
    const { path, cell, line } = node.evidence;
    const uri = programs.uriOf(path);
    if (uri) await showPlace(await documentUri(uri, cell), new vscode.Range(line ?? 0, 0, line ?? 0, 0));
  }
}

async function withPlace(node: unknown, run: (place: Place) => Promise<void>): Promise<void> {
  const place = (node as { place?: Place } | undefined)?.place;
  if (place) await run(place);
}

async function fixActive({ active, fixAll }: ReadinessParts): Promise<void> {
  const here = active.place;
  if (here) await fixAll.run(here.program);
  else void vscode.window.showInformationMessage('Graduate: open a Python script or a notebook first.');
}

/** Goes to the finding after the cursor, and from the last one to the first. */
async function nextFinding({ active, publisher }: ReadinessParts): Promise<void> {
  const here = active.place;
  if (!here) {
    void vscode.window.showInformationMessage('Graduate: open a Python script or a notebook first.');
    return;
  }
  const { program, document, selection } = here;
  const shown = publisher.shownFor(program);
  if (shown.length === 0) {
    void vscode.window.showInformationMessage('Graduate: there is no finding here.');
    return;
  }
  const order = program.kind === 'notebook' ? program.notebook.getCells().map((cell) => cell.document) : [];
  const rank = (uri: vscode.Uri): number =>
    Math.max(
      0,
      order.findIndex((each) => each.uri.toString() === uri.toString()),
    );
  const sorted = [...shown].sort(
    (a, b) => rank(a.uri) - rank(b.uri) || a.range.start.compareTo(b.range.start),
  );
  const next = sorted.find(({ uri, range }) => {
    if (!document || !selection) return false;
    const apart = rank(uri) - rank(document.uri);
    return apart > 0 || (apart === 0 && range.start.isAfter(selection.active));
  });
  const { uri, range } = next ?? sorted[0]!;
  await showPlace(uri, range);
}
