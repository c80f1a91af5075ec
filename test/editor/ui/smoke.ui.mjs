// Opens a script and a notebook as a user does, and takes a picture of each.
import { openFile } from '../../harness/workbench.mjs';

export default async ({ page, say, shot }) => {
  await openFile(page, 'train.py');
  await page.locator('.view-line', { hasText: 'read_csv' }).first().waitFor();
  await shot('script');
  say('the script is open');

  await openFile(page, 'explore.ipynb');
  await page.locator('.notebookOverlay .cell .view-line', { hasText: 'import' }).first().waitFor();
  await shot('notebook');
  say('the notebook is open');
};
