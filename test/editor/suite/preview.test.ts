import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionAt, cellsOf, closeAll, edit, focusCell, notebookWithPaths, read, run, until } from './support';

suite('the preview', () => {
  teardown(closeAll);

  const previewTab = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .find(({ label }) => label.startsWith('Preview: '));

  test('nothing is written before "Apply"', async () => {
    const { notebook, config, texts } = await notebookWithPaths();
    const before = texts();
    await focusCell(3);
    await vscode.commands.executeCommand('graduate.movePathsToConfig');
    await until('the preview', previewTab);
    assert.deepEqual(texts(), before);
    assert.equal(await read(config), undefined);
    await vscode.commands.executeCommand('graduate.applyPreview');
    assert.equal(texts()[2], 'df = pd.read_csv(config["data_path"])');
    assert.ok(await read(config));
    await until('the preview is closed', () => !previewTab());
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.deepEqual(texts(), before);
    assert.equal(notebook.isClosed, false);
  });

  test('"Discard" closes it, and nothing has changed', async () => {
    const { config, texts } = await notebookWithPaths();
    const before = texts();
    await vscode.commands.executeCommand('graduate.movePathsToConfig');
    await until('the preview', previewTab);
    await vscode.commands.executeCommand('graduate.discardPreview');
    await until('the preview is closed', () => !previewTab());
    await vscode.commands.executeCommand('graduate.applyPreview');
    assert.deepEqual(texts(), before);
    assert.equal(await read(config), undefined);
  });

  test('what was edited after the preview is not overwritten', async () => {
    const { notebook, config, texts } = await notebookWithPaths();
    await vscode.commands.executeCommand('graduate.movePathsToConfig');
    await until('the preview', previewTab);
    await edit(cellsOf(notebook)[2]!, 'df =', 'table = df =');
    const edited = texts();
    await vscode.commands.executeCommand('graduate.applyPreview');
    assert.deepEqual(texts(), edited);
    assert.equal(await read(config), undefined);
  });

  test('both sides of a notebook are Python, cell by cell', async () => {
    const { notebook } = await notebookWithPaths();
    const twin = 'Move all paths to config (adds PyYAML, preview)';
    await run(await actionAt(cellsOf(notebook)[3]!, '"/Users/petra/out.csv"', twin));
    await until('the preview', previewTab);
    const sides = await until('both sides', () => {
      const documents = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'graduate-preview');
      return documents.filter(({ uri }) => uri.path.endsWith('.py')).length >= 2 && documents;
    });
    const python = sides.filter(({ uri }) => uri.path.endsWith('/n.ipynb.py'));
    assert.ok(python.every(({ languageId }) => languageId === 'python'));
    assert.ok(python.every((side) => side.getText().startsWith('# %% [markdown]\n# # Churn\n\n# %%\n')));
    assert.equal(python.filter((side) => side.getText().includes('config["data_path"]')).length, 1);
  });
});
