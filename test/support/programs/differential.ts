import path from 'node:path';
import { type ChangeOutput, parseOutput } from '../contract';
import { changedBetween, snapshot, withFolder } from '../folders';
import { runCli } from '../run';
import { type Shape, shapeOf } from '../shape/shape';
import { LIMIT_MS, type Run, type Start, type Subject, layOutSubject, runSubject } from './program';

/** A command that is applied to a program which is then run again. */
export interface Conversion {
  readonly title: string;
  /** Run in the program's folder. */
  args(program: string): readonly string[];
  /** Whether the result has to have the shape of production code. */
  readonly makesStages: boolean;
}

export type Kind =
  | 'equal'
  | 'refused'
  | 'nothing'
  | 'wrong'
  | 'unsupported'
  /** Differs, as the original does from itself. */
  | 'unsteady';

/** What came of one conversion of one program. */
export interface Verdict {
  readonly subject: Subject;
  readonly title: string;
  readonly kind: Kind;
  /** Reasons of a refusal, or what is wrong. */
  readonly details: readonly string[];
  /** Final values that were compared. */
  readonly values: number;
  readonly shape?: Shape;
}

/** A program that cannot be compared, or its verdicts. */
export type Judgement =
  | { readonly subject: Subject; readonly unusable: string }
  | { readonly subject: Subject; readonly lines: number; readonly verdicts: readonly Verdict[] };

/** Where packages go, beside the program's folder. */
const OUT = '../out';
/** Their name: under the program's own, `python -m` would find the program itself in its folder. */
const NAME = 'made_of_it';

export const CONVERSIONS: readonly Conversion[] = [
  extraction('auto'),
  extraction('class'),
  extraction('functions'),
  {
    title: 'add-main',
    args: (file) => ['refactor', 'add-main', file, '--format', 'json'],
    makesStages: false,
  },
  {
    title: 'package',
    args: (file) => ['package', file, '--out', OUT, '--name', NAME, '--keep-prints', '--format', 'json'],
    makesStages: true,
  },
];

function extraction(shape: string): Conversion {
  const options = shape === 'auto' ? [] : ['--shape', shape];
  return {
    title: `extract-pipeline ${shape}`,
    args: (file) => ['refactor', 'extract-pipeline', file, ...options, '--format', 'json'],
    makesStages: true,
  };
}

/** Runs a program twice, and after each conversion again; says what is not equal. */
export function judge(subject: Subject, conversions: readonly Conversion[], minimum = 3): Promise<Judgement> {
  return withFolder(async (temporary) => {
    const start: Start = { file: subject.program, packages: subject.packages };
    const place = (name: string): string => {
      const folder = path.join(temporary, name, 'work');
      layOutSubject(subject, folder);
      return folder;
    };
    const scratch = path.join(temporary, 'scratch');
    const plain = await runSubject(start, place('plain'), scratch);
    const lines = plain.stdout.split('\n').length - 1;
    if (plain.isTimeout) return { subject, unusable: `takes more than ${LIMIT_MS / 1000} s` };
    if (plain.status !== 0 && minimum > 0) {
      return { subject, unusable: `fails here: ${plain.stderr.trimEnd().split('\n').at(-1) ?? ''}` };
    }
    if (lines < minimum) return { subject, unusable: `prints fewer than ${minimum} lines` };
    let again = await runSubject(start, place('again'), scratch, {});
    if (differences(plain, again, new Set()).length > 0) {
      // Objects live longer where they are observed, and calls are deeper.
      again = { ...(await runSubject(start, place('twice'), scratch)), values: new Map() };
      if (differences(plain, again, new Set()).length > 0)
        return { subject, unusable: 'does not do the same twice' };
    }
    const base: Base = { plain, again, start, scratch, place };
    const verdicts: Verdict[] = [];
    for (const conversion of conversions) verdicts.push(await convert(subject, conversion, base));
    return { subject, lines, verdicts };
  });
}

interface Base {
  readonly plain: Run;
  /** The second run, whose final values are known. */
  readonly again: Run;
  readonly start: Start;
  readonly scratch: string;
  place(name: string): string;
}

