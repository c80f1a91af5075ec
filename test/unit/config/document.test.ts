import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addEntries, MARKER, parseConfig, type NewEntry } from '../../../src/config/document';
import { sameValue } from '../../../src/config/scalar';
import { EditSet } from '../../../src/text/edit';
import { yamlish } from './texts';
import { value } from './values';

const path: NewEntry = { key: 'data_path', value: { kind: 'str', value: '/Users/researcher/data.csv' } };
const LINE = 'data_path: "/Users/researcher/data.csv"';

function added(text: string | undefined, ...entries: NewEntry[]): string {
  const result = addEntries(text, entries);
  assert.ok('text' in result, JSON.stringify(result));
  assert.equal(new EditSet(result.edits).apply(text ?? ''), result.text);
  return result.text;
}

function reason(text: string | undefined, ...entries: NewEntry[]): { reason: string; line?: number } {
  const result = addEntries(text, entries);
  assert.ok('reason' in result, JSON.stringify(result));
  return result;
}

suite('adding to a configuration file', () => {
  test('makes a new one', () => {
    const rate: NewEntry = { key: 'lr', value: { kind: 'float', text: '1e-3' }, comment: 'of Adam' };
    assert.equal(added(undefined, path, rate), `${MARKER}\n${LINE}\nlr: 1.0e-03  # of Adam\n`);
    assert.equal(added(undefined), `${MARKER}\n`);
    assert.ok(parseConfig(added(undefined)).isOurs);
  });

  const head = '# Graduate';
  const places: readonly (readonly [string, string, string])[] = [
    ['after the last line', `${head}\na: 1\n`, `${head}\na: 1\n${LINE}\n`],
    ['after a marker alone', head, `${head}\n${LINE}\n`],
    ['after a last line without line break', `${head}\na: 1`, `${head}\na: 1\n${LINE}\n`],
    ['with carriage returns', `${head}\r\na: 1`, `${head}\r\na: 1\r\n${LINE}\r\n`],
    ['as the last line ends', `${head}\na: 1\r\nb: 2\r\n`, `${head}\na: 1\r\nb: 2\r\n${LINE}\r\n`],
    ['after comments and blank lines', `${head}\na: 1\n\n# end\n\n`, `${head}\na: 1\n\n# end\n\n${LINE}\n`],
    ['after a comment without line break', `${head}\na: 1 # x`, `${head}\na: 1 # x\n${LINE}\n`],
    ['before the end of the document', `${head}\na: 1\n...\n`, `${head}\na: 1\n${LINE}\n...\n`],
    ['before that with a comment', `${head}\na: 1\n... # c`, `${head}\na: 1\n${LINE}\n... # c`],
    ['after the start of a document', `${head}\n---\n`, `${head}\n---\n${LINE}\n`],
    ['as far in as the other keys', `${head}\n  a: 1\n`, `${head}\n  a: 1\n  ${LINE}\n`],
    ['after a key without a value', `${head}\na:\n`, `${head}\na:\n${LINE}\n`],
    ['after a list that is not indented', `${head}\na:\n- 1\n`, `${head}\na:\n- 1\n${LINE}\n`],
    ['after a block text', `${head}\na: |\n  x\n\n`, `${head}\na: |\n  x\n\n${LINE}\n`],
    ['after dots that end nothing', `${head}\na: "... x"\n#...\n`, `${head}\na: "... x"\n#...\n${LINE}\n`],
    ['after keys that YAML 1.1 takes for values', `${head}\ny: 1\nn: 2\n`, `${head}\ny: 1\nn: 2\n${LINE}\n`],
    [
      'after what is ambiguous',
      `${head}\na: 1e-3\nb: 2020-01-01\n`,
      `${head}\na: 1e-3\nb: 2020-01-01\n${LINE}\n`,
    ],
    ['after a byte-order mark', `\uFEFF${head}\n`, `\uFEFF${head}\n${LINE}\n`],
  ];
  for (const [name, before, after] of places) {
    test(`puts the line ${name}`, () => assert.equal(added(before, path), after));
  }

  test('adds nothing where nothing is to be added', () => {
    assert.deepEqual(addEntries('# Graduate\na: 1', []), { text: '# Graduate\na: 1', edits: [] });
  });

  test('keeps a comment from being more than one', () => {
    const comment = '# found in\ncell 3\u2028key: 1\r\n\x07\u202e\ud800 \u{1f469}\u200d\u{1f4bb} ';
    assert.equal(
      added(undefined, { ...path, comment }),
      `${MARKER}\n${LINE}  # found in cell 3 key: 1 \u{1f469}\u200d\u{1f4bb}\n`,
    );
    assert.equal(added(undefined, { ...path, comment: ' \n# ' }), `${MARKER}\n${LINE}\n`);
  });

  test('refuses with the reason', () => {
    assert.deepEqual(reason('a: 1\n', path), { reason: 'the file was not written by Graduate', line: 0 });
    assert.match(reason('', path).reason, /not written by Graduate/);
    assert.match(reason('# @package _global_\nlr: 1\n', path).reason, /not written by Graduate/);
    assert.deepEqual(reason('# Graduate\nx: 1\ndata_path: 2\n', path).line, 2);
    assert.match(reason('# Graduate\n"data_path": 2\n', path).reason, /in the file already/);
    assert.match(reason('# Graduate\n{a: 1}\n', path).reason, /braces/);
    assert.match(reason('# Graduate\n{}\n', path).reason, /braces/);
    assert.deepEqual(reason('# Graduate\na: &x 1\n', path).line, 1);
    assert.match(reason(undefined, path, path).reason, /twice/);
    for (const key of ['on', 'Data', 'a b', 'a: 1\nb', '', '~', 'é']) {
      assert.match(reason(undefined, { ...path, key }).reason, /no key/, key);
    }
    const surrogate: NewEntry = { key: 'a', value: { kind: 'str', value: '\ud800' } };
    assert.match(reason(undefined, path, surrogate).reason, /^a cannot be written: .*surrogate/);
    assert.match(reason('# Graduate\n--- {}\n', path).reason, /braces/);
  });

  test('keeps every character and every value of any file', function () {
    this.timeout(60_000);
    let count = 0;
    fc.assert(
      fc.property(yamlish, value, (tail, meant) => {
        const text = `${MARKER}\n${tail}`;
        const result = addEntries(text, [{ key: 'added_key', value: meant }]);
        if (!('text' in result)) return;
        count++;
        const [edit] = result.edits;
        assert.ok(result.edits.length === 1 && edit!.span.start === edit!.span.end);
        const [before, after] = [parseConfig(text), parseConfig(result.text)];
        assert.equal(after.problem, undefined);
        assert.deepEqual([...after.values.keys()], [...before.values.keys(), 'added_key']);
        assert.ok(sameValue(after.values.get('added_key')!.value!, meant));
      }),
      { seed: 9, numRuns: 2000 },
    );
    assert.ok(count > 100, `only ${count} files took the value`);
  });
});
