import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { settingsSchema } from '../../../src/settings/schema';
import { fromYaml } from './support';

const ROOT = path.resolve(__dirname, '../../..');
const FILE = 'schemas/graduate.schema.json';

suite('settings: the schema of .graduate.yaml', () => {
  test('the file is what the rules and keys make it (GRADUATE_WRITE=1 makes it so)', () => {
    const text = `${JSON.stringify(settingsSchema(), null, 2)}\n`;
    const file = path.join(ROOT, FILE);
    if (process.env['GRADUATE_WRITE'] === '1') {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    assert.equal(fs.readFileSync(file, 'utf8'), text);
  });

  test('the manifest names it, and the package holds it', () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      contributes: { yamlValidation: unknown };
    };
    assert.deepEqual(manifest.contributes.yamlValidation, [
      { fileMatch: '.graduate.yaml', url: `./${FILE}` },
    ]);
    assert.match(fs.readFileSync(path.join(ROOT, '.vscodeignore'), 'utf8'), /^!schemas\/\*\*$/m);
  });

  const cases: readonly (readonly [string, boolean])[] = [
    ['{}', true],
    ['rules: {hard-coded-path: off}\nexclude: [a, "!b"]\nnotebooks: false\nconfig-file: a.yaml', true],
    ['per-file: {tests: {hard-coded-path: error}}\ndefer-to-other-linters: false', true],
    ['rule: {}', false],
    ['rules: {hard-coded-path: loud}', false],
    ['rules: {no-such-rule: off}', false],
    ['rules: []', false],
    ['exclude: a', false],
    ['exclude: [3]', false],
    ['notebooks: off', false],
    ['config-file: a/b.yaml', false],
    ['config-file: .graduate.yaml', false],
    ['per-file: {tests: off}', false],
    ['[]', false],
  ];
  const validate = new Ajv().compile(settingsSchema());
  for (const [text, isRight] of cases) {
    test(`agrees with us about ${JSON.stringify(text)}`, () => {
      assert.equal(validate(parse(text)), isRight);
      assert.equal(fromYaml(text).problems.length === 0, isRight);
    });
  }
});
