// The readiness view: its welcome, its tree with findings and facts, fixing from it, and the page of a rule.
import { openFile, until } from '../../harness/workbench.mjs';
import { expand, fileText, openReadiness, treeRow, untilShown, useTheme } from './steps.mjs';

export const workspace = 'samples/research-project';
export const timeout = 240;

export default async ({ page, say, shot, workspace: folder }) => {
  await openReadiness(page);
  await page.locator('.welcome-view', { hasText: 'Open a Python script' }).waitFor();
  await shot('welcome');
  say('nothing is open: the view says what to do');

  await openFile(page, 'score.py');
  await openFile(page, 'churn.ipynb');
  await treeRow(page, 'Configuration').waitFor();
  await treeRow(page, 'Project facts').waitFor();
  for (const [name, theme] of THEMES) {
    await useTheme(page, folder, theme);
    await shot(`tree-${name}`);
    await expand(page, 'Findings', false);
    await expand(page, LOGGING);
    await treeRow(page, 'prints instead').waitFor();
    await shot(`facts-${name}`);
    await expand(page, LOGGING, false);
    await expand(page, 'Findings');
  }
  await useTheme(page, folder, undefined);
  say('findings by family, and the facts with what they rest on, in four themes');

  await expand(page, 'Findings', false);
  await expand(page, LOGGING);
  await treeRow(page, 'prints instead').click();
  await page.locator('.tab.active', { hasText: /\.(ipynb|py)/ }).waitFor();
  say('evidence opens its file');
  await expand(page, LOGGING, false);
  await expand(page, 'Findings');

  await expand(page, 'hard-coded-path');
  await treeRow(page, 'score.py, line 24').click();
  await page.locator('.tab.active', { hasText: 'score.py' }).waitFor();
  say('a place in the tree opens the file');

  const place = treeRow(page, 'score.py, line 24');
  await place.hover();
  await shot('inline');
  await place.getByRole('button', { name: 'Fix', exact: true }).click();
  await untilShown(page, 'config["scaler_path"]');
  await until('config.yaml', () => fileText(folder, 'config.yaml') !== undefined);
  await until('the finding is gone', async () => (await treeRow(page, 'score.py, line 24').count()) === 0);
  await shot('fixed');
  say('fixed from the tree; the finding is gone');

  const rule = treeRow(page, 'hard-coded-path');
  await rule.hover();
  await rule.getByRole('button', { name: 'Open Rule Page' }).click();
  await page.locator('.tab.active', { hasText: 'hard-coded-path' }).waitFor();
  await shot('rule');
  say('the rule has a page');
};

/** The fact, not the family of findings. */
const LOGGING = 'no: nothing is logged';

const THEMES = [
  ['light', 'Default Light Modern'],
  ['dark', 'Default Dark Modern'],
  ['contrast', 'Default High Contrast'],
  ['contrast-light', 'Default High Contrast Light'],
];
