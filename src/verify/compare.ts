import { compareFiles } from './files';
import { LineMasks } from './lines';
import type { Compared, Difference, Masked, NotCompared, Stage } from './report';
import type { Effect, ProgramRun, RunPlace, VerifyHost } from './run';
import { compareValues } from './values';

/** What a comparison has found so far. */
export class Findings {
  readonly differences: Difference[] = [];
  readonly masked: Masked[] = [];
  readonly notCompared: NotCompared[] = [];
  lines = 0;
  files = 0;
  values = 0;
  randomStates = 0;
  displays = 0;

  add(difference: Omit<Difference, 'place'>, place: RunPlace | undefined = undefined): void {
    const stage: Stage | null = place ? { ...place, stage: null } : null;
    this.differences.push({ ...difference, place: stage });
  }

  compared(original: ProgramRun): Compared {
    const { lines, files, values, randomStates, displays } = this;
    const exception = original.exception?.name ?? null;
    return { lines, files, values, randomStates, displays, exitStatus: original.status, exception };
  }
}

/** How the two programs show what cells show. */
export interface CompareOptions {
  /** Both are notebooks: what their cells show is compared, too. */
  readonly hasDisplays: boolean;
}

/**
 * Compares a run of the converted program with runs of the original. What those do not agree on is masked.
 *
 * @param originals At least two, the first one is what the others are held against.
 */
export async function compareRuns(
  originals: readonly ProgramRun[],
  converted: ProgramRun,
  host: VerifyHost,
  { hasDisplays }: CompareOptions,
): Promise<Findings> {
  const findings = new Findings();
  const [first] = originals;
  if (!first) throw new Error('there is no run of the original');
  compareEnds(findings, originals, converted);
  // What it would have done after that is not known.
  if (converted.ended) return findings;
  compareOutput(findings, originals, converted);
  if (hasDisplays) compareDisplays(findings, originals, converted);
  else if (first.displays.length > 0) {
    const reason = 'the converted program is no notebook: what cells show is not printed by it';
    findings.notCompared.push({ what: `${first.displays.length} values that cells show`, reason });
  }
  await compareFiles(findings, originals, converted, host);
  compareValues(findings, originals, converted);
  compareEffects(findings, originals, converted);
  return findings;
}

/** Exit status, signal, exception, and whether it came to an end at all. */
function compareEnds(findings: Findings, originals: readonly ProgramRun[], converted: ProgramRun): void {
  const [first] = originals;
  if (converted.ended) {
    const message =
      converted.ended === 'timeout'
        ? 'the converted program did not end in time, the original did'
        : 'the converted program printed too much and was ended';
    findings.add({ kind: 'end', name: 'end', message, expected: endOf(first!), actual: converted.ended });
    return;
  }
  const ends = originals.map(endOf);
  const unlike = ends.find((end) => end !== ends[0]);
  if (unlike !== undefined) {
    findings.masked.push({ kind: 'exit-status', name: 'exit status', seen: [ends[0]!, unlike] });
  } else if (endOf(converted) !== ends[0]) {
    const [expected, actual] = [ends[0]!, endOf(converted)];
    const message = `it ends with ${actual} instead of ${expected}${reasonOf(converted)}`;
    findings.add({ kind: 'exit-status', name: 'exit status', message, expected, actual });
  }
  const names = originals.map(({ exception }) => exception?.name ?? 'no exception');
  const other = names.find((name) => name !== names[0]);
  if (other !== undefined) {
    findings.masked.push({ kind: 'exception', name: 'exception', seen: [names[0]!, other] });
    return;
  }
  const name = converted.exception?.name ?? 'no exception';
  if (name === names[0]) return;
  const cell = first?.exception?.cell ?? undefined;
  findings.add(
    {
      kind: 'exception',
      name: 'exception',
      message: `${name} leaves the program instead of ${names[0]}${reasonOf(converted)}`,
      expected: names[0]!,
      actual: name,
    },
    cell === undefined ? undefined : { cell, line: null },
  );
}

function endOf({ status, signal, ended }: ProgramRun): string {
  if (ended) return ended;
  return signal === null ? `exit status ${status ?? '?'}` : `signal ${signal}`;
}

function reasonOf({ exception, errorText }: ProgramRun): string {
  const last = errorText.trimEnd().split('\n').at(-1)?.trim() ?? '';
  const text = exception ? `${exception.name}: ${exception.text}` : last;
  return text === '' ? '' : ` (${text.replace(/\s+/g, ' ').slice(0, 200)})`;
}

