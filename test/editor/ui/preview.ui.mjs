// The notebook's toolbar item: nothing is written before the user has seen it.
import { openFile, until } from '../../harness/workbench.mjs';
import { fileText, openNotification } from './steps.mjs';

export const workspace = 'samples/research-project';

export default async ({ page, say, shot, workspace: folder }) => {
  const preview = page.locator('.tab', { hasText: 'Preview: Move all paths' });
  const item = page.getByRole('button', { name: 'Move Paths to Config' }).first();

  await openFile(page, 'churn.ipynb');
  await item.click();
  await preview.waitFor();
  await page.locator('.multiDiffEditor .view-line', { hasText: 'config' }).first().waitFor();
  const question = await openNotification(page, 'Nothing is written yet');
  await shot('shown');
  if (fileText(folder, 'config.yaml') !== undefined) throw new Error('config.yaml is there already');
  await question.getByRole('button', { name: 'Discard' }).click();
  await preview.waitFor({ state: 'detached' });
  say('discarded: nothing is written');

  await item.click();
  await preview.waitFor();
  await page.locator('.editor-actions').getByRole('button', { name: 'Apply Previewed Change' }).click();
  await preview.waitFor({ state: 'detached' });
  await until('config.yaml', () => fileText(folder, 'config.yaml') !== undefined);
  await shot('applied');
  say('applied from the title bar');
};
