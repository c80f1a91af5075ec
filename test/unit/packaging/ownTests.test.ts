import assert from 'node:assert/strict';
import { Engine } from '../../../src/actions/engine';
import { makePackage } from '../../../src/actions/makePackage';
import { type ProgramSource, scriptSource } from '../../../src/program/source';
import { notebookSource } from '../../support/analysis';
import { testParser } from '../../support/parser';

async function filesOf(source: ProgramSource): Promise<ReadonlyMap<string, string>> {
  const engine = new Engine(await testParser());
  const analysis = engine.analyze(source, undefined, false);
  const order = { engine, modules: undefined, source, name: 'pkg', originalFolder: '..' };
  const outcome = makePackage(analysis, order);
  assert.equal(outcome.status, 'done');
  return new Map(outcome.files.map(({ path, content }) => [path, content]));
}

const RECORDING = /^__import__\("stage_record"\)/;

suite('Tests of packages', () => {
  test('a program that uses the network is not run, and its address is told nobody', async () => {
    const text =
      'import requests\nanswer = requests.get("https://me:secret@example.com/a")\nprint(len(answer.text))\n';
    const files = await filesOf(scriptSource('a.py', text));
    assert.ok(!files.has('tests/test_pipeline.py') && !files.has('tests/original.txt'));
    const migration = files.get('MIGRATION.md')!;
    assert.match(
      migration,
      /Not covered: the pipeline from end to end, because the program uses the network \(line 2\)/,
    );
    assert.doesNotMatch(migration, /secret/);
  });

  test('lines that are lost are never skipped over, and what the original does not reach is', async () => {
    const files = await filesOf(scriptSource('a.py', 'rows = [len("a")]\nprint(rows)\n'));
    const pipeline = files.get('tests/test_pipeline.py')!;
    assert.match(pipeline, /if len\(again\) != len\(expected\):\n +pytest\.skip/);
    assert.match(pipeline, /assert len\(found\) == len\(expected\)/);
    assert.match(pipeline, /the original itself fails here/);
    assert.match(files.get('tests/test_stages.py')!, /the original ends before/);
  });

  test('top-level await: compared with itself, and said so', async () => {
    const cells = ['import asyncio\nasync def work():\n    return 1', 'value = await work()', 'print(value)'];
    const files = await filesOf(notebookSource('a.ipynb', cells));
    assert.match(files.get('tests/test_pipeline.py')!, /twice with the same result/);
    assert.ok(!files.has('tests/test_stages.py'));
    assert.match(files.get('MIGRATION.md')!, /Not covered: what the original does, because it awaits/);
  });

  test('a program that looks at itself has no lines added', async () => {
    const text = 'import warnings\nrows = [len(a) for a in ["x", "y"]]\nwarnings.warn(str(rows))\n';
    const files = await filesOf(scriptSource('a.py', text));
    assert.equal(files.get('tests/original.txt'), text);
    assert.ok(!files.has('tests/test_stages.py'));
    assert.match(files.get('MIGRATION.md')!, /Not covered: single stages, because .*`warnings`/);
  });

  test('the original is as it was, but for the lines that record', async () => {
    const text =
      '"""Doc."""\r\nfrom __future__ import annotations\r\nimport json\r\n# load\r\nrows = json.loads("[1]")\r\n' +
      'print(rows)  # shown\r\nfor row in rows:\r\n    print(row)';
    const files = await filesOf(scriptSource('a.py', text));
    const lines = files.get('tests/original.txt')!.split('\n');
    assert.ok(lines.some((line) => RECORDING.test(line)));
    const rest = lines.filter((line) => !RECORDING.test(line));
    assert.equal(rest.join('\n'), `${text.replaceAll('\r\n', '\n')}\n`);
    const { stages } = JSON.parse(files.get('tests/original.json')!) as { stages: object };
    const recorded = lines.flatMap((line) => /record_original\("(\w+)", "gives"\)/.exec(line)?.[1] ?? []);
    assert.deepEqual(recorded, Object.keys(stages));
  });

  test('a coding line that the copy does not follow is no coding line any more', async () => {
    const files = await filesOf(
      scriptSource('a.py', '# -*- coding: latin-1 -*-\nx = len("\u00e9")\nprint(x)\n'),
    );
    assert.match(files.get('tests/original.txt')!, /^# -\*- coding was: latin-1/);
  });
});
