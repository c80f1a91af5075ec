// What walks through the user interface have in common. Every helper waits for what it names; none sleeps for a state.
import fs from 'node:fs';
import path from 'node:path';

export async function workbenchReady(page, timeout = 60_000) {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout });
}

/**
 * Opens a file of the workspace by its name, as a user does with Ctrl+P, and waits until its tab is the active one.
 * `rowText` is how the list shows it, where that is not its name.
 */
export async function openFile(page, name, rowText = name) {
  await pick(page, 'Control+P', name, rowText);
  const base = path.posix.basename(name);
  await page.locator('.tab.active', { hasText: base }).first().waitFor({ timeout: 20_000 });
}

/** Runs a command by its title from the command palette. */
export async function runCommand(page, title) {
  await pick(page, 'F1', `>${title}`, title);
}

/** Types into the quick input that `key` opens and takes the row with this text. */
async function pick(page, key, typed, rowText) {
  const input = page.locator('.quick-input-widget input[type="text"]').first();
  // A key pressed while the workbench is still loading is lost, and an editor that takes the focus late (the welcome
  // page does) closes the input again: press again, nothing is chosen yet.
  await retry(5, async () => {
    await page.keyboard.press(key);
    await input.waitFor({ state: 'visible', timeout: 3000 });
    await input.fill(typed, { timeout: 3000 });
  });
  const rows = page.locator('.quick-input-widget .monaco-list-row');
  await rows.filter({ hasText: rowText }).first().click({ timeout: 15_000 });
  await input.waitFor({ state: 'hidden', timeout: 10_000 });
}

/** Waits until the window stops changing (fonts, decorations, lazy cells): the same picture for a second. */
export async function settled(page, { quietMs = 1000, timeoutMs = 15_000 } = {}) {
  const deadline = Date.now() + timeoutMs;
  let last = Buffer.alloc(0);
  let since = Date.now();
  while (Date.now() < deadline && Date.now() - since < quietMs) {
    const picture = await page.screenshot();
    if (!picture.equals(last)) {
      last = picture;
      since = Date.now();
    }
    await page.waitForTimeout(200);
  }
}

export async function takeShot(page, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await settled(page);
  await page.screenshot({ path: file });
}

/** Polls until `probe` returns something truthy, and returns that. */
export async function until(what, probe, timeoutMs = 40_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function retry(times, attempt) {
  for (let left = times; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left <= 1) throw error;
    }
  }
}
