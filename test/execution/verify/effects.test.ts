import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { snapshot, withFolder } from '../../support/folders';
import { inBench } from './support';

suite('verify holds back what leaves the folder', () => {
  test('a write outside, by whatever path: nothing is changed, and the result is unknown', () =>
    withFolder((outside) =>
      inBench({ 'data.txt': 'mine\n' }, async (bench) => {
        const target = path.join(outside, 'o.txt');
        fs.writeFileSync(target, 'theirs\n');
        fs.symlinkSync(outside, bench.path('link'));
        const text =
          `import os, shutil\nhome = ${JSON.stringify(outside)}\nhere = os.path.join(home, "o.txt")\n` +
          'tries = [lambda: open(here, "w"), lambda: os.remove(here), lambda: os.rename(here, here + "x"),\n' +
          '    lambda: shutil.rmtree(home), lambda: os.truncate(here, 0), lambda: os.chmod(here, 0),\n' +
          '    lambda: os.symlink(home, "l2") or open("l2/o.txt", "a"), lambda: os.link(here, "hard")]\n' +
          'for each in tries:\n    try:\n        each()\n        print("done")\n    except OSError as error:\n        print(type(error).__name__)\n' +
          'open("link/o.txt", "w").write("a copy")\nopen("data.txt", "a").write("more")\n';
        bench.write({ 'a.py': text });
        const before = snapshot(bench.folder);
        const { status, report, stderr } = await bench.verify('a.py', 'a.py');
        assert.deepEqual([status, report.status], [2, 'unknown'], stderr + JSON.stringify(report));
        assert.ok(report.effects.some(({ kind, held }) => kind === 'files' && held));
        assert.equal(fs.readFileSync(target, 'utf8'), 'theirs\n');
        assert.deepEqual(fs.readdirSync(outside), ['o.txt']);
        assert.deepEqual(snapshot(bench.folder), before);
        // What lies behind a link is a copy, too, and data that the program changes is a result.
        assert.equal(report.compared.files, 3);
      }),
    ));

  test('connections and child processes, but for harmless ones', () =>
    inBench(
      {
        'a.py':
          'import socket, subprocess, os, sys\nprint(subprocess.run(["echo", "x"], capture_output=True).stdout)\n' +
          'os.system("mkdir -p sub && ls > sub/list.txt")\n' +
          'for each in [lambda: os.system("rm -rf ../../x"), lambda: subprocess.run([sys.executable, "-c", "1"]),\n' +
          '    lambda: socket.create_connection(("192.0.2.1", 80), 1)]:\n    try:\n        each()\n        print("done")\n' +
          '    except PermissionError:\n        print("held")\n',
      },
      async (bench) => {
        const { report } = await bench.verify('a.py', 'a.py');
        const held = report.effects.filter((effect) => effect.held).map(({ kind }) => kind);
        assert.deepEqual(
          [report.status, held],
          ['unknown', ['processes', 'processes', 'network']],
          JSON.stringify(report),
        );
        assert.deepEqual([report.compared.lines, report.compared.files], [4, 1]);
        const allowed = await bench.verify('a.py', 'a.py', '--allow', 'processes');
        const still = allowed.report.effects.filter((effect) => effect.held).map(({ kind }) => kind);
        assert.deepEqual(still, ['network']);
      },
    ));

  test('what is known beforehand is listed, and nothing is run', () =>
    inBench(
      {
        'a.py':
          'import pandas as pd\nopen("ran.txt", "w").write("x")\n' +
          'df = pd.read_csv("https://example.org/data.csv")\ndf.to_csv("/srv/results/out.csv")\n',
      },
      async (bench) => {
        const { status, stderr } = await bench.refuse('a.py', 'a.py');
        assert.equal(status, 2);
        assert.match(stderr, /^a\.py:3: network: .*https:\/\/example\.org/m);
        assert.match(stderr, /^a\.py:4: files: .*\/srv\/results\/out\.csv$/m);
        assert.match(stderr, /^graduate: nothing was run, because of .*--allow network/m);
        assert.equal(fs.existsSync(bench.path('ran.txt')), false);
      },
    ));

  test('bad usage is one line', () =>
    inBench({ 'a.py': 'x = 1\n', 'n.txt': '', 'empty/x.txt': '' }, async (bench) => {
      for (const [args, message] of [
        [['a.py'], /needs the original and the converted/],
        [['a.py', 'none.py'], /none\.py: no such file/],
        [['a.py', 'n.txt'], /n\.txt: neither a script/],
        [['a.py', 'empty'], /empty: no package in it/],
        [['a.py', 'a.py', '--timeout', 'x'], /--timeout is a positive number/],
        [['a.py', 'a.py', '--set', 'x'], /"x" is not name=value/],
        [['a.py', 'a.py', '--python', './n.txt'], /is no Python interpreter/],
      ] as const) {
        const { status, stderr } = await bench.refuse(...args);
        assert.equal(status, 2, args.join(' '));
        assert.match(stderr, message);
        assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
      }
    }));
});
