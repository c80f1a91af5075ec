import { PHASE_GROUPS, PHASE_WORDS, type Phase } from '../knowledge/phases';
import type { FactUnit } from '../semantics/facts';
import type { Evaluator } from '../semantics/values';
import { headingBefore } from './headings';
import { StageNames } from './naming';
import { type ProgramPhases, phasesOf, switchesBackend } from './phases';
import { readNames } from './subjects';
import { headingWords, isAboutImports } from './words';

export { identifierOf } from './words';

/** A run of statements with one ML phase. */
export interface Stage {
  readonly name: string;
  /** What it is about, for a docstring; without a full stop. */
  readonly title: string | undefined;
  readonly units: readonly FactUnit[];
  readonly phase?: Phase | undefined;
}

/**
 * The stages of a notebook: each run of statements is one, and no cell's statements go with another cell's.
 *
 * @param runs Runs of statements, each within one cell.
 * @param taken Names that a stage must not have.
 * @param evaluator Of the program; one is made where it is missing.
 */
export function cellStages(
  runs: readonly (readonly FactUnit[])[],
  taken: ReadonlySet<string>,
  evaluator?: Evaluator,
): readonly Stage[] {
  const phases = phasesOfUnits(runs[0] ?? [], evaluator);
  if (!phases) return [];
  const names = new StageNames(taken, phases);
  const headed = new Set<string>();
  return runs.map((units) => {
    const heading = ownHeading(headingBefore(units[0]!, true), units);
    // Cells below the first of a heading are named for what they do.
    const isFirst = heading !== undefined && !headed.has(heading);
    if (heading !== undefined) headed.add(heading);
    const phase = phaseOf(units, isFirst ? heading : undefined, phases);
    const name = names.next({ phase, heading, isFirst, units });
    return { name, title: isFirst ? heading : undefined, units, phase };
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
 * @param evaluator Of the program; one is made where it is missing.
 */
export function stagesOf(
  units: readonly FactUnit[],
  taken: ReadonlySet<string>,
  evaluator?: Evaluator,
): readonly Stage[] {
  const phases = phasesOfUnits(units, evaluator);
  if (!phases) return [];
  const drafts = balanced(joined(drafted(units, phases)), phases);
  const names = new StageNames(taken, phases);
  return drafts.map(({ heading: above, units: own }) => {
    const heading = ownHeading(above, own);
    const phase = phaseOf(own, heading, phases);
    const name = names.next({ phase, heading, isFirst: true, units: own });
    return { name, title: heading, units: own, phase };
  });
}

/** The heading of a stage; none where it is about imports alone, which stand at the top by now. */
function ownHeading(heading: string | undefined, units: readonly FactUnit[]): string | undefined {
  if (heading === undefined || !isAboutImports(heading)) return heading;
  const isImport = units.every(({ unit: { statement } }) => /^Import/.test(statement.kind));
  return isImport ? heading : undefined;
}

function phasesOfUnits(units: readonly FactUnit[], evaluator?: Evaluator): ProgramPhases | undefined {
  const facts = units[0]?.facts;
  return facts && phasesOf(facts, evaluator);
}

/** The phase of statements; that which the heading names, where they say next to nothing. */
function phaseOf(
  units: readonly FactUnit[],
  heading: string | undefined,
  phases: ProgramPhases,
): Phase | undefined {
  const most = phases.phaseOfAll(units);
  // Where a seed is set first, what follows is no setting.
  const settings = units.filter((unit) => phases.phaseOf(unit) === 'configure').length;
  // Where more is computed than shown, what is shown is no more than a look at it.
  const made = units.filter(
    ({ summary }) =>
      summary.calls.length > 0 &&
      summary.moduleBindings.some(
        ({ block, source }) => block.parent === undefined && ['value', 'element'].includes(source.type),
      ),
  ).length;
  const isLook = (most === 'report' && made > 1) || (most === 'explore' && made * 2 > units.length);
  const phase = (most === 'configure' && settings * 3 <= units.length) || isLook ? undefined : most;
  const isWeak = phase === undefined || phase === 'report' || phase === 'configure';
  return (isWeak ? phaseOfHeading(heading) : undefined) ?? phase;
}

function phaseOfHeading(heading: string | undefined): Phase | undefined {
  return headingWords(heading ?? '')
    .map((word) => PHASE_WORDS.get(word))
    .find((phase) => phase !== undefined);
}

function drafted(units: readonly FactUnit[], phases: ProgramPhases): Draft[] {
  const drafts: Draft[] = [];
  /** Statements of no phase since the last one that had one; they are the last of their draft. */
  let waiting: FactUnit[] = [];
  let before: FactUnit | undefined;
  const figures = figureParts(units, phases);
  /** The heading of a cell that begins with the choice of a backend, which is about what stands below. */
  let handed: string | undefined;
  for (const unit of units) {
    const phase = phases.phaseOf(unit);
    const own = headingBefore(unit, unit.cell !== before?.cell);
    const isAfterSwitch = before !== undefined && before.cell === unit.cell && switchesBackend(before);
    const heading = switchesBackend(unit) ? undefined : (own ?? (isAfterSwitch ? handed : undefined));
    handed = switchesBackend(unit) ? own : undefined;
    const current = drafts.at(-1);
    const isJoined = before !== undefined && (sharesLine(before, unit) || figures.get(unit) === 'part');
    const isOpen = heading === undefined && figures.get(unit) !== 'start';
    if (current && (isJoined || (isOpen && goesOn(unit, current, phases)))) {
      current.units.push(unit);
      current.phase = stronger(current.phase, phase);
      if (phase === undefined && !isJoined) waiting.push(unit);
      else waiting = [];
    } else {
      // What was set up for this statement and nothing before comes with it.
      const taken = heading === undefined && current ? takenAlong(waiting, unit, current) : [];
      if (current) current.units.splice(current.units.length - taken.length);
      drafts.push({ phase, heading, units: [...taken, unit] });
      waiting = [];
    }
    before = unit;
  }
  return drafts;
}

/** What must not be in the middle of a figure: it is too much for one stage. */
const NO_PART_OF_FIGURE: ReadonlySet<Phase | undefined> = new Set<Phase | undefined>([
  'train',
  'load',
  'split',
]);

/**
 * The statements of cells between the first that makes a figure, or draws, and the last that draws: a figure that is
 * half drawn is nothing to hand on.
 */
function figureParts(
  units: readonly FactUnit[],
  phases: ProgramPhases,
): ReadonlyMap<FactUnit, 'start' | 'part'> {
  const parts = new Map<FactUnit, 'start' | 'part'>();
  const byCell = new Map<FactUnit['cell'], FactUnit[]>();
  for (const unit of units) {
    if (unit.cell.cell.index === null) continue;
    byCell.set(unit.cell, [...(byCell.get(unit.cell) ?? []), unit]);
  }
  for (const own of byCell.values()) {
    const draws = (unit: FactUnit): boolean => phases.signsOf(unit).some(({ phase }) => phase === 'plot');
    const first = own.findIndex((unit) => draws(unit) || makesFigure(unit, phases));
    const last = own.findLastIndex(draws);
    if (first < 0 || last < 0) continue;
    const figure = own.slice(first, last + 1);
    if (figure.some((unit) => NO_PART_OF_FIGURE.has(phases.phaseOf(unit)))) continue;
    // One statement that draws needs nothing of the kind.
    if (figure.length > 1) figure.forEach((unit, i) => parts.set(unit, i === 0 ? 'start' : 'part'));
  }
  return parts;
}

function makesFigure({ summary }: FactUnit, phases: ProgramPhases): boolean {
  return summary.moduleBindings.some(
    ({ name, scope }) => scope.parent === undefined && phases.isFigure(name),
  );
}

/** Whether a statement belongs to what stands above it. */
function goesOn(unit: FactUnit, current: Draft, phases: ProgramPhases): boolean {
  const phase = phases.phaseOf(unit);
  if (phase === undefined || phase === 'report' || sameGroup(phase, current.phase)) return true;
  if (current.phase === undefined || (current.phase === 'report' && current.units.length < 3)) return true;
  // The end of a figure: `plt.show()`, `fig.tight_layout()`.
  return (
    phase === 'plot' &&
    unit.summary.moduleBindings.length === 0 &&
    readNames([unit]).every((name) => phases.isFigure(name)) &&
    current.units.some((each) => phases.signsOf(each).some((sign) => sign.phase === 'plot'))
  );
}

function sameGroup(phase: Phase, other: Phase | undefined): boolean {
  return other !== undefined && PHASE_GROUPS[phase] === PHASE_GROUPS[other];
}

/** What a statement that begins a stage takes out of the one above: what prepares it, and the beginning of its own cell. */
function takenAlong(waiting: readonly FactUnit[], unit: FactUnit, current: Draft): readonly FactUnit[] {
  const prepared = preparing(waiting, unit, current);
  const from = current.units.findIndex(({ cell }) => cell === unit.cell);
  const ofCell = from > 0 ? current.units.slice(from) : [];
  return ofCell.length > prepared.length && ofCell.every((each) => waiting.includes(each))
    ? ofCell
    : prepared;
}

/** The last of the waiting statements that bind what a statement reads, and that need nothing of the draft they are in. */
function preparing(waiting: readonly FactUnit[], unit: FactUnit, { units }: Draft): readonly FactUnit[] {
  if (waiting.length === units.length) return [];
  const needed = new Set(unit.summary.freeReferences.map(({ name }) => name));
  const rest = units.slice(0, units.length - waiting.length);
  const given = new Set(rest.flatMap(({ summary }) => summary.moduleBindings.map(({ name }) => name)));
  const from = waiting.findIndex(
    (each, i) =>
      waiting.slice(i).every(({ summary }) => summary.freeReferences.every(({ name }) => !given.has(name))) &&
      each.summary.moduleBindings.some(({ name }) => needed.has(name)) &&
      !sharesLine(units[units.length - waiting.length + i - 1]!, each),
  );
  return from < 0 ? [] : waiting.slice(from);
}

/** Neighbours of the same phase without a heading between them, and single statements, are one stage. */
function joined(drafts: readonly Draft[]): Draft[] {
  const result: Draft[] = [];
  for (const draft of drafts) {
    const last = result.at(-1);
    const isSmall =
      draft.units.length === 1 && last && last.units.length < 4 && !STANDS_ALONE.has(draft.phase);
    // What draws below it comes with the next stage: between them a notebook gets its own way to draw.
    if (last && draft.heading === undefined && switchesBackend(last.units.at(-1)!)) {
      result.push({ ...draft, units: [...draft.units] });
      continue;
    }
    const isSame = last && draft.phase && sameGroup(draft.phase, last.phase);
    if (
      last &&
      draft.heading === undefined &&
      (isSame === true || last.phase === draft.phase || isSmall === true)
    ) {
      last.units.push(...draft.units);
      last.phase = stronger(last.phase, draft.phase);
    } else result.push({ ...draft, units: [...draft.units] });
  }
  return result;
}

/** Phases of which a single statement is a stage: one call of `fit` may be all the training. */
const STANDS_ALONE: ReadonlySet<Phase | undefined> = new Set<Phase | undefined>(['train', 'load', 'split']);

/** Of a look and what it looks at, the latter. */
function stronger(a: Phase | undefined, b: Phase | undefined): Phase | undefined {
  const order: readonly (Phase | undefined)[] = [
    'train',
    'load',
    'save',
    'evaluate',
    'predict',
    'build',
    'split',
    'prepare',
    'plot',
    'explore',
    'configure',
  ];
  return order.find((phase) => phase !== undefined && (phase === a || phase === b)) ?? a ?? b;
}

/** No stage holds more than half of the statements, where there is a place to cut. */
function balanced(drafts: readonly Draft[], phases: ProgramPhases): Draft[] {
  const total = drafts.reduce((sum, { units }) => sum + units.length, 0);
  if (total < 4) return [...drafts];
  const cut = (draft: Draft): Draft[] => {
    const middle = draft.units.length * 2 <= total ? undefined : cutPoint(draft.units, total, phases);
    if (middle === undefined) return [draft];
    const [first, second] = [draft.units.slice(0, middle), draft.units.slice(middle)];
    return [
      ...cut({ ...draft, units: first }),
      ...cut({ phase: phases.phaseOfAll(second), heading: undefined, units: second }),
    ];
  };
  return drafts.flatMap(cut);
}

/** Between two lines, so that neither half is over half of all; between cells or phases if it can be, and near the middle. */
function cutPoint(units: readonly FactUnit[], total: number, phases: ProgramPhases): number | undefined {
  let best: { readonly at: number; readonly cost: number } | undefined;
  for (let i = 1; i < units.length; i++) {
    if (sharesLine(units[i - 1]!, units[i]!)) continue;
    const larger = Math.max(i, units.length - i);
    const isChange = phases.phaseOf(units[i - 1]!) !== phases.phaseOf(units[i]!);
    const isBetweenCells = units[i - 1]!.cell !== units[i]!.cell;
    const cost =
      Math.abs(i - units.length / 2) +
      (isBetweenCells ? -units.length / 4 : isChange ? 0 : units.length / 4) +
      (larger * 2 > total ? total : 0);
    if (!best || cost < best.cost) best = { at: i, cost };
  }
  return best?.at;
}

/** Two statements on one physical line, which cannot be parted. */
export function sharesLine(a: FactUnit, b: FactUnit): boolean {
  const { lines } = a.cell;
  return (
    a.cell === b.cell &&
    lines.positionAt(a.start + a.unit.text.length).line === lines.positionAt(b.start).line
  );
}
