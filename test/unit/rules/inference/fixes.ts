import assert from 'node:assert/strict';
import { type Analysis, Engine } from '../../../../src/actions/engine';
import type { Offer, Outcome } from '../../../../src/actions/offer';
import { offersAt, resolveOffer } from '../../../../src/actions/table';
import { type ProgramSource, scriptSource } from '../../../../src/program/source';
import { memoryWorkspace } from '../../../support/analysis';
import { testParser } from '../../../support/parser';

export interface FixRun {
  readonly offer: Offer;
  readonly outcome: Outcome;
}

/** Asks for a fix where each finding of a rule starts, and computes the edit of each. */
export async function runFixes(rule: string, source: ProgramSource | string): Promise<readonly FixRun[]> {
  const engine = new Engine(await testParser());
  const analysis = engine.analyze(typeof source === 'string' ? scriptSource('program.py', source) : source);
  const runs: FixRun[] = [];
  for (const offer of offersOf(rule, analysis)) {
    const outcome = await resolveOffer(offer, analysis, {
      engine,
      workspace: memoryWorkspace({}),
      loadProgram: () => Promise.resolve(undefined),
    });
    // What is offered is done, and what is greyed is refused for the same reason.
    assert.equal(outcome.status, offer.disabled === undefined ? 'done' : 'refused');
    assert.deepEqual(
      outcome.refusals.map(({ reason }) => reason),
      offer.disabled === undefined ? [] : [offer.disabled],
    );
    runs.push({ offer, outcome });
  }
  return runs;
}

function offersOf(rule: string, analysis: Analysis): readonly Offer[] {
  return analysis.findings
    .filter((finding) => finding.rule === rule)
    .flatMap(({ cell, span }) => {
      const { offers, failures } = offersAt(analysis, { cell: cell.cell.index, ...span });
      assert.deepEqual(failures, []);
      const own = offers.filter((offer) => offer.id === rule && offer.findings[0]?.span.start === span.start);
      assert.equal(own.length, 1);
      assert.equal(own[0]!.kind, 'changes');
      assert.equal(own[0]!.isPreferred, false);
      return own;
    });
}

/** The text of the only cell that a fix changed. */
export function changedText({ outcome }: FixRun): string {
  assert.equal(outcome.status, 'done');
  const [file, ...others] = outcome.status === 'done' ? outcome.change.files : [];
  assert.ok(file && others.length === 0);
  if (file.kind === 'text') return file.edits.apply(file.before);
  assert.equal(file.kind, 'notebook');
  const [cell] = file.kind === 'notebook' ? file.cells : [];
  return cell!.edits.apply(cell!.before);
}
