/** What windows, files and other extensions do to the findings. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  cellsOf,
  closeAll,
  freshFolder,
  rulesOf,
  run,
  actionAt,
  showNotebook,
  showScript,
  until,
  untilRules,
  write,
  writeNotebook,
} from './support';
import { MemoryFiles } from './memoryFiles';

const ABSOLUTE = '"/Users/petra/data.csv"';
const SCRIPT = `import pandas as pd\n\ndf = pd.read_csv(${ABSOLUTE})\n`;
const LOAD = 'import pickle\n\nmodel = pickle.load(open("m.pkl", "rb"))\n';
const { Workspace } = vscode.ConfigurationTarget;
const settings = () => vscode.workspace.getConfiguration('graduate');

suite('files that are not on the disk', () => {
  teardown(closeAll);

  test('a script and a notebook of another file system, with their fixes', async () => {
    const memory = new MemoryFiles();
    const registration = vscode.workspace.registerFileSystemProvider('graduatemem', memory);
    try {
      memory.files.set('/a.py', new TextEncoder().encode(SCRIPT));
      const script = await vscode.workspace.openTextDocument(vscode.Uri.parse('graduatemem:/a.py'));
      await vscode.window.showTextDocument(script);
      await untilRules(script.uri, 'hard-coded-path');
      await run(await actionAt(script, ABSOLUTE, 'Move to config (adds PyYAML)'));
      assert.match(script.getText(), /pd\.read_csv\(config\["data_path"\]\)/);
      assert.ok(memory.files.has('/config.yaml'));
      await vscode.commands.executeCommand('graduate.undoLastChange');
      assert.equal(script.getText(), SCRIPT);
    } finally {
      await closeAll();
      registration.dispose();
    }
  });

  test('a notebook that was never saved', async () => {
    const cell = new vscode.NotebookCellData(
      vscode.NotebookCellKind.Code,
      'y = 2  # graduate: ignore',
      'python',
    );
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const [first] = cellsOf(notebook);
    await untilRules(first!.uri, 'unused-suppression');
    const action = await actionAt(first!, '# graduate', 'Remove the suppression');
    await run(action);
    assert.equal(first!.getText(), 'y = 2');
  });
});

suite('excluded paths', () => {
  teardown(async () => {
    await settings().update('exclude', undefined, Workspace);
    await closeAll();
  });

  test('are not checked, at once, and are when the setting goes', async () => {
    const folder = freshFolder();
    const { document } = await showScript(`${folder}/old/a.py`, SCRIPT);
    await untilRules(document.uri, 'hard-coded-path');
    await settings().update('exclude', ['old/'], Workspace);
    await untilRules(document.uri);
    const other = await showScript(`${folder}/a.py`, SCRIPT);
    await untilRules(other.document.uri, 'hard-coded-path');
    await settings().update('exclude', undefined, Workspace);
    await untilRules(document.uri, 'hard-coded-path');
  });

  test('a notebook, too; a pattern that is none excludes nothing', async () => {
    const folder = freshFolder();
    const { notebook } = await showNotebook(`${folder}/n.ipynb`, [`open(${ABSOLUTE})`]);
    const [cell] = cellsOf(notebook);
    await untilRules(cell!.uri, 'hard-coded-path');
    await settings().update('exclude', [`${folder}/*.ipynb`], Workspace);
    await untilRules(cell!.uri);
    await settings().update('exclude', ['[', 7], Workspace);
    await untilRules(cell!.uri, 'hard-coded-path');
  });
});

suite('other linters', () => {
  const others: vscode.DiagnosticCollection[] = [];

  /** What another extension says of a stretch of a line. */
  function says(uri: vscode.Uri, source: string, code: string, line: number, from = 0, to = 100): void {
    const collection = vscode.languages.createDiagnosticCollection(source);
    others.push(collection);
    const diagnostic = new vscode.Diagnostic(new vscode.Range(line, from, line, to), `${source} says so`);
    diagnostic.source = source;
    diagnostic.code = { value: code, target: vscode.Uri.parse('https://example.org') };
    collection.set(uri, [diagnostic]);
  }

  teardown(async () => {
    others.splice(0).forEach((collection) => collection.dispose());
    await settings().update('deferToOtherLinters', undefined, Workspace);
    await closeAll();
  });

  test('what one reports at the same place is left to it, and comes back when it is silent', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, LOAD);
    await untilReported(document, true);
    says(document.uri, 'Ruff', 'S301', 2, 8, 40);
    await untilReported(document, false);
    others.splice(0).forEach((collection) => collection.dispose());
    await untilReported(document, true);
  });

  test('another rule, another place, another linter: nothing changes', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, LOAD);
    await untilReported(document, true);
    says(document.uri, 'Ruff', 'E501', 2);
    says(document.uri, 'Ruff', 'S301', 0);
    says(document.uri, 'somebody', 'S301', 2);
    says(document.uri, 'Ruff', 'S301', 1);
    await settings().update('rules', { 'unused-suppression': 'hint' }, Workspace);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await untilReported(document, true);
    await settings().update('rules', undefined, Workspace);
  });

  test('nobody is left anything where the setting is off', async () => {
    const { document } = await showScript(`${freshFolder()}/a.py`, LOAD);
    says(document.uri, 'Ruff', 'S301', 2);
    await untilReported(document, false);
    await settings().update('deferToOtherLinters', false, Workspace);
    await untilReported(document, true);
  });

  test('in a cell', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, ['x = 1', LOAD]);
    const [, cell] = cellsOf(notebook);
    await untilReported(cell!, true);
    says(cell!.uri, 'Ruff', 'S301', 2);
    await untilReported(cell!, false);
  });

  async function untilReported(document: vscode.TextDocument, isReported: boolean): Promise<void> {
    await until(`unsafe-model-load ${isReported ? 'reported' : 'left out'}`, () => {
      // Another rule of ours, which nobody else has, shows that the analysis is there.
      const rules = rulesOf(document.uri);
      return rules.includes('hard-coded-path') && rules.includes('unsafe-model-load') === isReported;
    });
  }
});

