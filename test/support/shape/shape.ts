import path from 'node:path';
import { ROOT, runPython } from '../run';

const CHECKER = path.join(ROOT, 'test', 'support', 'shape', 'check_shape.py');

/** A result that says done. */
export interface ShapeInput {
  /** A folder with the untouched program. */
  readonly before: string;
  /** The folder with the result. */
  readonly after: string;
  /** The original program, relative to `before`. */
  readonly input: string;
  /** What was written, relative to `after`. */
  readonly written: readonly string[];
  /** A folder with packages that it needs beside those of the test environment. */
  readonly packages?: string;
}

/** What a result looks like; how it is counted says `check_shape.py`. */
export interface Shape {
  /** What production code does not look like; empty if all is well. */
  readonly problems: readonly string[];
  /** The original's top-level statements that have to end in a stage, and those that did. */
  readonly running: number;
  readonly staged: number;
  /** How many of these the fullest function holds, and how many top-level statements the original has in all. */
  readonly largest: number;
  readonly statements: number;
  /** Those that ended in no stage, with where they are. */
  readonly left: readonly string[];
  /** The functions that hold them, by file. */
  readonly functions: Readonly<Record<string, readonly string[]>>;
}

/** Looks at what was written, and imports each module of it where nothing may happen. */
export async function shapeOf({ before, after, input, written, packages }: ShapeInput): Promise<Shape> {
  const request = { before, after, input, written, modules: modulesOf(written) };
  const result = await runPython([CHECKER], {
    cwd: after,
    input: JSON.stringify(request),
    timeoutMs: 300_000,
    ...(packages !== undefined && { env: { PYTHONPATH: packages } }),
  });
  if (result.status !== 0) throw new Error(`check_shape.py: ${result.stderr}`);
  return JSON.parse(result.stdout.toString('utf8')) as Shape;
}

/** Folder for `sys.path`, module and file of each Python file that can be imported; tests are run, not imported. */
function modulesOf(written: readonly string[]): readonly (readonly [string, string, string])[] {
  const packages = written.flatMap((name) => /^(.*\/)?src\/([^/]+)\/__init__\.py$/.exec(name)?.[0] ?? []);
  const roots = packages.map((name) => path.posix.dirname(path.posix.dirname(name)));
  return written.flatMap((name): [string, string, string][] => {
    if (!name.endsWith('.py') || /(?:^|\/)(?:tests\/|test_[^/]*$)/.test(name)) return [];
    const root = roots.find((each) => name.startsWith(`${each}/`)) ?? path.posix.dirname(name);
    const inner = path.posix.relative(root, name).replace(/(?:\/__init__)?\.py$/, '');
    return /^[\p{L}_][\w/]*$/u.test(inner) ? [[root, inner.replaceAll('/', '.'), name]] : [];
  });
}
