import { readNotebook } from '../../program/notebook/read';
import { baseName } from '../../text/workspace';
import { type Evidence, MOST_EVIDENCE, type Probe, type ProbeInput } from '../probe';
import { fileEvidence } from '../search';

const MOST_NOTEBOOKS = 200;

/** Outputs in the file go into version control with every run, with whatever data they show. */
export const notebookOutputs: Probe = {
  id: 'notebook-outputs',
  title: 'Notebooks without outputs',
  question: 'Are notebooks kept without their outputs, or are these taken out on commit?',
  looksAt: 'files',
  cannotSee: 'Filters that are set up on somebody’s computer only.',
  async run(input) {
    const { files, workspace } = input;
    const notebooks = files.paths.filter((path) => path.endsWith('.ipynb'));
    if (notebooks.length === 0) {
      return files.isComplete
        ? { outcome: 'not-applicable', summary: 'there is no notebook', evidence: [] }
        : { outcome: 'unknown', summary: 'not all files were listed', evidence: [] };
    }
    const filter = await filterOf(input);
    if (filter) {
      return {
        outcome: 'yes',
        summary: `outputs are taken out on commit: ${filter.message}`,
        evidence: [filter],
      };
    }
    const kept: Evidence[] = [];
    const unread: Evidence[] = [];
    for (const [i, path] of notebooks.entries()) {
      const text = i < MOST_NOTEBOOKS ? await workspace.read(path) : undefined;
      const notebook = text === undefined ? undefined : readNotebook(text);
      if (!notebook || 'reason' in notebook) unread.push(fileEvidence(path, 'not looked at'));
      else {
        const cells = notebook.cells.filter(({ outputs }) => outputs.length > 0);
        const [first] = cells;
        if (!first) continue;
        const message = `${cells.length} ${cells.length === 1 ? 'cell has' : 'cells have'} saved outputs`;
        kept.push({ path, cell: first.index, line: 0, message });
      }
    }
    const evidence = [...kept, ...unread].slice(0, MOST_EVIDENCE);
    if (kept.length > 0) {
      const which = kept.length === 1 ? '1 notebook has' : `${kept.length} notebooks have`;
      return { outcome: 'no', summary: `${which} saved outputs`, evidence };
    }
    if (unread.length > 0)
      return { outcome: 'unknown', summary: 'not all notebooks could be read', evidence };
    const all = notebooks.map((path) => fileEvidence(path, 'no saved output'));
    return {
      outcome: 'yes',
      summary: 'no notebook has saved outputs',
      evidence: all.slice(0, MOST_EVIDENCE),
    };
  },
};

async function filterOf({ files, workspace }: ProbeInput): Promise<Evidence | undefined> {
  for (const path of files.paths) {
    const name = baseName(path);
    const pattern =
      name === '.gitattributes'
        ? /^\s*\*?\*?\/?\*\.ipynb\s.*\bfilter=\S+/m
        : name === '.pre-commit-config.yaml'
          ? /\bid:\s*(nbstripout|jupyter-notebook-cleanup|nb-clean|nbqa-strip)/
          : undefined;
    const text = pattern && (await workspace.read(path));
    const match = text === undefined ? undefined : pattern?.exec(text);
    if (match && text !== undefined) {
      const line = text.slice(0, match.index).split('\n').length - 1;
      return fileEvidence(path, match[0].trim(), line);
    }
  }
  return undefined;
}
