import fs from 'node:fs';
import path from 'node:path';
import { type ChangeOutput, parseOutput } from '../support/contract';
import { filesBelow, snapshot, withFolder } from '../support/folders';
import { ROOT, runCli, runPython } from '../support/run';
import { type Shape, shapeOf } from '../support/shape/shape';
import { type Baseline, checkPython } from './baseline';
import { type BehaviourCase, copyProgram, withPlaceholder } from './behaviourCase';
import { isEvery } from './commands';
import { NOTEBOOK_RUNNER, type ProgramRun, differences, lastLines } from './runProgram';

/** What came of making a package of a case. */
export interface PackageAttempt {
  readonly verdict: 'done' | 'refused' | 'wrong';
  /** Reasons of refusals, or what is wrong. */
  readonly details: readonly string[];
  readonly shape: Shape | undefined;
}

/** Lines that a run shows besides those that it prints, in order; see `README.md` beside the cases. */
type Shown = readonly (readonly [kind: string, text: string])[];

const NAME = 'made_of_it';
const ANNOTATIONS = path.join(ROOT, 'test', 'support', 'check_annotations.py');

/** Makes a package of a case, runs it in both ways of the contract, and judges what it does and what it looks like. */
export function packageAttempt(of: BehaviourCase, baseline: Baseline): Promise<PackageAttempt> {
  return withFolder(async (temporary) => {
    const folder = path.join(temporary, 'case');
    const out = path.join(temporary, 'package');
    copyProgram(of, folder);
    const before = snapshot(folder);
    const convert = (cwd: string, more: readonly string[]) =>
      runCli(['package', of.input, '--out', out, '--name', NAME, '--format', 'json', ...more], { cwd });
    const result = await convert(folder, ['--keep-prints']);
    const wrong: string[] = [];
    let output: ChangeOutput;
    try {
      output = parseOutput<ChangeOutput>(result);
    } catch (error) {
      return { verdict: 'wrong', details: [(error as Error).message], shape: undefined };
    }
    if (JSON.stringify([...before]) !== JSON.stringify([...snapshot(folder)]))
      wrong.push('the original changed');
    const mustRefuse = of.mustRefuse['package'];
    if (output.status === 'refused') {
      if (fs.existsSync(out)) wrong.push('refused, and wrote something');
      if (result.status !== 3) wrong.push(`exit status ${result.status} with "refused"`);
      const reasons = output.refusals.map(({ reason }) => reason);
      if (reasons.length === 0) wrong.push('refused without a reason');
      return wrong.length > 0
        ? { verdict: 'wrong', details: wrong, shape: undefined }
        : { verdict: 'refused', details: reasons, shape: undefined };
    }
    if (mustRefuse !== undefined) wrong.push(`must be refused: ${mustRefuse}`);
    wrong.push(...(await unbound(out, baseline)));
    const written = filesBelow(out);
    const shape = await shapeOf({ before: folder, after: out, input: of.input, written });
    wrong.push(...shape.problems);
    wrong.push(...differences(of, baseline.run, shownLess(of, await runPackage(folder, folder, out, []))));

    const again = path.join(temporary, 'again');
    copyProgram(of, again);
    // Of the very folder that it is run on: absolute paths of the case lead there.
    const second = parseOutput<ChangeOutput>(await convert(again, []));
    if (second.status !== 'done') wrong.push(`without --keep-prints it is ${second.status}`);
    const empty = path.join(temporary, 'empty');
    fs.mkdirSync(empty);
    const run = await runPackage(again, empty, out, ['--log-format', 'plain', '--data-root', again]);
    wrong.push(...differences(of, baseline.run, shownLess(of, run)).map((each) => `from elsewhere: ${each}`));
    const left = filesBelow(empty);
    if (left.length > 0) wrong.push(`files beside the data root: ${left.join(', ')}`);
    const reduced = path.join(out, 'notebooks', of.input);
    if (of.input.endsWith('.ipynb')) {
      // It leads to the folder of the original, which the run above has changed.
      fs.rmSync(again, { recursive: true });
      copyProgram(of, again);
      const shown = shownLess(of, await runReduced(reduced, again));
      wrong.push(...differences(of, baseline.run, shown).map((each) => `the reduced notebook: ${each}`));
    }
    if (isEvery) {
      fs.rmSync(again, { recursive: true });
      copyProgram(of, again);
      wrong.push(...(await wrongAnnotations(again, out)));
    }
    return wrong.length > 0
      ? { verdict: 'wrong', details: wrong, shape }
      : { verdict: 'done', details: [], shape };
  });
}

