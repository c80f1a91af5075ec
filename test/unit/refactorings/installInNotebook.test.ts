import assert from 'node:assert/strict';
import { Engine } from '../../../src/actions/engine';
import type { Offer, Outcome } from '../../../src/actions/offer';
import { offersAt, resolveOffer } from '../../../src/actions/table';
import { applied, memoryWorkspace, notebookSource } from '../../support/analysis';
import { testParser } from '../../support/parser';

const RULE = 'install-in-notebook';
const NOTEBOOK = 'work/n.ipynb';

/** The fix of the first finding of the rule. */
async function fix(
  cells: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<{ offer: Offer; outcome: Outcome }> {
  const engine = new Engine(await testParser());
  const analysis = engine.analyze(notebookSource(NOTEBOOK, cells));
  const finding = analysis.findings.find(({ rule }) => rule === RULE);
  assert.ok(finding, 'no finding');
  const { offers } = offersAt(analysis, { cell: finding.cell.cell.index, ...finding.span });
  const offer = offers.find((each) => each.id === RULE && each.findings.includes(finding));
  assert.ok(offer);
  const outcome = await resolveOffer(offer, analysis, {
    engine,
    workspace: memoryWorkspace(files),
    loadProgram: () => Promise.resolve(undefined),
  });
  return { offer, outcome };
}

async function texts(cells: readonly string[], files?: Readonly<Record<string, string>>) {
  return applied((await fix(cells, files)).outcome);
}

async function refusal(cells: readonly string[], files?: Readonly<Record<string, string>>): Promise<string> {
  const { outcome } = await fix(cells, files);
  assert.equal(outcome.status, 'refused');
  assert.equal(outcome.refusals.length, 1);
  return outcome.refusals[0]!.reason;
}

const CELL = `${NOTEBOOK}#0`;

suite('Installations moved to the dependency file', () => {
  test('the title says what changes', async () => {
    const { offer } = await fix(['!pip install -q umap-learn "torch>=2"']);
    assert.equal(offer.kind, 'changes');
    assert.equal(offer.isPreferred, false);
    assert.equal(
      offer.title,
      'Name umap-learn, torch in the dependency file and remove this line (the notebook no longer installs)',
    );
  });

  suite('what is left of the cell', () => {
    const CELLS: Readonly<Record<string, [string, string]>> = {
      nothing: ['!pip install x', ''],
      'the lines around it': ['import os\n!pip install x\nimport sys', 'import os\nimport sys'],
      'the last line': ['import os\n!pip install x', 'import os'],
      'the last line, with a line break': ['import os\n!pip install x\n', 'import os\n'],
      'windows line breaks': ['import os\r\n!pip install x\r\nimport sys', 'import os\r\nimport sys'],
      'continued lines': ['!pip install \\\n  x \\\n  y\na = 1', 'a = 1'],
      'a comment on the line': ['!pip install x  # for the plots\na = 1', '# for the plots\na = 1'],
      'a magic': ['%pip install x\na = 1', 'a = 1'],
      'a magic without its sign': ['pip install x', ''],
      'a block of its own': ['if True:\n    !pip install x\na = 1', 'if True:\n    pass\na = 1'],
      'a block of its own, with a comment': ['if a:\n    !pip install x # why\n', 'if a:\n    pass  # why\n'],
      'a block with more': ['if a:\n    !pip install x\n    import x\n', 'if a:\n    import x\n'],
      'a nested block': [
        'try:\n    import x\nexcept ImportError:\n    !pip install x\n',
        'try:\n    import x\nexcept ImportError:\n    pass\n',
      ],
      'a cell magic': ['%%capture\n!pip install x', '%%capture\npass'],
      'a cell magic with more': ['%%capture\n!pip install x\nimport x', '%%capture\nimport x'],
      'a line of a shell cell': ['%%bash\npip install x\nls', '%%bash\nls'],
      'a shell cell that installs only': ['%%bash\npip install x\n', ''],
      'a commented line of a shell cell': ['%%bash\npip install x # why\nls', '%%bash\n# why\nls'],
      'a multi-line string': ['a = """\n!pip install y\n"""\n!pip install x', 'a = """\n!pip install y\n"""'],
    };
    for (const [name, [before, after]] of Object.entries(CELLS)) {
      test(name, async () => {
        const changed = await texts([before]);
        assert.equal(changed[CELL], after);
        assert.match(changed['work/requirements.txt']!, /^x\n/);
      });
    }
  });

  suite('what the dependency file says', () => {
    const LINES: Readonly<Record<string, [string, string]>> = {
      versions: ['!pip install -q transformers==4.40.0 datasets', 'transformers==4.40.0\ndatasets\n'],
      'quoted versions and extras': [
        `!pip3 install --upgrade "torch>=2,<3" 'ray[tune]~=2.9' pandas~=2.1`,
        'torch>=2,<3\nray[tune]~=2.9\npandas~=2.1\n',
      ],
      'through Python': ['!{sys.executable} -m pip install x', 'x\n'],
      uv: ['!uv pip install --system x', 'x\n'],
      'several commands': ['!pip install x -q && pip install y | tail -n 1', 'x\ny\n'],
      'output thrown away': ['!pip install x > /dev/null 2>&1', 'x\n'],
      'a repository': ['!pip install git+https://example.org/a/b.git', 'git+https://example.org/a/b.git\n'],
      'a repository with a name': [
        '!pip install git+https://example.org/a/b.git@v1#egg=b',
        'b @ git+https://example.org/a/b.git@v1\n',
      ],
      'options with values': ['!pip install --progress-bar off --timeout=9 x', 'x\n'],
    };
    for (const [name, [line, expected]] of Object.entries(LINES)) {
      test(`a new file: ${name}`, async () => {
        assert.equal((await texts([line]))['work/requirements.txt'], expected);
      });
    }

    test('the nearest file is added to, with its line breaks', async () => {
      const changed = await texts(['!pip install x y'], {
        'requirements.txt': 'numpy\r\nY>=0',
        'other/requirements.txt': '',
      });
      assert.equal(changed['requirements.txt'], 'numpy\r\nY>=0\r\nx\r\n');
    });
    test('what is named already is not named again', async () => {
      const changed = await texts(['!pip install Scikit_Learn pandas==2.0'], {
        'work/requirements.txt': '# data\npandas == 2.0  # pinned\nscikit-learn>=1.3\n',
      });
      assert.deepEqual(Object.keys(changed), [CELL]);
    });
    test('pyproject.toml goes first', async () => {
      const changed = await texts(['!pip install x "y>=1"'], {
        'pyproject.toml': '[project]\nname = "p"\ndependencies = ["numpy"]\n\n[tool.x]\ndependencies = []\n',
        'requirements.txt': 'numpy\n',
      });
      assert.equal(
        changed['pyproject.toml'],
        '[project]\nname = "p"\ndependencies = ["numpy", "x", "y>=1"]\n\n[tool.x]\ndependencies = []\n',
      );
    });
    const LISTS: Readonly<Record<string, [string, string]>> = {
      empty: ['[]', '["x", "y"]'],
      'one line': ['["a"]', '["a", "x", "y"]'],
      'one line with a comma': ['["a",]', '["a", "x", "y",]'],
      'several lines': ['[\n  "a",\n  "b",\n]', '[\n  "a",\n  "b",\n  "x",\n  "y",\n]'],
      'no last comma': ['[\n  "a",\n  "b"\n]', '[\n  "a",\n  "b",\n  "x",\n  "y"\n]'],
      comments: [
        '[\n  "a", # one\n  # "c",\n  "b" # ]\n]',
        '[\n  "a", # one\n  # "c",\n  "b", # ]\n  "x",\n  "y"\n]',
      ],
      'extras and markers': [
        `[\n  "a[z]",\n  'b; python_version < "3.9"',\n]`,
        `[\n  "a[z]",\n  'b; python_version < "3.9"',\n  "x",\n  "y",\n]`,
      ],
      'the bracket beside the last': ['[\n  "a",\n  "b"]', '[\n  "a",\n  "b",\n  "x",\n  "y"]'],
    };
    for (const [name, [before, after]] of Object.entries(LISTS)) {
      test(`pyproject.toml: ${name}`, async () => {
        const file = (list: string): string =>
          `[build-system]\nrequires = ["a"]\n[project] # main\ndependencies = ${list}\nname = "n"\n`;
        assert.equal(
          (await texts(['!pip install x y'], { 'pyproject.toml': file(before) }))['pyproject.toml'],
          file(after),
        );
      });
    }
  });

  suite('refused with the reason', () => {
    const LINES: Readonly<Record<string, [string, RegExp]>> = {
      'a file of requirements': ['!pip install -r requirements.txt', /option -r /],
      editable: ['!pip install -e .', /option -e /],
      'the folder itself': ['!pip install .', /is a file/],
      'a wheel': ['!pip install ./a-1.0-py3-none-any.whl', /is a file/],
      'another index': ['!pip install --index-url https://example.org/simple x', /option --index-url /],
      'without dependencies': ['!pip install --no-deps x', /option --no-deps /],
      conda: ['!conda install -y -c conda-forge rdkit', /conda/],
      'a conda magic': ['%conda install rdkit', /conda/],
      'system packages': ['!apt-get install -y libsndfile1', /system packages/],
      'a variable': ['!pip install {package}', /known only when/],
      'a variable of the shell': ['!pip install $PACKAGE', /known only when/],
      'other commands': ['!git clone a && pip install x', /other commands/],
      'its output is used': ['out = !pip install x', /more than install/],
      'a version that the shell takes for a file': ['!pip install numpy>=1.2', /quote it/],
      'a condition of the shell': ['%%bash\nif true; then\npip install x\nfi\nls', /decide whether/],
      'a cell that is not valid': ['!pip install x\ny = = 1', /not valid Python/],
      'nothing named': ['!pip install -U', /names no package/],
    };
    for (const [name, [line, reason]] of Object.entries(LINES)) {
      test(name, async () => {
        const { offer } = await fix([line]);
        assert.match(offer.disabled ?? '', reason);
        assert.match(await refusal([line]), reason);
      });
    }
    const FILES: Readonly<Record<string, [Record<string, string>, RegExp]>> = {
      'another version is named': [{ 'requirements.txt': 'x==1.0\n' }, /names x==1\.0, the notebook x==2\.0/],
      'a version where none is': [{ 'requirements.txt': 'x\n' }, /names x, the notebook x==2\.0/],
      hashes: [{ 'requirements.txt': 'a==1 --hash=sha256:00\n' }, /hash/],
      'a generated file': [
        { 'requirements.txt': '# This file is autogenerated by pip-compile\n' },
        /generated/,
      ],
      Poetry: [{ 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.10"\n' }, /Poetry/],
      conda: [{ 'environment.yml': 'dependencies:\n  - numpy\n' }, /conda/],
      'dependencies from elsewhere': [
        { 'pyproject.toml': '[project]\ndynamic = ["version", "dependencies"]\n' },
        /elsewhere/,
      ],
      'a list that is not read': [{ 'pyproject.toml': '[project]\ndependencies = ["""a"""]\n' }, /not read/],
    };
    for (const [name, [files, reason]] of Object.entries(FILES)) {
      test(name, async () => assert.match(await refusal(['!pip install x==2.0'], files), reason));
    }
    test('a repository without a name in pyproject.toml', async () => {
      const files = { 'pyproject.toml': '[project]\ndependencies = []\n' };
      assert.match(await refusal(['!pip install git+https://example.org/a/b'], files), /needs a name/);
    });
  });
});
