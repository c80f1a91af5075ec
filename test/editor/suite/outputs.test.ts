import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionAt, cellsOf, closeAll, freshFolder, read, run, until, untilRules, write } from './support';

const CLEAR = 'Clear the saved output that holds it';
const SECRET = 'postgresql://reader:m4rsh-Tulip9@warehouse:5432/ml';

const stream = (text: string) => ({ name: 'stdout', output_type: 'stream', text: [`${text}\n`] });
const shown = {
  data: { 'text/plain': ['4'] },
  execution_count: 2,
  metadata: {},
  output_type: 'execute_result',
};
const first = {
  cell_type: 'code',
  execution_count: 1,
  id: 'one',
  metadata: { tags: ['keep'] },
  outputs: [stream(SECRET), shown],
  source: ['print(engine := 1)\n', 'engine'],
};
const second = { ...first, execution_count: 2, id: 'two', outputs: [stream('fine')], source: ['print(2)'] };

async function show(): Promise<vscode.NotebookDocument> {
  const json = {
    cells: [first, second],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  const uri = await write(`${freshFolder()}/n.ipynb`, JSON.stringify(json, null, 1));
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(notebook, { preview: false });
  return notebook;
}

function texts(cell: vscode.NotebookCell): string[] {
  return cell.outputs.map(({ items }) => new TextDecoder().decode(items[0]!.data).trim());
}

async function saved(notebook: vscode.NotebookDocument): Promise<{ cells: unknown[] }> {
  assert.ok(await notebook.save());
  return JSON.parse((await read(notebook.uri))!) as { cells: unknown[] };
}

suite('secrets in saved outputs', () => {
  teardown(closeAll);

  test('the output goes and everything else of the cell stays', async () => {
    const notebook = await show();
    await untilRules(cellsOf(notebook)[0]!.uri, 'credential-in-output');
    await run(await actionAt(cellsOf(notebook)[0]!, 'print', CLEAR));
    const cell = notebook.cellAt(0);
    assert.deepEqual(texts(cell), ['4']);
    assert.equal(cell.executionSummary?.executionOrder, 1);
    await untilRules(cellsOf(notebook)[0]!.uri);
    assert.deepEqual((await saved(notebook)).cells, [{ ...first, outputs: [shown] }, second]);
  });

  test('it can be taken back', async () => {
    const notebook = await show();
    await untilRules(cellsOf(notebook)[0]!.uri, 'credential-in-output');
    await run(await actionAt(cellsOf(notebook)[0]!, 'print', CLEAR));
    await untilRules(cellsOf(notebook)[0]!.uri);
    await vscode.commands.executeCommand('graduate.undoLastChange');
    await until('the output is there again', () => texts(notebook.cellAt(0)).includes(SECRET));
    await untilRules(cellsOf(notebook)[0]!.uri, 'credential-in-output');
    assert.deepEqual((await saved(notebook)).cells, [first, second]);
  });

  test('what is cleared by hand is not reported any longer', async () => {
    const notebook = await show();
    await untilRules(cellsOf(notebook)[0]!.uri, 'credential-in-output');
    await vscode.commands.executeCommand('notebook.clearAllCellsOutputs');
    await until('the outputs are gone', () => notebook.cellAt(0).outputs.length === 0);
    await untilRules(cellsOf(notebook)[0]!.uri);
  });
});
