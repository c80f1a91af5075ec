/**
 * The entry that VS Code loads in the extension host: runs the bundled suites that lie beside it with mocha.
 * `GRADUATE_SUITES` picks suites by a part of their file name.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ReporterConstructor } from 'mocha';

export async function run(): Promise<void> {
  // Mocha is an ES module that finds its own files by their place: it stays in node_modules, outside the bundle.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'tdd',
    timeout: 60_000,
    color: false,
    forbidOnly: process.env['CI'] === 'true',
    reporter: await countingReporter(),
  });
  const wanted = process.env['GRADUATE_SUITES'] ?? '';
  const files = fs
    .readdirSync(__dirname)
    .filter((name) => name.endsWith('.test.js') && name.includes(wanted))
    // Made for a window of several folders, and run there alone.
    .filter((name) => wanted === 'multiroot' || !name.startsWith('multiroot'));
  if (files.length === 0) throw new Error(`no suite matches "${wanted}" in ${__dirname}`);
  for (const name of files.sort()) mocha.addFile(path.join(__dirname, name));
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

async function countingReporter(): Promise<ReporterConstructor | 'spec'> {
  const file = process.env['GRADUATE_REPORTER'];
  if (file === undefined) return 'spec';
  const module = (await import(pathToFileURL(file).href)) as { default: ReporterConstructor };
  return module.default;
}
