// The walkthrough, on a notebook of the user's own; and suppression comments in their colours.
import fs from 'node:fs';
import path from 'node:path';
import { openFile, until } from '../../harness/workbench.mjs';
import { openReadiness, treeRow } from './steps.mjs';

export const workspace = 'samples/research-project';

export default async ({ page, say, shot, workspace: folder }) => {
  // Before the window looks at the folder, which it does once.
  fs.writeFileSync(
    path.join(folder, 'quiet.py'),
    'x = 1  # graduate: ignore[hard-coded-path] why\ny = "# graduate: ignore"\n',
  );
  // Wide enough for the pictures beside the steps.
  await page.setViewportSize({ width: 1720, height: 900 });
  const tour = page.locator('.tab', { hasText: /Welcome|Walkthrough/ }).first();
  await openReadiness(page);
  await page.locator('.welcome-view').getByText('Take the tour').click();
  const steps = page.locator('.gettingStartedContainer .getting-started-step');
  await until('six steps', async () => (await steps.count()) === 6);
  await shot('open');
  say('the welcome leads to the tour');

  await openFile(page, 'churn.ipynb');
  await treeRow(page, /^Findings\s*[1-9]/).waitFor();
  await tour.click();
  await until('the first step is done', async () => (await doneSteps(page)) >= 1);
  const next = steps.filter({ hasText: 'Look at what it found' });
  await next.click();
  await shot('findings');
  await next.getByRole('button', { name: 'Go to the next finding' }).click();
  await page.locator('.tab.active', { hasText: 'churn.ipynb' }).waitFor();
  say('a step of the tour leads to a finding in the notebook that is open');

  await tour.click();
  await until('the second step is done', async () => (await doneSteps(page)) >= 2);
  await steps.filter({ hasText: 'Fix what keeps behaviour' }).click();
  await shot('fix');
  await steps.getByRole('button', { name: 'Fix all' }).click();
  const preview = page.locator('.tab', { hasText: 'Preview: Fix all' });
  await preview.waitFor();
  await page.locator('.multiDiffEditor .view-line', { hasText: 'config' }).first().waitFor();
  await shot('preview');
  say('and another one to what all fixes would change');
  await page.locator('.editor-actions').getByRole('button', { name: 'Discard Previewed Change' }).click();
  await preview.waitFor({ state: 'detached' });

  await openFile(page, 'quiet.py');
  const colours = await until('the comment has its colours', async () => {
    const found = await coloursOf(page, ['# ', 'ignore', 'hard-coded-path', ' why']);
    return found['ignore'] !== undefined && found;
  });
  if (colours['ignore'] === colours['# ']) throw new Error('the suppression looks like any comment');
  if (colours['hard-coded-path'] === colours['# ']) throw new Error('the rule looks like any comment');
  const inString = page
    .locator('.view-line', { hasText: 'y =' })
    .locator('span span', { hasText: /^ignore$/ });
  if ((await inString.count()) > 0) throw new Error('a string is coloured as a suppression');
  await shot('suppression');
  say('a suppression has colours of its own');
};

/** How many steps are ticked. */
function doneSteps(page) {
  return page
    .locator('.gettingStartedContainer .getting-started-step .codicon-getting-started-step-checked')
    .count();
}

/** The colour of the piece of text in the first line that is exactly this. */
function coloursOf(page, texts) {
  return page.evaluate((wanted) => {
    const line = [...document.querySelectorAll('.editor-instance .view-line')].find((each) =>
      each.textContent.replaceAll('\u00a0', ' ').includes('x = 1  #'),
    );
    const spans = [...(line?.querySelectorAll('span span') ?? [])];
    const entries = wanted.map((text) => {
      const span = spans.find((each) => each.textContent.replaceAll('\u00a0', ' ').trim() === text.trim());
      return [text, span && window.getComputedStyle(span).color];
    });
    return Object.fromEntries(entries);
  }, texts);
}
