import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionAt,
  cellsOf,
  closeAll,
  edit,
  findings,
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

const SCRIPT = 'import pandas as pd\n\ndf = pd.read_csv("/Users/petra/data.csv")\n';

const untilSeverity = (uri: vscode.Uri, severity: vscode.DiagnosticSeverity): Promise<unknown> =>
  until(`severity ${severity} on ${uri.path}`, () => {
    const [finding, ...more] = findings(uri);
    return more.length === 0 && finding?.severity === severity;
  });

suite('the settings file', () => {
  teardown(async () => {
    const { Workspace } = vscode.ConfigurationTarget;
    await vscode.workspace.getConfiguration('graduate').update('rules', undefined, Workspace);
    await closeAll();
  });

  test('it is read again when it changes, comes and goes', async () => {
    const folder = freshFolder();
    const { document } = await showScript(`${folder}/a.py`, SCRIPT);
    await untilSeverity(document.uri, vscode.DiagnosticSeverity.Warning);
    const file = await write(`${folder}/.graduate.yaml`, 'rules: {hard-coded-path: error}\n');
    await untilSeverity(document.uri, vscode.DiagnosticSeverity.Error);
    await write(`${folder}/.graduate.yaml`, 'per-file: {a.py: {hard-coded-path: hint}}\n');
    await untilSeverity(document.uri, vscode.DiagnosticSeverity.Hint);
    await vscode.workspace.fs.delete(file);
    await untilSeverity(document.uri, vscode.DiagnosticSeverity.Warning);
  });

  test('what it says wins over what the user has set; the rest is the user’s', async () => {
    const folder = freshFolder();
    const own = { 'hard-coded-path': 'information' };
    const { Workspace } = vscode.ConfigurationTarget;
    await vscode.workspace.getConfiguration('graduate').update('rules', own, Workspace);
    await write(`${folder}/pyproject.toml`, '[tool.graduate]\nnotebooks = true\n');
    const { document } = await showScript(`${folder}/a.py`, SCRIPT);
    await untilSeverity(document.uri, vscode.DiagnosticSeverity.Information);
    await write(`${folder}/pyproject.toml`, '[tool.graduate.rules]\nhard-coded-path = "error"\n');
    await untilSeverity(document.uri, vscode.DiagnosticSeverity.Error);
  });

  test('what it excludes has no findings', async () => {
    const folder = freshFolder();
    await write(`${folder}/.graduate.yaml`, 'exclude: [old]\nnotebooks: false\n');
    const script = await showScript(`${folder}/old/a.py`, SCRIPT);
    const { notebook } = await showNotebook(`${folder}/n.ipynb`, [SCRIPT]);
    const other = await showScript(`${folder}/b.py`, SCRIPT);
    await untilRules(other.document.uri, 'hard-coded-path');
    await write(`${folder}/.graduate.yaml`, '');
    await untilRules(script.document.uri, 'hard-coded-path');
    await untilRules(cellsOf(notebook)[0]!.uri, 'hard-coded-path');
    await write(`${folder}/.graduate.yaml`, 'exclude: [old]\nnotebooks: false\n');
    await untilRules(script.document.uri);
    await untilRules(cellsOf(notebook)[0]!.uri);
    await untilRules(other.document.uri, 'hard-coded-path');
  });

  test('what is wrong with it is shown in it while it is typed', async () => {
    const { document } = await showScript(`${freshFolder()}/.graduate.yaml`, 'exclude: []\n');
    await edit(document, 'exclude', 'exclud');
    const [problem] = await until(
      'a problem',
      () => findings(document.uri).length === 1 && findings(document.uri),
    );
    assert.equal(problem!.message, 'There is no setting "exclud"; did you mean "exclude"?');
    assert.equal(document.getText(problem!.range), 'exclud');
    assert.equal(problem!.severity, vscode.DiagnosticSeverity.Error);
    await edit(document, 'exclud', 'exclude');
    await until('no problem', () => findings(document.uri).length === 0);
  });

  test('Move to config writes the file that it names', async () => {
    const folder = freshFolder();
    await write(`${folder}/.graduate.yaml`, 'config-file: settings.yaml\n');
    const { document } = await showScript(`${folder}/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path');
    await run(await actionAt(document, '"/Users', 'Move to config (adds PyYAML)'));
    await until('the edit', () => document.getText().includes('"settings.yaml"'));
    assert.match((await read(workspaceUri(`${folder}/settings.yaml`))) ?? '', /\/Users\/petra\/data\.csv/);
  });
});
