import { type Phase, STAGE_NAMES, STAGE_VERBS } from '../knowledge/phases';
import type { FactUnit } from '../semantics/facts';
import { namesByPhase } from './namesByPhase';
import type { ProgramPhases, Sign } from './phases';
import { boundNames, columnsIn, isGeneric, readNames } from './subjects';
import { headingWords, identifierOf, nameFrom, namesAStep, wordsOf } from './words';

/** What a name for a stage is found from. */
export interface Unnamed {
  readonly phase: Phase | undefined;
  /** The heading that it stands under, and whether it is the first there. */
  readonly heading: string | undefined;
  readonly isFirst: boolean;
  readonly units: readonly FactUnit[];
}

/** Phases whose objects are data and files, which a heading hardly ever names. */
const TOPICAL: ReadonlySet<Phase | undefined> = new Set<Phase | undefined>([
  ...(['load', 'save', 'split', 'predict'] as const),
]);

/** Gives stages names, each once. */
export class StageNames {
  readonly #used: Set<string>;

  constructor(
    taken: ReadonlySet<string>,
    private readonly phases: ProgramPhases,
  ) {
    this.#used = new Set(taken);
  }

  /** The first good name that is free; with a number where all are taken. */
  next(stage: Unnamed): string {
    const candidates = this.#candidates(stage);
    const name = candidates.find((candidate) => !this.#used.has(candidate)) ?? this.#numbered(candidates);
    this.#used.add(name);
    return name;
  }

  #numbered([first = 'run_stage']: readonly string[]): string {
    if (!this.#used.has(first)) return first;
    for (let i = 2; ; i++) if (!this.#used.has(`${first}_${i}`)) return `${first}_${i}`;
  }

  #candidates(stage: Unnamed): readonly string[] {
    const { phase, heading, units, isFirst } = stage;
    const found: (string | undefined)[] = [];
    const verb = phase && phase !== 'report' && phase !== 'configure' ? STAGE_VERBS[phase] : undefined;
    // A topic is what the author trains or plots for, not what is loaded or saved.
    const isTopic = heading !== undefined && TOPICAL.has(phase) && !namesAStep(heading);
    const headed =
      heading !== undefined && isFirst ? identifierOf(heading, isTopic ? undefined : verb) : undefined;
    // A sentence makes a poor name, where the statements say what they do.
    const isSentence = heading !== undefined && headingWords(heading).length > 5 && verb !== undefined;
    // Without a phase the heading has no verb to go with, but what is computed may have a name.
    if (heading !== undefined && verb === undefined && !namesAStep(heading)) found.push(...computed(units));
    if (!isSentence && !isTopic) found.push(headed);
    const signs = units.flatMap((unit) => this.phases.signsOf(unit)).filter((sign) => sign.phase === phase);
    const own = namesByPhase(phase, signs, units).map((words) => nameFrom(wordsOf(words)));
    found.push(...own, headed);
    const bases = [...found, phase && STAGE_NAMES[phase]].filter((name) => name !== undefined);
    // What tells two stages of one name apart: what they bind, what they look at, the heading that they stand under.
    const about = heading === undefined ? [] : [headingWords(heading).slice(0, 3).join('_')];
    const extras = [
      ...boundNames(units).slice(-3),
      ...columnsIn(units),
      ...about,
      ...readNames(units),
      ...methods(signs),
    ].filter((extra) => extra.length > 1);
    const more = bases.slice(0, 4).flatMap((base) =>
      extras.map((extra) => {
        const words = wordsOf(base);
        const added = wordsOf(extra).filter((word) => !words.includes(word));
        return added.length === 0 ? undefined : nameFrom([...words, ...added.slice(0, 4)]);
      }),
    );
    return [...bases, ...more].filter((name) => name !== undefined);
  }
}

/** Named for the last thing that is computed and has a name of its own. */
function computed(units: readonly FactUnit[]): readonly string[] {
  const [name] = boundNames(units)
    .filter((each) => !isGeneric(each))
    .slice(-1);
  const isPlain = units.every(({ summary }) => summary.calls.length === 0);
  const made = name === undefined || isPlain ? undefined : nameFrom(wordsOf(`compute_${name}`));
  return made === undefined ? [] : [made];
}

function methods(signs: readonly Sign[]): readonly string[] {
  return signs.flatMap(({ method, callee }) => method ?? callee?.split('.').at(-1) ?? []);
}
