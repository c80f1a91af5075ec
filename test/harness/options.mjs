// The command line of run-vscode.mjs.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hostDirectory } from '../../scripts/setup-host.mjs';
import { findChromium } from '../../scripts/chromium.mjs';

export const USAGE = `Runs a test suite, or a walk through the user interface, in a real VS Code.

  node test/harness/run-vscode.mjs --extension DIR --tests FILE.js --workspace DIR --copy-workspace
  node test/harness/run-vscode.mjs --vsix FILE.vsix --ui WALK.mjs --workspace DIR --copy-workspace

  --extension DIR     the extension under development
  --vsix FILE         install this extension (may be repeated)
  --tests FILE        CommonJS module with run(), run in the extension host; a rejection is a failure
  --ui FILE           module whose default export drives the window: async ({ page, url, workspace, say, shot })
  --workspace DIR     folder to open; default: an empty one
  --open FILE         a .code-workspace in that folder: a window of several folders
  --copy-workspace    open a copy of it, so that the run cannot change the original
  --setting KEY=JSON  user setting (may be repeated)
  --env NAME=VALUE    environment variable of the extension host (may be repeated)
  --timeout SECONDS   for the whole run; default 120
  --shots DIR         where shot(name) writes; default SHOTS or out/screenshots
  --tag WORD          starts the names of the screenshots
  --screenshot FILE   one last screenshot
  --keep-open         print the address and stay
  --trust             with workspace trust, which the folder does not get: restricted mode
  --verbose           all log lines of the workbench
  --host DIR          installed test host; default: the one of scripts/setup-host.mjs
  --chromium FILE     default: CHROMIUM or an installed one`;

/** A wrong command line: the message is all that is to be said. */
export class UsageError extends Error {}

export function readOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        extension: { type: 'string' },
        vsix: { type: 'string', multiple: true, default: [] },
        tests: { type: 'string' },
        ui: { type: 'string' },
        workspace: { type: 'string' },
        open: { type: 'string' },
        'copy-workspace': { type: 'boolean', default: false },
        setting: { type: 'string', multiple: true, default: [] },
        env: { type: 'string', multiple: true, default: [] },
        timeout: { type: 'string', default: '120' },
        shots: { type: 'string', default: process.env.SHOTS ?? path.join('out', 'screenshots') },
        tag: { type: 'string', default: '' },
        screenshot: { type: 'string' },
        'keep-open': { type: 'boolean', default: false },
        trust: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        host: { type: 'string' },
        chromium: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(`${error.message}\n\n${USAGE}`);
  }
  const seconds = Number(values.timeout);
  if (!(seconds > 0)) throw new UsageError(`--timeout takes seconds, not ${values.timeout}`);
  return {
    help: values.help,
    extension: existing(values.extension, '--extension'),
    vsix: values.vsix.map((file) => existing(file, '--vsix')),
    tests: existing(values.tests, '--tests'),
    ui: existing(values.ui, '--ui'),
    workspace: existing(values.workspace, '--workspace'),
    open: values.open,
    copyWorkspace: values['copy-workspace'],
    settings: Object.fromEntries(values.setting.map((text) => pair(text, '--setting', JSON.parse))),
    env: Object.fromEntries(values.env.map((text) => pair(text, '--env'))),
    timeoutMs: seconds * 1000,
    shots: path.resolve(values.shots),
    tag: values.tag,
    screenshot: values.screenshot,
    keepOpen: values['keep-open'],
    trust: values.trust,
    verbose: values.verbose,
    host: path.resolve(values.host ?? hostDirectory()),
    chromium: values.chromium ?? findChromium(),
  };
}

function existing(file, option) {
  if (file === undefined) return undefined;
  if (!fs.existsSync(file)) throw new UsageError(`${option}: ${file} does not exist`);
  return path.resolve(file);
}

function pair(text, option, convert = String) {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`${option} takes NAME=VALUE, not ${text}`);
  try {
    return [text.slice(0, at), convert(text.slice(at + 1))];
  } catch (error) {
    throw new UsageError(`${option} ${text}: ${error.message}`);
  }
}
