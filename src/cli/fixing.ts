import type { Analysis } from '../actions/engine';
import type { Offer } from '../actions/offer';
import { offersAt, resolveOffer } from '../actions/table';
import type { Finding, FixKind } from '../rules/rule';
import type { Refusal } from '../text/refusal';
import type { Progress } from './progress';
import { type ProgramFile, reportUnreadable } from './programs';
import { Remarks } from './results';
import type { Session } from './session';

/** Fixes may make new findings; two that undo each other must not go on for ever. */
const MAX_ROUNDS = 10;

/** Which fixes are wanted. */
export interface FixSelection {
  readonly kinds: ReadonlySet<FixKind>;
  /** Undefined: those of every rule. */
  readonly rules: ReadonlySet<string> | undefined;
}

/** The part of the actions table that is used here; tests hand in their own. */
export interface FixTable {
  readonly offersAt: typeof offersAt;
  readonly resolveOffer: typeof resolveOffer;
}

/**
 * Applies fixes in memory until nothing more applies: one at a time, and the program is analysed anew after each, so
 * that no fix rests on what another has changed.
 */
export class Fixer {
  /** Findings mended. */
  fixed = 0;
  readonly #remarks: Remarks;
  readonly #broken = new Set<ProgramFile>();
  readonly #firstCounts = new Map<ProgramFile, number>();
  readonly #reportedFailures = new Set<string>();

  constructor(
    private readonly session: Session,
    private readonly selection: FixSelection,
    private readonly table: FixTable = { offersAt, resolveOffer },
  ) {
    this.#remarks = new Remarks(session);
  }

  /** Notes of what was done, and the refusals that are left. */
  get remarks(): Pick<Remarks, 'notes' | 'refusals'> {
    return this.#remarks;
  }

  async fix(programs: readonly ProgramFile[], progress: Progress): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const before = this.fixed;
      // What was refused is asked again in every round; only the last answer counts.
      this.#remarks.forgetRefusals();
      for (const program of programs) {
        if (this.#broken.has(program)) continue;
        if (round === 0) progress.step(program.shown);
        await this.#guarded(program);
      }
      if (this.fixed === before) break;
    }
    progress.end();
  }

  async #guarded(program: ProgramFile): Promise<void> {
    try {
      await this.#pass(program);
    } catch (error) {
      this.#broken.add(program);
      this.session.internalError(error, program.shown);
    }
  }

  /** Tries the findings of a program once. */
  async #pass(program: ProgramFile): Promise<void> {
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
      this.fixed += Math.max(1, before - (analysis?.findings.length ?? before));
      // A finding that its fix did not mend is not tried again in this round.
      if (analysis && analysis.findings.length >= before) at++;
    }
  }

  async #analyze(program: ProgramFile): Promise<Analysis | undefined> {
    const analysis = await program.project.analyze(program.path);
    if (!('reason' in analysis)) {
      for (const { rule, error } of analysis.failures) this.#reportOnce(program, rule, error);
      return analysis;
    }
    this.#broken.add(program);
    reportUnreadable(this.session, program.shown, analysis);
    return undefined;
  }

  /** @returns Whether something changed. */
  async #tryFix(program: ProgramFile, analysis: Analysis, finding: Finding): Promise<boolean> {
    const { project } = program;
    const { rules } = this.selection;
    if (rules && !rules.has(finding.rule)) return false;
    const offer = this.#offerFor(program, analysis, finding);
    if (!offer) return false;
    if (offer.disabled !== undefined) {
      this.#remarks.add(project, [], [refusalOf(analysis, finding, offer.disabled)]);
      return false;
    }
    const outcome = await this.table.resolveOffer(offer, analysis, project.context);
    const { version } = project.overlay;
    const refused = outcome.status === 'done' ? project.overlay.apply(outcome.change) : [];
    const isDone = outcome.status === 'done' && project.overlay.version > version;
    this.#remarks.add(project, isDone ? outcome.notes : [], [...outcome.refusals, ...refused]);
    return isDone;
  }

  /** The first offer that mends a finding; one that keeps behaviour goes before one that changes it. */
  #offerFor(program: ProgramFile, analysis: Analysis, finding: Finding): Offer | undefined {
    const { cell, span } = finding;
    const { offers, failures } = this.table.offersAt(analysis, { cell: cell.cell.index, ...span });
    for (const { action, error } of failures) this.#reportOnce(program, action, error);
    const { kinds } = this.selection;
    const own = offers.filter((offer) => kinds.has(offer.kind) && offer.findings.includes(finding));
    return own.find((offer) => offer.kind === 'keeps') ?? own[0];
  }

  /** A rule or action that throws does so for every version of a program. */
  #reportOnce(program: ProgramFile, part: string, error: unknown): void {
    const key = `${part}\0${program.shown}`;
    if (!this.#reportedFailures.has(key)) this.session.internalError(error, program.shown);
    this.#reportedFailures.add(key);
  }
}

function refusalOf(analysis: Analysis, { cell, span }: Finding, reason: string): Refusal {
  const { line } = cell.lines.positionAt(span.start);
  return { path: analysis.path, cell: cell.cell.index, line, reason };
}
