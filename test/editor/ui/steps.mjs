// Steps that several walks take.
import fs from 'node:fs';
import path from 'node:path';
import { until } from '../../harness/workbench.mjs';

/** Opens Graduate's view container. */
export async function openReadiness(page) {
  // The badge lies over the icon and hands the click on, which playwright cannot know.
  const icon = page.locator('.activitybar .action-label[aria-label^="Graduate"]').first();
  await icon.click({ force: true });
  await page.locator('.composite.title', { hasText: 'Graduate' }).first().waitFor();
}

/** A row of the readiness tree. */
export function treeRow(page, text) {
  return page.locator('.sidebar .monaco-list-row', { hasText: text }).first();
}

/** Opens a row of the readiness tree, or closes it. */
export async function expand(page, text, isOpen = true) {
  const row = treeRow(page, text);
  await until(`${text} ${isOpen ? 'open' : 'closed'}`, async () => {
    if ((await row.getAttribute('aria-expanded')) === String(isOpen)) return true;
    await row.locator('.monaco-tl-twistie').click();
    await page.waitForTimeout(300);
    return false;
  });
}

/** Goes to the place of a row of the readiness tree. A cell may miss the focus while the notebook is being laid out. */
export async function openPlace(page, text) {
  await until(
    `the cursor is where ${text} leads`,
    async () => {
      await treeRow(page, text).click();
      const isInEditor = () => (document.activeElement?.closest('.monaco-editor') ?? null) !== null;
      return page.waitForFunction(isInEditor, undefined, { timeout: 5000 }).then(
        () => true,
        () => false,
      );
    },
    30_000,
  );
}

/**
 * Opens the light bulb's menu where the cursor is, and waits for this entry. `comeBack` puts the cursor there again: a
 * notebook that is still being laid out may lose it, and without a menu Escape leaves the cell.
 */
export async function openFixes(page, title, comeBack = async () => undefined) {
  const menu = page.locator('.action-widget');
  const entry = menu.locator('.monaco-list-row', { hasText: title }).first();
  // Asked for while an analysis runs, the menu may come up without it.
  await until(
    `"${title}" in the menu`,
    async () => {
      await page.keyboard.press('Control+.');
      const isThere = await entry.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (isThere) return true;
      if (await menu.isVisible()) await page.keyboard.press('Escape');
      await comeBack();
      return false;
    },
    60_000,
  );
  return entry;
}

/**
 * Chooses an entry of the light bulb's menu, and waits until a visible editor contains `result`. What has just been taken
 * back may be analysed anew between the menu and the click, which then is one on an offer for another text: like a user,
 * the step asks again.
 */
export async function chooseFix(page, title, result, comeBack) {
  await until(
    `"${title}" chosen and done`,
    async () => {
      await (await openFixes(page, title, comeBack)).click();
      return page
        .locator('.view-line', { hasText: result })
        .first()
        .waitFor({ timeout: 15_000 })
        .then(
          () => true,
          () => false,
        );
    },
    60_000,
  );
}

/** Opens the list of notifications and waits for one with this text. (Automation suppresses the toasts.) */
export async function openNotification(page, text) {
  const item = page.locator('.notifications-center .notification-list-item', { hasText: text }).first();
  if (!(await item.isVisible())) await page.locator('[id="status.notifications"]').click();
  await item.waitFor();
  // Else the status bar's hover covers the buttons.
  await page.mouse.move(640, 300);
  return item;
}

/** The text of a file of the workspace, or undefined. */
export function fileText(workspace, name) {
  const file = path.join(workspace, name);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

/** Waits until a visible editor contains this; `false`: does not. */
export async function untilShown(page, text, isShown = true) {
  const line = page.locator('.view-line', { hasText: text });
  await until(`"${text}" ${isShown ? 'shown' : 'gone'}`, async () => (await line.count()) > 0 === isShown);
}

/** Takes the cursor out of a cell's editor, into the list of cells. The first Escape may only drop a selection. */
export async function leaveCell(page) {
  await until('the list of cells has the focus', async () => {
    await page.keyboard.press('Escape');
    return page.evaluate(() => document.activeElement?.closest('.monaco-editor') === null);
  });
}

/** Colours the window through the workspace's settings, and waits until it looks so; undefined: as before. */
export async function useTheme(page, workspace, theme) {
  const body = () => page.evaluate(() => window.getComputedStyle(document.querySelector('.sidebar')).cssText);
  const before = await body();
  const folder = path.join(workspace, '.vscode');
  fs.mkdirSync(folder, { recursive: true });
  const settings = theme === undefined ? {} : { 'workbench.colorTheme': theme };
  fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));
  // The theme that is there already changes nothing.
  await until(`the theme ${theme}`, async () => (await body()) !== before, 5000).catch(() => undefined);
}
