import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { addEntries, MARKER, parseConfig, type NewEntry } from '../../src/config/document';
import { MAX_DEPTH, type ConfigValue } from '../../src/config/scalar';
import { plain, yamlish } from '../unit/config/texts';
import { value } from '../unit/config/values';

/** A file, and the top-level keys that PyYAML must read from it, in order. */
interface Case {
  readonly text: string;
  readonly expected: readonly (readonly [string, ConfigValue | null])[];
}

/**
 * Reads each file of a folder as generated programs do, and compares by type and value with what is meant; number
 * literals are evaluated by Python itself. `null` stands for a date. Prints the differences as JSON.
 */
const COMPARE = String.raw`
import ast, datetime, json, pathlib, struct, sys
import yaml

def evaluate(meant):
    kind = meant["kind"]
    if kind == "null": return None
    if kind in ("bool", "str"): return meant["value"]
    if kind == "int": return ast.literal_eval(meant["text"])
    if kind == "float":
        literal = meant["text"]
        named = literal.lstrip("+-") in ("inf", "nan")
        result = float(literal) if named else ast.literal_eval(literal)
        assert type(result) is float, literal
        return result
    if kind == "list": return [evaluate(item) for item in meant["items"]]
    return {evaluate(entry["key"]): evaluate(entry["value"]) for entry in meant["entries"]}

def same(a, b):
    if type(a) is not type(b): return False
    if type(a) is float: return a != a and b != b or struct.pack("d", a) == struct.pack("d", b)
    if type(a) is list: return len(a) == len(b) and all(map(same, a, b))
    if type(a) is dict: return same(list(a), list(b)) and same(list(a.values()), list(b.values()))
    return a == b

def has_date(read):
    if isinstance(read, dict): return any(map(has_date, [*read, *read.values()]))
    if isinstance(read, list): return any(map(has_date, read))
    return isinstance(read, datetime.date)

def matches(read, expected):
    read = {} if read is None else read
    if type(read) is not dict or list(read) != [key for key, _ in expected]: return False
    return all(
        has_date(read[key]) if meant is None else same(read[key], evaluate(meant))
        for key, meant in expected
    )

folder = pathlib.Path(sys.argv[1])
differences = []
cases = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
for number, expected in enumerate(cases):
    path = folder / f"{number}.yaml"
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        from_bytes = yaml.safe_load(path.read_bytes())
        if not matches(read, expected): differences.append([number, ascii(read)])
        elif not matches(from_bytes, expected): differences.append([number, "bytes: " + ascii(from_bytes)])
    except Exception as error:
        differences.append([number, f"{type(error).__name__}: {error}"])
print(json.dumps({"read": len(cases), "differences": differences}))
`;

