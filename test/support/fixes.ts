import { type Analysis, Engine } from '../../src/actions/engine';
import type { Offer } from '../../src/actions/offer';
import { offersAt, resolveOffer } from '../../src/actions/table';
import { type ProgramSource, scriptSource } from '../../src/program/source';
import { applied, memoryWorkspace } from './analysis';
import { testParser } from './parser';

/** What the fixes of one rule make of a program. */
export interface Fixed {
  /** The texts that are there in the end: path to text. */
  readonly texts: Readonly<Record<string, string>>;
  /** Titles of the offers that were taken. */
  readonly titles: readonly string[];
  /** Why what is left was not done: reasons of disabled offers and of refusals. */
  readonly reasons: readonly string[];
}

/** More fixes than this belong to no test program: one mends nothing. */
const MAX_FIXES = 30;

/** Takes the fixes of a rule one after the other, the script analysed anew after each, until none applies. */
export async function fixAll(
  code: string,
  rule: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Fixed> {
  const engine = new Engine(await testParser());
  const texts: Record<string, string> = { ...files, 'program.py': code };
  const titles: string[] = [];
  for (;;) {
    const analysis = engine.analyze(scriptSource('program.py', texts['program.py']!));
    const reasons: string[] = [];
    let isChanged = false;
    for (const offer of offersOf(analysis, rule)) {
      if (offer.disabled !== undefined) {
        reasons.push(offer.disabled);
        continue;
      }
      const outcome = await resolveOffer(offer, analysis, {
        engine,
        workspace: memoryWorkspace(texts),
        loadProgram: () => Promise.resolve(undefined),
      });
      reasons.push(...outcome.refusals.map(({ reason }) => reason));
      if (outcome.status !== 'done') continue;
      Object.assign(texts, applied(outcome));
      titles.push(offer.title);
      isChanged = true;
      break;
    }
    if (!isChanged) return { texts, titles, reasons };
    if (titles.length > MAX_FIXES) throw new Error('the fixes come to no end');
  }
}

/** The offers that mend one finding each of a rule. */
export function offersOf(analysis: Analysis, rule: string): Offer[] {
  return analysis.findings
    .filter((finding) => finding.rule === rule)
    .flatMap((finding) =>
      offersAt(analysis, { cell: finding.cell.cell.index, ...finding.span }).offers.filter(
        ({ findings, target }) => target.type === 'finding' && findings.includes(finding),
      ),
    );
}

/** The same for a notebook: the texts are those of its cells, `path#index`. One fix only. */
export async function firstFix(
  source: ProgramSource,
  rule: string,
): Promise<Readonly<Record<string, string>>> {
  const engine = new Engine(await testParser());
  const analysis = engine.analyze(source);
  const [offer] = offersOf(analysis, rule);
  if (!offer) throw new Error(`no fix of ${rule}`);
  const workspace = memoryWorkspace({});
  const loadProgram = (): Promise<undefined> => Promise.resolve(undefined);
  return applied(await resolveOffer(offer, analysis, { engine, workspace, loadProgram }));
}
