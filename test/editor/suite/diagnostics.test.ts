import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  cellsOf,
  closeAll,
  edit,
  findings,
  freshFolder,
  rulesOf,
  showNotebook,
  showScript,
  until,
  untilRules,
  write,
  writeNotebook,
} from './support';

const ABSOLUTE = '"/Users/petra/data.csv"';
const SCRIPT = `import pandas as pd\n\ndf = pd.read_csv(${ABSOLUTE})\n`;

suite('findings on a script', () => {
  teardown(closeAll);

  test('they say what, where, how bad, and where to read on', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
    const [finding] = await untilRules(document.uri, 'hard-coded-path');
    assert.equal(document.getText(finding!.range), ABSOLUTE);
    assert.equal(finding!.severity, vscode.DiagnosticSeverity.Warning);
    const { code } = finding!;
    assert.ok(typeof code === 'object');
    assert.equal(code.target.toString(), 'graduate-rule:/hard-coded-path.md');
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.match(page.getText(), /^# hard-coded-path\n/);
  });

  test('an edit takes them away and brings them back', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path');
    await edit(document, ABSOLUTE, 'path');
    await untilRules(document.uri);
    await edit(document, '(path)', `(${ABSOLUTE})`);
    await untilRules(document.uri, 'hard-coded-path');
  });

  test('closing the file takes them away', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path');
    await closeAll();
    await untilRules(document.uri);
  });

  test('another language takes them away', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path');
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await untilRules(document.uri);
    await vscode.languages.setTextDocumentLanguage(document, 'python');
    await untilRules(document.uri, 'hard-coded-path');
  });

  test('half-typed code keeps them for a while, then they go', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path');
    const start = Date.now();
    await edit(document, 'import pandas as pd\n', 'import pandas as pd\nfor x in (:\n');
    await untilRules(document.uri);
    assert.ok(Date.now() - start >= 1800, `gone after ${Date.now() - start} ms`);
    await edit(document, 'for x in (:\n', '');
    await untilRules(document.uri, 'hard-coded-path');
  });

  test('an untitled document has them too', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: SCRIPT });
    await vscode.window.showTextDocument(document);
    await untilRules(document.uri, 'hard-coded-path');
  });

  test('a document that nobody works on has none', async () => {
    const provider = { provideTextDocumentContent: () => SCRIPT };
    const registration = vscode.workspace.registerTextDocumentContentProvider('graduate-test', provider);
    try {
      const old = await vscode.workspace.openTextDocument(vscode.Uri.parse('graduate-test:/old.py'));
      assert.equal(old.languageId, 'python');
      const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
      await untilRules(document.uri, 'hard-coded-path');
      assert.deepEqual(rulesOf(old.uri), []);
    } finally {
      registration.dispose();
    }
  });
});

