import { type CompareOptions, type Findings, compareRuns } from './compare';
import type { Difference, Stage, VerifyReport, VerifyStatus } from './report';
import type { Effect, ProgramRun, RunPlace, VerifyHost } from './run';

/** What is to be compared. */
export interface VerifyRequest extends CompareOptions {
  /** As they are shown. */
  readonly original: string;
  readonly converted: string;
  /** What was set on both sides, as `name=value`. */
  readonly settings: readonly string[];
  /** The stage of a place in the original. */
  stageAt(place: RunPlace): string | undefined;
}

/**
 * Runs the original twice and the converted program once, and compares them. Where they differ, the original is run
 * once more: to see where the difference shows first, and whether it is one at all.
 */
export async function verify(request: VerifyRequest, host: VerifyHost): Promise<VerifyReport> {
  const originals: ProgramRun[] = [];
  for (const words of ['first', 'second']) {
    host.progress(`running the original, ${words} time`);
    const run = await host.run('original', false);
    originals.push(run);
    if (run.ended) return failedReport(request, run);
  }
  host.progress('running the converted program');
  const converted = await host.run('converted', false);
  host.progress('comparing');
  let findings = await compareRuns(originals, converted, host, request);
  if (findings.differences.length > 0) {
    host.progress('running the original once more, to see where they part');
    const again = await host.run('original', true);
    if (!again.ended) {
      originals.push(again);
      findings = await compareRuns(originals, converted, host, request);
    }
  }
  return reportOf(request, originals, converted, findings);
}

function reportOf(
  request: VerifyRequest,
  originals: readonly ProgramRun[],
  converted: ProgramRun,
  findings: Findings,
): VerifyReport {
  const differences = findings.differences.map((difference) => withStage(difference, request));
  const [status, reason] = statusOf(originals[0]!, converted, findings);
  return {
    version: 1,
    status,
    reason,
    original: request.original,
    converted: request.converted,
    compared: findings.compared(originals[0]!),
    differences,
    firstDivergingStage: firstPlace(differences),
    masked: findings.masked,
    notCompared: findings.notCompared,
    effects: joinedEffects(originals, converted),
    settings: request.settings,
  };
}

function statusOf(original: ProgramRun, converted: ProgramRun, findings: Findings): [VerifyStatus, string] {
  const count = findings.differences.length;
  const held = [...original.effects, ...converted.effects].find((effect) => effect.held);
  if (count > 0) {
    const also = held ? `, and something was held back: ${held.detail}` : '';
    return ['different', `${count === 1 ? 'one difference' : `${count} differences`}${also}`];
  }
  if (held) {
    return [
      'unknown',
      `both did the same until something was held back: ${held.detail} (allow it with --allow ${held.kind})`,
    ];
  }
  const { lines, files, values, displays, randomStates } = findings;
  const hasEnd = original.exception !== undefined || original.status !== 0;
  if (lines + files + values + displays + randomStates === 0 && !hasEnd) {
    const why = findings.masked.length > 0 ? ': all of it varies from run to run' : '';
    return ['unknown', `there is nothing to compare${why}: no line printed, no file written, no value left`];
  }
  return ['equal', 'all that was compared is equal'];
}

function withStage(difference: Difference, request: VerifyRequest): Difference {
  const { place } = difference;
  return place ? { ...difference, place: { ...place, stage: request.stageAt(place) ?? null } } : difference;
}

/** The earliest place at which a difference shows. */
function firstPlace(differences: readonly Difference[]): Stage | null {
  const places = differences.flatMap(({ place }) => (place ? [place] : []));
  const rank = ({ cell, line }: Stage): number => (cell ?? 0) * 1e6 + (line ?? 0);
  return places.sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

function joinedEffects(originals: readonly ProgramRun[], converted: ProgramRun): VerifyReport['effects'] {
  const found = new Map<string, { effect: Effect; sides: Set<string> }>();
  const runs = [
    ...originals.map((run) => ({ side: 'original', run })),
    { side: 'converted', run: converted },
  ];
  for (const { side, run } of runs) {
    for (const effect of run.effects) {
      const key = JSON.stringify(effect);
      const known = found.get(key) ?? { effect, sides: new Set<string>() };
      known.sides.add(side);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ effect, sides }) => ({ ...effect, sides: [...sides] }));
}

/** The original itself did not come to an end: there is nothing to hold the converted program against. */
function failedReport(request: VerifyRequest, run: ProgramRun): VerifyReport {
  const reason =
    run.ended === 'timeout'
      ? 'the original did not end in time (see --timeout, and --set for a shorter run)'
      : 'the original prints more than can be compared';
  return {
    version: 1,
    status: 'failed',
    reason,
    original: request.original,
    converted: request.converted,
    compared: {
      ...{ lines: 0, files: 0, values: 0, randomStates: 0, displays: 0 },
      exitStatus: null,
      exception: null,
    },
    differences: [],
    firstDivergingStage: null,
    masked: [],
    notCompared: [{ what: 'everything', reason }],
    effects: run.effects.map((effect) => ({ ...effect, sides: ['original'] })),
    settings: request.settings,
  };
}
