// `npm test [-- layer ...]`: runs the layers of layers.mjs, whatever fails, and ends with the line `N passed, N failed`.
// What runs beside others is printed when its lane is over. A layer that dies, hangs or runs no test counts as a failure: silence is never green.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot } from './cache.mjs';
import { ensureChromium } from './chromium.mjs';
import { chooseLayers, stagesOf } from './layers.mjs';
import { ensureHost } from './setup-host.mjs';
import { ensurePython } from './setup-python.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** A layer that is not over by then hangs, unless it says how long it may take. CI has 90 minutes for everything. */
const LAYER_LIMIT_MINUTES = 40;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'graduate-test-'));
const environment = {
  ...process.env,
  GRADUATE_CACHE: cacheRoot(),
  SHOTS: path.resolve(process.env.SHOTS ?? path.join(root, 'out/screenshots')),
};

/** What layers need beyond node_modules; each is set up when the first layer asks for it. */
const SETUPS = {
  build: () => undefined,
  python: async () => {
    environment.GRADUATE_PYTHON = await ensurePython();
  },
  host: async () => {
    await ensureHost();
    environment.CHROMIUM = await ensureChromium();
  },
};
const setUps = new Map();

async function setUp(needs) {
  for (const need of needs) {
    if (!setUps.has(need)) setUps.set(need, Promise.resolve().then(SETUPS[need]));
    await setUps.get(need);
  }
}

const RUNNERS = {
  check: async (layer, output) => {
    const code = await node(layer.command, limitOf(layer), { output });
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  },
  mocha: async (layer, output) => {
    const specs = layer.folders.filter(hasTests).map((folder) => `${folder}/**/*.test.ts`);
    const limit = ['--timeout', `${layer.seconds}s`];
    const reporter = ['--reporter', './test/harness/counting-reporter.mjs'];
    const mocha = ['node_modules/mocha/bin/mocha.js', '--forbid-only'];
    return counted(layer, [...mocha, ...limit, ...reporter, ...specs], output);
  },
  editor: (layer, output) => counted(layer, ['test/editor/run.mjs'], output),
};

function limitOf(layer) {
  return layer.minutes ?? LAYER_LIMIT_MINUTES;
}

/** Runs a command that leaves its counts in a file, and makes a failure of everything but a clean end. */
async function counted(layer, args, output) {
  const file = path.join(scratch, `${layer.name}.json`);
  const code = await node(args, limitOf(layer), { output, env: { GRADUATE_COUNTS: file } });
  const counts = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : { passed: 0, failed: 0 };
  const { passed, failed, skipped, ended } = counts;
  let why;
  if (!ended) why = `died (exit code ${code}) before its end`;
  else if (code !== 0 && failed === 0) why = `exit code ${code} without a failed test`;
  else if (passed + failed === 0) why = 'ran no test';
  return { passed, failed: failed + (why ? 1 : 0), skipped, why };
}

/** Runs a Node program in a process group of its own, so that a hanging one goes with all its children. */
function node(args, minutes, { output = 'inherit', env = {} }) {
  return new Promise((resolve) => {
    const options = { cwd: root, stdio: ['ignore', output, output], detached: true };
    const child = spawn(process.execPath, args, { ...options, env: { ...environment, ...env } });
    const signal = (name) => {
      try {
        process.kill(-child.pid, name);
      } catch {
        // Already gone.
      }
    };
    const forward = (name) => signal(name);
    const limit = setTimeout(() => {
      console.error(`still running after ${minutes} minutes: ended`);
      signal('SIGTERM');
      setTimeout(signal, 10_000, 'SIGKILL').unref();
    }, minutes * 60_000);
    const end = (code) => {
      clearTimeout(limit);
      for (const name of ['SIGINT', 'SIGTERM']) process.off(name, forward);
      resolve(code ?? 70);
    };
    for (const name of ['SIGINT', 'SIGTERM']) process.on(name, forward);
    child.once('error', (error) => {
      console.error(error.message);
      end(70);
    });
    child.once('close', end);
  });
}

function hasTests(folder) {
  const directory = path.join(root, folder);
  if (!fs.existsSync(directory)) return false;
  return fs.readdirSync(directory, { recursive: true }).some((name) => name.endsWith('.test.ts'));
}

async function runLayer(layer, output) {
  const started = Date.now();
  let result;
  try {
    await setUp(layer.needs);
    result = await RUNNERS[layer.kind](layer, output);
  } catch (error) {
    result = { passed: 0, failed: 1, why: error.message };
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const skipped = result.skipped ? `, ${result.skipped} skipped` : '';
  const why = result.why ? `: ${result.why}` : '';
  const line = `${layer.name.padEnd(14)} ${result.passed} passed, ${result.failed} failed${skipped} in ${seconds} s${why}`;
  return { ...result, line };
}

function say(output, line) {
  if (output === 'inherit') console.log(line);
  else fs.writeSync(output, `${line}\n`);
}

/** Runs a lane whose output waits in a file until the lane is over. */
async function runBeside(lane, number, runLane) {
  const file = path.join(scratch, `lane-${number}.txt`);
  const output = fs.openSync(file, 'a');
  try {
    await runLane(lane, output);
  } finally {
    fs.closeSync(output);
    process.stdout.write(fs.readFileSync(file, 'utf8'));
  }
}

async function main() {
  const names = process.argv.slice(2);
  const lines = [];
  let passed = 0;
  let failed = 0;
  let interrupted = false;
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => (interrupted = true));
  // A layer that nobody has written yet; one that was asked for by name must be there.
  const isThere = (layer) => layer.kind !== 'mocha' || names.length > 0 || layer.folders.some(hasTests);
  const runLane = async (lane, output) => {
    for (const layer of lane) {
      if (interrupted) break;
      say(output, `\n=== ${layer.name}`);
      const result = await runLayer(layer, output);
      say(output, `=== ${result.line}`);
      lines.push(result.line);
      passed += result.passed;
      failed += result.failed;
    }
  };
  for (const lanes of stagesOf(chooseLayers(names).filter(isThere))) {
    await Promise.all(
      lanes.map((lane, i) => (i === 0 ? runLane(lane, 'inherit') : runBeside(lane, i, runLane))),
    );
    if (interrupted) break;
  }
  if (interrupted) failed++;
  console.log(`\n${lines.join('\n')}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
