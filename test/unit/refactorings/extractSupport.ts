import { Engine } from '../../../src/actions/engine';
import { extractPipelineAction } from '../../../src/actions/extractPipeline';
import type { Outcome } from '../../../src/actions/offer';
import { type ProgramSource, scriptSource } from '../../../src/program/source';
import type { ShapeChoice } from '../../../src/refactorings/extract-pipeline';
import { memoryWorkspace } from '../../support/analysis';
import { testParser } from '../../support/parser';

/** Applies `extract-pipeline` to a notebook, or to a script that is called `train.py`. */
export async function extract(
  source: ProgramSource | string,
  files: Readonly<Record<string, string>> = {},
  shape: ShapeChoice = 'auto',
): Promise<Outcome> {
  const engine = new Engine(await testParser());
  const program = typeof source === 'string' ? scriptSource('train.py', source) : source;
  const all = new Map([...Object.entries(files)].map(([path, text]) => [path, scriptSource(path, text)]));
  const modules = engine.modulesOf({
    root: '',
    has: (path) => all.has(path),
    paths: () => [...all.keys()],
    source: (path) => all.get(path),
  });
  const analysis = engine.analyze(program, undefined, false, modules);
  const offer = { ...NO_OFFER, findings: [], target: { type: 'program', shape } as const };
  return extractPipelineAction.resolve(offer, analysis, {
    engine,
    workspace: memoryWorkspace(files),
    loadProgram: () => Promise.resolve(undefined),
  });
}

const NO_OFFER = {
  id: 'extract-pipeline',
  title: '',
  kind: 'refactor',
  codeActionKind: 'refactor',
  isPreferred: false,
  disabled: undefined,
} as const;
