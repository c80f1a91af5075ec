// A VS Code server with a profile of its own: nothing of the user's VS Code is read or written.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hostFiles } from '../../scripts/setup-host.mjs';

/** Settings that keep the workbench quiet and offline, so that a screenshot shows the extension and nothing else. */
const QUIET_SETTINGS = {
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'editor.cursorBlinking': 'solid',
  'files.autoSave': 'off',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'window.commandCenter': false,
};

/** No dialog asks, so that the folder stays as it is: not trusted. */
const UNTRUSTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.emptyWindow': false,
};

/**
 * Starts a server. Options: `host` (folder of setup-host), `vsix` (files to install), `settings`, `env`, `port`,
 * `trust` (folders are not trusted), `timeoutMs`, `automation` (lets a page run test suites in it), `isolateHome` (programs started in it see an empty
 * home folder). Returns `{ authority, root, log(), stop() }`; `root` is a temporary folder that `stop()` removes.
 */
export async function startServer({
  host,
  vsix = [],
  settings = {},
  trust = false,
  env = {},
  automation,
  isolateHome,
  ...rest
}) {
  const { node, server: entry } = hostFiles(host);
  if (!fs.existsSync(entry))
    throw new Error(`no VS Code host in ${host}: run \`node scripts/setup-host.mjs\``);
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'graduate-vscode-'));
  const profile = writeProfile(root, trust ? { ...UNTRUSTED, ...settings } : settings);
  const environment = serverEnvironment(root, env, isolateHome);
  let child;

  const stop = async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      signalGroup(child.pid, 'SIGTERM');
      await Promise.race([gone, delay(3000)]);
    }
    // The group outlives its leader when the extension host hangs.
    if (child?.pid) signalGroup(child.pid, 'SIGKILL');
    await removeFolder(root);
  };

  try {
    for (const file of vsix) {
      const install = ['--install-extension', path.resolve(file), '--force'];
      execFileSync(node, [entry, ...profile, ...install], {
        env: environment,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    }
    const port = rest.port ?? (await freePort());
    const authority = `127.0.0.1:${port}`;
    const logFile = path.join(root, 'server.log');
    const logHandle = fs.openSync(logFile, 'w');
    const flags = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
    flags.push('--disable-getting-started-override');
    if (!trust) flags.push('--disable-workspace-trust');
    // A built workbench ignores the tests that a page asks for without this flag.
    if (automation) flags.push('--enable-smoke-test-driver');
    child = spawn(node, [entry, ...flags, ...profile], {
      env: environment,
      stdio: ['ignore', logHandle, logHandle],
      detached: true, // a group of its own, so that its extension hosts end with it
    });
    fs.closeSync(logHandle);
    const log = () => fs.readFileSync(logFile, 'utf8');
    await untilUp(child, authority, rest.timeoutMs ?? 30_000, log);
    return { authority, root, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function writeProfile(root, settings) {
  const user = path.join(root, 'user');
  const extensions = path.join(root, 'extensions');
  fs.mkdirSync(path.join(user, 'User'), { recursive: true });
  fs.mkdirSync(extensions);
  fs.mkdirSync(path.join(root, 'tmp'));
  const all = { ...QUIET_SETTINGS, ...settings };
  fs.writeFileSync(path.join(user, 'User/settings.json'), `${JSON.stringify(all, null, 2)}\n`);
  return [
    ...['--server-data-dir', path.join(root, 'server')],
    ...['--user-data-dir', user],
    ...['--extensions-dir', extensions],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-experiments'],
  ];
}

function serverEnvironment(root, extra, isolateHome) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    // Left by an outer VS Code or by the test runner's own Node; they would change the inner one.
    if (/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|XDG_RUNTIME_DIR$)/.test(name)) delete env[name];
  }
  // Sockets go to TMPDIR. An empty gallery stops marketplace look-ups.
  Object.assign(env, { TMPDIR: path.join(root, 'tmp'), EXTENSIONS_GALLERY: '{}' });
  if (isolateHome) env.HOME = root;
  return Object.assign(env, extra);
}

async function untilUp(child, authority, timeoutMs, log) {
  const deadline = Date.now() + timeoutMs;
  let failure;
  child.once('error', (error) => (failure = error));
  for (;;) {
    if (failure) throw failure;
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode}: ${log().slice(-2000)}`);
    if (await answers(`http://${authority}/`)) return;
    if (Date.now() > deadline) throw new Error(`the server did not come up: ${log().slice(-2000)}`);
    await delay(100);
  }
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}

/** A dying server still writes: a few tries. */
async function removeFolder(folder) {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return fs.rmSync(folder, { recursive: true, force: true });
    } catch {
      await delay(100);
    }
  }
}
