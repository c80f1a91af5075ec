import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maskEscapes } from '../../../src/program/escapes/mask';
import { composedCell, escapeSoup, pythonText } from './arbitraries';
import { cells } from './cells';

const anything = fc.oneof(escapeSoup, composedCell, fc.string({ unit: 'binary' }), fc.constantFrom(...cells));

suite('Escapes: what holds for every text', function () {
  this.timeout(60_000);

  test('length and line breaks stay', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (source, cellMagics) => {
        const { masked } = maskEscapes(source, { cellMagics });
        assert.equal(masked.length, source.length);
        assert.equal(masked.replace(/[^\r\n]/g, ' '), source.replace(/[^\r\n]/g, ' '));
      }),
      { numRuns: 3000 },
    );
  });

  test('spans are in order, do not overlap, and nothing changes outside but indentation', () => {
    fc.assert(
      fc.property(anything, (source) => {
        const { masked, escapes } = maskEscapes(source);
        let end = 0;
        for (const { span, isTransparent } of escapes) {
          assert.ok(end <= span.start && span.start < span.end && span.end <= source.length);
          sameButMargins(source.slice(end, span.start), masked.slice(end, span.start));
          if (!isTransparent) assert.match(masked.slice(span.start, span.end), /^0[ \r\n]*$/);
          end = span.end;
        }
        sameButMargins(source.slice(end), masked.slice(end));
      }),
      { numRuns: 3000 },
    );
  });

  test('Python without escapes is left alone', () => {
    fc.assert(
      fc.property(pythonText, fc.boolean(), (source, cellMagics) => {
        assert.deepEqual(maskEscapes(source, { cellMagics }), { masked: source, escapes: [] });
      }),
    );
  });

  test('masked text holds no escapes', () => {
    fc.assert(
      fc.property(composedCell, (source) => {
        const { masked } = maskEscapes(source);
        assert.deepEqual(maskEscapes(masked), { masked, escapes: [] });
      }),
    );
  });
});

/** A blank in the indentation may have become a form feed. */
function sameButMargins(before: string, after: string): void {
  if (before === after) return;
  for (let i = 0; i < before.length; i++) {
    const isMargin = after[i] === '\f' && (before[i] === ' ' || before[i] === '\t');
    assert.ok(
      isMargin || after[i] === before[i],
      `${JSON.stringify(before)} became ${JSON.stringify(after)}`,
    );
  }
}

suite('Escapes: time', function () {
  this.timeout(120_000);
  const size = 300_000;

  /** Whether it takes less than `limit` milliseconds of this process; one slow run may be the machine's fault. */
  function isFast(text: string, limit: number): boolean {
    return [0, 1, 2].some(() => {
      const start = process.cpuUsage();
      maskEscapes(text);
      return process.cpuUsage(start).user / 1000 < limit;
    });
  }

  test('5 MB of Python and escapes take less than a second', () => {
    const lines = 'x = f"{a[\'b\']:>{c}}" + g(1, [2, 3])  # why\nif x:\n    !ls {a}\n    y = """%time"""\n\n';
    assert.ok(isFast(lines.repeat(Math.ceil(5_000_000 / lines.length)), 1000));
  });

  test('is linear in texts that invite looking twice', () => {
    const pieces = [
      ...[
        'f"{',
        "f'''{",
        'f"{x:{',
        '"',
        '"""',
        '(',
        '{',
        '}',
        '$a ',
        '!{a} ',
        "$a'",
        '\\\n',
        '\\N{',
        '%time ',
        'a?',
      ],
      ...[
        '%%time\n',
        ' %%time\n',
        '%time x = ',
        'x[0].',
        'a.',
        '*',
        '%who `',
        '-o a ',
        '--out ',
        '<< a ',
        '   x\n',
      ],
    ];
    for (const piece of pieces) {
      for (const [before, after] of [
        ['', ''],
        ['!', '?'],
        ['%%sql ', ''],
        ['%%zzz ', ''],
        ['%timeit ', ''],
        [' x\n', ''],
      ]) {
        const text = `${before}${piece.repeat(Math.ceil(size / piece.length))}${after}`;
        // Quadratic work on so long a text takes minutes.
        assert.ok(isFast(text, 3000), JSON.stringify([before, piece, after]));
      }
    }
  });
});
