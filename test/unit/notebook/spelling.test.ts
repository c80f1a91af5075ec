import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { spell, spelledLines, spellLines } from '../../../src/program/notebook/spelling';
import { sources } from './support';

const style = (isAscii: boolean): { isAscii: boolean; isUpperHex: boolean } => ({
  isAscii,
  isUpperHex: false,
});

suite('spelling', function () {
  this.timeout(30_000);

  test('is that of json.dumps', function () {
    const texts = Array.from({ length: 0x300 }, (_, i) => String.fromCharCode(i)).concat(
      '\u2028\u2029\ufeff\uffff',
      '😀',
      '\ud83d',
      '\ude00x',
    );
    const program = `
import json, sys
texts = json.load(sys.stdin)
json.dump([[json.dumps(t, ensure_ascii=a)[1:-1] for t in texts] for a in (True, False)], sys.stdout)`;
    const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(texts), encoding: 'utf8' });
    if (run.error) return this.skip();
    const [ascii, raw] = JSON.parse(run.stdout) as [string[], string[]];
    assert.deepEqual(
      texts.map((text) => spell(text, style(true))),
      ascii,
    );
    // Halves of surrogate pairs are escaped; Python could not write them into a file as they are.
    const isWhole = (text: string): boolean => !/\p{Surrogate}/u.test(text);
    assert.deepEqual(
      texts.filter(isWhole).map((text) => spell(text, style(false))),
      raw.filter(isWhole),
    );
    assert.equal(spell('\ud83dx', style(false)), '\\ud83dx');
  });

  test('lines read back as they were spelled', () => {
    fc.assert(
      fc.property(sources, fc.boolean(), (source, isAscii) => {
        const literal = `"${spell(source, style(isAscii))}"`;
        const lines = spelledLines(literal, { start: 0, end: literal.length });
        assert.deepEqual(lines, spellLines(source, style(isAscii)));
        assert.equal(lines.map((line) => line.content + (line.lineBreak && '\n')).join(''), source);
      }),
    );
  });

  test('a backslash in front of n is no line break', () => {
    const literal = '"a\\\\nb\\\\\\nc\\u000Ad\\\\u000a"';
    assert.deepEqual(
      spelledLines(literal, { start: 0, end: literal.length }).map((line) => [line.content, line.lineBreak]),
      [
        ['a\\nb\\', '\\n'],
        ['c', '\\u000A'],
        ['d\\u000a', ''],
      ],
    );
  });
});
