// A folder that the user does not trust: findings, the tree and fixes work, because none of them runs the folder's code.
import { openFile, until } from '../../harness/workbench.mjs';
import { expand, fileText, openReadiness, treeRow, untilShown } from './steps.mjs';

export const workspace = 'samples/research-project';
export const trust = true;

export default async ({ page, say, shot, workspace: folder }) => {
  await openFile(page, 'score.py');
  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  await openReadiness(page);
  await expand(page, 'hard-coded-path');
  const place = treeRow(page, 'score.py, line 24');
  await place.waitFor();
  await shot('tree');
  say('findings in restricted mode');
  await place.hover();
  await place.getByRole('button', { name: 'Fix', exact: true }).click();
  await untilShown(page, 'config["scaler_path"]');
  await until('config.yaml', () => fileText(folder, 'config.yaml') !== undefined);
  say('and a fix that makes a file');
};
