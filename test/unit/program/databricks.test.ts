import assert from 'node:assert/strict';
import { findingsAt } from '../../../src/actions/place';
import { resolveOffer, offersAt } from '../../../src/actions/table';
import { Engine } from '../../../src/actions/engine';
import { buildProgram } from '../../../src/program/build';
import { textOf } from '../../../src/program/program';
import { scriptSource } from '../../../src/program/source';
import { withoutForeignEdits } from '../../../src/refactorings/textNotebook';
import { EditSet } from '../../../src/text/edit';
import { analyse, applied, memoryWorkspace, moveAllPaths, places } from '../../support/analysis';
import { testParser } from '../../support/parser';

const HEADER = '# Databricks notebook source\n';
const NEXT = '\n# COMMAND ----------\n\n';

function notebook(...cells: readonly string[]): string {
  return HEADER + cells.join(NEXT);
}

function cellsOf(text: string) {
  return buildProgram(scriptSource('etl.py', text)).cells;
}

suite('Databricks notebooks', () => {
  test('a file is one by its first line alone', () => {
    const kindOf = (text: string): string => scriptSource('a.py', text).kind;
    assert.equal(kindOf(notebook('x = 1\n')), 'notebook');
    assert.equal(kindOf('# Databricks notebook source'), 'notebook');
    assert.equal(kindOf('# Databricks notebook source\r\nx = 1\r\n'), 'notebook');
    assert.equal(kindOf('# Databricks notebook source code\nx = 1\n'), 'script');
    assert.equal(kindOf('\n# Databricks notebook source\n'), 'script');
    assert.equal(kindOf('# COMMAND ----------\n# MAGIC %sql\n'), 'script');
  });

  test('cells are what stands between the separators, behind their titles', () => {
    const text = notebook('x = 1\n', '# DBTITLE 1,Load\ny = 2\n', '# MAGIC %md\n# MAGIC # T\n', 'z = 3');
    const cells = cellsOf(text);
    assert.deepEqual(cells.map(textOf), [
      'x = 1\n\n',
      'y = 2\n\n',
      '\n# MAGIC %md\n# MAGIC # T\n\n',
      '\nz = 3',
    ]);
    assert.deepEqual(
      cells.map(({ index, kind }) => [index, kind]),
      [
        [null, 'code'],
        [null, 'code'],
        [null, 'markdown'],
        [null, 'code'],
      ],
    );
    for (const { span, source } of cells) assert.equal(source, text, JSON.stringify(span));
  });

  test('kinds of cells', () => {
    const kinds: readonly (readonly [string, string])[] = [
      ['# MAGIC %md\n# MAGIC text\n', 'markdown'],
      ['# MAGIC %md-sandbox\n# MAGIC <b>x</b>\n', 'markdown'],
      ['# MAGIC %sql SELECT 1\n', 'foreign'],
      ['# MAGIC\n# MAGIC %scala\n# MAGIC val x = 1\n', 'foreign'],
      ['# MAGIC %r\n# MAGIC x <- 1\n', 'foreign'],
      ['# MAGIC %sh\n# MAGIC ls\n', 'foreign'],
      ['# MAGIC %fs ls /mnt\n', 'foreign'],
      ['# DBTITLE 1,Query\n# MAGIC %sql\n# MAGIC SELECT 1\n', 'foreign'],
      ['# MAGIC %python\n# MAGIC x = 1\n', 'code'],
      ['# MAGIC %pip install x\n', 'code'],
      ['# MAGIC %run ./other\n', 'code'],
      ['# MAGIC %sqlite\n', 'code'],
      ['x = 1\n# MAGIC %sql\n', 'code'],
    ];
    for (const [cell, kind] of kinds) {
      assert.equal(cellsOf(HEADER + cell)[0]?.kind, kind, cell);
      assert.equal(
        cellsOf(HEADER.replace('\n', '\r\n') + cell.replaceAll('\n', '\r\n'))[0]?.kind,
        kind,
        cell,
      );
    }
  });

  test('masks keep length and lines, and escapes lie where they stand in the file', () => {
    const cells = [
      '# MAGIC %pip install "x>1"\n# MAGIC %matplotlib inline\n# MAGIC import x\n',
      '# MAGIC %%time\n# MAGIC for i in y:\n# MAGIC     print(i)\n# MAGIC\n# MAGIC     !ls {i}\n',
      'import a\n# MAGIC %matplotlib inline\nb = 1\n',
      '# MAGIC  %run ./setup $x="1"\n',
      '%pip install y\nc = !ls\n',
      '# MAGIC %%bash\n# MAGIC ls\n# MAGIC cd',
    ];
    for (const newline of ['\n', '\r\n', '\r']) {
      const text = notebook(...cells).replaceAll('\n', newline);
      for (const cell of cellsOf(text)) {
        const own = textOf(cell);
        assert.equal(cell.masked.length, own.length);
        // A carriage return alone becomes what the grammar takes for the end of a line.
        const breaks = own.match(/\r\n|\r|\n/g)?.map((each) => (each === '\r' ? '\n' : each)) ?? null;
        assert.deepEqual(cell.masked.match(/\r\n|\r|\n/g), breaks);
      }
      const shown = cellsOf(text).flatMap(({ escapes }) =>
        escapes.map(({ span, name }) => `${name}|${text.slice(span.start, span.end)}`),
      );
      assert.deepEqual(shown, [
        'pip|%pip install "x>1"',
        'matplotlib|%matplotlib inline',
        'time|%%time',
        '|!ls {i}',
        'matplotlib|%matplotlib inline',
        'run|%run ./setup $x="1"',
        'pip|%pip install y',
        '|!ls',
        `bash|%%bash${newline}# MAGIC ls${newline}# MAGIC cd`,
      ]);
    }
  });

  test('use-before-definition goes through the cells in order and names lines of the file', async () => {
    const text = notebook(
      'print(late)\nif True:\n    print(spark, dbutils, sql, udf, table, getArgument, _sqldf)\n',
      '# MAGIC %python\n# MAGIC late = [\n# MAGIC   1,\n# MAGIC ]\n# MAGIC print(later)\n',
      'later = 1\n',
    );
    const analysis = await analyse(scriptSource('etl.py', text));
    assert.deepEqual(
      analysis.facts.cells.map(({ syntax }) => syntax.problem),
      [undefined, undefined, undefined],
    );
    assert.deepEqual(places(analysis, 'use-before-definition'), ['2:6 error', '12:14 error']);
    const messages = analysis.findings.filter(({ rule }) => rule === 'use-before-definition');
    assert.match(messages[0]!.message, /only in line 9$/);
  });

  test('%run binds unknown names, a cell that does not parse too, a query does not', async () => {
    const late = ['print(late)\n', 'late = 1\n'];
    const found = async (cell: string): Promise<number> => {
      const analysis = await analyse(scriptSource('etl.py', notebook(cell, ...late)));
      return places(analysis, 'use-before-definition').length;
    };
    assert.equal(await found('# MAGIC %run ./setup\n'), 0);
    assert.equal(await found('def f(:\n'), 0);
    assert.equal(await found("# MAGIC %sql\n# MAGIC SELECT '\n"), 1);
    assert.equal(await found('# MAGIC %pip install x\n'), 1);
    assert.equal(await found('# MAGIC %md\n# MAGIC %run is a magic\n'), 1);
  });

  test('paths move to the configuration, and every other byte stays', async () => {
    const text = notebook(
      '# MAGIC %md\n# MAGIC read.csv("/mnt/x.csv")\n',
      '# DBTITLE 1,Load\nimport pandas as pd\n\nraw = pd.read_csv("/dbfs/raw.csv")\n',
      '# MAGIC %%time\n# MAGIC more = pd.read_csv("/dbfs/more.csv")\n',
      'raw.to_csv("/dbfs/raw.csv")\n',
    ).replaceAll('\n', '\r\n');
    const texts = applied(await moveAllPaths(scriptSource('etl.py', text)));
    const expected = notebook(
      '# MAGIC %md\n# MAGIC read.csv("/mnt/x.csv")\n',
      '# DBTITLE 1,Load\nfrom pathlib import Path\n\nimport pandas as pd\nimport yaml\n\n' +
        'config = yaml.safe_load(Path("config.yaml").read_text(encoding="utf-8"))\n\n' +
        'raw = pd.read_csv(config["raw_path"])\n',
      '# MAGIC %%time\n# MAGIC more = pd.read_csv(config["more_path"])\n',
      'raw.to_csv(config["raw_path"])\n',
    ).replaceAll('\n', '\r\n');
    assert.equal(texts['etl.py'], expected);
    assert.deepEqual(Object.keys(texts).sort(), ['config.yaml', 'etl.py']);
  });

  test('what is put at the top of a cell stays below the header and the title', async () => {
    for (const title of ['', '# DBTITLE 1,Load\n', `# MAGIC %pip install x\n${NEXT}`]) {
      const texts = applied(
        await moveAllPaths(scriptSource('etl.py', `${HEADER}${title}raw = open("/dbfs/raw.csv")\n`)),
      );
      assert.ok(texts['etl.py']!.startsWith(`${HEADER}${title}`), texts['etl.py']);
    }
  });

  test('lines with prefixes get no further lines', async () => {
    const outcome = await moveAllPaths(
      scriptSource('etl.py', `${HEADER}# MAGIC %python\n# MAGIC raw = open("/dbfs/raw.csv")\n`),
    );
    assert.equal(outcome.status, 'refused');
    assert.match(outcome.refusals[0]!.reason, /each of its lines is a comment/);
  });

  test('edits beyond the code of one cell are refused', () => {
    const text = notebook(
      'x = 1\n',
      '# MAGIC %sql\n# MAGIC SELECT 1\n',
      '# MAGIC %%time\n# MAGIC y = 2\n',
      'z = 3\n',
    );
    const edited = (from: string, to: string, newText: string): string => {
      const span = { start: text.indexOf(from), end: text.indexOf(to) + to.length };
      const file = {
        kind: 'text',
        path: 'a.py',
        before: text,
        edits: new EditSet([{ span, newText }]),
      } as const;
      return withoutForeignEdits({ status: 'done', change: { files: [file] }, notes: [], refusals: [] })
        .status;
    };
    assert.equal(edited('x', '1', 'a\nb'), 'done');
    assert.equal(edited('z', '3', ''), 'done');
    assert.equal(edited('2', '2', '4'), 'done');
    assert.equal(edited('2', '2', '4\n5'), 'refused');
    assert.equal(edited('y', 'y', 'a'), 'done');
    assert.equal(edited('# MAGIC y', 'y', 'a'), 'refused');
    assert.equal(edited('x = 1', '%sql', ''), 'refused');
    assert.equal(edited('SELECT', 'SELECT', 'FROM'), 'refused');
    assert.equal(edited('# Databricks', 'source', ''), 'refused');
    assert.equal(edited('# COMMAND', '---', ''), 'refused');
  });

  test('offers at a place of the file', async () => {
    const text = notebook('import pandas as pd\n', 'raw = pd.read_csv("/dbfs/raw.csv")\n');
    const engine = new Engine(await testParser());
    const analysis = engine.analyze(scriptSource('etl.py', text));
    const at = text.indexOf('/dbfs');
    const place = { cell: null, start: at, end: at };
    assert.deepEqual(
      findingsAt(analysis, place).map(({ rule }) => rule),
      ['hard-coded-path'],
    );
    const [offer] = offersAt(analysis, place).offers;
    const context = {
      engine,
      workspace: memoryWorkspace({}),
      loadProgram: () => Promise.resolve(undefined),
    };
    assert.match(applied(await resolveOffer(offer!, analysis, context))['etl.py']!, /config\["raw_path"\]/);
  });

  test('typing into one cell gives what a fresh analysis gives', async () => {
    const engine = new Engine(await testParser());
    const whole = notebook(
      'x = 1\n',
      '# MAGIC %%time\n# MAGIC y = open("/data/a.csv")\n',
      'z = open("/data/b.csv")\n',
    );
    for (let end = HEADER.length; end <= whole.length; end++) {
      const source = scriptSource('etl.py', whole.slice(0, end));
      const seen = engine.analyze(source, undefined, true).findings.map(({ span, rule }) => ({ span, rule }));
      const fresh = new Engine(await testParser()).analyze(source).findings;
      assert.deepEqual(
        seen,
        fresh.map(({ span, rule }) => ({ span, rule })),
      );
    }
  });
});
