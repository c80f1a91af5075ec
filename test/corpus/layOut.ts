import fs from 'node:fs';
import path from 'node:path';
import { writeFile } from '../support/folders';
import type { CorpusFile } from './corpus';

/** What is put into a program, so that there is something to move: a path at module level and one in a function. */
const INJECTED = `def graduate_injected():
    with open("data/injected_inside.csv") as handle:
        return handle.read()


graduate_rows = open("data/injected.csv").read()
print(graduate_injected().split(), graduate_rows.split())
`;
export const INJECTED_FILES: Readonly<Record<string, string>> = {
  'data/injected.csv': 'a,b\n1,2\n',
  'data/injected_inside.csv': 'c\n3\n',
};

/** A copy of a program in a folder of its own, so that each gets its own configuration. */
export interface LaidOut {
  readonly file: CorpusFile;
  /** Relative to the folder with all of them. */
  readonly path: string;
}

/**
 * Copies programs, one folder each.
 *
 * @param isInjected Put code that reads files into each: at the end of a script, in the middle of a notebook.
 */
export function layOut(files: readonly CorpusFile[], target: string, isInjected: boolean): LaidOut[] {
  return files.map((file, index) => {
    const to = `p${String(index).padStart(4, '0')}/${path.basename(file.name)}`;
    const bytes = fs.readFileSync(file.absolute);
    writeFile(path.join(target, to), isInjected ? inject(bytes, file.name) : bytes);
    return { file, path: to };
  });
}

function inject(bytes: Buffer, name: string): Uint8Array {
  if (name.endsWith('.ipynb')) return injectCell(bytes);
  // ASCII only, so that it can stand in a source of any encoding.
  const lineBreak = bytes.includes('\r\n') ? '\r\n' : '\n';
  const text = `${lineBreak}${lineBreak}${INJECTED.replaceAll('\n', lineBreak)}`;
  return Buffer.concat([bytes, Buffer.from(text, 'latin1')]);
}

function injectCell(bytes: Buffer): Uint8Array {
  const notebook = JSON.parse(bytes.toString('utf8')) as { cells: object[] };
  const cell = {
    cell_type: 'code',
    execution_count: null,
    metadata: {},
    outputs: [],
    source: INJECTED.trimEnd().split(/(?<=\n)/),
  };
  notebook.cells.splice(Math.ceil(notebook.cells.length / 2), 0, cell);
  return Buffer.from(`${JSON.stringify(notebook, undefined, 1)}\n`, 'utf8');
}
