import assert from 'node:assert/strict';
import type { ChangeOutput, CheckOutput } from '../support/contract';
import { inPlace } from './support';

const NOTEBOOK = `# Databricks notebook source
# MAGIC %sql SELECT 'x

# COMMAND ----------

frame = load(late)

# COMMAND ----------

# MAGIC %python
# MAGIC def load(path):
# MAGIC     return open("/dbfs/raw.csv")
# MAGIC late = 1
`.replaceAll('\n', '\r\n');

suite('Databricks notebooks on the command line', () => {
  test('findings are reported as those of a script, with the lines of the file', () =>
    inPlace({ 'etl.py': NOTEBOOK }, async (place) => {
      const { status, stderr, json } = await place.run(['check', '--format', 'json']);
      assert.deepEqual([status, stderr], [1, '']);
      const { diagnostics } = json as CheckOutput;
      const found = diagnostics.filter(({ rule }) => rule === 'use-before-definition');
      assert.deepEqual(
        found.map(({ path, cell, range }) => [path, cell, range.start]),
        [
          ['etl.py', null, { line: 5, character: 8 }],
          ['etl.py', null, { line: 5, character: 13 }],
        ],
      );
    }));

  test('a fix that cannot be made leaves every byte as it is', () => {
    const text = NOTEBOOK.replace('frame = load(late)\r\n', '');
    return inPlace({ 'etl.py': text }, async (place) => {
      const { json } = await place.run(['fix', '--rule', 'hard-coded-path', '--format', 'json']);
      const { written, refusals } = json as ChangeOutput;
      assert.deepEqual(written, []);
      assert.equal(refusals.length, 1);
      assert.match(refusals[0]!.reason, /each of its lines is a comment/);
      assert.equal(place.read('etl.py'), text);
    });
  });

  test('a fix edits the one text file', () => {
    const text = NOTEBOOK.replace('load(late)', 'open("/dbfs/raw.csv")');
    return inPlace({ 'etl.py': text }, async (place) => {
      const { json } = await place.run(['fix', '--rule', 'hard-coded-path', '--format', 'json']);
      assert.deepEqual((json as ChangeOutput).written, ['config.yaml', 'etl.py']);
      const now = place.read('etl.py');
      assert.ok(now.startsWith(text.slice(0, text.indexOf('frame'))), now);
      assert.match(now, /frame = open\(config\["raw_path"\]\)\r\n/);
      assert.match(now, /# MAGIC {5}return open\(config\["raw_path"\]\)\r\n# MAGIC late = 1\r\n$/);
    });
  });
});
