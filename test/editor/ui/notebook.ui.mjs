// A path in a cell: the squiggle, the light bulb's menu, "Move to config", and the ways back.
import { openFile, runCommand, until } from '../../harness/workbench.mjs';
import {
  chooseFix,
  expand,
  fileText,
  leaveCell,
  openFixes,
  openNotification,
  openPlace,
  openReadiness,
  untilShown,
} from './steps.mjs';

export const workspace = 'samples/research-project';

const PATH = '/Users/maria/churn/exports/customers_full.csv';
const MOVED = 'config["customers_full_path"]';

export default async ({ page, say, shot, workspace: folder }) => {
  await openFile(page, 'churn.ipynb');
  await openReadiness(page);
  await expand(page, 'hard-coded-path');
  const goThere = () => openPlace(page, 'cell 6, line 7');
  await goThere();
  await page.locator('.cell .squiggly-warning').first().waitFor();
  await shot('squiggle');
  say('a path in a cell is underlined');

  const before = fileText(folder, 'churn.ipynb');
  const move = await openFixes(page, 'Move to config (adds PyYAML)', goThere);
  await shot('menu');
  await move.click();
  await untilShown(page, MOVED);
  await until('config.yaml', () => fileText(folder, 'config.yaml')?.includes(PATH));
  await shot('moved');
  if (fileText(folder, 'churn.ipynb') !== before) throw new Error('the notebook was saved');
  say('moved to config.yaml; the notebook is not saved');

  await page.keyboard.press('Control+Z');
  await untilShown(page, MOVED, false);
  await until('no config.yaml', () => fileText(folder, 'config.yaml') === undefined);
  await shot('undone');
  say('Ctrl+Z in the cell took everything back');

  await chooseFix(page, 'Move to config (adds PyYAML)', MOVED, goThere);
  await until('config.yaml', () => fileText(folder, 'config.yaml') !== undefined);
  const notification = await openNotification(page, 'created config.yaml');
  await shot('notification');
  await notification.getByRole('button', { name: 'Undo' }).click();
  await untilShown(page, MOVED, false);
  await until('no config.yaml', () => fileText(folder, 'config.yaml') === undefined);
  say('the button on the notification took everything back');

  await goThere();
  await chooseFix(page, 'Move to config (adds PyYAML)', MOVED, goThere);
  await leaveCell(page);
  // In the list of cells the editor's undo is the list's own, and does not reach the texts of cells.
  await page.keyboard.press('Control+Z');
  await shot('list');
  await untilShown(page, MOVED);
  await runCommand(page, 'Graduate: Undo Last Change');
  await untilShown(page, MOVED, false);
  await until('no config.yaml', () => fileText(folder, 'config.yaml') === undefined);
  say('"Undo Last Change" took everything back from the list of cells');
};
