import fs from 'node:fs';
import path from 'node:path';
import { readCases, copyProgram } from '../behaviour/behaviourCase';
import { ROOT, runCli } from '../support/run';
import { succeeded } from './lint';

const CASES = path.join(ROOT, 'test', 'data', 'behaviour-cases');
const SAMPLE = path.join(ROOT, 'samples', 'research-project');

/** A program that a package is made of. */
export interface Subject {
  /** A Python name; the package is called so. */
  readonly name: string;
  /** Its file, in the folder. */
  readonly input: string;
  copyTo(folder: string): void;
}

/** A package that was made, and its original. */
export interface MadePackage {
  readonly name: string;
  /** The original's folder. */
  readonly original: string;
  /** The original in one text, with IPython's lines as comments. */
  readonly text: string;
  /** The package's folder. */
  readonly folder: string;
}

/** Programs of the behaviour cases, and of the sample project under `sample_NAME`. */
export function subjects(names: readonly string[]): readonly Subject[] {
  const cases = readCases(CASES);
  return names.map((name): Subject => {
    const sample = /^sample:(.*)$/.exec(name)?.[1];
    if (sample !== undefined) {
      const stem = path.parse(sample).name;
      return {
        name: `sample_${stem}`,
        input: sample,
        copyTo: (folder) => fs.cpSync(SAMPLE, folder, { recursive: true }),
      };
    }
    const found = cases.find((each) => each.name === name);
    if (!found) throw new Error(`there is no case ${name}`);
    return {
      name: name.replaceAll('-', '_'),
      input: found.input,
      copyTo: (folder) => copyProgram(found, folder),
    };
  });
}

/** Makes a package of a program; both are below `root`. */
export async function make(root: string, subject: Subject): Promise<MadePackage> {
  const original = path.join(root, 'originals', subject.name);
  const folder = path.join(root, 'packages', subject.name);
  subject.copyTo(original);
  const file = path.join(original, subject.input);
  succeeded(await runCli(['package', file, '--out', folder, '--name', subject.name], { cwd: root }));
  return { name: subject.name, original, text: plainText(file), folder };
}

function plainText(file: string): string {
  const text = fs.readFileSync(file, 'utf8');
  if (!file.endsWith('.ipynb')) return text;
  const { cells } = JSON.parse(text) as { cells: { cell_type: string; source: string | string[] }[] };
  return cells
    .filter(({ cell_type: type }) => type === 'code')
    .map(({ source }) => (Array.isArray(source) ? source.join('') : source))
    .map((source) => source.replace(/^%%(?:time|timeit|capture|prun)\b.*/, '# $&'))
    .map((source) => (source.startsWith('%%') ? source.replace(/^/gm, '# ') : source))
    .map((source) => source.replace(/^([ \t]*)([%!])/gm, '$1pass  # $2'))
    .join('\n\n');
}
