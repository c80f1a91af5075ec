import assert from 'node:assert/strict';
import { Engine } from '../../../src/actions/engine';
import { type FixScope, fixAll } from '../../../src/actions/fixing/fixAll';
import type { ActionContext } from '../../../src/actions/offer';
import { type ProgramSource, scriptSource } from '../../../src/program/source';
import type { Change } from '../../../src/text/change';
import { memoryWorkspace, notebookSource } from '../../support/analysis';
import { testParser } from '../../support/parser';

const IDLE = '  # graduate: ignore[hard-coded-path]';
const READ = 'open("/Users/petra/data.csv")';

async function fixed(source: ProgramSource, scope: FixScope, files: Record<string, string> = {}) {
  const engine = new Engine(await testParser());
  const context: ActionContext = {
    engine,
    workspace: memoryWorkspace(files),
    loadProgram: (path) => Promise.resolve(path === source.path ? source : undefined),
  };
  const analyze = (version: ProgramSource) => engine.analyze(version);
  return fixAll(source.path, context, { scope, analyze });
}

function texts({ files }: Change): Record<string, string> {
  const found: Record<string, string> = {};
  for (const file of files) {
    if (file.kind === 'create') found[file.path] = file.content;
    else if (file.kind === 'text') found[file.path] = file.edits.apply(file.before);
    else for (const cell of file.cells) found[`${file.path}#${cell.cell}`] = cell.edits.apply(cell.before);
  }
  return found;
}

suite('all fixes', () => {
  const notebook = notebookSource('n.ipynb', [
    '[markdown] Title',
    `x = 1${IDLE}`,
    READ,
    `y = 2${IDLE}\nz = 3${IDLE}`,
  ]);

  test('of one cell: nothing else is touched, and no file is made', async () => {
    const { change, fixed: count } = await fixed(notebook, { type: 'document', cell: 3 });
    assert.deepEqual(texts(change), { 'n.ipynb#3': 'y = 2\nz = 3' });
    assert.equal(count, 2);
    const none = await fixed(notebook, { type: 'document', cell: 2 });
    assert.deepEqual(none.change.files, []);
    assert.equal(none.fixed, 0);
  });

  test('of the notebook: all its cells, and no file is made', async () => {
    const { change } = await fixed(notebook, { type: 'program' });
    assert.deepEqual(texts(change), { 'n.ipynb#1': 'x = 1', 'n.ipynb#3': 'y = 2\nz = 3' });
  });

  test('with what is made beside it: one change that builds upon itself', async () => {
    const two = notebookSource('n.ipynb', [READ, 'open("/Users/petra/other.csv")']);
    const { change } = await fixed(two, { type: 'project' });
    const after = texts(change);
    assert.deepEqual(Object.keys(after).sort(), ['config.yaml', 'n.ipynb#0', 'n.ipynb#1']);
    assert.match(after['config.yaml']!, /data_path: .*\n(.*\n)*other_path: /);
    assert.match(after['n.ipynb#0']!, /open\(config\["data_path"\]\)/);
    assert.equal(after['n.ipynb#1'], 'open(config["other_path"])');
    assert.equal(change.files.filter(({ path }) => path === 'n.ipynb').length, 1);
    const again = await fixed(
      notebookSource('n.ipynb', [after['n.ipynb#0'] ?? '', after['n.ipynb#1'] ?? '']),
      {
        type: 'project',
      },
    );
    assert.deepEqual(again.change.files, []);
  });

  test('of a script: comments, line ends and what needs no fix stay', async () => {
    const text = `# keep\r\nx = 1${IDLE}\r\ns = """a\r\nb"""\r\n`;
    const { change } = await fixed(scriptSource('a.py', text), { type: 'document', cell: null });
    assert.deepEqual(texts(change), { 'a.py': '# keep\r\nx = 1\r\ns = """a\r\nb"""\r\n' });
    const [file] = change.files;
    assert.ok(file?.kind === 'text');
    assert.equal(file.edits.edits.length, 1);
  });

  test('fixes that change behaviour are none of them', async () => {
    const source = scriptSource('a.py', 'import torch\n\nmodel = torch.load("m.pt")\n');
    const { change } = await fixed(source, { type: 'program' });
    assert.deepEqual(change.files, []);
  });

  test('a dependency file in the folder is part of the change', async () => {
    const files = { 'requirements.txt': 'pandas\n' };
    const { change } = await fixed(scriptSource('a.py', `${READ}\n`), { type: 'project' }, files);
    assert.equal(texts(change)['requirements.txt'], 'pandas\nPyYAML\n');
  });
});
