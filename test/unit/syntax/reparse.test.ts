import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scriptSource } from '../../../src/program/source';
import { Analyzer } from '../../../src/semantics/analyzer';
import { type CellSyntax, UnitCache, parseCell } from '../../../src/syntax/cell';
import { reparse } from '../../../src/syntax/reparse';
import { testParser } from '../../support/parser';

const PIECES = [
  'x = 1\n',
  'def f():\n    return 2\n',
  '# note\n',
  '\n',
  '@d\n',
  'class A:\n    y = """a\n\nb"""\n',
  'if x:\n    pass\n',
  'else:\n    pass\n',
  '(',
  ')',
  '"""',
  "'",
  '\\\n',
  '    ',
  ';',
  'print(x)',
  ' # c',
  'for i in x:\n    z = i\n',
];

const text = (source: string) => ({ source, masked: source, escapes: [] });

function shape(syntax: CellSyntax): unknown {
  return {
    problem: syntax.problem !== undefined,
    units: syntax.problem
      ? []
      : syntax.units.map(({ start, unit }) => [start, unit.text, unit.statement.kind]),
    comments: syntax.problem ? [] : [...syntax.comments].sort((a, b) => a.start - b.start),
  };
}

suite('reparse', () => {
  test('parsing what an edit touched gives what parsing all gives', async () => {
    const parser = await testParser();
    const whole = (source: string): CellSyntax => {
      const { syntax, tree } = parseCell(text(source), parser, new UnitCache(), 'script');
      tree.delete();
      return syntax;
    };
    let used = 0;
    const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 });
    fc.assert(
      fc.property(
        pieces,
        fc.nat(200),
        fc.nat(8),
        fc.array(fc.constantFrom(...PIECES), { maxLength: 2 }),
        (parts, at, remove, added) => {
          const before = parts.join('');
          const syntax = whole(before);
          if (syntax.problem) return;
          const from = Math.min(at, before.length);
          const after = before.slice(0, from) + added.join('') + before.slice(from + remove);
          const again = reparse({ text: text(before), syntax }, text(after), parser, new UnitCache());
          if (!again) return;
          used++;
          assert.deepEqual(shape(again), shape(whole(after)), JSON.stringify([before, after]));
        },
      ),
      { seed: 9, numRuns: 3000 },
    );
    assert.ok(used > 500, `only ${used} edits took the short way`);
  }).timeout(20_000);

  test('a text that has become whole is no longer broken', async () => {
    const parser = await testParser();
    const items = '1, '.repeat(1000);
    const text = `class Base:\n    """Base (first) of all things\n        the current rate\n    """\n    """Update with what is given\n        params : list of length = len(firsts_) + len(others_)\nx = [${items}]\n        """\n    """One more thing\n    """\n`;
    const problems: boolean[] = [];
    for (let cut = 10; cut < text.length; cut += 10) {
      const analyzer = new Analyzer(parser);
      analyzer.analyze(scriptSource('a.py', text.slice(0, cut)), true);
      const [cell] = analyzer.analyze(scriptSource('a.py', text), true).cells;
      problems.push(cell!.syntax.problem !== undefined);
      analyzer.forget('a.py');
    }
    assert.ok(problems.length > 5 && !problems.includes(true));
  }).timeout(20_000);
});
