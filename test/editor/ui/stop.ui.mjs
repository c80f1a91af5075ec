// The check of a big project is stopped with the button of its view, and taken up again with another one.
import fs from 'node:fs';
import path from 'node:path';
import { openFile } from '../../harness/workbench.mjs';
import { openReadiness, treeRow } from './steps.mjs';

export const workspace = 'test/editor/multiroot/one';
export const timeout = 300;

const FILES = 800;

export default async ({ page, say, shot, workspace: folder }) => {
  // No two statements are the same: those are analysed once.
  for (let i = 0; i < FILES; i++) {
    const functions = Array.from(
      { length: 80 },
      (_, j) => `def f${i}_${j}(a, b):\n    return [a[k] for k in b]\n`,
    );
    fs.writeFileSync(path.join(folder, `part${i}.py`), functions.join('\n'));
  }
  await openFile(page, 'load.py');
  await openReadiness(page);
  const title = page.locator('.sidebar .composite.title');
  const button = (name) => title.getByRole('button', { name });
  await button('Stop Checking the Project').click({ timeout: 60_000 });
  await treeRow(page, 'in the part of the project that was checked').waitFor();
  await shot('stopped');
  say('stopped, and the tree says so');
  await title.hover();
  await button('Refresh').click();
  await treeRow(page, 'in the project, which is still being checked').waitFor();
  await treeRow(page, /in the project$/).waitFor({ timeout: 150_000 });
  await shot('through');
  say('taken up again and gone through');
};
