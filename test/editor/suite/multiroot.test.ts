/** A window of several folders, one of which is not on the disk: run apart, because adding a folder to another starts it anew. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { MemoryFiles } from './memoryFiles';
import { actionAt, cellsOf, closeAll, run, until, untilRules } from './support';

const ABSOLUTE = '"/Users/petra/data.csv"';
const SCRIPT = `import pandas as pd\n\ndf = pd.read_csv(${ABSOLUTE})\n`;

suite('a folder that is not on the disk', () => {
  const memory = new MemoryFiles();
  const root = vscode.Uri.parse('graduatemem:/project');
  const put = (name: string, text: string): vscode.Uri => {
    memory.files.set(`/project/${name}`, new TextEncoder().encode(text));
    return vscode.Uri.joinPath(root, name);
  };
  let registration: vscode.Disposable;

  suiteSetup(async () => {
    registration = vscode.workspace.registerFileSystemProvider('graduatemem', memory);
    put('.graduate.yaml', 'rules: {hard-coded-path: error}\nexclude: [old]\n');
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    assert.equal(count, 2);
    assert.ok(vscode.workspace.updateWorkspaceFolders(count, 0, { uri: root, name: 'memory' }));
    await until('the folder', () => vscode.workspace.workspaceFolders?.length === 3);
  });
  suiteTeardown(() => void registration.dispose());
  teardown(closeAll);

  test('its settings hold, and its fixes stay in it', async () => {
    const document = await vscode.workspace.openTextDocument(put('a.py', SCRIPT));
    await vscode.window.showTextDocument(document);
    const [finding] = await untilRules(document.uri, 'hard-coded-path');
    assert.equal(finding!.severity, vscode.DiagnosticSeverity.Error);
    // An offer is void as soon as the window's other files have been read.
    await until('the edit', async () => {
      await run(await actionAt(document, ABSOLUTE, 'Move to config (adds PyYAML)'));
      return /pd\.read_csv\(config\["data_path"\]\)/.test(document.getText());
    });
    assert.ok(memory.files.has('/project/config.yaml'));
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.equal(document.getText(), SCRIPT);
    assert.ok(!memory.files.has('/project/config.yaml'));
  });

  test('a notebook in it; what it excludes is silent', async () => {
    const cell = {
      cell_type: 'code',
      id: 'a',
      metadata: {},
      execution_count: null,
      outputs: [],
      source: SCRIPT,
    };
    const json = {
      cells: [cell],
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    const old = await vscode.workspace.openTextDocument(put('old/a.py', SCRIPT));
    await vscode.window.showTextDocument(old, { preview: false });
    const notebook = await vscode.workspace.openNotebookDocument(put('n.ipynb', JSON.stringify(json)));
    await vscode.window.showNotebookDocument(notebook);
    await untilRules(cellsOf(notebook)[0]!.uri, 'hard-coded-path');
    await untilRules(old.uri);
  });

  test('the same name in another folder of the window is another file', async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(first!.uri, 'load.py'));
    await vscode.window.showTextDocument(document, { preview: false });
    const [finding] = await untilRules(document.uri, 'hard-coded-path');
    assert.equal(finding!.severity, vscode.DiagnosticSeverity.Warning);
  });
});
