import { extractPipelineAction } from '../../../src/actions/extractPipeline';
import type { Outcome } from '../../../src/actions/offer';
import type { ProgramSource } from '../../../src/program/source';
import type { ShapeChoice } from '../../../src/refactorings/extract-pipeline';
import { refactored } from '../../support/refactoring';

/** Applies `extract-pipeline` to a notebook, or to a script that is called `train.py`. */
export function extract(
  source: ProgramSource | string,
  files: Readonly<Record<string, string>> = {},
  shape: ShapeChoice = 'auto',
): Promise<Outcome> {
  return refactored(extractPipelineAction, source, files, { type: 'program', shape });
}