/** What does not compile, and names that nothing binds, but for those of the original. */
async function unbound(out: string, { checked: original }: Baseline): Promise<readonly string[]> {
  const known = new Set([...original.values()].flatMap((checked) => checked.undefined ?? []));
  return [...(await checkPython(out))].flatMap(([name, checked]) => [
    ...(checked.error === null ? [] : [`${name} does not compile: ${checked.error}`]),
    ...(checked.undefined ?? [])
      .filter((each) => !known.has(each))
      .map((each) => `${name} reads ${each}, which nothing binds`),
  ]);
}

/** Runs a package whose data root is `data`, from `cwd`. */
async function runPackage(
  data: string,
  cwd: string,
  out: string,
  options: readonly string[],
): Promise<ProgramRun> {
  const main = fs.readFileSync(path.join(out, 'src', NAME, '__main__.py'), 'utf8');
  // Where the program reads the command line itself, the options are variables.
  const isVariables = main.includes('parse_args([])');
  const env: Record<string, string> = { PYTHONPATH: path.join(out, 'src') };
  if (isVariables && options.length > 0) {
    env[`${NAME.toUpperCase()}_DATA_ROOT`] = data;
    env[`${NAME.toUpperCase()}_LOG_FORMAT`] = 'plain';
  }
  const args = ['-m', NAME, ...(isVariables ? [] : options)];
  return runOn(data, args, { cwd, env });
}

/** Annotations of stages that are not true of what they take and give in a run on a folder. */
async function wrongAnnotations(data: string, out: string): Promise<readonly string[]> {
  const env = { PYTHONPATH: path.join(out, 'src') };
  const { stderr } = await runPython([ANNOTATIONS, NAME], { cwd: data, env, timeoutMs: 60_000 });
  return stderr.split('\n').filter((line) => line.startsWith('annotation: '));
}

/** Runs the notebook that a package has, which works on the folder of the original. */
function runReduced(notebook: string, data: string): Promise<ProgramRun> {
  return runOn(data, [NOTEBOOK_RUNNER, path.basename(notebook)], { cwd: path.dirname(notebook) });
}

/** Runs Python, which works on a folder. */
async function runOn(
  data: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<ProgramRun> {
  const before = contents(data);
  const result = await runPython(args, { ...options, timeoutMs: 60_000 });
  return {
    status: result.status,
    stdout: withPlaceholder(result.stdout, data).toString('latin1'),
    stderr: lastLines(result.stderr),
    isTimeout: result.isTimeout,
    files: new Map([...contents(data)].filter(([name, content]) => before.get(name) !== content)),
  };
}

function contents(folder: string): Map<string, string> {
  return new Map(
    filesBelow(folder)
      .filter((name) => !name.includes('__pycache__/'))
      .map((name) => {
        const bytes = fs.readFileSync(path.join(folder, name));
        return [name, withPlaceholder(bytes, folder).toString('latin1')];
      }),
  );
}

/** A run without those lines that it may show besides what it prints. */
function shownLess(of: BehaviourCase, run: ProgramRun): ProgramRun {
  const file = path.join(of.folder, 'optional.json');
  if (!fs.existsSync(file)) return run;
  const shown = JSON.parse(fs.readFileSync(file, 'utf8')) as Shown;
  const printed = withoutShown(Buffer.from(run.stdout, 'latin1').toString('utf8'), shown);
  return printed === undefined ? run : { ...run, stdout: Buffer.from(printed, 'utf8').toString('latin1') };
}

/** What is printed, if the text is that with some of the other parts at their places. */
function withoutShown(text: string, parts: Shown): string | undefined {
  const match = (i: number, at: number): boolean => {
    const part = parts[i];
    if (!part) return at === text.length;
    const [kind, own] = part;
    if (kind === 'print') return text.startsWith(own, at) && match(i + 1, at + own.length);
    const line = own.endsWith('\n') ? own : `${own}\n`;
    return (text.startsWith(line, at) && match(i + 1, at + line.length)) || match(i + 1, at);
  };
  if (!match(0, 0)) return undefined;
  return parts
    .filter(([kind]) => kind === 'print')
    .map(([, own]) => own)
    .join('');
}
