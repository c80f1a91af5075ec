import { PHASE_RANK, type Phase, STAGE_NAMES, phaseOfCall } from '../knowledge/phases';
import type { FactUnit } from '../semantics/facts';
import { headingBefore } from './headings';

/** A run of statements with one ML phase. */
export interface Stage {
  readonly name: string;
  /** What it is about, for a docstring; without a full stop. */
  readonly title: string | undefined;
  readonly units: readonly FactUnit[];
}

/**
 * The stages of a notebook: each run of statements is one, and no cell's statements go with another cell's.
 *
 * @param runs Runs of statements, each within one cell.
 * @param taken Names that a stage must not have.
 */
export function cellStages(
  runs: readonly (readonly FactUnit[])[],
  taken: ReadonlySet<string>,
): readonly Stage[] {
  const used = new Set(taken);
  const headed = new Set<string>();
  return runs.map((units) => {
    const above = headingBefore(units[0]!);
    // Cells below the first of a heading are named for what they do.
    const heading = above !== undefined && headed.has(above) ? undefined : above;
    if (above !== undefined) headed.add(above);
    const name = uniqueName(nameOf({ phase: strongest(units), heading, units: [...units] }), used);
    used.add(name);
    return { name, title: heading, units };
  });
}

interface Draft {
  phase: Phase | undefined;
  heading: string | undefined;
  units: FactUnit[];
}

/**
 * Cuts statements into stages: where a heading stands, and where the phase changes. The order stays.
 *
 * @param units The statements that run, in document order.
 * @param taken Names that a stage must not have.
 */
export function stagesOf(units: readonly FactUnit[], taken: ReadonlySet<string>): readonly Stage[] {
  const drafts = balanced(joined(drafted(units)));
  const used = new Set(taken);
  return drafts.map((draft) => {
    const name = uniqueName(nameOf(draft), used);
    used.add(name);
    return { name, title: draft.heading, units: draft.units };
  });
}

function drafted(units: readonly FactUnit[]): Draft[] {
  const drafts: Draft[] = [];
  let before: FactUnit | undefined;
  for (const unit of units) {
    const phase = phaseOf(unit);
    const heading = headingBefore(unit);
    const current = drafts.at(-1);
    const isJoined = before !== undefined && sharesLine(before, unit);
    // Statements without a phase of their own, and prints, go with what stands above them.
    const isNeutral = phase === undefined || phase === 'report' || phase === current?.phase;
    if (current && (isJoined || (heading === undefined && (isNeutral || current.phase === undefined)))) {
      current.units.push(unit);
      if (current.phase === undefined || current.phase === 'report') current.phase = phase ?? current.phase;
    } else {
      drafts.push({ phase, heading, units: [unit] });
    }
    before = unit;
  }
  return drafts;
}

/** Neighbours of the same phase without a heading between them, and single statements, are one stage. */
function joined(drafts: readonly Draft[]): Draft[] {
  const result: Draft[] = [];
  for (const draft of drafts) {
    const last = result.at(-1);
    const isSmall = draft.units.length === 1 && draft.heading === undefined && last && last.units.length < 4;
    if (last && draft.heading === undefined && (last.phase === draft.phase || isSmall)) {
      last.units.push(...draft.units);
      const ranks = [last.phase, draft.phase].map((phase) => (phase ? PHASE_RANK.indexOf(phase) : 99));
      if (ranks[1]! < ranks[0]!) last.phase = draft.phase;
    } else result.push(draft);
  }
  return result;
}

/** No stage holds more than half of the statements, where there is a place to cut. */
function balanced(drafts: readonly Draft[]): Draft[] {
  const total = drafts.reduce((sum, { units }) => sum + units.length, 0);
  if (total < 4) return [...drafts];
  return drafts.flatMap((draft) => {
    if (draft.units.length * 2 <= total) return [draft];
    const middle = cutPoint(draft.units);
    if (middle === undefined) return [draft];
    const [first, second] = [draft.units.slice(0, middle), draft.units.slice(middle)];
    return [
      { ...draft, units: first },
      { phase: strongest(second), heading: undefined, units: second },
    ];
  });
}

/** Near the middle, between two lines. */
function cutPoint(units: readonly FactUnit[]): number | undefined {
  const middle = units.length / 2;
  let best: number | undefined;
  for (let i = 1; i < units.length; i++) {
    if (sharesLine(units[i - 1]!, units[i]!)) continue;
    if (best === undefined || Math.abs(i - middle) < Math.abs(best - middle)) best = i;
  }
  return best;
}

/** The phase of a statement, from the calls in it; functions that it defines do not run with it. */
export function phaseOf({ summary }: FactUnit): Phase | undefined {
  let found: Phase | undefined;
  for (const { node, at } of summary.calls) {
    if (at.time !== 'now') continue;
    const { func } = node;
    const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : undefined;
    const phase = name === undefined ? undefined : phaseOfCall(name);
    if (phase && (!found || PHASE_RANK.indexOf(phase) < PHASE_RANK.indexOf(found))) found = phase;
  }
  return found;
}

function strongest(units: readonly FactUnit[]): Phase | undefined {
  const phases = new Set(units.map(phaseOf));
  return PHASE_RANK.find((phase) => phases.has(phase));
}

/** Two statements on one physical line, which cannot be parted. */
export function sharesLine(a: FactUnit, b: FactUnit): boolean {
  const { lines } = a.cell;
  return (
    a.cell === b.cell &&
    lines.positionAt(a.start + a.unit.text.length).line === lines.positionAt(b.start).line
  );
}

function nameOf({ phase, heading, units }: Draft): string {
  const fromHeading = heading === undefined ? undefined : identifierOf(heading);
  if (fromHeading !== undefined) return fromHeading;
  if (phase && phase !== 'report') return STAGE_NAMES[phase];
  const bound = units
    .flatMap((unit) => unit.summary.moduleBindings)
    .filter(({ scope, source }) => scope.parent === undefined && source.type === 'value')
    .map(({ name }) => name.toLowerCase());
  const [last] = bound.reverse();
  if (last !== undefined && !last.startsWith('_')) return `compute_${last}`;
  const shown = units.flatMap(shownNames)[0];
  return shown === undefined ? STAGE_NAMES.report : `show_${shown}`;
}

/** Values of the program that a statement looks at, as parts of a name. */
function shownNames({ facts, summary }: FactUnit): readonly string[] {
  return summary.freeReferences
    .filter(({ name, time }) => time === 'now' && /^[A-Za-z]\w*$/.test(name))
    .filter(({ name }) =>
      facts
        .moduleBindings(name)
        .some(({ binding }) => !['import', 'from-import'].includes(binding.source.type)),
    )
    .map(({ name }) => name.toLowerCase());
}

const KEYWORDS = new Set(
  'false none true and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield self cls print main run'.split(
    ' ',
  ),
);

/** A function's name from a heading, if it makes a good one. */
export function identifierOf(heading: string): string | undefined {
  const words = heading
    .toLowerCase()
    .replace(/^\W*(?:step|part|section|stage)?\s*\d+(?:\.\d+)*[.):\s-]*/, '')
    .split(/[^a-z0-9]+/)
    .filter(
      (word) => word !== '' && !['the', 'a', 'an', 'and', 'of', 'our', 'some', 'we', 'to'].includes(word),
    );
  const name = words.slice(0, 4).join('_');
  const isGood = /^[a-z][a-z0-9_]{2,39}$/.test(name) && !KEYWORDS.has(name);
  return isGood ? name : undefined;
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let i = 2; taken.has(unique); i++) unique = `${name}_${i}`;
  return unique;
}
