import { Engine } from '../../../src/actions/engine';
import { readNotebook } from '../../../src/program/notebook/read';
import { notebookSource } from '../../../src/program/notebook/toSource';
import { scriptSource } from '../../../src/program/source';
import { listProject, programPaths } from '../../../src/readiness/files';
import { type ProjectFact, projectFacts } from '../../../src/readiness/facts';
import type { ProbeInput } from '../../../src/readiness/probe';
import { memoryWorkspace } from '../../support/analysis';
import { testParser } from '../../support/parser';
import { notebookText } from '../cli/support';

export interface Options {
  /** Paths of programs that are not analysed. */
  readonly unseen?: readonly string[];
  /** When files were changed; unknown where it is not given. */
  readonly times?: Readonly<Record<string, number>>;
}

/** What probes see of a project in memory: path to text; a list of cells is a notebook. */
export async function probeInput(
  files: Readonly<Record<string, string | readonly string[]>>,
  { unseen = [], times }: Options = {},
): Promise<ProbeInput> {
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : notebookText(...content),
    ]),
  );
  const workspace = memoryWorkspace(texts);
  const listed = await listProject(workspace);
  const engine = new Engine(await testParser());
  const programs = programPaths(listed)
    .filter((path) => !unseen.includes(path))
    .map((path) => {
      const text = texts[path]!;
      const notebook = path.endsWith('.ipynb') ? readNotebook(text) : undefined;
      const source =
        notebook && !('reason' in notebook) ? notebookSource(path, notebook) : scriptSource(path, text);
      const { facts, context } = engine.analyze(source);
      return { path, facts, context };
    });
  const modifiedAt = times && ((path: string) => Promise.resolve(times[path]));
  return { programs, unseen, workspace, files: listed, modifiedAt };
}

export async function factOf(
  id: string,
  files: Readonly<Record<string, string | readonly string[]>>,
  options: Options = {},
): Promise<ProjectFact> {
  const facts = await projectFacts(await probeInput(files, options));
  const fact = facts.find(({ probe }) => probe.id === id);
  if (!fact) throw new Error(`no fact ${id}`);
  if (fact.error !== undefined) throw new Error(`the probe ${id} failed`, { cause: fact.error });
  return fact;
}

/** `path:line message` with one-based lines; cells as `path#cell:line`. */
export function lines({ evidence }: ProjectFact): string[] {
  return evidence.map(
    ({ path, cell, line, message }) =>
      `${path}${cell === null ? '' : `#${cell}`}${line === null ? '' : `:${line + 1}`} ${message}`,
  );
}
