import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import downwardImports from '../../../scripts/eslint/downward-imports.mjs';

RuleTester.describe = (name: string, body: () => void) => void suite(name, body);
RuleTester.it = (name: string, body: () => void) => void test(name, body);

const languageOptions = { parser: tseslint.parser as never, sourceType: 'module' as const };
const tester = new RuleTester({ languageOptions });

/** A case of the rule: this code in that file of src/. */
const at = (file: string, code: string) => ({
  filename: `/repo/src/${file}`,
  code,
  name: `${file}: ${code}`,
});
const bad = (file: string, code: string, ...messageIds: string[]) => ({
  ...at(file, code),
  errors: messageIds.map((messageId) => ({ messageId })),
});

tester.run('downward-imports', downwardImports, {
  valid: [
    at('extension.ts', "import { start } from './vscode/start';"),
    at('cli.ts', "import fs from 'node:fs'; import { main } from './cli/main';"),
    at('vscode/start.ts', "import * as vscode from 'vscode'; setTimeout(start, Date.now());"),
    at('cli/main.ts', "import { other } from './other'; process.exit(Math.random());"),
    at('actions/table.ts', "import { rules } from '../rules/all'; import { Edit } from '../text/edit';"),
    at('rules/naming/short.ts', "import { other } from '../other'; import '../../semantics/scopes';"),
    at('syntax/parser.ts', "import { Parser } from 'web-tree-sitter';"),
    // A name of one's own is not the global.
    at('rules/a.ts', 'export function f(process: number, Date: number) { return process + Date; }'),
    at('rules/a.ts', 'const Math = { random: 1 }; export const x = Math.random;'),
    at('rules/a.ts', 'export const x = Math.max(1, 2); export const y = { process: 1 }.process;'),
    at('rules/a.ts', 'export function f(when: Date): void {}'),
    // Other folders are not layers.
    {
      ...at('x', ''),
      filename: '/repo/test/unit/a.ts',
      code: "import '../../src/vscode/start'; Date.now();",
    },
  ],
  invalid: [
    bad('text/edit.ts', "import { parse } from '../syntax/parser';", 'upward'),
    bad('rules/naming/short.ts', "import type { Offer } from '../../actions/offer';", 'upward'),
    bad('semantics/a.ts', "export { Rule } from '../rules/rule';", 'upward'),
    bad('semantics/a.ts', "export * from '../rules/rule';", 'upward'),
    bad('semantics/a.ts', "export const load = () => import('../rules/rule');", 'upward'),
    bad('semantics/a.ts', "export type R = import('../rules/rule').Rule;", 'upward'),
    bad('semantics/a.ts', "const rule = require('../rules/rule');", 'upward'),
    bad('semantics/a.ts', "import rule = require('../rules/rule');", 'upward'),
    bad('vscode/start.ts', "import { activate } from '../extension';", 'upward'),
    bad('vscode/start.ts', "import { report } from '../cli/report';", 'sibling'),
    bad('cli/main.ts', "import { report } from '../vscode/report';", 'sibling'),
    bad('extension.ts', "import { main } from './cli';", 'sibling'),
    bad('rules/a.ts', "import { x } from '../../scripts/x';", 'outside'),
    bad('rules/a.ts', "import { x } from '../helpers/x';", 'unknown'),
    bad('helpers/x.ts', 'export const x = 1;', 'unknown'),
    bad('actions/a.ts', "import type { Uri } from 'vscode';", 'platform'),
    bad('actions/a.ts', "import fs from 'node:fs';", 'platform'),
    bad('actions/a.ts', "import { join } from 'path';", 'platform'),
    bad('verify/a.ts', 'export const now = Date.now();', 'impure'),
    bad('verify/a.ts', 'export const now = () => new Date();', 'impure'),
    bad('verify/a.ts', 'export const n = Math.random();', 'impure'),
    bad('verify/a.ts', "export const n = Math['random']();", 'impure'),
    bad('verify/a.ts', 'export const cwd = process.cwd(); setTimeout(() => {}, 1); ', 'impure', 'impure'),
  ],
});
