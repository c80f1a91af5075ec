import type { Engine } from '../../actions/engine';
import { readNotebook } from '../../program/notebook/read';
import { notebookSource } from '../../program/notebook/toSource';
import { scriptSource } from '../../program/source';
import type { SeenProgram } from '../../readiness/probe';
import type { Workspace } from '../../text/workspace';

/** A project of more programs, or bigger ones, is looked through by its texts alone beyond that. */
const MOST_PROGRAMS = 40;
const MOST_CHARACTERS = 200_000;

interface Known {
  readonly text: string;
  readonly program: SeenProgram | undefined;
}

/** Programs that are not open, analysed for the facts about them; each again only when its text has changed. */
export class ClosedPrograms {
  #known = new Map<string, Known>();

  /** Those of the paths that can be analysed in little time. */
  async analyze(
    paths: readonly string[],
    workspace: Workspace,
    engine: Engine,
  ): Promise<readonly SeenProgram[]> {
    const next = new Map<string, Known>();
    for (const path of paths.slice(0, MOST_PROGRAMS)) {
      const text = await workspace.read(path);
      if (text === undefined) continue;
      const known = this.#known.get(path);
      if (known?.text === text) {
        next.set(path, known);
        continue;
      }
      // Each takes milliseconds; what the user does meanwhile comes first.
      await new Promise((resolve) => setTimeout(resolve, 0));
      try {
        next.set(path, { text, program: analyzed(path, text, engine) });
      } catch {
        // Looked through by its text, then; opened, it is reported.
        next.set(path, { text, program: undefined });
      }
    }
    this.#known = next;
    return [...next.values()].flatMap(({ program }) => program ?? []);
  }
}

function analyzed(path: string, text: string, engine: Engine): SeenProgram | undefined {
  if (!path.endsWith('.ipynb')) {
    return text.length > MOST_CHARACTERS ? undefined : engine.analyze(scriptSource(path, text));
  }
  const notebook = readNotebook(text);
  if ('reason' in notebook) return undefined;
  const size = notebook.cells.reduce((sum, { source }) => sum + source.length, 0);
  return size > MOST_CHARACTERS ? undefined : engine.analyze(notebookSource(path, notebook));
}
