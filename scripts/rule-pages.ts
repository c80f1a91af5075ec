// Writes docs/rules/NAME.md for every rule: `npx tsx scripts/rule-pages.ts`. A stale page fails the tests.
import fs from 'node:fs';
import path from 'node:path';
import { rulePage } from '../src/rules/page';
import { RULES } from '../src/rules/registry';

const folder = path.join(__dirname, '..', 'docs', 'rules');

fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(folder, { recursive: true });
for (const rule of RULES) fs.writeFileSync(path.join(folder, `${rule.name}.md`), rulePage(rule));
console.log(`${RULES.length} pages written`);