suite('PyYAML reads what was meant', function () {
  this.timeout(3_000_000);
  const python = process.env['GRADUATE_PYTHON'];

  suiteSetup(() => {
    assert.ok(
      python,
      'set GRADUATE_PYTHON to a Python executable that has PyYAML: this test must not be skipped',
    );
  });

  /** Writes all files, reads them in one Python process, and fails with the first differences. */
  function check(cases: readonly Case[]): void {
    const folder = mkdtempSync(join(tmpdir(), 'graduate-yaml-'));
    try {
      cases.forEach(({ text }, number) => writeFileSync(join(folder, `${number}.yaml`), text));
      writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases.map(({ expected }) => expected)));
      const run = spawnSync(python!, ['-c', COMPARE, folder], { encoding: 'utf8', maxBuffer: 2 ** 28 });
      assert.equal(run.status, 0, run.error?.message ?? run.stderr);
      const result = JSON.parse(run.stdout) as { read: number; differences: [number, string][] };
      assert.equal(result.read, cases.length);
      const shown = result.differences.slice(0, 10).map(([number, read]) => ({ ...cases[number], read }));
      assert.equal(result.differences.length, 0, JSON.stringify(shown, null, 1));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** Random values under the keys `k0`, `k1` and so on; those that are refused are left out. */
  function entriesOf(values: readonly ConfigValue[]): NewEntry[] {
    return values
      .map((meant, index): NewEntry => ({ key: `k${index}`, value: meant, comment: `comment\n${index}` }))
      .filter((entry) => 'text' in addEntries(undefined, [entry]));
  }

  function added(text: string | undefined, entries: readonly NewEntry[]): string {
    const result = addEntries(text, entries);
    assert.ok('text' in result, JSON.stringify({ result, text, entries }));
    return result.text;
  }

  test('of values in new files', () => {
    const values = fc.sample(value, { seed: 101, numRuns: 12_000 });
    const cases: Case[] = [];
    let written = 0;
    for (let at = 0; at < values.length; at += 4) {
      const entries = entriesOf(values.slice(at, at + 4));
      written += entries.length;
      const expected = entries.map((entry) => [entry.key, entry.value] as const);
      cases.push({ text: added(undefined, entries), expected });
    }
    // Refused are maps with keys that are equal, or too long, only.
    assert.ok(written > 0.9 * values.length, `${written} of ${values.length} values were written`);
    check(cases);
  });

  test('of unquoted scalars', () => {
    const scalars = new Set(fc.sample(plain, { seed: 101, numRuns: 120_000 }));
    const lines = [...scalars].filter((text) => !parseConfig(`k: ${text}\n`).problem);
    // Refused are impossible dates, digitless `0x` and what is no scalar at all.
    assert.ok(lines.length > 0.8 * scalars.size, `${lines.length} of ${scalars.size} scalars are read`);
    const cases: Case[] = [];
    for (let at = 0; at < lines.length; at += 50) {
      const text = lines
        .slice(at, at + 50)
        .map((line, index) => `k${index}: ${line}\n`)
        .join('');
      const { values } = parseConfig(text);
      cases.push({ text, expected: [...values.values()].map((entry) => [entry.key, entry.value ?? null]) });
    }
    check(cases);
  });

  test('of values at the limits', () => {
    const nested = (depth: number): ConfigValue =>
      depth === 0 ? { kind: 'str', value: 'x' } : { kind: 'list', items: [nested(depth - 1)] };
    const values: ConfigValue[] = [
      nested(MAX_DEPTH),
      { kind: 'int', text: `-${'9'.repeat(4300)}` },
      { kind: 'float', text: `0.${'123456789'.repeat(1000)}e-5` },
      { kind: 'str', value: '\u{1f600} \\ "'.repeat(100_000) },
      { kind: 'map', entries: [{ key: { kind: 'str', value: 'k'.repeat(998) }, value: { kind: 'null' } }] },
      {
        kind: 'list',
        items: Array.from({ length: 5000 }, (_, index) => ({ kind: 'int', text: String(index) })),
      },
    ];
    const entries = values.map((meant, index): NewEntry => ({ key: `k${index}`, value: meant }));
    check([{ text: added(undefined, entries), expected: entries.map((entry) => [entry.key, entry.value]) }]);
  });

  test('of any text that the reader has no problem with', () => {
    const texts = fc.sample(yamlish, { seed: 101, numRuns: 120_000 });
    const cases: Case[] = [];
    for (const text of new Set(texts)) {
      const file = parseConfig(text);
      if (file.problem) continue;
      cases.push({
        text,
        expected: [...file.values.values()].map((entry) => [entry.key, entry.value ?? null]),
      });
    }
    assert.ok(cases.length > 1000, `only ${cases.length} texts have no problem`);
    check(cases);
  });

  test('of values that are added to a file', () => {
    const texts = fc.sample(yamlish, { seed: 101, numRuns: 120_000 });
    const values = fc.sample(value, { seed: 13, numRuns: texts.length });
    const cases: Case[] = [];
    texts.forEach((tail, index) => {
      const text = `${MARKER}\n${tail}`;
      const before = parseConfig(text);
      if (before.problem || before.values.size === 0) return;
      const entries = entriesOf([values[index]!]);
      const result = addEntries(text, entries);
      if (!('text' in result)) return;
      const old = [...before.values.values()].map((entry) => [entry.key, entry.value ?? null] as const);
      cases.push({
        text: result.text,
        expected: [...old, ...entries.map((entry) => [entry.key, entry.value] as const)],
      });
    });
    assert.ok(cases.length > 1000, `only ${cases.length} files took a value`);
    check(cases);
  });
});
