#!/usr/bin/env node
// Stands in for the `code` executable, so that @vscode/test-electron's runTests() drives the test host: it turns the
// arguments that VS Code would get into those of run-vscode.mjs and keeps its exit code.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  strict: false,
  allowPositionals: true,
});
const { extensionDevelopmentPath: extension, extensionTestsPath: tests } = values;
if (typeof extension !== 'string' || typeof tests !== 'string') {
  console.error('code-shim: needs --extensionDevelopmentPath=... and --extensionTestsPath=...');
  process.exit(64);
}

const args = [
  fileURLToPath(new URL('run-vscode.mjs', import.meta.url)),
  '--extension',
  extension,
  '--tests',
  tests,
];
if (positionals[0]) args.push('--workspace', positionals[0]);
if (process.env.GRADUATE_EDITOR_TIMEOUT) args.push('--timeout', process.env.GRADUATE_EDITOR_TIMEOUT);

const child = spawn(process.execPath, args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => process.exit(code ?? 70));