suite('findings on a notebook', () => {
  teardown(closeAll);

  test('they are on the cells, and know of the other cells', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, [
      'md:# Title',
      'print(total)',
      'total = 1',
      `open(${ABSOLUTE})`,
    ]);
    const [title, early, binding, path] = cellsOf(notebook);
    const [finding] = await untilRules(early!.uri, 'use-before-definition');
    await untilRules(path!.uri, 'hard-coded-path');
    assert.deepEqual([...rulesOf(title!.uri), ...rulesOf(binding!.uri)], []);
    const [related] = finding!.relatedInformation ?? [];
    assert.equal(related?.location.uri.toString(), binding!.uri.toString());
  });

  test('an edit of one cell changes what is known of another', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, [
      'x = 1',
      'print(total)',
      'total = 1',
    ]);
    const [first, early] = cellsOf(notebook);
    await untilRules(early!.uri, 'use-before-definition');
    await edit(first!, 'x = 1', 'total = 0');
    await untilRules(early!.uri);
  });

  test('a deleted cell takes its findings along', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, [`open(${ABSOLUTE})`, 'x = 1']);
    const [first] = cellsOf(notebook);
    await untilRules(first!.uri, 'hard-coded-path');
    const change = new vscode.WorkspaceEdit();
    change.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 1))]);
    assert.ok(await vscode.workspace.applyEdit(change));
    await untilRules(first!.uri);
  });

  test('a moved cell keeps its findings, and the order counts anew', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, ['print(total)', 'total = 1']);
    await untilRules(cellsOf(notebook)[0]!.uri, 'use-before-definition');
    const [first] = notebook.getCells();
    const copy = new vscode.NotebookCellData(first!.kind, first!.document.getText(), 'python');
    const change = new vscode.WorkspaceEdit();
    change.set(notebook.uri, [
      vscode.NotebookEdit.insertCells(2, [copy]),
      vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 1)),
    ]);
    assert.ok(await vscode.workspace.applyEdit(change));
    await until('two cells, nothing found', () => {
      const uris = cellsOf(notebook).map(({ uri }) => uri);
      return uris.length === 2 && uris.every((uri) => findings(uri).length === 0);
    });
  });

  test('a cell of another language has none, and gets them back', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, [`open(${ABSOLUTE})`]);
    const [first] = cellsOf(notebook);
    await untilRules(first!.uri, 'hard-coded-path');
    await vscode.languages.setTextDocumentLanguage(first!, 'shellscript');
    await untilRules(first!.uri);
    await vscode.languages.setTextDocumentLanguage(cellsOf(notebook)[0]!, 'python');
    await untilRules(cellsOf(notebook)[0]!.uri, 'hard-coded-path');
  });

  test('a cell that becomes Markdown has none', async () => {
    const editor = await showNotebook(`${freshFolder()}/n.ipynb`, [`open(${ABSOLUTE})`]);
    const { notebook } = editor;
    const [first] = cellsOf(notebook);
    await untilRules(first!.uri, 'hard-coded-path');
    editor.selections = [new vscode.NotebookRange(0, 1)];
    await vscode.commands.executeCommand('notebook.cell.changeToMarkdown');
    await until('the cell is Markdown', () => notebook.cellAt(0).kind === vscode.NotebookCellKind.Markup);
    await until('nothing found', () =>
      [first!, ...cellsOf(notebook)].every(({ uri }) => findings(uri).length === 0),
    );
  });

  test('a half-typed cell keeps its own findings and those of the others', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, [
      `open(${ABSOLUTE})`,
      'print(total)',
      'total = 1',
    ]);
    const [path, early] = cellsOf(notebook);
    await untilRules(early!.uri, 'use-before-definition');
    await untilRules(path!.uri, 'hard-coded-path');
    const start = Date.now();
    await edit(path!, 'open', 'for x in (:\nopen');
    // A cell that does not parse may bind any name, so this one is not known any more, after a while.
    await untilRules(early!.uri);
    assert.ok(Date.now() - start >= 1800, `gone after ${Date.now() - start} ms`);
    await edit(path!, 'for x in (:\n', '');
    await untilRules(early!.uri, 'use-before-definition');
    await untilRules(path!.uri, 'hard-coded-path');
  });

  test('closing the notebook takes them away', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, [`open(${ABSOLUTE})`]);
    const [first] = cellsOf(notebook);
    await untilRules(first!.uri, 'hard-coded-path');
    await closeAll();
    await untilRules(first!.uri);
  });

  test('a kernel of another language', async () => {
    const kernelspec = { name: 'ir', display_name: 'R', language: 'R' };
    const folder = freshFolder();
    const uri = await writeNotebook(`${folder}/r.ipynb`, [`open(${ABSOLUTE})`], {
      kernelspec,
      language_info: { name: 'R' },
    });
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook, { preview: false });
    const { document } = await showScript(`${folder}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path');
    assert.deepEqual(rulesOf(cellsOf(notebook)[0]!.uri), []);
  });
});

suite('settings', () => {
  const settings = () => vscode.workspace.getConfiguration('graduate');

  teardown(async () => {
    await settings().update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    await settings().update('notebooks.enable', undefined, vscode.ConfigurationTarget.Workspace);
    await closeAll();
  });

  test('a severity that is set, at once', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path');
    const { Workspace } = vscode.ConfigurationTarget;
    await settings().update('rules', { 'hard-coded-path': 'error' }, Workspace);
    const { Error } = vscode.DiagnosticSeverity;
    await until('an error', () => findings(document.uri)[0]?.severity === Error);
    await settings().update('rules', { 'hard-coded-path': 'off' }, Workspace);
    await untilRules(document.uri);
  });

  test('no notebooks', async () => {
    const folder = freshFolder();
    const { notebook } = await showNotebook(`${folder}/n.ipynb`, [`open(${ABSOLUTE})`]);
    const [first] = cellsOf(notebook);
    await untilRules(first!.uri, 'hard-coded-path');
    await settings().update('notebooks.enable', false, vscode.ConfigurationTarget.Workspace);
    await untilRules(first!.uri);
    const script = await vscode.workspace.openTextDocument(await write(`${folder}/a.py`, SCRIPT));
    await untilRules(script.uri, 'hard-coded-path');
    await settings().update('notebooks.enable', true, vscode.ConfigurationTarget.Workspace);
    await untilRules(first!.uri, 'hard-coded-path');
  });
});
