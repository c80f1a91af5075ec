import assert from 'node:assert/strict';
import { type OptionSpecs, parseArguments } from '../../../src/cli/args';
import { UsageError } from '../../../src/cli/exit';

const SPECS: OptionSpecs = {
  format: { type: 'string', help: '' },
  diff: { type: 'boolean', help: '' },
  rule: { type: 'string', multiple: true, help: '', takes: (word) => word.startsWith('r-') },
};

function usageError(words: readonly string[], message: RegExp): void {
  assert.throws(
    () => parseArguments(words, SPECS),
    (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /[\n]|\.$/);
      return true;
    },
  );
}

suite('cli: arguments', () => {
  test('options stand before, between and behind paths', () => {
    const args = parseArguments(['a', '--diff', 'b', '--format=json', 'c'], SPECS);
    assert.deepEqual(args.positionals, ['a', 'b', 'c']);
    assert.equal(args.flag('diff'), true);
    assert.equal(args.text('format'), 'json');
  });

  test('what is not given', () => {
    const args = parseArguments([], SPECS);
    assert.deepEqual(args.positionals, []);
    assert.equal(args.flag('diff'), false);
    assert.equal(args.text('format'), undefined);
    assert.deepEqual(args.list('rule'), []);
    assert.equal(args.choice('format', ['text', 'json']), 'text');
  });

  test('an option with several values takes the words that are its own', () => {
    const args = parseArguments(['--rule', 'r-a', 'r-b', 'path', 'r-c', '--rule=r-d', 'r-e'], SPECS);
    assert.deepEqual(args.list('rule'), ['r-a', 'r-b', 'r-d', 'r-e']);
    assert.deepEqual(args.positionals, ['path', 'r-c']);
  });

  test('behind -- everything is a path', () => {
    const args = parseArguments(['--rule', 'r-a', '--', 'r-b', '--diff'], SPECS);
    assert.deepEqual(args.list('rule'), ['r-a']);
    assert.deepEqual(args.positionals, ['r-b', '--diff']);
  });

  test('an option without words of its own takes one', () => {
    const args = parseArguments(['--format', 'json', 'r-a'], SPECS);
    assert.deepEqual(args.positionals, ['r-a']);
  });

  test('a choice that is none', () => {
    const args = parseArguments(['--format', 'xml'], SPECS);
    assert.throws(() => args.choice('format', ['text', 'json']), /--format is text or json, not "xml"/);
  });

  test('unknown options and missing or needless values are mistakes, told in one line', () => {
    usageError(['--nonsense'], /unknown option '--nonsense'/);
    usageError(['-x'], /unknown option '-x'/);
    usageError(['--format'], /--format/);
    usageError(['--format', '--diff'], /--format/);
    usageError(['--diff=yes'], /--diff/);
  });
});
