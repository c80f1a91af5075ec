import assert from 'node:assert/strict';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { packageProgram } from '../../src/packaging/index';
import { liftOf } from '../../src/refactorings/why-not';
import { reportPipeline } from '../../src/refactorings/extract-pipeline/report';
import type { ShapeChoice } from '../../src/refactorings/extract-pipeline';
import { EditSet } from '../../src/text/edit';
import { analyse, notebookSource } from '../support/analysis';
import { withFolder } from '../support/folders';
import { run } from '../support/run';

const PYTHON = process.env.GRADUATE_PYTHON ?? 'python3';

/** The text with the edit of the first refusal that has one, and the reason; undefined if none has. */
async function lifted(
  text: string,
  shape: ShapeChoice = 'class',
): Promise<{ text: string; reason: string; title: string } | undefined> {
  const program = await analyse(text);
  const report = reportPipeline(program, shape);
  assert.ok(report && !('reason' in report));
  for (const refusal of report.refusals) {
    const lift = liftOf(program, refusal);
    if (lift) return { text: new EditSet(lift.edits).apply(text), reason: refusal.reason, title: lift.title };
  }
  return undefined;
}

async function output(text: string, folder: string): Promise<string> {
  writeFileSync(path.join(folder, 'program.py'), text);
  const { status, stdout, stderr } = await run(PYTHON, ['program.py'], { cwd: folder });
  assert.equal(status, 0, stderr);
  return stdout.toString();
}

const LOAD = 'import pandas as pd\ntable = pd.DataFrame({"a": [1, 5, 9], "b": [3, 2, 1]})\n';

/** Programs whose refusal has an edit that keeps what they do. */
const LIFTED: Readonly<Record<string, string>> = {
  'an import behind a semicolon': 'values = [1, 2]; import math\nprint(math.fsum(values))\nprint(values)\n',
  'three on one line': 'a = 1; import math; b = math.pi  # both\nprint(a)\nprint(b)\n',
  'Windows line ends': 'values = [1, 2]; import math\r\nprint(math.fsum(values))\r\nprint(values)\r\n',
  'an assignment expression in a test':
    'values = sorted([3, 1, 2])\nif (n := len(values)) > 2:\n    print("many")\nelse:\n    print("few")\nprint(n)\nprint(values)\n',
  'one over several lines':
    'values = sorted([3, 1, 2])\nif (total := values[0]\n    + values[1]) > 2:\n    print("large")\nprint(total)\nprint(values)\n',
  'one that touches the word before':
    'values = sorted([1])\nif(n := len(values))and True:\n    print("some")\nprint(n)\nprint(values)\n',
  'a query with a variable': `${LOAD}low = 2\nlarge = table.query("a > @low")\nprint(large)\nlow = 8\nprint(table.query("a > @low and b < @low"))\n`,
  'a query with a comma at its end': `${LOAD}low = 2\nlarge = table.query(\n    "a > @low",\n)\nprint(large)\nprint(low)\n`,
  'a text that is put together': `${LOAD}low = 2\ntext = "a > @" + "low"\nprint(table.query(text))\nprint(low)\n`,
  'eval of a frame': `${LOAD}factor = 3\nproduct = table.eval("a * @factor")\nprint(product)\nprint(factor)\n`,
};

/** Programs for whose refusal no edit is sure. */
const LEFT: Readonly<Record<string, string>> = {
  'something is evaluated first':
    'def f():\n    print("f")\n    return 1\nif f() < (n := 2):\n    print("less")\nprint(n)\nprint(f())\n',
  'evaluated only sometimes':
    'a = [1]\nn = 0\nif a and (n := len(a)):\n    print("some")\nprint(n)\nprint(a)\n',
  'evaluated in every round': 'a = [1, 2]\nwhile (n := len(a)) > 0:\n    a.pop()\nprint(n)\nprint(a)\n',
  'a text that a method puts together': `${LOAD}low = 2\ntext = "a > @{}".format("low")\nprint(table.query(text))\nprint(low)\n`,
  'a variable of nobody': `${LOAD}print(table.query("a > @unknown"))\nprint(table)\n`,
  exec: 'exec("a = 1")\nprint(a)\nb = 2\nprint(b)\n',
};

suite('What lifts a refusal', function () {
  this.timeout(120_000);

  for (const [name, text] of Object.entries(LIFTED)) {
    test(`${name}: the program prints the same, and the refusal is gone`, async () => {
      const result = await lifted(text);
      assert.ok(result, 'no edit is offered');
      await withFolder(async (folder) => {
        assert.equal(await output(result.text, folder), await output(text, folder));
      });
      // Queries have as many as there are calls.
      let last: typeof result | undefined = result;
      for (let i = 0; i < 3 && last; i++) {
        const next: typeof result | undefined = await lifted(last.text);
        assert.notEqual(next?.text, last.text);
        last = next;
      }
      assert.equal(last, undefined);
    });
  }

  for (const [name, text] of Object.entries(LEFT)) {
    test(`nothing is offered: ${name}`, async () => {
      assert.equal(await lifted(text), undefined);
    });
  }

  test('a magic line without an equal can be taken out of a notebook, which is said to change it', async () => {
    const cells = ['%frobnicate now\nx = 1', 'print(x)'];
    const source = notebookSource('n.ipynb', cells);
    const program = await analyse(source);
    const outcome = packageProgram({
      program,
      source,
      name: 'p',
      modules: undefined,
      originalFolder: undefined,
      analyze: () => program,
      check: () => undefined,
      plan: undefined,
      installed: undefined,
    });
    assert.equal(outcome.status, 'refused');
    const lift = outcome.status === 'refused' ? liftOf(program, outcome.refusals[0]!) : undefined;
    assert.equal(lift?.kind, 'changes');
    assert.match(lift.title, /changes what the notebook does/);
    assert.equal(new EditSet(lift.edits).apply(cells[0]!), 'x = 1');
  });
});
