import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionAt,
  askActions,
  cellsOf,
  closeAll,
  edit,
  focusCell,
  freshFolder,
  notebookWithPaths,
  read,
  run,
  same,
  showNotebook,
  showScript,
  until,
  untilRules,
  workspaceUri,
  write,
  writeNotebook,
} from './support';

const MOVE = 'Move to config (adds PyYAML)';
const MOVE_ALL = 'Move all paths to config (adds PyYAML)';
const SCRIPT = `import pandas as pd

df = pd.read_csv("/Users/petra/data.csv")
df.to_csv("/Users/petra/out.csv")
`;
async function moveAll(notebook: vscode.NotebookDocument): Promise<void> {
  await run(await actionAt(cellsOf(notebook)[3]!, '"/Users/petra/out.csv"', MOVE_ALL));
}

suite('moving paths of a notebook', () => {
  teardown(closeAll);

  test('several cells change, config.yaml is made, nothing is saved', async () => {
    const { notebook, uri, config, texts } = await notebookWithPaths();
    const onDisk = await read(uri);
    const before = texts();
    await moveAll(notebook);
    const after = texts();
    assert.equal(after[0], before[0]);
    assert.match(after[1]!, /^import yaml$/m);
    assert.equal(after[2], 'df = pd.read_csv(config["data_path"])');
    assert.equal(after[3], 'df.to_csv(config["out_path"])');
    assert.match((await read(config)) ?? '', /^data_path: "\/Users\/petra\/data.csv"$/m);
    assert.equal(notebook.isDirty, true);
    assert.equal(await read(uri), onDisk);
    for (const cell of cellsOf(notebook)) await untilRules(cell.uri);
  });

  test('one undo in a cell’s editor takes all of it back', async () => {
    const { notebook, config, texts } = await notebookWithPaths();
    const before = texts();
    await moveAll(notebook);
    await focusCell(3);
    await vscode.commands.executeCommand('undo');
    await until('all as before', () => same(texts(), before));
    await until('no config.yaml', async () => (await read(config)) === undefined);
  });

  test('one undo in another cell that was changed, too', async () => {
    const { notebook, config, texts } = await notebookWithPaths();
    const before = texts();
    await moveAll(notebook);
    await focusCell(2);
    await vscode.commands.executeCommand('undo');
    await until('all as before', () => same(texts(), before));
    await until('no config.yaml', async () => (await read(config)) === undefined);
  });

  test('in the list of cells the editor’s undo does not reach it; "Undo last change" does', async () => {
    const { notebook, config, texts } = await notebookWithPaths();
    const before = texts();
    await moveAll(notebook);
    const after = texts();
    await vscode.commands.executeCommand('notebook.focusTop');
    await vscode.commands.executeCommand('notebook.cell.quitEdit');
    await vscode.commands.executeCommand('undo');
    // With `notebook.undoRedoPerCell` (the default) VS Code undoes there what happened to the list itself.
    assert.deepEqual(texts(), after);
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.deepEqual(texts(), before);
    assert.equal(await read(config), undefined);
  });

  test('"Undo last change" takes all of it back from anywhere', async () => {
    const { notebook, config, texts } = await notebookWithPaths();
    const before = texts();
    await moveAll(notebook);
    await showScript(`${freshFolder()}/elsewhere.py`, 'x = 1\n');
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.deepEqual(texts(), before);
    assert.equal(await read(config), undefined);
  });

  test('"Undo last change" does not take back what was edited since', async () => {
    const { notebook, config, texts } = await notebookWithPaths();
    await moveAll(notebook);
    await edit(cellsOf(notebook)[2]!, 'df =', 'table =');
    const after = texts();
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.deepEqual(texts(), after);
    assert.ok(await read(config));
  });

  test('"Undo last change" does not delete a file that was edited since', async () => {
    const { notebook, config, texts } = await notebookWithPaths();
    await moveAll(notebook);
    const after = texts();
    await vscode.workspace.fs.writeFile(config, new TextEncoder().encode('mine: 1\n'));
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.deepEqual(texts(), after);
    assert.equal(await read(config), 'mine: 1\n');
  });

  test('after the editor’s undo "Undo last change" takes nothing else back', async () => {
    const { notebook, texts } = await notebookWithPaths();
    const before = texts();
    await moveAll(notebook);
    await focusCell(3);
    await vscode.commands.executeCommand('undo');
    await until('all as before', () => same(texts(), before));
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.deepEqual(texts(), before);
  });

  test('a notebook that was saved and closed: undone when it is open again', async () => {
    const { notebook, uri, config, texts } = await notebookWithPaths();
    const before = texts();
    await moveAll(notebook);
    await notebook.save();
    await closeAll();
    await vscode.commands.executeCommand('graduate.undoLastChange');
    const again = await vscode.workspace.openNotebookDocument(uri);
    assert.deepEqual(
      cellsOf(again).map((cell) => cell.getText()),
      before,
    );
    assert.equal(await read(config), undefined);
  });

  test('unsaved cells are what is changed', async () => {
    const { notebook, texts } = await notebookWithPaths();
    await edit(cellsOf(notebook)[2]!, 'df =', 'frame = df =');
    await until('it is dirty', () => notebook.isDirty);
    await moveAll(notebook);
    assert.equal(texts()[2], 'frame = df = pd.read_csv(config["data_path"])');
  });

  test('nothing is done when a cell changed after the menu was shown', async () => {
    const { notebook, config, texts } = await notebookWithPaths();
    const action = await actionAt(cellsOf(notebook)[3]!, '"/Users/petra/out.csv"', MOVE_ALL);
    await edit(cellsOf(notebook)[2]!, 'df =', 'table = df =');
    const before = texts();
    await run(action);
    assert.deepEqual(texts(), before);
    assert.equal(await read(config), undefined);
  });

  test('one finding’s path, in both cells that have it', async () => {
    const folder = freshFolder();
    const { notebook } = await showNotebook(`${folder}/n.ipynb`, [
      'import pandas as pd',
      'a = pd.read_csv("/Users/petra/data.csv")',
      'b = pd.read_csv("/Users/petra/data.csv")',
      'c = pd.read_csv("/Users/petra/other.csv")',
    ]);
    const [, a, b, c] = cellsOf(notebook);
    await untilRules(b!.uri, 'hard-coded-path');
    await run(await actionAt(b!, '"/Users/petra/data.csv"', MOVE));
    assert.equal(a!.getText(), 'a = pd.read_csv(config["data_path"])');
    assert.equal(b!.getText(), 'b = pd.read_csv(config["data_path"])');
    assert.equal(c!.getText(), 'c = pd.read_csv("/Users/petra/other.csv")');
  });
});

