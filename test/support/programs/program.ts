import fs from 'node:fs';
import path from 'node:path';
import { filesBelow, writeFile } from '../folders';
import { ROOT, type RunResult, runPython } from '../run';

/** A program that is run before and after a change. */
export interface Subject {
  readonly name: string;
  /** The file that is changed and run, relative to its folder. */
  readonly program: string;
  /** Everything that it needs in its folder, the program too: path there, and where it is. */
  readonly files: readonly (readonly [to: string, from: string])[];
  /** A folder with packages that it needs beside those of the test environment. */
  readonly packages?: string;
}

/** What a run leaves behind. */
export interface Run {
  readonly status: number;
  readonly isTimeout: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Files that it wrote or changed, by relative path; pictures by their pixels. */
  readonly files: ReadonlyMap<string, string>;
  /** A line for each figure that was shown or left open. */
  readonly figures: string;
  /** Final values by name, where they were observed. */
  readonly values: ReadonlyMap<string, string>;
}

/** How a program is started: a file, or a package below a folder that is on the path. */
export type Start = ({ readonly file: string } | { readonly package: string; readonly below: string }) & {
  /** A folder with packages that is on the path too. */
  readonly packages?: string | undefined;
};

/** Functions that hold the original's statements, by file. */
export type Observed = Readonly<Record<string, readonly string[]>>;

const HERE = path.join(ROOT, 'test', 'support', 'programs');
const NOTEBOOK_RUNNER = path.join(ROOT, 'test', 'support', 'run_notebook.py');
export const LIMIT_MS = 90_000;
const FOLDER = '{{FOLDER}}';

export function layOutSubject(subject: Subject, folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  for (const [to, from] of subject.files) writeFile(path.join(folder, to), fs.readFileSync(from));
}

/** Runs a program in its folder, in a clean process without a network; with `observed` its final values are taken down. */
export async function runSubject(
  start: Start,
  folder: string,
  scratch: string,
  observed?: Observed,
): Promise<Run> {
  fs.mkdirSync(scratch, { recursive: true });
  const figures = path.join(scratch, 'figures.txt');
  const out = path.join(scratch, 'values.json');
  const functions = path.join(scratch, 'functions.json');
  for (const file of [figures, out]) fs.rmSync(file, { force: true });
  fs.writeFileSync(functions, JSON.stringify(observed ?? {}));
  const before = await contents(folder);
  const program = 'file' in start ? [start.file] : ['-m', start.package];
  const isNotebook = 'file' in start && start.file.endsWith('.ipynb');
  const plain = isNotebook ? [NOTEBOOK_RUNNER, ...program] : program;
  const args = observed ? [path.join(HERE, 'observe.py'), out, functions, ...program] : plain;
  const paths = [
    path.join(HERE, 'site'),
    ...('below' in start ? [start.below] : []),
    ...(start.packages === undefined ? [] : [start.packages]),
  ];
  const result: RunResult = await runPython(args, {
    cwd: folder,
    timeoutMs: LIMIT_MS,
    env: { PYTHONPATH: paths.join(path.delimiter), GRADUATE_FIGURES: figures, SOURCE_DATE_EPOCH: '0' },
  });
  const after = await contents(folder);
  return {
    status: result.status,
    isTimeout: result.isTimeout,
    stdout: result.stdout.toString('latin1').replaceAll(folder, FOLDER),
    stderr: result.stderr,
    files: new Map([...after].filter(([name, content]) => before.get(name) !== content)),
    figures: fs.existsSync(figures) ? fs.readFileSync(figures, 'utf8') : '',
    values: fs.existsSync(out)
      ? new Map(Object.entries(JSON.parse(fs.readFileSync(out, 'utf8')) as Record<string, string>))
      : new Map(),
  };
}

async function contents(folder: string): Promise<Map<string, string>> {
  const names = filesBelow(folder).filter((name) => !name.includes('__pycache__/'));
  const pictures = names.filter((name) => /\.(?:png|jpe?g|gif|bmp|tiff?)$/i.test(name));
  const pixels = pictures.length > 0 ? await pixelsOf(pictures, folder) : {};
  return new Map(
    names.map((name) => {
      const text = fs.readFileSync(path.join(folder, name)).toString('latin1').replaceAll(folder, FOLDER);
      return [name, pixels[name] ?? text];
    }),
  );
}

async function pixelsOf(names: readonly string[], folder: string): Promise<Record<string, string | null>> {
  const result = await runPython([path.join(HERE, 'pixels.py')], {
    cwd: folder,
    input: JSON.stringify(names),
  });
  if (result.status !== 0) throw new Error(`pixels.py: ${result.stderr}`);
  return JSON.parse(result.stdout.toString('utf8')) as Record<string, string | null>;
}
