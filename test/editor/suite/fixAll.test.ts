import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  askActions,
  cellsOf,
  closeAll,
  edit,
  freshFolder,
  read,
  run,
  showNotebook,
  showScript,
  until,
  untilRules,
  workspaceUri,
  write,
} from './support';

const IDLE = '  # graduate: ignore[hard-coded-path]';
const READ = 'open("/Users/petra/data.csv")';
const CELLS = ['md:# Title', `x = 1${IDLE}`, READ, `y = 2${IDLE}\nz = 3${IDLE}`];
const OWN = 'source.fixAll.graduate';
const WHOLE = 'notebook.source.fixAll.graduate';

async function actions(document: vscode.TextDocument, kind: string): Promise<vscode.CodeAction[]> {
  const range = new vscode.Range(0, 0, 0, 0);
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    ...[document.uri, range, kind, 10],
  );
  return found.filter(({ kind: own }) => own?.value === kind);
}

function untilAction(document: vscode.TextDocument, kind: string): Promise<vscode.CodeAction> {
  return until(`an action ${kind}`, async () => (await actions(document, kind))[0]);
}

suite('fix all', () => {
  teardown(closeAll);

  test('source.fixAll in a script: one edit of it', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, `x = 1${IDLE}\n${READ}\ny = 2${IDLE}\n`);
    const action = await untilAction(document, OWN);
    assert.deepEqual(
      action.edit?.entries().map(([uri]) => uri.toString()),
      [document.uri.toString()],
    );
    await run(action);
    // The path needs a file of its own, which a source action does not make.
    assert.equal(document.getText(), `x = 1\n${READ}\ny = 2\n`);
    assert.deepEqual(await actions(document, OWN), []);
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.equal(document.getText(), `x = 1${IDLE}\n${READ}\ny = 2${IDLE}\n`);
  });

  test('in a cell: that cell and no other', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, CELLS);
    const [, first, , last] = cellsOf(notebook);
    const action = await untilAction(last!, OWN);
    assert.deepEqual(
      action.edit?.entries().map(([uri]) => uri.toString()),
      [last!.uri.toString()],
    );
    await run(action);
    assert.equal(last!.getText(), 'y = 2\nz = 3');
    assert.equal(first!.getText(), `x = 1${IDLE}`);
  });

  test('notebook.source.fixAll: all cells', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, CELLS.slice(1));
    const action = await untilAction(cellsOf(notebook)[0]!, WHOLE);
    await run(action);
    assert.deepEqual(
      cellsOf(notebook).map((cell) => cell.getText()),
      ['x = 1', READ, 'y = 2\nz = 3'],
    );
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.equal(cellsOf(notebook)[0]!.getText(), `x = 1${IDLE}`);
  });

  // Where the first cell is a text cell that is not being edited, VS Code asks nobody: it fails to open its text.
  for (const [what, from] of [
    ['code', 1],
    ['text', 0],
  ] as const) {
    test(`all cells on save, where the first one holds ${what}`, async () => {
      const settings = vscode.workspace.getConfiguration('notebook');
      const { Workspace } = vscode.ConfigurationTarget;
      await settings.update('codeActionsOnSave', { [WHOLE]: 'explicit' }, Workspace);
      try {
        const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, CELLS.slice(from));
        const [first, , last] = cellsOf(notebook).slice(1 - from);
        await untilRules(first!.uri, 'unused-suppression');
        await edit(first!, 'x = 1', 'x = 10');
        await vscode.commands.executeCommand('workbench.action.files.save');
        await until('fixed', () => first!.getText() === 'x = 10' && last!.getText() === 'y = 2\nz = 3');
        await until('saved', () => !notebook.isDirty);
        assert.doesNotMatch((await read(notebook.uri)) ?? '', /graduate: ignore/);
      } finally {
        await settings.update('codeActionsOnSave', undefined, Workspace);
      }
    });
  }

  test('nothing of what the settings file excludes, also not in the menu', async () => {
    const folder = freshFolder();
    await write(`${folder}/.graduate.yaml`, 'exclude: [old]\nnotebooks: false\n');
    const text = `import pandas as pd\n\nx = 1${IDLE}\ndf = pd.read_csv("/Users/petra/data.csv")\n`;
    const { document: other } = await showScript(`${folder}/b.py`, text);
    await untilRules(other.uri, 'unused-suppression', 'hard-coded-path');
    assert.notDeepEqual(await askActions(other, '"/Users'), []);
    const { document } = await showScript(`${folder}/old/a.py`, text);
    const { notebook } = await showNotebook(`${folder}/n.ipynb`, [text]);
    for (const each of [document, cellsOf(notebook)[0]!]) {
      assert.deepEqual(await askActions(each, '"/Users'), []);
      for (const kind of [OWN, WHOLE]) assert.deepEqual(await askActions(each, 'import', kind), []);
    }
  });

  test('neither is in the light bulb', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, `x = 1${IDLE}\n`);
    await untilRules(document.uri, 'unused-suppression');
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      ...[document.uri, new vscode.Range(0, 10, 0, 10)],
    );
    assert.deepEqual(
      all.filter(({ kind }) => kind?.value.includes('fixAll.graduate')),
      [],
    );
  });

  test('on save', async () => {
    const settings = vscode.workspace.getConfiguration('editor');
    const { Workspace } = vscode.ConfigurationTarget;
    await settings.update('codeActionsOnSave', { [OWN]: 'explicit' }, Workspace);
    try {
      const { document } = await showScript(`${freshFolder()}/a.py`, `x = 1${IDLE}\n`);
      await untilRules(document.uri, 'unused-suppression');
      await edit(document, 'x = 1', 'x = 12');
      await document.save();
      await until('fixed and saved', async () => (await read(document.uri)) === 'x = 12\n');
    } finally {
      await settings.update('codeActionsOnSave', undefined, Workspace);
    }
  });

  test('the command shows what makes files, and writes it when it is applied', async () => {
    const folder = freshFolder();
    const { notebook } = await showNotebook(`${folder}/n.ipynb`, CELLS);
    const config = workspaceUri(`${folder}/config.yaml`);
    await untilRules(cellsOf(notebook)[2]!.uri, 'hard-coded-path');
    await vscode.commands.executeCommand('graduate.fixAll');
    await until('the preview', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.startsWith('Preview: '))),
    );
    assert.equal(await read(config), undefined);
    assert.equal(cellsOf(notebook)[1]!.getText(), `x = 1${IDLE}`);
    await vscode.commands.executeCommand('graduate.applyPreview');
    assert.match((await read(config)) ?? '', /^data_path: /m);
    assert.equal(cellsOf(notebook)[3]!.getText(), 'y = 2\nz = 3');
    assert.match(cellsOf(notebook)[2]!.getText(), /open\(config\["data_path"\]\)$/);
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.equal(cellsOf(notebook)[2]!.getText(), READ);
    assert.equal(await read(config), undefined);
  });

  test('a notebook that is open twice and not saved', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, ['x = 0', `y = 2${IDLE}`]);
    await vscode.window.showNotebookDocument(notebook, { viewColumn: vscode.ViewColumn.Beside });
    await edit(cellsOf(notebook)[0]!, 'x = 0', 'x = 10');
    await untilRules(cellsOf(notebook)[1]!.uri, 'unused-suppression');
    assert.equal(notebook.isDirty, true);
    await vscode.commands.executeCommand('graduate.fixAll');
    await until('fixed', () => cellsOf(notebook)[1]!.getText() === 'y = 2');
    assert.equal(cellsOf(notebook)[0]!.getText(), 'x = 10');
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.equal(cellsOf(notebook)[1]!.getText(), `y = 2${IDLE}`);
  });
});
