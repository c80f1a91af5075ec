// A path that a notebook and a script share: moved in both at once, and taken back by one Ctrl+Z in the cell.
import { openFile, until } from '../../harness/workbench.mjs';
import { expand, fileText, openFixes, openPlace, openReadiness, untilShown } from './steps.mjs';

export const workspace = 'samples/research-project';

const TITLE = 'Move to config in 2 files of this folder (adds PyYAML)';
const MOVED = 'read_csv(config["customers_path"])';

export default async ({ page, say, shot, workspace: folder }) => {
  await openFile(page, 'churn.ipynb');
  await openReadiness(page);
  await expand(page, 'hard-coded-path');
  const goThere = () => openPlace(page, 'cell 6, line 10');
  await goThere();
  const move = await openFixes(page, TITLE, goThere);
  await shot('menu');
  await move.click();
  await untilShown(page, MOVED);
  await until('config.yaml', () => fileText(folder, 'config.yaml') !== undefined);
  const script = page.locator('.tab', { hasText: 'train_model.py' });
  await script.waitFor();
  await shot('moved');
  say('the script was opened, changed and not saved');

  await page.keyboard.press('Control+Z');
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
  await script.click();
  await untilShown(page, 'pd.read_csv("data/customers.csv")');
  await shot('undone');
  say(`Ctrl+Z in the cell took everything back${isAsked ? ', after a question' : ''}`);
};