function compareOutput(findings: Findings, originals: readonly ProgramRun[], converted: ProgramRun): void {
  const [first, ...others] = originals;
  const masks = masksOf(
    first!.output.lines,
    others.map(({ output }) => output.lines),
  );
  for (const { position, line, other } of masks.masked) {
    findings.masked.push({ kind: 'output', name: `line ${position + 1}`, seen: [line, other] });
  }
  const hasBreakAtEnd = first!.output.lines.at(-1) === '';
  findings.lines = masks.comparable - (hasBreakAtEnd ? 1 : 0);
  const mismatch = masks.mismatch(converted.output.lines);
  if (mismatch) {
    const { position, expected, actual } = mismatch;
    const place = lastOf(originals, (run) => run.output.places[position]);
    findings.add(
      {
        kind: 'output',
        name: `line ${position + 1}`,
        message: `line ${position + 1} of the output is ${quoted(actual)} instead of ${quoted(expected)}`,
        expected: expected ?? null,
        actual: actual ?? null,
      },
      place,
    );
    return;
  }
  const rests = originals.map(({ output }) => output.rest?.digest);
  if (rests[0] === undefined && converted.output.rest === undefined) return;
  if (rests.some((rest) => rest !== rests[0])) {
    const reason = 'it is more than is kept, and not the same in two runs of the original';
    findings.notCompared.push({ what: `output behind line ${first!.output.lines.length}`, reason });
  } else if (rests[0] !== converted.output.rest?.digest) {
    const message = `the output differs behind line ${first!.output.lines.length}, where it is only compared by digest`;
    findings.add({ kind: 'output', name: 'rest', message, expected: null, actual: null });
  }
}

function masksOf(lines: readonly string[], others: readonly (readonly string[])[]): LineMasks {
  const masks = new LineMasks(lines);
  for (const other of others) masks.learn(other);
  return masks;
}

/** What cells show, each text as one line. */
function compareDisplays(findings: Findings, originals: readonly ProgramRun[], converted: ProgramRun): void {
  const shown = (run: ProgramRun): string[] =>
    run.displays.map(({ text }) => JSON.stringify(text.replace(/ at 0x[0-9a-f]+/gi, '')));
  const [first, ...others] = originals;
  const masks = masksOf(shown(first!), others.map(shown));
  for (const { position, line, other } of masks.masked) {
    findings.masked.push({ kind: 'display', name: `display ${position + 1}`, seen: [line, other] });
  }
  findings.displays = masks.comparable;
  const mismatch = masks.mismatch(shown(converted));
  if (!mismatch) return;
  const { position, expected, actual } = mismatch;
  const cell = first!.displays[position]?.cell;
  findings.add(
    {
      kind: 'display',
      name: `display ${position + 1}`,
      message: `shown value ${position + 1} is ${quoted(actual, false)} instead of ${quoted(expected, false)}`,
      expected: expected ?? null,
      actual: actual ?? null,
    },
    cell === undefined ? undefined : { cell, line: null },
  );
}

/** Connections, child processes and writes outside, which a conversion must not add or lose. */
function compareEffects(findings: Findings, originals: readonly ProgramRun[], converted: ProgramRun): void {
  const counted = (run: ProgramRun): Set<string> =>
    new Set(run.effects.filter(isCounted).map(({ kind, detail }) => `${kind}\0${detail}`));
  const sets = originals.map(counted);
  const all = new Set(sets.flatMap((set) => [...set]));
  const actual = counted(converted);
  for (const key of new Set([...all, ...actual])) {
    const [kind = '', detail = ''] = key.split('\0');
    const had = sets.filter((set) => set.has(key)).length;
    if (had > 0 && had < sets.length) {
      findings.masked.push({ kind: 'effect', name: kind, seen: [detail, 'not in every run'] });
    } else if (had > 0 !== actual.has(key)) {
      const message = had > 0 ? `no longer ${detail}` : `now ${detail}`;
      const [expected, found] = had > 0 ? [detail, null] : [null, detail];
      findings.add({ kind: 'effect', name: kind, message, expected, actual: found });
    }
  }
}

function isCounted({ kind }: Effect): boolean {
  return kind === 'network' || kind === 'processes' || kind === 'files';
}

function lastOf<T>(runs: readonly ProgramRun[], of: (run: ProgramRun) => T | undefined): T | undefined {
  return runs
    .map(of)
    .filter((each) => each !== undefined)
    .at(-1);
}

function quoted(line: string | undefined, isText = true): string {
  if (line === undefined) return 'missing';
  const text = isText ? JSON.stringify(line) : line;
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
