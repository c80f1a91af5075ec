import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { filesBelow } from '../support/folders';
import { runPython } from '../support/run';
import { succeeded } from './lint';
import { make, subjects } from './madePackages';

/** Makes packages of programs, installs them with pip, runs them from elsewhere, and runs their own tests. */
export function installationSuite(names: readonly string[]): void {
  suite('Packages are installed, run from elsewhere, and pass their own tests', function () {
    this.timeout(900_000);
    let root = '';
    suiteSetup(() => {
      root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'graduate-installed-')));
    });
    suiteTeardown(() => fs.rmSync(root, { recursive: true, force: true }));

    for (const subject of subjects(names)) {
      test(subject.name, async () => {
        const made = await make(root, subject);
        const site = path.join(root, 'sites', subject.name);
        const offline = ['--no-deps', '--no-build-isolation', '--no-index', '--disable-pip-version-check'];
        const install = ['-m', 'pip', 'install', '--quiet', ...offline, '--target', site, made.folder];
        succeeded(await runPython(install, { cwd: root }));
        assert.ok(fs.existsSync(path.join(site, subject.name, 'config.yaml')), 'package data');
        const data = path.join(root, 'data', subject.name);
        const elsewhere = path.join(root, 'elsewhere', subject.name);
        fs.cpSync(made.original, data, { recursive: true });
        fs.mkdirSync(elsewhere, { recursive: true });
        // Those that read the command line themselves take the variable alone.
        const env = { PYTHONPATH: site, [`${subject.name.toUpperCase()}_DATA_ROOT`]: data };
        const run = succeeded(await runPython(['-m', subject.name], { cwd: elsewhere, env }));
        assert.notEqual(run.stdout.toString('utf8').trim(), '');
        assert.deepEqual(filesBelow(elsewhere), []);
        const pytest = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--basetemp', `${elsewhere}-runs`];
        const tested = succeeded(await runPython(pytest, { cwd: made.folder, timeoutMs: 600_000 }));
        const said = tested.stdout.toString('utf8').trim().split('\n').at(-1)!;
        console.log(`${subject.name}: ${said}`);
        assert.match(said, /^\d+ passed in /);
      });
    }
  });
}
