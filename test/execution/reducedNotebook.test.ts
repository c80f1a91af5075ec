import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withFolder } from '../support/folders';
import { ROOT, runCli, runPython } from '../support/run';

const RUNNER = path.join(ROOT, 'test', 'support', 'shown_notebook.py');

const CELLS = [
  '[markdown]# Prices\n\nOf *last* year.',
  '%matplotlib inline\nimport numpy as np\nimport matplotlib.pyplot as plt\nrng = np.random.default_rng(2)',
  '[markdown]## Load',
  'prices = rng.normal(10, 2, size=50)\nprint(prices.shape)\nprices.mean().round(3)',
  '[markdown]## Plot',
  'plt.hist(prices, bins=7)\nplt.title("prices");',
  'fig, axes = plt.subplots(1, 2)\naxes[0].plot(prices)\nfig2 = plt.figure()\nplt.plot(prices[::-1])\nprint("drawn", len(plt.get_fignums()))',
  '[markdown]## Train',
  'slope, start = np.polyfit(np.arange(50), prices, 1)\nprint(round(slope, 4))',
  'slope, start\n',
  'best = float(prices.max())\nprint(best > 10)\nbest',
];

/** What each cell of code of a notebook shows. */
async function shownBy(notebook: string): Promise<string[][]> {
  const { status, stdout, stderr } = await runPython([RUNNER, notebook], { cwd: path.dirname(notebook) });
  assert.equal(status, 0, stderr.toString());
  return JSON.parse(stdout.toString().trim().split('\n').at(-1)!) as string[][];
}

function notebookJson(cells: readonly string[]): string {
  return JSON.stringify({
    cells: cells.map((text, i) => {
      const isProse = text.startsWith('[markdown]');
      const source = text.replace('[markdown]', '').match(/[^\n]*\n|[^\n]+/g);
      const code = { execution_count: null, outputs: [] };
      return {
        cell_type: isProse ? 'markdown' : 'code',
        id: `c${i}`,
        metadata: {},
        source,
        ...(isProse ? {} : code),
      };
    }),
    metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

suite('The reduced notebook of a package', function () {
  this.timeout(120_000);

  test('has the prose and the calls, and shows the figures and what stages hand on', async () => {
    await withFolder(async (folder) => {
      const work = path.join(folder, 'work');
      mkdirSync(work);
      const original = path.join(work, 'prices.ipynb');
      writeFileSync(original, notebookJson(CELLS));
      const { status, stderr } = await runCli(['package', 'prices.ipynb', '--out', '../made'], { cwd: work });
      assert.equal(status, 0, stderr.toString());
      const reduced = path.join(folder, 'made', 'notebooks', 'prices.ipynb');
      const { cells } = JSON.parse(readFileSync(reduced, 'utf8')) as {
        cells: { cell_type: string; source: string[] }[];
      };
      const prose = cells
        .filter((cell) => cell.cell_type === 'markdown')
        .map(({ source }) => source.join(''));
      assert.deepEqual(
        prose,
        CELLS.filter((cell) => cell.startsWith('[markdown]')).map((cell) => cell.replace('[markdown]', '')),
      );
      const code = cells.filter((cell) => cell.cell_type === 'code').map(({ source }) => source.join(''));
      assert.ok(!code.some((text) => /polyfit|hist\(/.test(text)), code.join('\n---\n'));

      const before = (await shownBy(original)).flat();
      const after = (await shownBy(reduced)).flat();
      const figures = (items: readonly string[]): number => items.filter((item) => item === 'figure').length;
      assert.equal(figures(before), 3);
      assert.equal(figures(after), 3);
      const values = (items: readonly string[]): string[] => items.filter((item) => item !== 'figure');
      const left = values(before);
      // What is shown is what was shown, in that order; what stages keep for themselves is a comment.
      for (const value of values(after)) {
        assert.ok(left.includes(value), value);
        left.splice(0, left.indexOf(value) + 1);
      }
      const comments = code.join('\n').match(/^# shown in the original: /gm)?.length ?? 0;
      assert.equal(values(after).length + comments, values(before).length);
    });
  });
});