async function convert(subject: Subject, conversion: Conversion, base: Base): Promise<Verdict> {
  const { title } = conversion;
  const folder = base.place(title.replaceAll(' ', '-'));
  const before = snapshot(folder);
  const result = await runCli(conversion.args(subject.program), { cwd: folder });
  const verdict = (kind: Kind, details: readonly string[], values = 0, shape?: Shape): Verdict => ({
    ...{ subject, title, kind, details, values },
    ...(shape && { shape }),
  });
  if (result.status === 2 && /not available yet/.test(result.stderr))
    return verdict('unsupported', [result.stderr.trim()]);
  let output: ChangeOutput;
  try {
    output = parseOutput<ChangeOutput>(result);
  } catch (error) {
    return verdict('wrong', [(error as Error).message]);
  }
  const changed = changedBetween(before, snapshot(folder));
  if (output.status !== 'done') {
    if (changed.length > 0)
      return verdict('wrong', [`"${output.status}", and changed ${changed.join(', ')}`]);
    return verdict(
      output.status,
      output.refusals.map(({ reason }) => reason),
    );
  }
  const after = path.dirname(folder);
  const written = output.written.map((name) => path.relative(after, path.resolve(folder, name)));
  const original = path.join(path.dirname(base.place('original')), '');
  const { packages } = subject;
  const shape = await shapeOf({
    before: original,
    after,
    input: `work/${subject.program}`,
    written,
    ...(packages !== undefined && { packages }),
  });
  const problems = conversion.makesStages ? [...shape.problems] : [];
  const start = startOf(written, after, packages) ?? base.start;
  const run = await runSubject(start, folder, base.scratch);
  const different = differences(base.plain, run, new Set());
  if (different.length > 0) {
    // Twice the same may have been chance: printed times are, on a machine with more to do than before.
    const third = await runSubject(
      base.start,
      base.place(`${title.replaceAll(' ', '-')}-third`),
      base.scratch,
    );
    if (differences(base.plain, third, new Set()).length > 0) return verdict('unsteady', different, 0, shape);
  }
  problems.push(...different);
  let values = 0;
  if (problems.length === 0 && base.again.values.size > 0 && Object.keys(shape.functions).length > 0) {
    const copy = base.place(`${title.replaceAll(' ', '-')}-observed`);
    await runCli(conversion.args(subject.program), { cwd: copy });
    const parent = path.dirname(copy);
    const functions = Object.entries(shape.functions).map(
      ([name, names]) => [path.join(parent, name), names] as const,
    );
    const observed = await runSubject(
      startOf(written, parent, packages) ?? base.start,
      copy,
      base.scratch,
      Object.fromEntries(functions),
    );
    const shared = [...observed.values].filter(([name]) => base.again.values.has(name));
    values = shared.length;
    const other = shared.filter(([name, digest]) => base.again.values.get(name) !== digest);
    if (other.length > 0) {
      // What differs from run to run tells nothing.
      const once = await runSubject(
        base.start,
        base.place(`${title.replaceAll(' ', '-')}-once`),
        base.scratch,
        {},
      );
      problems.push(
        ...other
          .filter(([name]) => once.values.get(name) === base.again.values.get(name))
          .map(
            ([name, digest]) => `final value of ${name}: ${digest} instead of ${base.again.values.get(name)}`,
          ),
      );
    }
  }
  return verdict(problems.length > 0 ? 'wrong' : 'equal', problems, values, shape);
}

/** The package that was written, if one was. */
function startOf(written: readonly string[], after: string, packages?: string): Start | undefined {
  for (const name of written) {
    const found = /^(.*src)\/([^/]+)\/__main__\.py$/.exec(name);
    if (found) return { package: found[2]!, below: path.join(after, found[1]!), packages };
  }
  return undefined;
}

/** What two runs do otherwise. */
export function differences(expected: Run, actual: Run, ignored: ReadonlySet<string>): string[] {
  const found: string[] = [];
  if (actual.isTimeout) found.push('the run did not end');
  if (actual.status !== expected.status) {
    const last = actual.stderr.trimEnd().split('\n').slice(-3).join(' | ');
    found.push(`exit status ${actual.status} instead of ${expected.status}: ${last}`);
  }
  if (actual.stdout !== expected.stdout)
    found.push(`output: ${firstDifference(expected.stdout, actual.stdout)}`);
  if (actual.figures !== expected.figures)
    found.push(`figures: ${firstDifference(expected.figures, actual.figures)}`);
  for (const name of new Set([...expected.files.keys(), ...actual.files.keys()])) {
    if (ignored.has(name)) continue;
    const [before, after] = [expected.files.get(name), actual.files.get(name)];
    if (after === undefined) found.push(`${name} is not written`);
    else if (before === undefined) found.push(`${name} is written, and was not before`);
    else if (before !== after) found.push(`${name}: ${firstDifference(before, after)}`);
  }
  return found;
}

function firstDifference(expected: string, actual: string): string {
  const [before, after] = [expected.split('\n'), actual.split('\n')];
  const at = before.findIndex((line, i) => line !== after[i]);
  const line = at < 0 ? before.length : at;
  const shown = (text: string | undefined): string => JSON.stringify(text?.slice(0, 200));
  return `line ${line + 1} is ${shown(after[line])} instead of ${shown(before[line])}`;
}
