import { readNotebook } from '../../src/program/notebook/read';
import { notebookSource } from '../../src/program/notebook/toSource';
import type { ProgramSource } from '../../src/program/source';
import { readPercent, toNotebook } from '../cases/percentNotebook';

/** A notebook in percent format, with counts and outputs as the labelled cases write them. */
export function percentSource(text: string, path = 'n.ipynb'): ProgramSource {
  const notebook = readNotebook(toNotebook(readPercent(text.startsWith('# %%') ? text : `# %%\n${text}`)));
  if ('reason' in notebook) throw new Error(notebook.reason);
  return notebookSource(path, notebook);
}
