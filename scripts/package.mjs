// Builds graduate.vsix: `node scripts/package.mjs [FILE]`. The list of files is .vscodeignore's.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** Every user downloads it on every update; the two wasm files are most of it. */
const LIMIT_MB = 3;
/** What is in the package besides the build; .vscodeignore has the last word. */
const PACKED =
  /^(?:package\.json|package\.nls.*\.json|README\.md|CHANGELOG\.md|LICENSE|media|syntaxes|schemas|\.vscodeignore)$/;
/** Without one of these the packaged extension is broken in a way that only shows when it is used. */
const REQUIRED = [
  'dist/extension.js',
  'dist/cli.js',
  'dist/verify/graduate_run.py',
  'dist/web-tree-sitter.wasm',
  'dist/tree-sitter-python.wasm',
  'package.json',
  'syntaxes/suppression.json',
  'LICENSE',
];

export async function packageExtension(file) {
  const target = path.resolve(file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.rmSync(target, { force: true });
  // In a folder of its own: the build that tests and the editor under development run stays what it is.
  const staging = fs.mkdtempSync(path.join(os.tmpdir(), 'graduate-package-'));
  try {
    pack(staging, target);
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
  const megabytes = fs.statSync(target).size / 1e6;
  if (megabytes > LIMIT_MB)
    throw new Error(`${path.basename(target)} has ${megabytes.toFixed(2)} MB, over ${LIMIT_MB}`);
  console.log(`${path.relative(root, target)}: ${megabytes.toFixed(2)} MB`);
  return target;
}

function pack(staging, target) {
  for (const name of fs.readdirSync(root).filter((each) => PACKED.test(each)))
    fs.cpSync(path.join(root, name), path.join(staging, name), { recursive: true });
  step(root, ['esbuild.js', '--production', '--out', path.join(staging, 'dist')]);
  for (const name of REQUIRED) {
    if (!fs.existsSync(path.join(staging, name)))
      throw new Error(`${name} is missing, so it would be missing in the package`);
  }
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  // --no-dependencies: everything is in the two bundles.
  const args = ['package', '--no-dependencies', '--out', target];
  const { repository } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  // vsce makes the README's links absolute with it, and refuses to go on without being told.
  if (!repository) args.push('--allow-missing-repository', '--no-rewrite-relative-links');
  step(staging, [vsce, ...args]);
}

function step(cwd, args) {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${path.basename(args[0])} failed with exit code ${status}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await packageExtension(process.argv[2] ?? path.join(root, 'graduate.vsix'));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
