import type { Analysis, Engine } from '../../src/actions/engine';
import type { ActionContext, Offer, Outcome, Place } from '../../src/actions/offer';
import { offersAt, resolveOffer } from '../../src/actions/table';
import { editedFile } from '../../src/cli/apply';
import { readNotebook } from '../../src/program/notebook/read';
import { notebookSource } from '../../src/program/notebook/toSource';
import { type ProgramSource, scriptSource } from '../../src/program/source';
import { memoryWorkspace } from '../support/analysis';

/** A program as it is in its file. */
export interface LoadedProgram {
  readonly path: string;
  readonly text: string;
  readonly source: ProgramSource;
}

/** The text after one offer was applied alone. */
export interface SweptResult {
  readonly action: string;
  readonly kind: Offer['kind'];
  readonly rule: string | undefined;
  readonly text: string;
}

export interface Sweep {
  readonly offers: number;
  readonly resolved: number;
  readonly results: readonly SweptResult[];
  readonly problems: readonly string[];
}

export function loadedProgram(path: string, text: string): LoadedProgram | undefined {
  if (!path.endsWith('.ipynb')) return { path, text, source: scriptSource(path, text) };
  const notebook = readNotebook(text);
  return 'reason' in notebook ? undefined : { path, text, source: notebookSource(path, notebook) };
}

export interface SweepOptions {
  /** At most so many findings; spread over all of them. */
  readonly findings: number;
  /** Offers are only made else. */
  readonly isResolving: boolean;
}

/**
 * Makes every offer at every finding, and resolves and applies each alone: nothing throws, a result is as valid as the
 * program was, and in a notebook only the cells that the change names are other than they were.
 */
export async function sweepOffers(
  engine: Engine,
  program: LoadedProgram,
  analysis: Analysis,
  { findings, isResolving }: SweepOptions,
): Promise<Sweep> {
  const problems = analysis.failures.map(({ rule, error }) => `rule ${rule}: ${shown(error)}`);
  const results: SweptResult[] = [];
  const context: ActionContext = {
    engine,
    workspace: memoryWorkspace({ [program.path]: program.text }),
    loadProgram: (path) => Promise.resolve(path === program.path ? program.source : undefined),
  };
  const seen = new Set<string>();
  let offers = 0;
  let resolved = 0;
  for (const place of placesOf(analysis, findings)) {
    const made = offersAt(analysis, place);
    problems.push(...made.failures.map(({ action, error }) => `offers of ${action}: ${shown(error)}`));
    offers += made.offers.length;
    if (!isResolving) continue;
    for (const offer of made.offers) {
      if (offer.disabled !== undefined || seen.has(keyOf(offer))) continue;
      seen.add(keyOf(offer));
      resolved++;
      const rule = offer.findings[0]?.rule;
      try {
        const outcome = await resolveOffer(offer, analysis, context);
        const after = afterwards(outcome, program);
        if (after !== undefined) {
          results.push({ action: offer.id, kind: offer.kind, rule, text: after });
          problems.push(...damage(engine, program, analysis, after).map((what) => `${offer.id}: ${what}`));
        }
      } catch (error) {
        problems.push(`${offer.id} (${rule}): ${shown(error)}`);
      }
    }
  }
  return { offers, resolved, results, problems };
}

export function shown(error: unknown): string {
  return error instanceof Error
    ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ')
    : String(error);
}

function keyOf({ id, title, target }: Offer): string {
  const at =
    target.type === 'finding' ? `${target.finding.cell.position}:${target.finding.span.start}` : target.type;
  return `${id}\0${title}\0${at}`;
}

/** Where the findings are, and where there is nothing: the start of each cell. */
function placesOf(analysis: Analysis, count: number): Place[] {
  const { findings, facts } = analysis;
  const step = Math.max(1, Math.ceil(findings.length / count));
  const places = findings
    .filter((_, i) => i % step === 0)
    .map(({ cell, span }) => ({ cell: cell.cell.index, ...span }));
  const [first] = facts.cells;
  if (first)
    places.push({ cell: first.cell.index, start: first.cell.span.start, end: first.cell.span.start });
  return places;
}

/** The program's text after a change, as the command line writes it; undefined where it does not change. */
function afterwards(outcome: Outcome, { path, text }: LoadedProgram): string | undefined {
  if (outcome.status !== 'done') return undefined;
  const own = outcome.change.files.filter((file) => file.path === path);
  if (own.length > 1) throw new Error('the program occurs twice in one change');
  const kind = path.endsWith('.ipynb') ? 'json' : 'python';
  const edited =
    own[0] && editedFile(own[0], { text, encoding: { kind, encoding: 'utf-8', bom: false } }, kind);
  // Formats that cannot be written, and texts that no encoding holds.
  return edited && 'text' in edited ? edited.text : undefined;
}

function damage(engine: Engine, before: LoadedProgram, analysis: Analysis, text: string): string[] {
  const after = loadedProgram(before.path, text);
  if (!after) return ['the notebook cannot be read any more'];
  const again = engine.analyze(after.source);
  const broken = ({ facts }: Analysis): number => facts.cells.filter(({ syntax }) => syntax.problem).length;
  const problems = again.failures.map(({ rule, error }) => `rule ${rule}, afterwards: ${shown(error)}`);
  if (broken(again) > broken(analysis)) problems.push(`the result is no Python: ${firstProblem(again)}`);
  return problems;
}

function firstProblem({ facts }: Analysis): string {
  const cell = facts.cells.find(({ syntax }) => syntax.problem);
  const offset = cell?.syntax.problem?.offset ?? 0;
  return JSON.stringify(cell?.cell.source.slice(Math.max(0, offset - 60), offset + 60));
}
