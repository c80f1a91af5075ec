import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { filesBelow } from '../support/folders';
import { ROOT, pythonExecutable, runPython } from '../support/run';

/** A program of the corpus. */
export interface CorpusFile {
  /** Within the corpus, with `/`: `seaborn/examples/kde.py`. */
  readonly name: string;
  readonly absolute: string;
}

export interface Corpus {
  readonly folder: string;
  readonly scripts: readonly CorpusFile[];
  readonly notebooks: readonly CorpusFile[];
}

const HERE = path.join(ROOT, 'test', 'corpus');

/** Public code: source distributions with examples and notebooks. Downloaded once and kept. */
export async function packageCorpus(): Promise<Corpus> {
  const list = path.join(HERE, 'packages.json');
  const script = path.join(HERE, 'fetch_sdists.py');
  const key = createHash('sha256')
    .update(fs.readFileSync(list))
    .update(fs.readFileSync(script))
    .digest('hex');
  const cache = process.env['GRADUATE_CACHE'] ?? path.join(os.homedir(), '.cache', 'graduate');
  const folder = path.join(cache, 'corpus', key.slice(0, 12));
  if (!fs.existsSync(folder)) {
    // Made beside it and renamed: an interrupted download is never taken for a whole one.
    const partial = `${folder}.partial-${randomUUID().slice(0, 8)}`;
    fs.mkdirSync(partial, { recursive: true });
    try {
      const result = await runPython([script, list, partial], { cwd: ROOT, timeoutMs: 600_000 });
      assert.equal(result.status, 0, `the corpus could not be downloaded: ${result.stderr}`);
      if (!fs.existsSync(folder)) fs.renameSync(partial, folder);
    } finally {
      fs.rmSync(partial, { recursive: true, force: true });
    }
  }
  return corpusOf(folder, filesBelow(folder));
}

/** The standard library of the tests' Python; with its own tests where the installation has them. */
export async function standardLibrary(): Promise<Corpus> {
  const code = 'import sysconfig; print(sysconfig.get_path("stdlib"))';
  const result = await runPython(['-c', code], { cwd: ROOT });
  const folder = result.stdout.toString('utf8').trim();
  assert.ok(folder, `${pythonExecutable()} names no standard library`);
  const names = filesBelow(folder).filter(
    (name) => !/(^|\/)(site-packages|dist-packages|__pycache__)\//.test(name),
  );
  return corpusOf(folder, names);
}

function corpusOf(folder: string, names: readonly string[]): Corpus {
  const files = names.map((name) => ({ name, absolute: path.join(folder, name) }));
  return {
    folder,
    scripts: files.filter(({ name }) => name.endsWith('.py')),
    notebooks: files.filter(({ name }) => name.endsWith('.ipynb')),
  };
}

/** A fixed choice of files, spread over all of them: the first by the digest of their names. */
export function sampleOf(files: readonly CorpusFile[], count: number): CorpusFile[] {
  const digest = ({ name }: CorpusFile): string => createHash('sha256').update(name).digest('hex');
  const order = files.map((file) => ({ file, digest: digest(file) }));
  return order
    .sort((a, b) => (a.digest < b.digest ? -1 : 1))
    .slice(0, count)
    .map(({ file }) => file);
}

/** Examples and documentation, as opposed to the packages' own modules and tests. */
export function isExample({ name }: CorpusFile): boolean {
  return /\/(examples?|docs?|tutorials?|galleries|benchmarks?|asv_bench|tools)\//.test(name);
}
