// Chromium as VS Code's window.
import { createRequire } from 'node:module';
import { format } from 'node:util';
import { hostFiles } from '../../scripts/setup-host.mjs';

/** The workbench's own log lines, which arrive through the same function as the suite's output. */
const NOISE = [
  /^Resolv(ing|ed) connection token/,
  /^Creating a socket/,
  /^\[reconnection-grace-time/,
  /^Updating additional builtin/,
  /^Ignoring fetching additional/,
  /^\[(AgentHost|AccountPolicyGate|Service Worker)/,
];

export async function launchBrowser({ host, chromium: executablePath }) {
  if (!executablePath) throw new Error('no Chromium found: run `node scripts/chromium.mjs`, or set CHROMIUM');
  const { chromium } = createRequire(hostFiles(host).packageJson)('playwright-core');
  return chromium.launch({
    executablePath,
    headless: true,
    handleSIGINT: false, // the caller closes it, in order
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox', // root has none; every page it shows is ours
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** A page that can reach nothing but the server. */
export async function newPage(browser, authority, { verbose = false } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  if (verbose)
    page.on('console', (message) => console.log(`[page ${message.type()}]`, message.text().slice(0, 400)));
  await page.route(
    (url) => url.host !== authority,
    (route) => route.abort(),
  );
  return page;
}

/**
 * Listens to the two functions that the workbench calls in automation: its log, and the end of the tests, which settles
 * `exited` with the exit code that it reported.
 */
export async function listen(page, { verbose = false } = {}) {
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    const text = format(...args);
    if (!verbose && NOISE.some((pattern) => pattern.test(text))) return;
    (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${text}\n`);
  });
  let finish;
  const exited = new Promise((resolve) => (finish = resolve));
  await page.exposeFunction('codeAutomationExit', (code) => finish({ code }));
  page.on('crash', () => finish({ code: 99, why: 'the page crashed' }));
  return { exited };
}

/** The address that opens `workspace`; `extension` and `tests` are paths that need a server with automation. */
export function workbenchUrl(authority, workspace, { extension, tests } = {}) {
  const uri = (file) => `vscode-remote://${authority}${encodeURI(file)}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  if (extension) payload.push(['extensionDevelopmentPath', uri(extension)]);
  if (tests) payload.push(['extensionTestsPath', uri(tests)]);
  const key = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const hasPayload = extension || tests;
  const query = `${key}=${encodeURIComponent(workspace)}`;
  const suffix = hasPayload ? `&payload=${encodeURIComponent(JSON.stringify(payload))}` : '';
  return `http://${authority}/?${query}${suffix}`;
}
