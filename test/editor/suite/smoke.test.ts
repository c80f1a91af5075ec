import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What must hold in every VS Code that the extension is in, under development or installed. */
suite('smoke', () => {
  test('the extension activates', async () => {
    const extension = vscode.extensions.getExtension('graduate.graduate');
    assert.ok(extension, 'VS Code does not know the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  test('a script opens as Python', async () => {
    const document = await vscode.workspace.openTextDocument(inWorkspace('train.py'));
    assert.equal(document.languageId, 'python');
  });

  test('a notebook opens as cells of Python', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(inWorkspace('explore.ipynb'));
    assert.equal(notebook.notebookType, 'jupyter-notebook');
    const code = notebook.getCells().filter((cell) => cell.kind === vscode.NotebookCellKind.Code);
    assert.ok(code.length > 0);
    assert.deepEqual([...new Set(code.map((cell) => cell.document.languageId))], ['python']);
  });
});

function inWorkspace(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}
