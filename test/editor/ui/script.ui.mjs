// Paths in a script: all moved at once by the Refactor menu, and taken back by Ctrl+Z in the script.
import { openFile, until } from '../../harness/workbench.mjs';
import { fileText, openFixes, untilShown } from './steps.mjs';

export const workspace = 'samples/research-project';

const MOVED = 'config["new_customers_path"]';

export default async ({ page, say, shot, workspace: folder }) => {
  await openFile(page, 'score.py');
  const path = page.locator('.view-line span', { hasText: '"data/new_customers.csv"' }).last();
  await path.click();
  const move = await openFixes(page, 'Move all paths to config (adds PyYAML)');
  await shot('menu');
  await move.click();
  await untilShown(page, MOVED);
  await until('config.yaml', () => fileText(folder, 'config.yaml') !== undefined);
  await shot('moved');
  say('all paths are in config.yaml');

  await page.keyboard.press('Control+Z');
  // With files of the disk in it, VS Code asks whether to undo all of it.
  const all = page.locator('.monaco-dialog-box').getByRole('button', { name: /^(Undo|Yes)/ });
  const isAsked = await all
    .first()
    .waitFor({ timeout: 3000 })
    .then(
      () => true,
      () => false,
    );
  if (isAsked) {
    await shot('asked');
    await all.first().click();
  }
  await untilShown(page, MOVED, false);
  await until('no config.yaml', () => fileText(folder, 'config.yaml') === undefined);
  await shot('undone');
  say(`Ctrl+Z in the script took everything back${isAsked ? ', after a question' : ''}`);
};
