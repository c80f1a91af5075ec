import fs from 'node:fs';
import path from 'node:path';
import { filesBelow, writeFile } from '../support/folders';
import { type MarkedFile, readMarks } from './markedFile';
import { type PercentCell, readPercent, toNotebook } from './percentNotebook';

/** A script or notebook of the labelled cases, as it is judged. */
export interface CaseFile extends MarkedFile {
  /** Where it stands in the labelled cases. */
  readonly origin: string;
  /** Where it is written, relative to the folder that is checked. */
  readonly path: string;
  /** Of a notebook; undefined for a script. */
  readonly cells: readonly PercentCell[] | undefined;
}

/**
 * Writes every case below `target`, one folder each so that nothing is imported across cases.
 *
 * @returns the scripts and notebooks; other files of a project are copied only.
 */
export function writeCases(source: string, target: string): CaseFile[] {
  const files: CaseFile[] = [];
  for (const name of filesBelow(source)) {
    const [rule, ...inner] = name.split('/');
    if (inner.length === 0) continue;
    // A folder below the rule's is a project; a file in it is a project of its own.
    const isProject = inner.length > 1;
    const project = isProject ? inner[0]! : inner[0]!.replace(/(\.nb)?\.py$/, '');
    const rest = isProject ? inner.slice(1).join('/') : inner[0]!;
    const to = `${rule}/-${project}/${rest.replace(/\.nb\.py$/, '.ipynb')}`;
    const content = fs.readFileSync(path.join(source, name), 'utf8');
    if (!name.endsWith('.py')) {
      writeFile(path.join(target, to), content);
      continue;
    }
    const marked = readMarks(content);
    const cells = name.endsWith('.nb.py') ? readPercent(marked.text) : undefined;
    writeFile(path.join(target, to), cells ? toNotebook(cells) : marked.text);
    files.push({ ...marked, origin: name, path: to, cells });
  }
  return files;
}
