// The readiness view: its welcome, its tree, and the page of a rule.
import { openFile } from '../../harness/workbench.mjs';
import { openReadiness, treeRow } from './steps.mjs';

export const workspace = 'samples/research-project';

export default async ({ page, say, shot }) => {
  await openReadiness(page);
  await page.locator('.welcome-view', { hasText: 'Open a Python script' }).waitFor();
  await shot('welcome');
  say('nothing is open: the view says what to do');

  await openFile(page, 'score.py');
  await openFile(page, 'churn.ipynb');
  await treeRow(page, 'Configuration').waitFor();
  await treeRow(page, 'hard-coded-path').click();
  await treeRow(page, 'score.py, line 24').waitFor();
  await shot('tree');
  await treeRow(page, 'score.py, line 24').click();
  await page.locator('.tab.active', { hasText: 'score.py' }).waitFor();
  say('a place in the tree opens the file');

  const rule = treeRow(page, 'hard-coded-path');
  await rule.hover();
  await rule.getByRole('button', { name: 'Open Rule Page' }).click();
  await page.locator('.tab.active', { hasText: 'hard-coded-path' }).waitFor();
  await shot('rule');
  say('the rule has a page');
};
