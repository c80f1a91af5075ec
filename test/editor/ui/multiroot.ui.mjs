// A window with two folders that hold files of the same name: each has its own findings, and its own config.yaml.
import { openFile, until } from '../../harness/workbench.mjs';
import { expand, fileText, openReadiness, treeRow, untilShown } from './steps.mjs';

export const workspace = 'test/editor/multiroot';
export const open = 'both.code-workspace';

export default async ({ page, say, shot, workspace: folder }) => {
  await openFile(page, 'one/load.py', /load\.py.*one/);
  await openFile(page, 'two/load.py', /load\.py.*two/);
  await openReadiness(page);
  await expand(page, 'hard-coded-path');
  await treeRow(page, 'one/load.py, line 1').waitFor();
  await shot('tree');
  say('both files are listed, each with its folder');

  const place = treeRow(page, 'two/load.py, line 1');
  await place.hover();
  await place.getByRole('button', { name: 'Fix', exact: true }).click();
  await until('config.yaml in the second folder', () => fileText(folder, 'two/config.yaml') !== undefined);
  await untilShown(page, 'config["two_path"]');
  await until('its finding is gone', async () => (await place.count()) === 0);
  if (fileText(folder, 'one/config.yaml') !== undefined) throw new Error('the other folder has one, too');
  await treeRow(page, 'one/load.py, line 1').waitFor();
  await shot('fixed');
  say('the fix stayed in its folder');
};
