// `npm start`: the extension, packaged and installed as users get it, in a real VS Code on a copy of the sample project.
//   npm start                                     opens a window, or prints the address where there is no display
//   npm start -- --screenshot out/start.png       opens the sample's notebook, takes a picture, ends
//   npm start -- --workspace DIR [--open FILE]    another folder, another file for the picture
//   npm start -- --port 8080                      a fixed port
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchBrowser, newPage, workbenchUrl } from '../test/harness/browser.mjs';
import { startServer } from '../test/harness/server.mjs';
import { openFile, takeShot, workbenchReady } from '../test/harness/workbench.mjs';
import { ensureChromium, findChromium } from './chromium.mjs';
import { packageExtension } from './package.mjs';
import { ensureHost } from './setup-host.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const SAMPLE = path.join(root, 'samples/research-project');

const options = readOptions();

function readOptions() {
  try {
    return parseArgs({
      options: {
        screenshot: { type: 'string' },
        workspace: { type: 'string', default: SAMPLE },
        open: { type: 'string' },
        port: { type: 'string' },
      },
    }).values;
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

async function main() {
  if (!fs.existsSync(options.workspace)) {
    throw new Error(`there is no folder ${path.relative(process.cwd(), options.workspace)} to open`);
  }
  const vsix = await packageExtension(path.join(root, 'out/graduate.vsix'));
  const host = await ensureHost();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'graduate-start-'));
  cleanups.push(async () => fs.rmSync(scratch, { recursive: true, force: true }));
  // A copy, so that trying a refactoring never changes the repository.
  const workspace = path.join(scratch, path.basename(options.workspace));
  fs.cpSync(options.workspace, workspace, { recursive: true });

  const port = options.port === undefined ? undefined : Number(options.port);
  const server = await startServer({ host, vsix: [vsix], port });
  cleanups.push(server.stop);
  const url = workbenchUrl(server.authority, workspace);
  if (options.screenshot) {
    await screenshot(host, server.authority, url, workspace);
    return;
  }
  console.log(`\nVS Code with Graduate: ${url}\nThe folder in it is a copy: ${workspace}\nCtrl+C ends it.`);
  if (process.env.DISPLAY) openWindow(url, scratch);
  await new Promise(() => undefined);
}

async function screenshot(host, authority, url, workspace) {
  const file = path.resolve(options.screenshot);
  const browser = await launchBrowser({ host, chromium: await ensureChromium() });
  cleanups.push(() => browser.close());
  const page = await newPage(browser, authority);
  await page.goto(url);
  await workbenchReady(page);
  const name = options.open ?? firstNotebook(workspace);
  if (name) {
    await openFile(page, name);
    // A Markdown cell is drawn in a web view above its row, which stays hidden itself.
    const content = page.locator('.editor-instance .view-line, .notebookOverlay .monaco-list-row');
    await content.first().waitFor({ state: 'attached', timeout: 30_000 });
  }
  await takeShot(page, file);
  console.log(`Screenshot: ${file}`);
}

function firstNotebook(folder) {
  const names = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ipynb'));
  // The one that is least deep in the tree.
  return names.sort((a, b) => a.split(path.sep).length - b.split(path.sep).length || a.localeCompare(b))[0];
}

/** A window of its own profile; without a browser the printed address is enough. */
function openWindow(url, scratch) {
  const browser = findChromium();
  if (!browser) return;
  const flags = [`--app=${url}`, `--user-data-dir=${path.join(scratch, 'browser')}`, '--no-first-run'];
  if (process.getuid?.() === 0) flags.push('--no-sandbox');
  const window = spawn(browser, flags, { stdio: 'ignore' });
  window.once('error', (error) => console.error(`the window did not open: ${error.message}`));
  cleanups.push(async () => void window.kill());
}

const cleanups = [];
async function cleanUp() {
  for (let undo = cleanups.pop(); undo; undo = cleanups.pop()) await undo().catch(() => undefined);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => void cleanUp().then(() => process.exit(0)));
}

let code = 0;
try {
  await main();
} catch (error) {
  console.error(`npm start: ${error.message}`);
  code = 1;
}
await cleanUp();
process.exit(code);
