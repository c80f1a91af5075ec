import type { Findings } from './compare';
import type { FinalValue, ProgramRun } from './run';

/** Compares the values that the programs leave behind, by name and type, and the states of shared random generators. */
export function compareValues(
  findings: Findings,
  originals: readonly ProgramRun[],
  converted: ProgramRun,
): void {
  const [first] = originals;
  if (!first!.isRecorded || !converted.isRecorded) {
    const who = first!.isRecorded ? 'the converted program' : 'the original';
    findings.notCompared.push({
      what: 'final values',
      reason: `${who} did not end in a way that leaves them`,
    });
    return;
  }
  const tables = originals.map(({ values }) => byKey(values));
  const reachable = namesOf(converted.values);
  const missing: string[] = [];
  for (const value of first!.values) {
    if (value.scope !== 'main' && value.scope !== 'random') continue;
    const kind = value.scope === 'random' ? 'random' : 'value';
    const seen = tables.map((table) => table.get(keyOf(value)));
    const unlike = seen.find((each) => each?.digest !== value.digest || each.type !== value.type);
    if (seen.some((each) => each === undefined) || unlike) {
      const seenBy: [string, string] =
        kind === 'random' ? ['a state', 'another state'] : [value.shown, unlike?.shown ?? 'missing'];
      findings.masked.push({ kind, name: value.name, seen: seenBy });
      continue;
    }
    const candidates = (reachable.get(value.name) ?? []).filter(
      ({ scope }) => scope !== 'imported' && (scope === 'random') === (kind === 'random'),
    );
    if (candidates.length === 0) {
      // A generator that the converted program never loads has not been moved either.
      if (kind === 'value') missing.push(value.name);
      else
        findings.notCompared.push({
          what: `the state of ${value.name}`,
          reason: 'the converted program does not load it',
        });
      continue;
    }
    const equal = candidates.find(({ digest, type }) => digest === value.digest && type === value.type);
    if (equal) {
      if (kind === 'value') findings.values++;
      else findings.randomStates++;
      if (value.partial !== null) findings.notCompared.push({ what: value.name, reason: value.partial });
    } else report(findings, kind, value, candidates[0]!);
  }
  if (missing.length > 0) {
    const shown = missing.slice(0, 12).join(', ') + (missing.length > 12 ? ', ...' : '');
    findings.notCompared.push({
      what: `${missing.length} final ${missing.length === 1 ? 'value' : 'values'}: ${shown}`,
      reason: 'no module or pipeline object of the converted program has them by name at its end',
    });
  }
}

function report(
  findings: Findings,
  kind: 'value' | 'random',
  expected: FinalValue,
  actual: FinalValue,
): void {
  const where = actual.scope === 'main' || kind === 'random' ? '' : ` (as ${actual.scope}${actual.name})`;
  const isTypeEqual = expected.type === actual.type;
  const detail = !isTypeEqual
    ? `is a ${actual.type} instead of a ${expected.type}`
    : expected.shown === actual.shown
      ? `has another value (${actual.shown})`
      : `is ${actual.shown} instead of ${expected.shown}`;
  const message =
    kind === 'random'
      ? `the generator of ${expected.name} is left in another state`
      : `${expected.name}${where} ${detail}`;
  findings.add({
    ...{ kind, name: expected.name, message },
    ...{ expected: expected.shown, actual: actual.shown },
  });
}

function keyOf({ scope, name }: FinalValue): string {
  return `${scope}\0${name}`;
}

function byKey(values: readonly FinalValue[]): ReadonlyMap<string, FinalValue> {
  return new Map(values.map((value) => [keyOf(value), value]));
}

/** All places at which a name can be found, the main module's own first. */
function namesOf(values: readonly FinalValue[]): ReadonlyMap<string, readonly FinalValue[]> {
  const names = new Map<string, FinalValue[]>();
  const rank = ({ scope }: FinalValue): number => (scope === 'main' ? 0 : 1);
  for (const value of [...values].sort((a, b) => rank(a) - rank(b))) {
    const same = names.get(value.name);
    if (same) same.push(value);
    else names.set(value.name, [value]);
  }
  return names;
}
