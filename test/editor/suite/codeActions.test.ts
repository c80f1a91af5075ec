import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionAt,
  actionsAt,
  askActions,
  cellsOf,
  closeAll,
  freshFolder,
  run,
  showNotebook,
  showScript,
  untilRules,
} from './support';

const MOVE = 'Move to config (adds PyYAML)';
const MOVE_ALL = 'Move all paths to config (adds PyYAML)';
const PATH = '"/Users/petra/data.csv"';
const SCRIPT = `import pandas as pd\n\ndf = pd.read_csv(${PATH})\nprint(df)\n`;

suite('code actions', () => {
  teardown(closeAll);

  test('a fix in a script: its kind, preferred', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path');
    const action = await actionAt(document, PATH, MOVE);
    assert.equal(action.kind?.value, 'quickfix.graduate.pathsToConfig');
    assert.equal(action.isPreferred, true);
    assert.equal(action.disabled, undefined);
  });

  test('a fix in a cell, the same', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, ['x = 1', `open(${PATH})`]);
    const [, cell] = cellsOf(notebook);
    await untilRules(cell!.uri, 'hard-coded-path');
    const action = await actionAt(cell!, PATH, MOVE);
    assert.equal(action.kind?.value, 'quickfix.graduate.pathsToConfig');
    assert.equal(action.isPreferred, true);
  });

  test('what may change several files has a twin that only shows it', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
    const titles = (await actionsAt(document, PATH, MOVE)).map(({ title }) => title);
    assert.ok(titles.includes('Move to config (adds PyYAML, preview)'), titles.join('\n'));
    assert.ok(titles.includes('Move all paths to config (adds PyYAML, preview)'), titles.join('\n'));
  });

  test('a refactoring is one of the kind that was asked for, anywhere in the program', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
    const actions = await actionsAt(document, 'print', MOVE_ALL, 'refactor.extract');
    assert.deepEqual(
      [...new Set(actions.map(({ kind }) => kind?.value))],
      ['refactor.extract.graduate.pathsToConfig'],
    );
    assert.deepEqual(await askActions(document, 'print', 'refactor.inline'), []);
    assert.deepEqual(await askActions(document, PATH, 'source.fixAll'), []);
  });

  test('a fix of one document is an edit', async () => {
    const text = 'total = 1  # graduate: ignore[hard-coded-path]\n';
    const { document } = await showScript(`${freshFolder()}/a.py`, text);
    await untilRules(document.uri, 'unused-suppression');
    const action = await actionAt(document, '# graduate', 'Remove the suppression');
    assert.deepEqual(
      action.edit?.entries().map(([uri]) => uri.toString()),
      [document.uri.toString()],
    );
    await run(action);
    assert.equal(document.getText(), 'total = 1\n');
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.equal(document.getText(), text);
  });

  test('the same in a cell, as an edit of that cell', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, [
      'x = 1',
      'y = 2  # graduate: ignore',
    ]);
    const [, cell] = cellsOf(notebook);
    await untilRules(cell!.uri, 'unused-suppression');
    await run(await actionAt(cell!, '# graduate', 'Remove the suppression'));
    assert.equal(cell!.getText(), 'y = 2');
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.equal(cell!.getText(), 'y = 2  # graduate: ignore');
  });

  test('none where nothing is wrong', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path');
    await actionAt(document, PATH, MOVE);
    const fixes = await askActions(document, 'print', 'quickfix');
    assert.deepEqual(fixes, []);
  });
});
