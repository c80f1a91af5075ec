import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  edit,
  focusCell,
  freshFolder,
  read,
  run,
  showNotebook,
  until,
  workspaceUri,
} from './support';

const CELLS = [
  'import pandas as pd',
  'df = pd.DataFrame({"a": [1, 2]})',
  'df["b"] = df["a"] * 2',
  'total = df["b"].sum()\nprint(total)',
];

async function openPlan(cells: readonly string[] = CELLS): Promise<{
  folder: string;
  plan: vscode.TextDocument;
  notebook: vscode.NotebookDocument;
}> {
  const folder = freshFolder();
  const { notebook } = await showNotebook(`${folder}/n.ipynb`, cells);
  await focusCell(1);
  await vscode.commands.executeCommand('graduate.planPipeline');
  const plan = await until('the plan', () =>
    vscode.workspace.textDocuments.find(
      (document) =>
        document.uri.path.endsWith(`${folder}/n.plan.yaml`) && document.getText().includes('stages:'),
    ),
  );
  return { folder, plan, notebook };
}

function stagesIn(plan: vscode.TextDocument): string[] {
  return [...plan.getText().matchAll(/- name: "(\w+)"/g)].map((match) => match[1]!);
}

async function lensTitles(plan: vscode.TextDocument): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    plan.uri,
    50,
  );
  return lenses.flatMap(({ command }) => command?.title ?? []);
}

suite('the plan of a pipeline', () => {
  teardown(closeAll);

  test('is a document that is not saved yet, with what it costs', async () => {
    const { plan, folder } = await openPlan();
    assert.equal(plan.languageId, 'yaml');
    assert.equal(await read(workspaceUri(`${folder}/n.plan.yaml`)), undefined);
    const titles = await until('the lenses', async () => {
      const all = await lensTitles(plan);
      return all.some((title) => title.includes('statements in stages')) && all;
    });
    assert.ok(titles.includes('$(play) Preview') && titles.includes('Rename'), titles.join());
  });

  test('a cell is moved, a stage renamed; the preview shows that, and nothing is written', async () => {
    const { plan, folder, notebook } = await openPlan();
    const [first, second] = stagesIn(plan);
    await edit(plan, `"${first!}"`, '"make_table"');
    const at = plan.positionAt(plan.getText().indexOf('{cell: 3'));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      ...[plan.uri, new vscode.Range(at, at)],
    );
    const move = actions.find(({ title }) => title === 'Move to the stage above (make_table)');
    assert.ok(move?.edit, actions.map(({ title }) => title).join());
    assert.ok(await vscode.workspace.applyEdit(move.edit));
    assert.ok(!stagesIn(plan).includes(second!));
    await vscode.commands.executeCommand('graduate.previewPlan', plan.uri);
    const module = await until('the module in the preview', () =>
      vscode.workspace.textDocuments.find(
        ({ uri }) => uri.scheme === 'graduate-preview' && uri.path.endsWith('/n_pipeline.py'),
      ),
    );
    assert.match(module.getText(), /def make_table\(.*\n +""".*"""\n +df = pd.*\n +df\["b"\]/);
    assert.equal(notebook.cellAt(2).document.getText(), CELLS[2]);
    assert.equal(await read(workspaceUri(`${folder}/n_pipeline.py`)), undefined);
    await vscode.commands.executeCommand('graduate.applyPreview');
    assert.ok(await read(workspaceUri(`${folder}/n_pipeline.py`)));
    assert.match(notebook.cellAt(1).document.getText(), /make_table\(\)/);
  });

  test('a cell that only shows something can be dropped, one that does more only kept', async () => {
    const { plan } = await openPlan(['a = [1]', 'a', 'a.append(2)', 'b = len(a)', 'print(b)']);
    const titlesAt = async (text: string) => {
      const at = plan.positionAt(plan.getText().indexOf(text));
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        ...[plan.uri, new vscode.Range(at, at)],
      );
      return actions.map(({ title }) => title);
    };
    const titles = await until('the actions', async () => {
      const all = await titlesAt('{cell: 3');
      return all.includes('Keep this cell in the notebook') && all;
    });
    assert.ok(!titles.includes('Drop this cell'), titles.join());
  });

  test('a stage is renamed where its name stands', async () => {
    const { plan } = await openPlan();
    const [first] = stagesIn(plan);
    const at = plan.positionAt(plan.getText().indexOf(first!) + 2);
    const rename = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      ...[plan.uri, at, 'make_table'],
    );
    assert.ok(await vscode.workspace.applyEdit(rename));
    assert.equal(stagesIn(plan)[0], 'make_table');
  });

  test('what is wrong with it is shown in its line', async () => {
    const { plan } = await openPlan();
    await edit(plan, `"${stagesIn(plan)[0]!}"`, '"pd"');
    const [problem] = await until('a diagnostic', () => {
      const all = vscode.languages.getDiagnostics(plan.uri);
      return all.length > 0 && all;
    });
    assert.match(problem!.message, /pd is a name of the program already/);
    assert.equal(plan.lineAt(problem!.range.start.line).text.trim(), '- name: "pd"');
  });

  test('what stands against it in the program is listed, with a link to the place', async () => {
    const { plan, notebook } = await openPlan();
    await edit(notebook.cellAt(3).document, 'print(total)', 'exec("x = 1")');
    const [problem] = await until('a diagnostic', () => {
      const all = vscode.languages.getDiagnostics(plan.uri).filter(({ message }) => /exec/.test(message));
      return all.length > 0 && all;
    });
    assert.match(problem!.message, /exec may bind any name.*To lift it: /);
    const [place] = problem!.relatedInformation!;
    assert.equal(place!.location.uri.toString(), notebook.cellAt(3).document.uri.toString());
    assert.match((await lensTitles(plan)).join(), /1 reason against it/);
  });

  test('what would lift a reason is offered in its line, and shown before it is made', async () => {
    const cells = [
      'import pandas as pd',
      'df = pd.DataFrame({"a": [1, 2]})\nlow = 1',
      'print(df.query("a > @low"))',
    ];
    const { plan, notebook } = await openPlan(cells);
    await edit(plan, 'shape: "functions"', 'shape: "class"');
    const [problem] = await until('a diagnostic', () => {
      const all = vscode.languages.getDiagnostics(plan.uri).filter(({ message }) => /query/.test(message));
      return all.length > 0 && all;
    });
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      ...[plan.uri, problem!.range],
    );
    const lift = actions.find(({ title }) => title === 'Hand low to the query (preview)');
    assert.ok(lift, actions.map(({ title }) => title).join());
    await run(lift);
    const tab = (): boolean =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(({ label }) => label.startsWith('Preview: Hand low')),
      );
    await until('the preview', tab);
    assert.equal(notebook.cellAt(2).document.getText(), cells[2]);
    await vscode.commands.executeCommand('graduate.applyPreview');
    assert.match(notebook.cellAt(2).document.getText(), /local_dict=\{"low": low\}/);
    await until('no reason left', () => vscode.languages.getDiagnostics(plan.uri).length === 0);
  });
});
