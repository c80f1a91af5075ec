/** What the suites have in common: files of their own to open, findings to wait for, code actions to ask for. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/** Polls until `probe` gives something other than undefined or false, and returns that. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

export function workspaceUri(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** The name of a folder that no other test has: VS Code keeps closed documents for minutes, under their URI. */
export function freshFolder(): string {
  return `case-${randomUUID().slice(0, 8)}`;
}

export async function write(name: string, text: string): Promise<vscode.Uri> {
  const uri = workspaceUri(name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

export async function read(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

/** Writes a script and shows it. */
export async function showScript(name: string, text: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await write(name, text), { preview: false });
}

/** A cell: Python source, or Markdown after a leading `md:`. */
export async function writeNotebook(
  name: string,
  cells: readonly string[],
  metadata: object = {},
): Promise<vscode.Uri> {
  const json = {
    cells: cells.map((source, i) =>
      source.startsWith('md:')
        ? { cell_type: 'markdown', id: `c${i}`, metadata: {}, source: source.slice(3) }
        : { cell_type: 'code', id: `c${i}`, metadata: {}, execution_count: null, outputs: [], source },
    ),
    metadata: { language_info: { name: 'python' }, ...metadata },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return write(name, JSON.stringify(json, null, 1));
}

export async function showNotebook(name: string, cells: readonly string[]): Promise<vscode.NotebookEditor> {
  const notebook = await vscode.workspace.openNotebookDocument(await writeNotebook(name, cells));
  return vscode.window.showNotebookDocument(notebook, { preview: false });
}

/** Graduate's findings on a document, in document order. */
export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'graduate')
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

export function rulesOf(uri: vscode.Uri): string[] {
  return findings(uri).map(ruleOf);
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : String(code);
}

/** Waits until exactly these rules report something, in document order. */
export async function untilRules(uri: vscode.Uri, ...rules: string[]): Promise<vscode.Diagnostic[]> {
  let seen: string[] = [];
  try {
    return await until(`${rules.join(', ') || 'nothing'} on ${uri.path}`, () => {
      seen = rulesOf(uri);
      return JSON.stringify(seen) === JSON.stringify(rules) && findings(uri);
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}; last: ${seen.join(', ') || 'nothing'}`, { cause: error });
  }
}

export async function edit(document: vscode.TextDocument, find: string, replacement: string): Promise<void> {
  const at = document.getText().indexOf(find);
  assert.ok(at >= 0, `"${find}" is not in ${document.uri.path}`);
  const change = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + find.length));
  change.replace(document.uri, range, replacement);
  assert.ok(await vscode.workspace.applyEdit(change));
}

/** The code actions at a text of a document, resolved; asked for again until there is one with this title. */
export async function actionsAt(
  document: vscode.TextDocument,
  text: string,
  title: string,
  kind = '',
): Promise<vscode.CodeAction[]> {
  return until(`the code action "${title}"`, async () => {
    const actions = await askActions(document, text, kind);
    return actions.some((action) => action.title === title) && actions;
  });
}

export async function actionAt(
  document: vscode.TextDocument,
  text: string,
  title: string,
): Promise<vscode.CodeAction> {
  const actions = await actionsAt(document, text, title);
  return actions.find((action) => action.title === title)!;
}

/** Asks once. */
export async function askActions(
  document: vscode.TextDocument,
  text: string,
  kind = '',
): Promise<vscode.CodeAction[]> {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `"${text}" is not in ${document.uri.path}`);
  const position = document.positionAt(at + 1);
  const range = new vscode.Range(position, position);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    ...[document.uri, range, kind, 100],
  );
  return actions.filter((action) => action.kind?.value.includes('graduate'));
}

/** Does what choosing an action in the menu does. */
export async function run(action: vscode.CodeAction): Promise<void> {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit));
  const { command } = action;
  if (command)
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}

/** Closes every editor without saving. */
export async function closeAll(): Promise<void> {
  while (vscode.window.tabGroups.all.some((group) => group.tabs.length > 0)) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter((tab) => !tab.isDirty));
  }
}

/** The documents of a notebook's cells. */
export function cellsOf(notebook: vscode.NotebookDocument): vscode.TextDocument[] {
  return notebook.getCells().map((cell) => cell.document);
}

const CELLS = [
  'md:# Churn',
  'import pandas as pd',
  'df = pd.read_csv("/Users/petra/data.csv")',
  'df.to_csv("/Users/petra/out.csv")',
];

/** Shows a notebook with paths in two cells. */
export async function notebookWithPaths(): Promise<{
  notebook: vscode.NotebookDocument;
  uri: vscode.Uri;
  config: vscode.Uri;
  texts: () => string[];
}> {
  const folder = freshFolder();
  const { notebook } = await showNotebook(`${folder}/n.ipynb`, CELLS);
  await untilRules(cellsOf(notebook)[3]!.uri, 'hard-coded-path');
  const texts = () => cellsOf(notebook).map((cell) => cell.getText());
  return { notebook, uri: notebook.uri, config: workspaceUri(`${folder}/config.yaml`), texts };
}

/** Puts the cursor into a cell of the active notebook. */
export async function focusCell(index: number): Promise<void> {
  const editor = vscode.window.activeNotebookEditor;
  assert.ok(editor);
  editor.selections = [new vscode.NotebookRange(index, index + 1)];
  await vscode.commands.executeCommand('notebook.cell.edit');
  const uri = editor.notebook.cellAt(index).document.uri.toString();
  await until(
    'the cell has the cursor',
    () => vscode.window.activeTextEditor?.document.uri.toString() === uri,
  );
}

export function same(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