suite('the project facts', () => {
  teardown(closeAll);

  // What other tests have left is part of the project, too.
  suiteSetup(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    for (const [name] of await vscode.workspace.fs.readDirectory(folder!.uri)) {
      if (!name.startsWith('case-')) continue;
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder!.uri, name), { recursive: true });
    }
  });

  /** Opens the page and waits until it says this. */
  async function untilPageSays(...expected: RegExp[]): Promise<void> {
    await vscode.commands.executeCommand('graduate.openFacts');
    const uri = vscode.Uri.parse('graduate-facts:/Project facts.md');
    const document = await vscode.workspace.openTextDocument(uri);
    for (const each of expected) await until(`the page says ${each}`, () => each.test(document.getText()));
  }

  test('of the research code of the brief: no error handling, no logging, no configuration', async () => {
    const folder = freshFolder();
    const uri = await writeNotebook(`${folder}/research.ipynb`, [
      'import pandas as pd\nimport torch',
      "data = pd.read_csv('/Users/researcher/data.csv')\nmodel = torch.load('model.pt')",
      'predictions = model(data)\nprint(predictions)',
    ]);
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook, { preview: false });
    await untilRulesAny(cellsOf(notebook)[1]!.uri);
    await untilPageSays(
      /^## Error handling: no$/m,
      /^## Logging: no$/m,
      /^## Configuration: no$/m,
      new RegExp(`${folder}/research\\.ipynb, cell 3, line 2\\].*: prints instead`),
    );
  });

  test('of files that are not open, too', async () => {
    const folder = freshFolder();
    const uri = await write(`${folder}/closed.py`, 'import logging\n\nlogging.info("x")\n');
    await showScript(`${folder}/a.py`, 'x = 1\n');
    await untilPageSays(/^## Logging: yes$/m, new RegExp(`${folder}/closed\\.py, line 3\\].*: logs`));
    await vscode.workspace.fs.delete(uri);
    await untilPageSays(/^## Logging: no$/m);
  });

  test('they change with the code, saved or not', async () => {
    const folder = freshFolder();
    const { document } = await showScript(`${folder}/a.py`, 'import logging\n\nx = 1\n');
    await until('the script is known', () => document.lineCount > 2);
    await untilPageSays(/^## Logging: no$/m);
    const change = new vscode.WorkspaceEdit();
    change.insert(document.uri, new vscode.Position(2, 0), 'logging.info("x")\n');
    assert.ok(await vscode.workspace.applyEdit(change));
    await untilPageSays(/^## Logging: yes$/m);
  });

  async function untilRulesAny(uri: vscode.Uri): Promise<void> {
    await until('findings', () => rulesOf(uri).length > 0);
  }
});

suite('commands on the program that one was in last', () => {
  teardown(closeAll);

  test('the next finding, from cell to cell and back to the first', async () => {
    const { notebook } = await showNotebook(`${freshFolder()}/n.ipynb`, [
      `open(${ABSOLUTE})`,
      'x = 1',
      'y = 2  # graduate: ignore',
    ]);
    const [first, , last] = cellsOf(notebook);
    await untilRules(first!.uri, 'hard-coded-path');
    const page = await vscode.workspace.openTextDocument({ content: 'elsewhere' });
    await vscode.window.showTextDocument(page);
    const next = async (): Promise<string | undefined> => {
      await vscode.commands.executeCommand('graduate.nextFinding');
      return vscode.window.activeTextEditor?.document.uri.toString();
    };
    await until('the first', async () => (await next()) === first!.uri.toString());
    await until('the last', async () => (await next()) === last!.uri.toString());
    await until('the first again', async () => (await next()) === first!.uri.toString());
  });

  test('a file that is deleted takes its findings along', async () => {
    const folder = freshFolder();
    const uri = await write(`${folder}/a.py`, SCRIPT);
    await vscode.window.showTextDocument(uri);
    await untilRules(uri, 'hard-coded-path');
    const change = new vscode.WorkspaceEdit();
    change.deleteFile(uri);
    assert.ok(await vscode.workspace.applyEdit(change));
    await untilRules(uri);
  });

  test('a file that is renamed to one that is no Python', async () => {
    const folder = freshFolder();
    const uri = await write(`${folder}/a.py`, SCRIPT);
    await vscode.window.showTextDocument(uri);
    await untilRules(uri, 'hard-coded-path');
    const other = uri.with({ path: uri.path.replace(/\.py$/, '.txt') });
    const change = new vscode.WorkspaceEdit();
    change.renameFile(uri, other);
    assert.ok(await vscode.workspace.applyEdit(change));
    await untilRules(uri);
    assert.deepEqual(rulesOf(other), []);
  });
});
