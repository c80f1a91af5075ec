// From a notebook to a package that does the same: plan, rename, convert, preview, apply, verify.
import { openFile, until } from '../../harness/workbench.mjs';
import { fileText, openNotification, untilShown } from './steps.mjs';

export const workspace = 'test/editor/story';
// Verify runs the notebook twice and the package once.
export const timeout = 240;

export default async ({ page, say, shot, workspace: folder }) => {
  const preview = page.locator('.tab', { hasText: 'Preview: Convert houses.ipynb' });
  const input = page.locator('.quick-input-widget input[type="text"]').first();
  const answer = async (title, value) => {
    await page.locator('.quick-input-title', { hasText: title }).waitFor();
    await until(title, async () => (await input.inputValue()) === value);
    await input.press('Enter');
  };

  await openFile(page, 'houses.ipynb');
  await page.getByRole('button', { name: 'Plan Pipeline' }).first().click();
  await page.locator('.tab', { hasText: 'houses.plan.yaml' }).waitFor();
  await untilShown(page, 'load_data');
  await page.locator('.codelens-decoration', { hasText: 'statements in stages' }).first().waitFor();
  await shot('plan');
  say('the plan is open');

  await page.locator('.codelens-decoration a', { hasText: 'Rename' }).first().click();
  await page.locator('.quick-input-title', { hasText: 'Rename the stage load_data' }).waitFor();
  await input.fill('read_houses');
  await input.press('Enter');
  await untilShown(page, 'read_houses');
  await page.locator('.codelens-decoration a', { hasText: 'Convert to Package' }).first().click();
  await answer("the package's name", 'houses');
  await answer("the package's folder", 'houses-package');
  await preview.waitFor();
  await page.locator('.multiDiffEditor .view-line', { hasText: 'read_houses()' }).first().waitFor();
  const question = await openNotification(page, 'Nothing is written yet');
  await shot('preview');
  if (fileText(folder, 'houses-package/pyproject.toml') !== undefined)
    throw new Error('it is written already');
  say('the package is shown');

  await question.getByRole('button', { name: 'Apply' }).click();
  await preview.waitFor({ state: 'detached' });
  await until('the package', () => fileText(folder, 'houses-package/src/houses/pipeline.py') !== undefined);
  const done = await openNotification(page, 'created');
  await shot('applied');
  await done.getByRole('button', { name: 'Verify' }).click();
  // Notebooks have frames too.
  const heading = /^(?:Equal|Different|Not shown to be equal|Not compared)$/;
  const verdict = await until(
    'the report',
    async () => {
      for (const frame of page.frames()) {
        const titles = await frame
          .locator('h1')
          .allTextContents()
          .catch(() => []);
        const found = titles.map((title) => title.trim()).find((title) => heading.test(title));
        if (found) return found;
      }
      return undefined;
    },
    120_000,
  );
  await shot('verified');
  if (verdict !== 'Equal') throw new Error(`the verdict is ${verdict}`);
  say('original and package do the same');
};
