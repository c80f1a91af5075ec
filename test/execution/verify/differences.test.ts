import assert from 'node:assert/strict';
import fs from 'node:fs';
import { type Verified, inBench, verifyScripts } from './support';

/** A pair that must be told apart, by differences of exactly these kinds and names. */
const PAIRS: readonly (readonly [
  what: string,
  found: readonly string[],
  original: string,
  converted: string,
])[] = [
  [
    'the order of output',
    ['output line 1'],
    'print("é 数据 🎓")\nprint("b")\n',
    'print("b")\nprint("é 数据 🎓")\n',
  ],
  [
    'files, by what they hold',
    ['file a.py', 'file extra.txt', 'file m.pkl', 'file missing.txt', 'file o.csv', 'file o.npy'],
    'import numpy, pickle, os\nopen("missing.txt", "w").write("x")\nopen("o.csv", "w").write("a\\n1\\n")\n' +
      'numpy.save("o.npy", numpy.zeros(3))\npickle.dump({"a": 2.5}, open("m.pkl", "wb"))\nos.remove("a.py")\n',
    'import numpy, pickle, os\nopen("extra.txt", "w").write("x")\nopen("o.csv", "w").write("a\\n2\\n")\n' +
      'numpy.save("o.npy", numpy.array([0, 0, 1e-300]))\npickle.dump({"a": 2.25}, open("m.pkl", "wb"))\n',
  ],
  [
    'final values, and states of random generators',
    ['random random', 'value a', 'value b', 'value d'],
    'import numpy, random\nrandom.seed(1)\na = [1, {"a": 0.1}]\nb = 1\nc = float("nan")\nd = numpy.arange(4.0)\n',
    'import numpy, random\nrandom.seed(1)\nrandom.random()\na = [1, {"a": 0.2}]\nb = True\nc = float("nan")\n' +
      'd = numpy.arange(4.0)\nd[2] = numpy.nan\n',
  ],
  [
    'an exception',
    ['exception exception'],
    'print(1)\nraise ValueError("x")\n',
    'print(1)\nraise KeyError("x")\n',
  ],
  ['the exit status', ['exit-status exit status'], 'import sys\nsys.exit(3)\n', 'import sys\nsys.exit(4)\n'],
  [
    'a crash',
    ['exit-status exit status'],
    'import os, signal\nprint("a", flush=True)\n',
    'import os, signal\nprint("a", flush=True)\nos.kill(os.getpid(), signal.SIGSEGV)\n',
  ],
  [
    'the rest of a line of which a part varies',
    ['output line 1'],
    'import time\nprint("accuracy 0.91 after", time.perf_counter_ns())\n',
    'import time\nprint("accuracy 0.85 after", time.perf_counter_ns())\n',
  ],
];

suite('verify tells apart', () => {
  for (const [what, found, original, converted] of PAIRS) {
    test(what, async () => {
      const { status, report, stderr } = await verifyScripts(original, converted);
      assert.deepEqual([status, report.status], [1, 'different'], stderr + JSON.stringify(report));
      const names = report.differences.map(({ kind, name }) => `${kind} ${name}`).sort();
      assert.deepEqual(names, found, JSON.stringify(report.differences));
    });
  }

  test('a program that no longer ends', async () => {
    const verified = await verifyScripts('print(1)\n', 'print(1)\nwhile True: pass\n', '--timeout', '3');
    assert.deepEqual([verified.status, kindsOf(verified)], [1, ['end']]);
  });

  test('the place where the output parts, with its stage', async () => {
    const head = '# --- Load ---\nx = 2\nprint("read", x)\n\n# --- Train ---\nfor i in range(3):\n    ';
    const { report } = await verifyScripts(`${head}print(i * x)\n`, `${head}print(i * x if i < 2 else 5)\n`);
    assert.deepEqual(report.firstDivergingStage, { cell: null, line: 6, stage: 'Train' });
    assert.equal(report.differences[0]?.message, 'line 4 of the output is "5" instead of "4"');
  });
});

