import fs from 'node:fs';
import path from 'node:path';
import { type ChangeOutput, parseOutput } from '../support/contract';
import { changedBetween, snapshot, withFolder } from '../support/folders';
import { type RunResult, runCli } from '../support/run';
import { type Shape, shapeOf } from '../support/shape/shape';
import { type Baseline, checkPython } from './baseline';
import { type BehaviourCase, copyProgram } from './behaviourCase';
import type { Command } from './commands';
import { differences, lastLines, runProgram } from './runProgram';

/** What came of applying one command to one case. */
export interface Attempt {
  readonly of: BehaviourCase;
  readonly command: Command;
  readonly verdict: 'done' | 'nothing' | 'refused' | 'wrong';
  /** Reasons of refusals, or what is wrong. */
  readonly details: readonly string[];
  /** Of what was done by a command that makes stages. */
  readonly shape?: Shape;
}

/** What was found wrong with a changed program, by its files: two commands often write the same. */
export type Judged = Map<string, readonly string[]>;

/** Applies a command to a copy of a case and judges what comes out. */
export function attempt(
  of: BehaviourCase,
  command: Command,
  baseline: Baseline,
  judged: Judged,
): Promise<Attempt> {
  return withFolder(async (temporary) => {
    const folder = path.join(temporary, 'case');
    const wrong: string[] = [];
    copyProgram(of, folder);
    const before = snapshot(folder);
    const result = await runCli(command.args(of.input, folder), { cwd: folder });
    const output = readOutput(result, command, wrong);
    const after = snapshot(folder);
    if (!output) return { of, command, verdict: 'wrong', details: wrong };
    checkWritten(output, changedBetween(before, after), wrong);
    const mustRefuse = of.mustRefuse[command.name];
    if (mustRefuse !== undefined && output.status !== 'refused') wrong.push(`must be refused: ${mustRefuse}`);
    if (output.status === 'done') {
      if (!command.isRepeatable) wrong.push(...(await checkSecondTime(of, command, folder)));
      const key = JSON.stringify([...after]);
      const known = judged.get(key) ?? [
        ...(await judgeRun(of, folder, baseline)),
        ...(await judgeProgram(of, folder, baseline)),
      ];
      judged.set(key, known);
      wrong.push(...known);
    }
    const shape =
      output.status === 'done' && command.makesStages ? await shapeOfResult(of, folder, output) : undefined;
    wrong.push(...(shape?.problems ?? []));
    const reasons = output.refusals.map((refusal) => refusal.reason);
    const verdict = wrong.length > 0 ? 'wrong' : output.status;
    return { of, command, verdict, details: wrong.length > 0 ? wrong : reasons, ...(shape && { shape }) };
  });
}

function shapeOfResult(of: BehaviourCase, after: string, { written }: ChangeOutput): Promise<Shape> {
  return withFolder((temporary) => {
    const before = path.join(temporary, 'original');
    copyProgram(of, before);
    return shapeOf({ before, after, input: of.input, written });
  });
}

function readOutput(result: RunResult, command: Command, wrong: string[]): ChangeOutput | undefined {
  if (result.isTimeout) wrong.push('the command did not end');
  let output: ChangeOutput | undefined;
  try {
    output = parseOutput<ChangeOutput>(result);
  } catch (error) {
    wrong.push((error as Error).message);
    return undefined;
  }
  const expected = output.status === 'refused' ? [3] : command.successes;
  if (!expected.includes(result.status)) {
    wrong.push(`exit status ${result.status} with "${output.status}": ${lastLines(result.stderr)}`);
  }
  if (output.status === 'refused' && output.refusals.length === 0) wrong.push('refused without a reason');
  return output;
}

/** `written` names exactly what changed, and only `done` changes something. */
function checkWritten(output: ChangeOutput, changed: readonly string[], wrong: string[]): void {
  const written = [...output.written].sort();
  if (JSON.stringify(written) !== JSON.stringify(changed)) {
    wrong.push(`says that it wrote [${written.join(', ')}], and changed [${changed.join(', ')}]`);
  }
  if ((output.status === 'done') !== changed.length > 0) {
    wrong.push(`"${output.status}", and changed [${changed.join(', ')}]`);
  }
}

/** What is done stays done: the command finds nothing more to change. */
async function checkSecondTime(of: BehaviourCase, command: Command, folder: string): Promise<string[]> {
  const before = snapshot(folder);
  const result = await runCli(command.args(of.input, folder), { cwd: folder });
  const changed = changedBetween(before, snapshot(folder));
  const wrong = changed.length > 0 ? [`a second time it changes [${changed.join(', ')}]`] : [];
  if (![...command.successes, 3].includes(result.status)) {
    wrong.push(`a second time its exit status is ${result.status}: ${lastLines(result.stderr)}`);
  }
  return wrong;
}

/** What a class beside a notebook says it does when it runs all stages is what the notebook does. */
async function judgeRun(of: BehaviourCase, folder: string, baseline: Baseline): Promise<readonly string[]> {
  const module = of.input.replace(/\.ipynb$/, '_pipeline');
  const file = path.join(folder, `${module}.py`);
  if (module === of.input || !fs.existsSync(file)) return [];
  const text = fs.readFileSync(file, 'utf8');
  // Outside of a notebook, `display` prints.
  if (text.includes('import display')) return [];
  const classes = text.split(/^(?=class )/m);
  const runner = classes.find((each) => each.includes('"Run all stages in order."'));
  const name = runner && /^class (\w+):/.exec(runner)?.[1];
  if (name === undefined) return [];
  const kept = `${folder}.kept`;
  fs.cpSync(folder, kept, { recursive: true });
  const run = await runProgram(of, folder, ['-c', `import ${module}; ${module}.${name}().run()`]);
  fs.rmSync(folder, { recursive: true });
  fs.renameSync(kept, folder);
  return differences(of, baseline.run, run).map((difference) => `${name}().run(): ${difference}`);
}

/** Whether the changed program compiles, reads no name that nothing binds, and does what it did. */
async function judgeProgram(
  of: BehaviourCase,
  folder: string,
  baseline: Baseline,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [name, { error, undefined: unbound }] of await checkPython(folder)) {
    const known = baseline.checked.get(name);
    if (error !== null && (known?.error ?? null) === null) wrong.push(`${name} does not compile: ${error}`);
    const fresh = unbound?.filter((each) => !known?.undefined?.includes(each)) ?? [];
    if (fresh.length > 0) wrong.push(`${name} reads names that nothing binds: ${fresh.join(', ')}`);
  }
  return [...wrong, ...differences(of, baseline.run, await runProgram(of, folder))];
}
