// The editor layer: suites in the extension host and walks through the window of a real VS Code.
//   node test/editor/run.mjs [part-of-a-name]
// The extension under development gets everything. What a package can break is which files are in it and what minifying
// does: the packaged one gets the smoke suite and the walks that together need every file of it, the scan's thread and
// the Python files of Verify too; a walk that is named gets both. Counts go to the file GRADUATE_COUNTS names.
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { packageExtension } from '../../scripts/package.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const harness = (name) => path.join(root, 'test/harness', name);
const wanted = process.argv[2] ?? '';
const bundled = path.join(root, 'out/test/editor');
/** Suites whose name starts so. */
const MULTIROOT = 'multiroot';
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'graduate-editor-'));
// Verify takes the interpreter of the active environment: the one that the tests run real programs with.
if (process.env.GRADUATE_PYTHON) process.env.VIRTUAL_ENV = path.resolve(process.env.GRADUATE_PYTHON, '../..');
const total = { passed: 0, failed: 0, skipped: 0 };

let running;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill(signal);
  });
}

const suiteFiles = fs.readdirSync(path.join(here, 'suite')).filter((name) => name.endsWith('.test.ts'));
const walks = fs
  .readdirSync(path.join(here, 'ui'))
  .filter((name) => name.endsWith('.ui.mjs') && name.includes(wanted));
const PACKAGED = ['folder.ui.mjs', 'notebook.ui.mjs', 'package.ui.mjs'];
const packagedWalks = walks.filter((name) => wanted !== '' || PACKAGED.includes(name));
const matching = suiteFiles.filter((name) => name.includes(wanted));

try {
  if (matching.length + walks.length === 0)
    throw new Error(`no editor suite or walk is named like "${wanted}"`);
  if (matching.length > 0) {
    await bundleSuites();
    const isApart = (name) => name.startsWith(MULTIROOT);
    if (!matching.every(isApart)) await suitesUnderDevelopment();
    if (matching.some(isApart)) await suiteInSeveralFolders();
  }
  for (const walk of walks) await runWalk(walk, 'dev', ['--extension', root]);
  goOn();
  const smokes = matching.some((name) => name.startsWith('smoke'));
  if (smokes || packagedWalks.length > 0) {
    const vsix = await packageExtension(path.join(root, 'out/graduate.vsix'));
    if (smokes) await smokeInstalled(vsix);
    for (const walk of packagedWalks) await runWalk(walk, 'vsix', ['--vsix', vsix]);
  }
} catch (error) {
  console.error(error?.stack ?? error);
  total.failed++;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
writeTotal(true);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Bundled for the same reason as the extension: the extension host runs JavaScript. */
async function bundleSuites() {
  fs.rmSync(bundled, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['index.ts', ...suiteFiles].map((name) => path.join('test/editor/suite', name)),
    outdir: bundled,
    outbase: path.join(root, 'test/editor/suite'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

async function suitesUnderDevelopment() {
  heading('suites, extension under development');
  const workspace = path.join(scratch, 'workspace');
  fs.cpSync(path.join(here, 'workspace'), workspace, { recursive: true });
  await counted('suites', async (env) => {
    await runTests({
      vscodeExecutablePath: harness('code-shim.mjs'),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(bundled, 'index.js'),
      launchArgs: [workspace],
      extensionTestsEnv: { ...env, GRADUATE_SUITES: wanted, GRADUATE_EDITOR_TIMEOUT: '900' },
    });
  });
}

/** A folder can be added to such a window without starting it anew, and with it the suite. */
async function suiteInSeveralFolders() {
  goOn();
  heading(`suite ${MULTIROOT}, a window of several folders`);
  const args = ['--extension', root, '--tests', path.join(bundled, 'index.js')];
  args.push(...workspaceOptions('test/editor/multiroot'), '--open', 'both.code-workspace');
  await counted(MULTIROOT, async (env) => {
    const code = await harnessRun(args, { ...env, GRADUATE_SUITES: MULTIROOT });
    if (code !== 0) throw new Error(`exit code ${code}`);
  });
}

async function smokeInstalled(vsix) {
  goOn();
  heading('smoke suite, packaged extension');
  const args = ['--vsix', vsix, '--tests', path.join(bundled, 'index.js'), ...workspaceOptions()];
  await counted('smoke', async (env) => {
    const code = await harnessRun(args, { ...env, GRADUATE_SUITES: 'smoke' });
    if (code !== 0) throw new Error(`exit code ${code}`);
  });
}

/** One walk is one test, in a window and a copy of the workspace of its own. */
async function runWalk(name, tag, extension) {
  goOn();
  heading(`walk ${name}, ${tag === 'vsix' ? 'packaged extension' : 'extension under development'}`);
  const file = path.join(here, 'ui', name);
  // A walk may export the folder it wants to open (from the repository's root), a .code-workspace in it, and settings.
  const {
    workspace,
    open,
    trust = false,
    settings = {},
    timeout = 180,
  } = await import(pathToFileURL(file).href);
  const args = [
    ...extension,
    '--ui',
    file,
    '--tag',
    tag,
    '--timeout',
    String(timeout),
    ...workspaceOptions(workspace),
  ];
  if (open) args.push('--open', open);
  if (trust) args.push('--trust');
  for (const [key, value] of Object.entries(settings))
    args.push('--setting', `${key}=${JSON.stringify(value)}`);
  const code = await harnessRun(args, {});
  if (code === 0) total.passed++;
  else total.failed++;
  writeTotal(false);
}

function workspaceOptions(folder = 'test/editor/workspace') {
  return ['--workspace', path.join(root, folder), '--copy-workspace'];
}

function harnessRun(args, env) {
  return new Promise((resolve, reject) => {
    const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } };
    running = spawn(process.execPath, [harness('run-vscode.mjs'), ...args], options);
    running.once('error', reject);
    running.once('close', (code) => resolve(code ?? 70));
  });
}

/** Between two runs, so that Ctrl+C ends the layer and not only the run it hits. */
function goOn() {
  if (interrupted) throw new Error('interrupted');
}

/** Adds a mocha run's counts; a run that dies, or fails without a failed test, counts as one failure more. */
async function counted(name, start) {
  const file = path.join(scratch, `${name}.json`);
  let problem;
  try {
    await start({ GRADUATE_COUNTS: file, GRADUATE_REPORTER: harness('counting-reporter.mjs') });
  } catch (error) {
    problem = error.message;
  }
  const counts = fs.existsSync(file)
    ? JSON.parse(fs.readFileSync(file, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0, ended: false };
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (!counts.ended || (problem && counts.failed === 0)) {
    total.failed++;
    console.error(`${name}: ${problem ?? 'the run did not end'}`);
  }
  writeTotal(false);
}

function writeTotal(ended) {
  if (process.env.GRADUATE_COUNTS)
    fs.writeFileSync(process.env.GRADUATE_COUNTS, JSON.stringify({ ...total, ended }));
}

function heading(text) {
  console.log(`\n--- ${text}`);
}
