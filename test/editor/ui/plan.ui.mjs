// The plan beside its notebook, as people see it.
import { openFile } from '../../harness/workbench.mjs';
import { untilShown } from './steps.mjs';

export const workspace = 'samples/research-project';

export default async ({ page, say, shot }) => {
  await openFile(page, 'churn.ipynb');
  await page.getByRole('button', { name: 'Plan Pipeline' }).first().click();
  await page.locator('.tab', { hasText: 'churn.plan.yaml' }).waitFor();
  await untilShown(page, 'load_data');
  await page.locator('.codelens-decoration', { hasText: 'Preview' }).first().waitFor();
  await page.locator('.codelens-decoration', { hasText: 'Rename' }).first().waitFor();
  await shot('plan');
  say('the plan is open');
};
