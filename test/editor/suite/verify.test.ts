import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { freshFolder, until, write } from './support';

suite('verify', () => {
  test('two scripts: the report opens as a page, and says where they part', async () => {
    const folder = freshFolder();
    const before = await write(
      `${folder}/before.py`,
      '# --- Load ---\nprint(1)\n# --- Train ---\nprint(2)\n',
    );
    const after = await write(`${folder}/after.py`, 'print(1)\nprint(3)\n');
    await vscode.commands.executeCommand('graduate.verify', before, after);
    const page = await until('the page', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'graduate-verify'),
    );
    assert.match(page.getText(), /^# Different\n/);
    assert.match(page.getText(), /They part first at \*\*Train/);
  });
});
