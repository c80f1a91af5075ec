import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readPercent, toNotebook } from '../../cases/percentNotebook';
import { type ChangeOutput, parseOutput } from '../../support/contract';
import { withFolder } from '../../support/folders';
import { ROOT, runCli, runPython } from '../../support/run';

const NOTEBOOK = `# %% [count=1]
import sys
# %% [count=2]
!{sys.executable} -m pip install --quiet "numpy>=1.20"  # arrays
if True:
    %pip install --quiet pandas
try:
    import numpy
except ImportError:
    !pip install numpy
# %% [count=3]
%%capture said
!pip install scikit-learn
# %% [count=4]
%%bash
pip install "packaging"
echo from the shell > said.txt
# %% [count=5]
print(numpy.arange(3).sum(), open("said.txt").read().strip())
`;

suite('Installations moved to the dependency file, run', function () {
  this.timeout(240_000);

  test('the notebook runs, installs nothing, and the file names the packages as pip reads them', async () => {
    await withFolder(async (folder) => {
      const file = path.join(folder, 'n.ipynb');
      writeFileSync(file, toNotebook(readPercent(NOTEBOOK)));
      const fixed = await runCli(
        ['fix', '--unsafe', '--rule', 'install-in-notebook', '--format', 'json', '.'],
        { cwd: folder },
      );
      assert.equal(fixed.status, 0, fixed.stderr);
      const { status, refusals } = parseOutput<ChangeOutput>(fixed);
      assert.deepEqual([status, refusals], ['done', []]);
      const cells = (JSON.parse(readFileSync(file, 'utf8')) as { cells: { source: string[] }[] }).cells;
      assert.doesNotMatch(cells.map(({ source }) => source.join('')).join('\n'), /install/);
      const requirements = readFileSync(path.join(folder, 'requirements.txt'), 'utf8');
      assert.equal(requirements, 'numpy>=1.20\npandas\nscikit-learn\npackaging\n');

      const ran = await runPython([path.join(ROOT, 'test', 'support', 'run_notebook.py'), 'n.ipynb'], {
        cwd: folder,
      });
      assert.equal(ran.status, 0, ran.stderr);
      assert.equal(ran.stdout.toString('utf8'), '3 from the shell\n');
      const read = await runPython(
        [
          '-c',
          'from packaging.requirements import Requirement as R\nfor line in open("requirements.txt"): print(R(line.strip()).name)',
        ],
        { cwd: folder },
      );
      assert.equal(read.status, 0, read.stderr);
      assert.equal(read.stdout.toString('utf8'), 'numpy\npandas\nscikit-learn\npackaging\n');

      const again = await runCli(
        ['fix', '--unsafe', '--rule', 'install-in-notebook', '--format', 'json', '.'],
        { cwd: folder },
      );
      assert.equal(parseOutput<ChangeOutput>(again).status, 'nothing');
    });
  });
});