suite('moving paths of a script', () => {
  teardown(closeAll);

  test('the script and its dependencies change; one undo in the script takes all of it back', async () => {
    const folder = freshFolder();
    const requirements = await write(`${folder}/requirements.txt`, 'pandas\n');
    const { document } = await showScript(`${folder}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path', 'hard-coded-path');
    await run(await actionAt(document, '"/Users/petra/data.csv"', MOVE_ALL));
    assert.match(document.getText(), /pd\.read_csv\(config\["data_path"\]\)/);
    assert.equal(document.isDirty, true);
    const dependencies = await vscode.workspace.openTextDocument(requirements);
    assert.equal(dependencies.getText(), 'pandas\nPyYAML\n');
    assert.equal(await read(requirements), 'pandas\n');

    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await until('the script is as before', () => document.getText() === SCRIPT);
    await until('the dependencies are as before', () => dependencies.getText() === 'pandas\n');
    const config = workspaceUri(`${folder}/config.yaml`);
    await until('no config.yaml', async () => (await read(config)) === undefined);
  });

  test('"Undo last change" does the same', async () => {
    const folder = freshFolder();
    const requirements = await write(`${folder}/requirements.txt`, 'pandas\n');
    const { document } = await showScript(`${folder}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path', 'hard-coded-path');
    await run(await actionAt(document, '"/Users/petra/data.csv"', MOVE_ALL));
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.equal(document.getText(), SCRIPT);
    const dependencies = await vscode.workspace.openTextDocument(requirements);
    assert.equal(dependencies.getText(), 'pandas\n');
    assert.equal(await read(workspaceUri(`${folder}/config.yaml`)), undefined);
  });

  test('lines end as they did', async () => {
    const folder = freshFolder();
    const { document } = await showScript(`${folder}/a.py`, SCRIPT.replaceAll('\n', '\r\n'));
    await untilRules(document.uri, 'hard-coded-path', 'hard-coded-path');
    await run(await actionAt(document, '"/Users/petra/data.csv"', MOVE_ALL));
    assert.match(document.getText(), /\["data_path"\]/);
    assert.doesNotMatch(document.getText(), /(?<!\r)\n/);
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.equal(document.getText(), SCRIPT.replaceAll('\n', '\r\n'));
  });

  test('an untitled document is offered nothing that puts a file beside it', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: SCRIPT });
    await vscode.window.showTextDocument(document);
    await untilRules(document.uri, 'hard-coded-path', 'hard-coded-path');
    // VS Code's command leaves disabled actions out; the menu shows them with their reason.
    const actions = await askActions(document, '"/Users/petra/data.csv"');
    assert.deepEqual(
      actions.map(({ title }) => title).filter((title) => /config/i.test(title)),
      [],
    );
    assert.equal(document.getText(), SCRIPT);
  });

  test('somebody else’s config.yaml stays as it is', async () => {
    const folder = freshFolder();
    const theirs = await write(`${folder}/config.yaml`, 'hydra:\n  run: x\n');
    const { document } = await showScript(`${folder}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path', 'hard-coded-path');
    await run(await actionAt(document, '"/Users/petra/data.csv"', MOVE_ALL));
    assert.equal(await read(theirs), 'hydra:\n  run: x\n');
    assert.ok(await read(workspaceUri(`${folder}/graduate.yaml`)));
  });
});

suite('moving a path that several files of a folder have', () => {
  const READ = 'df = pd.read_csv("/Users/petra/data.csv")';
  const MOVED = /read_csv\(config\["data_path"\]\)/;

  teardown(closeAll);

  /** An open notebook beside a script and a notebook that are not open. */
  async function project() {
    const folder = freshFolder();
    const script = await write(`${folder}/a.py`, `import pandas as pd\n\n${READ}\n`);
    const other = await writeNotebook(`${folder}/m.ipynb`, ['import pandas as pd', READ]);
    const { notebook } = await showNotebook(`${folder}/n.ipynb`, ['import pandas as pd', READ]);
    const [, cell] = cellsOf(notebook);
    await untilRules(cell!.uri, 'hard-coded-path');
    const texts = async () => [
      cell!.getText(),
      (await vscode.workspace.openTextDocument(script)).getText(),
      (await vscode.workspace.openNotebookDocument(other)).cellAt(1).document.getText(),
    ];
    const config = workspaceUri(`${folder}/config.yaml`);
    const action = await actionAt(
      cell!,
      READ.slice(17),
      'Move to config in 3 files of this folder (adds PyYAML)',
    );
    return { action, texts, config, folder };
  }

  test('all of them change, open or not, and nothing is saved', async () => {
    const { action, texts, config, folder } = await project();
    assert.equal(action.kind?.value, 'quickfix.graduate.pathsToConfigInFolder');
    const onDisk = await read(workspaceUri(`${folder}/m.ipynb`));
    await run(action);
    for (const text of await texts()) assert.match(text, MOVED);
    assert.match((await read(config)) ?? '', /^data_path: /m);
    assert.equal(await read(workspaceUri(`${folder}/m.ipynb`)), onDisk);
  });

  test('"Undo last change" takes all of it back', async () => {
    const { action, texts, config } = await project();
    const before = await texts();
    await run(action);
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.deepEqual(await texts(), before);
    assert.equal(await read(config), undefined);
  });

  test('one undo in the cell takes all of it back', async () => {
    const { action, texts, config } = await project();
    const before = await texts();
    await run(action);
    await focusCell(1);
    await vscode.commands.executeCommand('undo');
    await until('all as before', async () => same(await texts(), before));
    await until('no config.yaml', async () => (await read(config)) === undefined);
  });
});
