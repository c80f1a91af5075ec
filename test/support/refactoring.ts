import { Engine } from '../../src/actions/engine';
import type { Action, OfferTarget, Outcome } from '../../src/actions/offer';
import { type ProgramSource, scriptSource } from '../../src/program/source';
import { memoryWorkspace } from './analysis';
import { testParser } from './parser';

/**
 * Applies a refactoring to a notebook, or to a text as the script `train.py`.
 *
 * @param files The project around it, by path.
 */
export async function refactored(
  action: Action,
  source: ProgramSource | string,
  files: Readonly<Record<string, string>> = {},
  target: OfferTarget = { type: 'program' },
): Promise<Outcome> {
  const engine = new Engine(await testParser());
  const program = typeof source === 'string' ? scriptSource('train.py', source) : source;
  const all = new Map(Object.entries(files).map(([path, text]) => [path, scriptSource(path, text)]));
  const modules = engine.modulesOf({
    root: '',
    has: (path) => all.has(path),
    paths: () => [...all.keys()],
    source: (path) => all.get(path),
  });
  const offer = {
    id: action.id,
    title: '',
    kind: 'refactor',
    codeActionKind: 'refactor',
    isPreferred: false,
    disabled: undefined,
    findings: [],
    target,
  } as const;
  return action.resolve(offer, engine.analyze(program, undefined, false, modules), {
    engine,
    workspace: memoryWorkspace(files),
    loadProgram: () => Promise.resolve(undefined),
  });
}
