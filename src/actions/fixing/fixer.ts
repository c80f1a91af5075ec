import type { Finding, FixKind } from '../../rules/rule';
import type { Change } from '../../text/change';
import type { Note, Refusal } from '../../text/refusal';
import type { Analysis } from '../engine';
import type { ActionContext, Offer } from '../offer';
import { offersAt, resolveOffer } from '../table';

/** Fixes may make new findings; two that undo each other must not go on for ever. */
const MAX_ROUNDS = 10;

/** Which fixes are wanted. */
export interface FixSelection {
  readonly kinds: ReadonlySet<FixKind>;
  /** Undefined: those of every rule. */
  readonly rules: ReadonlySet<string> | undefined;
  /** Only the findings that this says yes to; undefined: all. */
  readonly isWanted?: ((finding: Finding) => boolean) | undefined;
}

/** The part of the actions table that is used here; tests hand in their own. */
export interface FixTable {
  readonly offersAt: typeof offersAt;
  readonly resolveOffer: typeof resolveOffer;
}

export const FIX_TABLE: FixTable = { offersAt, resolveOffer };

/** A program that is to be fixed, in a workspace whose changes stay in memory. */
export interface FixableProgram {
  readonly context: ActionContext;
  /** The program as it is now; undefined if it cannot be read, which the adapter has reported. */
  analyze(): Promise<Analysis | undefined>;
  /** Applies a change in memory, all of it or nothing. */
  apply(change: Change): Applied;
}

export interface Applied {
  /** Something is now other than it was. */
  readonly isChanged: boolean;
  /** Why the change was not applied; empty if it was, or if it is none of what is wanted. */
  readonly refusals: readonly Refusal[];
}

/** Hears what happens to programs while they are fixed. */
export interface FixListener<Program> {
  /** A program is looked at for the first time. */
  started?(program: Program): void;
  /** A new round: what was refused is asked again, and only the last answer counts. */
  roundStarted?(): void;
  remarked?(program: Program, notes: readonly Note[], refusals: readonly Refusal[]): void;
  /** An internal error. Of the same rule or action of a program it is told once. */
  failed?(program: Program, error: unknown): void;
}

/**
 * Applies fixes in memory until nothing more applies: one at a time, and the program is analysed anew after each, so
 * that no fix rests on what another has changed.
 */
export class Fixer<Program extends FixableProgram> {
  #fixed = 0;
  readonly #broken = new Set<Program>();
  readonly #firstCounts = new Map<Program, number>();
  readonly #toldFailures = new Map<Program, Set<string>>();

  constructor(
    private readonly selection: FixSelection,
    private readonly listener: FixListener<Program> = {},
    private readonly table: FixTable = FIX_TABLE,
  ) {}

  /** Findings mended. */
  get fixed(): number {
    return this.#fixed;
  }

  async fix(programs: readonly Program[]): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const before = this.#fixed;
      this.listener.roundStarted?.();
      for (const program of programs) {
        if (this.#broken.has(program)) continue;
        if (round === 0) this.listener.started?.(program);
        await this.#guarded(program);
      }
      if (this.#fixed === before) break;
    }
  }

  async #guarded(program: Program): Promise<void> {
    try {
      await this.#pass(program);
    } catch (error) {
      this.#broken.add(program);
      this.listener.failed?.(program, error);
    }
  }

  /** Tries the findings of a program once. */
  async #pass(program: Program): Promise<void> {
    let analysis = await this.#analyze(program);
    // In no round more than there were in the first: a fix may bring forth findings that its like multiplies.
    const count = analysis?.findings.length ?? 0;
    let left = Math.min(count, this.#firstCounts.get(program) ?? count);
    this.#firstCounts.set(program, this.#firstCounts.get(program) ?? count);
    for (let at = 0; analysis && at < analysis.findings.length && left > 0;) {
      const finding = analysis.findings[at]!;
      if (!(await this.#tryFix(program, analysis, finding))) {
        at++;
        continue;
      }
      left--;
      const before: number = analysis.findings.length;
      analysis = await this.#analyze(program);
      // One fix may mend several findings.
      this.#fixed += Math.max(1, before - (analysis?.findings.length ?? before));
      // A finding that its fix did not mend is not tried again in this round.
      if (analysis && analysis.findings.length >= before) at++;
    }
  }

  async #analyze(program: Program): Promise<Analysis | undefined> {
    const analysis = await program.analyze();
    if (!analysis) this.#broken.add(program);
    for (const { rule, error } of analysis?.failures ?? []) this.#tellOnce(program, rule, error);
    return analysis;
  }

  /** @returns Whether something changed. */
  async #tryFix(program: Program, analysis: Analysis, finding: Finding): Promise<boolean> {
    const { rules, isWanted } = this.selection;
    if (rules && !rules.has(finding.rule)) return false;
    if (isWanted && !isWanted(finding)) return false;
    const offer = this.#offerFor(program, analysis, finding);
    if (!offer) return false;
    if (offer.disabled !== undefined) {
      this.listener.remarked?.(program, [], [refusalOf(analysis, finding, offer.disabled)]);
      return false;
    }
    const outcome = await this.table.resolveOffer(offer, analysis, program.context);
    const applied = outcome.status === 'done' ? program.apply(outcome.change) : undefined;
    const isDone = applied?.isChanged ?? false;
    const refusals = [...outcome.refusals, ...(applied?.refusals ?? [])];
    this.listener.remarked?.(program, isDone ? outcome.notes : [], refusals);
    return isDone;
  }

  /** The first offer that mends a finding; one that keeps behaviour goes before one that changes it. */
  #offerFor(program: Program, analysis: Analysis, finding: Finding): Offer | undefined {
    const { cell, span } = finding;
    const { offers, failures } = this.table.offersAt(analysis, { cell: cell.cell.index, ...span });
    for (const { action, error } of failures) this.#tellOnce(program, action, error);
    const { kinds } = this.selection;
    const own = offers.filter((offer) => kinds.has(offer.kind) && offer.findings.includes(finding));
    return own.find((offer) => offer.kind === 'keeps') ?? own[0];
  }

  /** A rule or action that throws does so for every version of a program. */
  #tellOnce(program: Program, part: string, error: unknown): void {
    const told = this.#toldFailures.get(program) ?? new Set();
    if (!told.has(part)) this.listener.failed?.(program, error);
    this.#toldFailures.set(program, told.add(part));
  }
}

function refusalOf(analysis: Analysis, { cell, span }: Finding, reason: string): Refusal {
  const { line } = cell.lines.positionAt(span.start);
  return { path: analysis.path, cell: cell.cell.index, line, reason };
}
