// Writes docs/rules/NAME.md for every rule: `npx tsx scripts/rule-pages.ts`. A stale page fails the tests.
import fs from 'node:fs';
import path from 'node:path';
import { rulePages } from '../test/support/rulePages';

const folder = path.join(__dirname, '..', 'docs', 'rules');

async function main(): Promise<void> {
  const pages = await rulePages();
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, text] of pages) fs.writeFileSync(path.join(folder, `${name}.md`), text);
  console.log(`${pages.size} pages written`);
}

void main();
