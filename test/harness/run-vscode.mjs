#!/usr/bin/env node
// Runs a suite in the extension host of a real VS Code, or a walk through its window; see options.mjs for the options.
// Exit codes: the suite's; 1 a failed walk; 64 a wrong command line; 70 the run itself broke; 124 out of time.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchBrowser, listen, newPage, workbenchUrl } from './browser.mjs';
import { readOptions, USAGE, UsageError } from './options.mjs';
import { startServer } from './server.mjs';
import { takeShot, workbenchReady } from './workbench.mjs';

const ENTRY = fileURLToPath(new URL('suite-entry.cjs', import.meta.url));
/** Starting takes 5 s; a start that takes this long hangs. */
const START_MS = 60_000;

const begun = Date.now();
const say = (...words) => console.log(`[vscode +${((Date.now() - begun) / 1000).toFixed(1)}s]`, ...words);

/** What has to be undone at the end, last first; also when a signal ends the run. */
const cleanups = [];
async function cleanUp() {
  for (let undo = cleanups.pop(); undo; undo = cleanups.pop()) await undo().catch(() => undefined);
}

/** One run. `started` tells whether the suite or walk had begun: before that nothing of ours has been tested. */
async function attempt(options) {
  const progress = { started: false, code: 70 };
  const deadline = Date.now() + options.timeoutMs;
  try {
    const hanging = delay(options.timeoutMs + START_MS, 124, { ref: false });
    const run = runOnce(options, deadline, progress);
    progress.code = await (options.keepOpen ? run : Promise.race([run, hanging]));
  } catch (error) {
    console.error(error?.stack ?? error);
  }
  await cleanUp();
  return progress;
}

async function runOnce(options, deadline, progress) {
  const startMs = Math.min(START_MS, options.timeoutMs);
  const scratch = fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'graduate-run-'));
  cleanups.push(async () => fs.rmSync(scratch, { recursive: true, force: true }));
  const workspace = prepareWorkspace(options, scratch);
  const result = path.join(scratch, 'result.json');
  const env = { ...options.env };
  if (options.tests) Object.assign(env, { GRADUATE_SUITE: options.tests, GRADUATE_SUITE_RESULT: result });

  const { host, vsix, settings, trust } = options;
  const server = await startServer({
    host,
    vsix,
    settings,
    trust,
    env,
    automation: true,
    isolateHome: true,
    timeoutMs: startMs,
  });
  cleanups.push(server.stop);
  const browser = await launchBrowser(options);
  cleanups.push(() => browser.close());
  const page = await newPage(browser, server.authority, options);
  const { exited } = await listen(page, options);

  // VS Code wants an extension under development beside the tests; with an installed one the tests' folder serves.
  const development = options.extension ?? (options.tests && path.dirname(options.tests));
  const url = workbenchUrl(server.authority, path.join(workspace, options.open ?? ''), {
    extension: development,
    tests: options.tests && ENTRY,
  });
  await page.goto(url, { timeout: startMs });
  await workbenchReady(page, startMs);
  say('the workbench is there');

  let code = 0;
  if (options.tests) code = await suiteResult({ exited, deadline, result, progress, server });
  if (options.ui && code === 0) {
    progress.started = true;
    code = await walk({ page, url, workspace }, options, deadline);
  }
  if (options.screenshot) await takeShot(page, options.screenshot);
  if (options.keepOpen) {
    console.log(url);
    await new Promise(() => undefined);
  }
  return code;
}

function prepareWorkspace(options, scratch) {
  if (options.workspace && !options.copyWorkspace) return options.workspace;
  const copy = path.join(scratch, path.basename(options.workspace ?? 'empty'));
  if (options.workspace) fs.cpSync(options.workspace, copy, { recursive: true });
  else fs.mkdirSync(copy);
  return copy;
}

async function suiteResult({ exited, deadline, result, progress, server }) {
  const late = delay(Math.max(1, deadline - Date.now()), 'the suite did not end in time', { ref: false });
  const end = await Promise.race([exited, late.then((why) => ({ code: 124, why })), notStarting(result)]);
  progress.started = fs.existsSync(result);
  if (end.why) {
    console.error(end.why);
    console.error(server.log().slice(-1500));
    return end.code;
  }
  const left = progress.started
    ? JSON.parse(fs.readFileSync(result, 'utf8'))
    : { ok: false, why: 'the suite never started' };
  if (left.ok) return end.code;
  if (end.code === 0) console.error(`failed, although VS Code's exit code is 0: ${left.why}`);
  return end.code || 1;
}

/** Settles when the suite has left no sign of life for a while; its entry writes the file before anything else. */
async function notStarting(result) {
  await delay(START_MS, undefined, { ref: false });
  if (fs.existsSync(result)) return new Promise(() => undefined);
  return { code: 70, why: `the suite did not start within ${START_MS / 1000} s` };
}

async function walk({ page, url, workspace }, options, deadline) {
  const name = path.basename(options.ui).replace(/\.ui\.mjs$/, '');
  const file = (shot) =>
    path.join(options.shots, [name, options.tag, shot].filter(Boolean).join('-') + '.png');
  const shot = (shotName) => takeShot(page, file(shotName));
  try {
    const { default: steps } = await import(pathToFileURL(options.ui).href);
    const late = delay(Math.max(1, deadline - Date.now()), 'late', { ref: false });
    const end = await Promise.race([steps({ page, url, workspace, say, shot }), late]);
    if (end === 'late') throw new Error(`the walk did not end within ${options.timeoutMs / 1000} s`);
    return 0;
  } catch (error) {
    console.error(`the walk ${name} failed:`, error?.stack ?? error);
    await page.screenshot({ path: file('failed') }).then(
      () => console.error(`the window at that moment: ${file('failed')}`),
      () => undefined,
    );
    return 1;
  }
}

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  fs.mkdirSync(options.shots, { recursive: true });
  let outcome = await attempt(options);
  if (outcome.code !== 0 && !outcome.started) {
    say('RETRY: this run died before the suite started, so nothing was tested; trying once more');
    outcome = await attempt(options);
  }
  say('exit code', outcome.code);
  return outcome.code;
}

// A reader that goes away (`| head`) must not leave a server behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => void cleanUp().then(() => process.exit(130)));
}
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    console.error(error?.stack ?? error);
    void cleanUp().then(() => process.exit(70));
  });
}

try {
  process.exit(await main());
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exit(64);
}
