import assert from 'node:assert/strict';
import path from 'node:path';
import { ROOT, runPython } from '../support/run';

/** A program and what was made of it; paths within one folder. */
export interface Made {
  /** For messages. */
  readonly name: string;
  readonly original: string;
  readonly results: readonly { readonly path: string; readonly what: string }[];
}

/** Whatever compiled by CPython compiles, and reads no name that nothing binds which it did not read before. */
export async function compileProblems(folder: string, made: readonly Made[]): Promise<string[]> {
  type Checked = Record<string, { error: string | null; undefined: string[] | null }>;
  const paths = made.flatMap(({ original, results }) => [original, ...results.map((each) => each.path)]);
  const script = path.join(ROOT, 'test', 'support', 'check_python.py');
  const result = await runPython([script], {
    cwd: folder,
    input: JSON.stringify(paths),
    timeoutMs: 1_800_000,
  });
  assert.equal(result.status, 0, result.stderr);
  const checked = JSON.parse(result.stdout.toString('utf8')) as Checked;
  return made.flatMap(({ name, original, results }) => {
    const before = checked[original]!;
    return results.flatMap(({ path: file, what }) => {
      const now = checked[file]!;
      const fresh =
        now.undefined?.filter((each) => before.undefined && !before.undefined.includes(each)) ?? [];
      return [
        ...(now.error !== null && before.error === null ? [`${name}: ${what}: ${now.error}`] : []),
        ...(fresh.length > 0 ? [`${name}: ${what}: reads ${fresh.join(', ')}, which nothing binds`] : []),
      ];
    });
  });
}
