import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, edit, freshFolder, read, showNotebook, until, workspaceUri, write } from './support';

const CELLS = [
  'md:## Load',
  'import json',
  'table = json.loads("[1, 2, 3]")\nprint(table)',
  'md:## Evaluate',
  'total = sum(table)\nprint(total)',
];

/** Asks for the package of a notebook; resolves when it is shown, or when it is not going to be. */
async function convert(notebook: vscode.NotebookDocument, folder: vscode.Uri): Promise<void> {
  const target = { name: 'totals', folder };
  await vscode.commands.executeCommand('graduate.convertToPackage', notebook.uri, target);
}

function isPreviewing(): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ label }) => label.startsWith('Preview: Convert n.ipynb'));
}

async function opened(cells: readonly string[] = CELLS) {
  const folder = freshFolder();
  const { notebook } = await showNotebook(`${folder}/n.ipynb`, cells);
  const target = workspaceUri(`${folder}/out`);
  const file = (name: string) => vscode.Uri.joinPath(target, name);
  return { notebook, target, file };
}

suite('a package of a notebook', () => {
  teardown(closeAll);

  test('is shown, written when that is wanted, and taken back as a whole', async () => {
    const { notebook, target, file } = await opened();
    await convert(notebook, target);
    const shown = await until('the pipeline in the preview', () =>
      vscode.workspace.textDocuments.find(
        ({ uri }) => uri.scheme === 'graduate-preview' && uri.path.endsWith('/pipeline.py'),
      ),
    );
    assert.match(shown.getText(), /def run\(\)/);
    assert.equal(await read(file('pyproject.toml')), undefined);
    await vscode.commands.executeCommand('graduate.applyPreview');
    assert.equal(await read(file('src/totals/pipeline.py')), shown.getText());
    assert.ok(await read(file('.graduate-package.json')));
    assert.deepEqual(notebook.isDirty, false);
    await vscode.commands.executeCommand('graduate.undoLastChange');
    assert.equal(await read(file('src/totals/pipeline.py')), undefined);
    assert.equal(await read(file('.graduate-package.json')), undefined);
  });

  test('names the versions that are installed where the program runs', async () => {
    const { notebook, target, file } = await opened([
      'import yaml',
      'print(yaml.safe_load("1"))',
      'print(2)',
    ]);
    await convert(notebook, target);
    await vscode.commands.executeCommand('graduate.applyPreview');
    assert.match((await read(file('pyproject.toml'))) ?? '', /"PyYAML==\d[\w.]*"/i);
  });

  test('is not written when it is discarded', async () => {
    const { notebook, target, file } = await opened();
    await convert(notebook, target);
    await until('the preview', isPreviewing);
    await vscode.commands.executeCommand('graduate.discardPreview');
    await until('no preview', () => !isPreviewing());
    assert.equal(await read(file('pyproject.toml')), undefined);
  });

  test('is refused whole where one cell would do something else', async () => {
    const { notebook, target, file } = await opened([...CELLS, 'exec("total = 4")', 'print(total)']);
    await convert(notebook, target);
    assert.ok(!isPreviewing());
    assert.equal(await read(file('pyproject.toml')), undefined);
  });

  test('does not touch a folder with something else in it', async () => {
    const { notebook, target, file } = await opened();
    await write(vscode.workspace.asRelativePath(file('notes.txt')), 'mine');
    await convert(notebook, target);
    assert.ok(!isPreviewing());
    assert.equal(await read(file('pyproject.toml')), undefined);
  });

  test('made again, keeps files that were edited and replaces the others', async () => {
    const { notebook, target, file } = await opened();
    await convert(notebook, target);
    await vscode.commands.executeCommand('graduate.applyPreview');
    const readme = await read(file('README.md'));
    await write(vscode.workspace.asRelativePath(file('README.md')), `${readme!}\nMine.\n`);
    await edit(notebook.cellAt(4).document, 'sum(table)', 'max(table)');
    await convert(notebook, target);
    await vscode.commands.executeCommand('graduate.applyPreview');
    const replaced = vscode.workspace.textDocuments.filter(
      ({ isDirty, uri }) => isDirty && /out\//.test(uri.path),
    );
    assert.ok(replaced.some((document) => document.getText().includes('max(table)')));
    assert.equal(await read(file('README.md')), `${readme!}\nMine.\n`);
    // Nothing is saved before the user does.
    assert.ok(replaced.every(({ uri }) => !uri.path.endsWith('README.md')));
  });

  test('follows the plan from whose editor it is asked for', async () => {
    const { notebook, target, file } = await opened();
    await vscode.commands.executeCommand('graduate.planPipeline');
    const plan = await until('the plan', () =>
      vscode.workspace.textDocuments.find(
        (document) => document.uri.path.endsWith('/n.plan.yaml') && document.getText().includes('stages:'),
      ),
    );
    const [, first] = /- name: "(\w+)"/.exec(plan.getText())!;
    await edit(plan, `"${first!}"`, '"first_things"');
    const wanted = { name: 'totals', folder: target };
    await vscode.commands.executeCommand('graduate.convertToPackage', plan.uri, wanted);
    await vscode.commands.executeCommand('graduate.applyPreview');
    assert.match((await read(file('src/totals/pipeline.py'))) ?? '', /first_things\(/);
    assert.ok(!notebook.isDirty);
  });
});
