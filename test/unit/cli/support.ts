import fs from 'node:fs';
import path from 'node:path';
import type { Io } from '../../../src/cli/io';

/** A terminal that remembers what was written. */
export interface TestIo extends Io {
  readonly stdout: string[];
  readonly stderr: string[];
}

export function testIo(cwd: string, env: Record<string, string> = {}): TestIo {
  const stdout: string[] = [];
  const stderr: string[] = [];
  return {
    cwd,
    env,
    stdout,
    stderr,
    out: (text) => void stdout.push(text),
    err: (line) => void stderr.push(line),
    status: () => undefined,
    outHasColour: false,
  };
}

/** Writes files below a folder; a name that ends in `/` is an empty folder. */
export function writeTree(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const target = path.join(folder, name);
    if (name.endsWith('/')) {
      fs.mkdirSync(target, { recursive: true });
      continue;
    }
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
  }
}

/** A notebook's JSON text as Jupyter writes it; text cells begin with `#md`. */
export function notebookText(...sources: string[]): string {
  const cells = sources.map((source, i) => {
    const isText = source.startsWith('#md');
    const lines = source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const common = { cell_type: isText ? 'markdown' : 'code', id: `cell-${i}`, metadata: {}, source: lines };
    return isText ? common : { ...common, execution_count: null, outputs: [] };
  });
  const kernelspec = { display_name: 'Python 3', language: 'python', name: 'python3' };
  const notebook = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
