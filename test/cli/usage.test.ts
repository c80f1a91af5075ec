import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../support/run';
import { inPlace } from './support';

suite('graduate: usage', () => {
  test('--help lists the commands, and each has its own', () =>
    inPlace({}, async (place) => {
      const help = await place.run(['--help']);
      assert.equal(help.status, 0);
      for (const name of ['check', 'fix', 'refactor', 'rules']) {
        assert.match(help.stdout, new RegExp(`^  ${name} `, 'm'));
        const own = await place.run([name, '--help']);
        assert.equal(own.status, 0);
        assert.match(own.stdout, new RegExp(`^usage: graduate ${name} `));
        assert.match(own.stdout, /--format text\|json/);
      }
    }));

  test('--version is that of the package', () =>
    inPlace({}, async (place) => {
      const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
        version: string;
      };
      const answer = await place.run(['--version']);
      assert.deepEqual([answer.status, answer.stdout], [0, `${manifest.version}\n`]);
    }));

  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['', /command is missing/],
    ['chekc', /no command "chekc"/],
    ['--chekc', /unknown option '--chekc'/],
    ['check --nonsense', /unknown option '--nonsense'/],
    ['check --format', /--format/],
    ['check --format xml', /--format is text, json or sarif, not "xml"/],
    ['check --fail-on fatal', /--fail-on is hint, information, warning, error or off, not "fatal"/],
    ['check --jobs 0', /--jobs is a number from 1 on, not "0"/],
    ['check --jobs two', /--jobs is a number from 1 on, not "two"/],
    ['check --jobs', /--jobs/],
    ['fix --format sarif', /--format is text or json, not "sarif"/],
    ['fix --rule no-such-rule', /no rule "no-such-rule"/],
    ['rules no-such-rule', /no rule "no-such-rule"/],
    ['refactor', /needs a name and a file/],
    ['refactor no-such a.py', /no refactoring "no-such"/],
    ['refactor paths-to-config', /needs a file or folder/],
    ['refactor extract-function a.py', /needs --lines A-B or --cells A-B/],
    ['refactor extract-function a.py --lines 3-1', /--lines is a range/],
    ['refactor add-main a.py --lines 1-2', /add-main takes no --lines/],
    ['refactor paths-to-config a.py b.py', /one file or folder, not 2/],
    ['refactor add-logging a.py', /add-logging is not available yet/],
    ['verify a', /verify needs the original and the converted program/],
    ['readiness', /readiness is not available yet/],
    ['mlops check', /mlops is not available yet/],
  ];
  for (const [line, message] of mistakes) {
    test(`"graduate ${line}" is a mistake, told in one line`, () =>
      inPlace({}, async (place) => {
        const answer = await place.run(line.split(' ').filter(Boolean));
        assert.equal(answer.status, 2);
        assert.equal(answer.stdout, '');
        assert.equal(answer.complaints.length, 1, answer.stderr);
        assert.match(answer.stderr, message);
        assert.match(answer.stderr, /^graduate: /);
      }));
  }

  test('a reader that goes away is no error', () =>
    inPlace({}, async (place) => {
      const child = spawn(process.execPath, [path.join(ROOT, 'dist/cli.js'), 'rules', 'hard-coded-path'], {
        cwd: place.folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child.stdout.destroy();
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      const status = await new Promise((resolve) => child.once('close', resolve));
      assert.deepEqual([status, stderr], [0, '']);
    }));
});

suite('graduate rules', () => {
  test('lists all rules', () =>
    inPlace({}, async (place) => {
      const text = await place.run(['rules']);
      assert.equal(text.status, 0);
      assert.match(text.stdout, /^hard-coded-path +warning +keeps +\S/m);
      const { version, rules } = (await place.run(['rules', '--format', 'json'])).json as {
        version: number;
        rules: Record<string, unknown>[];
      };
      assert.equal(version, 1);
      const rule = rules.find(({ name }) => name === 'hard-coded-path');
      assert.deepEqual(
        [rule?.['family'], rule?.['severity'], rule?.['fixes']],
        ['configuration', 'warning', ['keeps']],
      );
    }));

  test('shows one rule', () =>
    inPlace({}, async (place) => {
      const text = await place.run(['rules', 'hard-coded-path']);
      assert.match(text.stdout, /^# hard-coded-path\n[^]*## When not to use it\n/);
      const { rules } = (await place.run(['rules', 'hard-coded-path', '--format=json'])).json as {
        rules: { name: string; page: { why: string } }[];
      };
      assert.deepEqual(
        rules.map(({ name }) => name),
        ['hard-coded-path'],
      );
      assert.ok(rules[0]?.page.why);
    }));
});
