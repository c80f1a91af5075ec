import assert from 'node:assert/strict';
import path from 'node:path';
import { readCases, copyProgram } from '../../behaviour/behaviourCase';
import { ROOT, run, runCli, pythonExecutable } from '../../support/run';
import { inBench, notebook } from './support';

const CELLS = [
  'import os\n%cd sub\nprint(os.path.basename(os.getcwd()))',
  'md:## Count',
  'lines = !cat data.txt\nprint(len(lines), lines.n)\nname = "data"\n!cp {name}.txt $name-2.txt\nlen(lines)',
  '%%capture out\nprint("not shown")',
  '%%writefile made.py\nvalue = 3\n',
  'import made, asyncio\nawait asyncio.sleep(0)\nmade?\nprint(made.value, out.stdout.strip(), _)\n%time x = 1.5',
];

suite('verify runs', () => {
  test('notebooks without Jupyter; the cell that parts is named', () =>
    inBench({ 'sub/data.txt': 'a\nb\n' }, async (bench) => {
      const changed = CELLS.map((cell) => cell.replace('value = 3', 'value = 4'));
      bench.write({ 'a.ipynb': notebook(...CELLS), 'b.ipynb': notebook(...changed) });
      const { report, stderr } = await bench.verify('a.ipynb', 'b.ipynb');
      assert.equal(report.status, 'different', stderr + JSON.stringify(report));
      assert.deepEqual(report.firstDivergingStage, { cell: 5, line: null, stage: 'Count' });
      const kinds = report.differences.map(({ kind, name }) => `${kind} ${name}`);
      assert.deepEqual(kinds, ['output line 4', 'file sub/made.py']);
      assert.equal(report.compared.displays, 1);
    }));

  test('notebooks where the interpreter has no IPython', () =>
    inBench({ 'sub/data.txt': 'a\nb\n', 'a.ipynb': notebook(...CELLS) }, async (bench) => {
      // A virtual environment with nothing in it.
      const made = await run(pythonExecutable(), ['-m', 'venv', '--without-pip', 'bare'], {
        cwd: bench.folder,
      });
      assert.equal(made.status, 0, made.stderr);
      const python = bench.path('bare/bin/python');
      const args = ['verify', 'a.ipynb', 'a.ipynb', '--format', 'json', '--python', python];
      const result = await runCli(args, { cwd: bench.folder });
      const report = JSON.parse(result.stdout.toString()) as {
        status: string;
        compared: Record<string, unknown>;
      };
      assert.equal(report.status, 'equal', result.stderr + JSON.stringify(report));
      assert.deepEqual(
        [report.compared['lines'], report.compared['files'], report.compared['displays']],
        [4, 2, 1],
      );
      bench.write({ 'r.ipynb': notebook('%R x') });
      const refused = await bench.refuse('r.ipynb', 'r.ipynb', '--python', python);
      assert.match(refused.stderr, /^graduate: r\.ipynb: cell 1: %R needs IPython/m);
    }));

  test('a package against its notebook, run from an empty folder', () =>
    inBench(
      {
        'a.ipynb': notebook(
          'text = open("data.txt").read()\nprint(text.strip())',
          'open("o.txt", "w").write(text)\nn = 3',
        ),
        'data.txt': 'here\n',
        'out/pyproject.toml': '[project]\nname = "pkg"\n',
        'out/src/pkg/__init__.py': '',
        'out/src/pkg/state.py': 'n = 3\n',
        'out/src/pkg/__main__.py':
          'import argparse, os\nfrom pkg import state\nparser = argparse.ArgumentParser()\nparser.add_argument("--data-root")\n' +
          'os.chdir(parser.parse_args().data_root)\ntext = open("data.txt").read()\nprint(text.strip())\nopen("o.txt", "w").write(text)\n',
      },
      async (bench) => {
        const { report, stderr } = await bench.verify('a.ipynb', 'out');
        assert.equal(report.status, 'equal', stderr + JSON.stringify(report));
        const { lines, files, values } = report.compared;
        assert.deepEqual([lines, files, values], [1, 1, 2]);
      },
    ));

  test('--set on both sides, wherever the literal is', () =>
    inBench(
      {
        'a.py': 'epochs = 50\nrate = 0.1\nfor i in range(epochs): print(i * rate)\n',
        'b.py': 'from steps import Steps\nSteps().run()\n',
        'steps.py':
          'class Steps:\n    def run(self):\n        self.epochs = 50\n        self.rate = 0.1\n        for i in range(self.epochs): print(i * self.rate)\n',
      },
      async (bench) => {
        const { report, stderr } = await bench.verify('a.py', 'b.py', '--set', 'epochs=2', 'rate=0.5');
        assert.deepEqual(
          [report.status, report.compared.lines],
          ['equal', 2],
          stderr + JSON.stringify(report),
        );
        const refused = await bench.refuse('a.py', 'b.py', '--set', 'batch=2');
        assert.match(refused.stderr, /a\.py: nothing gives batch a literal/);
      },
    ));

  test('a converted program in another folder, on the data of the original', () =>
    inBench(
      {
        'p/a.py': 'print(open("d/x.txt").read(), __file__)\n',
        'p/d/x.txt': 'x',
        'q/a.py': 'print(open("d/x.txt").read(), __file__)\n',
      },
      async (bench) => {
        const { report } = await bench.verify('p/a.py', 'q/a.py');
        assert.equal(report.status, 'equal', JSON.stringify(report));
      },
    ));

  /** Some cases of each make; `npm run test:long` has all of them. */
  const CASES = ['absolute-paths-of-every-make', 'decorator-registry', 'generator-consumed-across-cells'];
  for (const of of readCases(path.join(ROOT, 'test', 'data', 'behaviour-cases')).filter(({ name }) =>
    CASES.includes(name),
  )) {
    test(`extract-pipeline of ${of.name}: equal`, () =>
      inBench({}, async (bench) => {
        for (const name of ['before', 'after']) copyProgram(of, bench.path(name));
        const done = await runCli(['refactor', 'extract-pipeline', of.input], { cwd: bench.path('after') });
        assert.equal(done.status, 0, done.stderr);
        const { report, stderr } = await bench.verify(`before/${of.program}`, `after/${of.program}`);
        assert.equal(report.status, 'equal', stderr + JSON.stringify(report));
        assert.ok(report.compared.lines > 0);
      }));
  }
});