suite('verify calls equal', () => {
  test('what differs in nothing that counts', async () => {
    const original =
      'import sys, pickle\nclass Net:\n    def __init__(self): self.w = [float("nan"), 1]\n' +
      'net = Net()\npickle.dump(net, open("n.pkl", "wb"))\nprint("x")\nprint("to stderr", file=sys.stderr)\n';
    const converted =
      'import pickle\nfrom other import Net\nclass Pipeline:\n    def run(self):\n        self.net = Net()\n' +
      '        pickle.dump(self.net, open("n.pkl", "wb"))\n        print("x")\npipeline = Pipeline()\npipeline.run()\n';
    const module = 'class Net:\n    def __init__(self): self.w = [float("nan"), 1]\n';
    await inBench({ 'a.py': original, 'b.py': converted, 'other.py': module }, async (bench) => {
      const { report, stderr } = await bench.verify('a.py', 'b.py');
      assert.equal(report.status, 'equal', stderr + JSON.stringify(report));
      const { lines, files, values } = report.compared;
      // The value is found as the pipeline's attribute; the pickle names another module, and holds the same.
      assert.deepEqual([lines, files, values], [1, 1, 1]);
    });
  });

  test('what varies from run to run, which is masked and shown', async () => {
    const text =
      'import time, uuid\nprint("start")\nprint("took", time.perf_counter_ns(), "ns")\nid = uuid.uuid4()\n' +
      'open("log.txt", "w").write(f"a\\n{id}\\n")\nprint("end")\n';
    const { report } = await verifyScripts(text, text);
    assert.equal(report.status, 'equal', JSON.stringify(report));
    const names = report.masked.map(({ kind, name }) => `${kind} ${name}`);
    assert.deepEqual(names, ['output line 2', 'file log.txt:2', 'value id']);
  });

  test('programs that fail alike', async () => {
    const { report } = await verifyScripts('print(1)\n1 / 0\n', 'print(1)\n[][0:0] + [1 // 0]\n');
    assert.deepEqual([report.status, report.compared.exception], ['equal', 'ZeroDivisionError']);
  });

  test('programs that a signal ends alike', async () => {
    const text = 'import os, signal\nprint("a", flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n';
    const { report } = await verifyScripts(text, text);
    assert.equal(report.status, 'equal', JSON.stringify(report));
    assert.deepEqual(
      report.notCompared.map(({ what }) => what),
      ['final values'],
    );
  });

  test('programs that read standard input, which is empty', async () => {
    const text =
      'import sys\nprint(repr(sys.stdin.read()))\ntry:\n    input()\nexcept EOFError:\n    print("end")\n';
    const { report } = await verifyScripts(text, text);
    assert.deepEqual([report.status, report.compared.lines], ['equal', 2]);
  });

  test('not a large output whose last line differs, behind what is kept', async () => {
    const text = (last: string): string => `for i in range(90): print("x" * 99999)\nprint(${last})\n`;
    const { report } = await verifyScripts(text('1'), text('2'));
    const [difference, ...others] = report.differences;
    assert.deepEqual([report.status, difference?.name, others], ['different', 'rest', []]);
  });

  test('absolute paths of the folder lead into the copy', () =>
    inBench({}, async (bench) => {
      const text = `p = ${JSON.stringify(bench.folder)}\nopen(p + "/o.txt", "w").write("x")\nimport os\nprint(os.getcwd() == p)\n`;
      bench.write({ 'a.py': text, 'b.py': text });
      const { report } = await bench.verify('a.py', 'b.py');
      assert.deepEqual([report.status, report.compared.files], ['equal', 1], JSON.stringify(report));
      assert.equal(fs.existsSync(bench.path('o.txt')), false);
    }));
});

suite('verify says that it does not know', () => {
  test('nothing to compare', async () => {
    const { status, report } = await verifyScripts('def f(): pass\n', 'def g(): pass\n');
    assert.deepEqual([status, report.status], [2, 'unknown']);
    assert.match(report.reason, /^there is nothing to compare/);
  });

  test('an original that does not end', async () => {
    const { status, report } = await verifyScripts('while True: pass\n', 'print(1)\n', '--timeout', '2');
    assert.deepEqual([status, report.status], [2, 'failed']);
  });
});

function kindsOf({ report }: Verified): string[] {
  return report.differences.map(({ kind }) => kind);
}
