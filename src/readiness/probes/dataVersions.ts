import ignore from 'ignore';
import { boundPatterns } from '../../text/ignorePatterns';
import { type Workspace, baseName, folderOf } from '../../text/workspace';
import { fileUsesOf } from '../../semantics/fileUses';
import { type Evidence, MOST_EVIDENCE, type Probe, type ProbeInput, type ProbeResult } from '../probe';
import { evidenceAt, fileEvidence } from '../search';

/** Files of data and of models, by their suffix. */
const DATA =
  /\.(csv|tsv|parquet|feather|arrow|orc|xlsx?|h5|hdf5|nc|zarr|npy|npz|mat|sqlite3?|db|pkl|pickle|joblib|pt|pth|ckpt|safetensors|onnx|pb|tflite|keras|gguf|jsonl|ndjson|avro|tfrecords?)(\.(gz|bz2|xz|zst))?$/i;

/** Data and models: inputs and what the programs write. */
export const dataVersions: Probe = {
  id: 'data-versions',
  title: 'Data version control',
  question: 'Are data and models under version control: by DVC, Git LFS, or lakeFS?',
  looksAt: 'files',
  cannotSee: 'What git itself tracks, buckets with versions, registries and repositories above this folder.',
  async run(input) {
    const { files } = input;
    const data = files.paths.filter((path) => DATA.test(path));
    const tracked = await trackedPaths(input);
    const untracked = data.filter((path) => !tracked.has(path));
    if (tracked.found.length > 0 && untracked.length === 0) {
      const summary = `${tracked.by} keeps versions of data and models`;
      return { outcome: 'yes', summary, evidence: tracked.found.slice(0, MOST_EVIDENCE) };
    }
    if (data.length === 0) return nothingHere(input);
    return untrackedResult(input, untracked, tracked.found);
  },
};

function nothingHere(input: ProbeInput): ProbeResult {
  const uses = input.programs.flatMap((program) =>
    fileUsesOf(program.context.evaluator, program.context.folder)
      .filter(({ use }) => use === 'read' || use === 'write')
      .map(({ unit, call, use }) =>
        evidenceAt(program, unit, call, use === 'read' ? 'reads a file' : 'writes a file'),
      ),
  );
  if (uses.length > 0) {
    const summary = 'the files that the code reads and writes are not here';
    return { outcome: 'unknown', summary, evidence: uses.slice(0, MOST_EVIDENCE) };
  }
  if (input.unseen.length > 0 || !input.files.isComplete) {
    return {
      outcome: 'unknown',
      summary: 'no data is here, but not all programs were looked at',
      evidence: [],
    };
  }
  return { outcome: 'not-applicable', summary: 'there are neither data nor models', evidence: [] };
}

async function untrackedResult(
  { files, workspace }: ProbeInput,
  untracked: readonly string[],
  found: readonly Evidence[],
): Promise<ProbeResult> {
  const isIgnored = await ignoredBy(workspace, files.paths);
  const ignored = untracked.filter(isIgnored);
  const others = untracked.filter((path) => !ignored.includes(path));
  const lost = ignored.map((path) =>
    fileEvidence(path, 'git ignores it, and nothing else keeps its versions'),
  );
  const open = others.map((path) => fileEvidence(path, 'whether git has it is not to be seen in the files'));
  const evidence = [...lost, ...open, ...found].slice(0, MOST_EVIDENCE);
  const hasGit = files.top.some((name) => name === '.git/' || name === '.git');
  if (lost.length > 0) {
    const what =
      lost.length === 1 ? '1 file of data or models has' : `${lost.length} files of data or models have`;
    return { outcome: 'no', summary: `${what} no versions`, evidence };
  }
  const summary = hasGit
    ? `git may have the ${count(others.length)}; nothing made for data keeps versions`
    : `nothing here keeps versions of the ${count(others.length)}, but the folder may lie in a repository`;
  return { outcome: 'unknown', summary, evidence };
}

function count(files: number): string {
  return files === 1 ? 'file of data or models' : `${files} files of data or models`;
}

interface Tracked {
  readonly found: readonly Evidence[];
  readonly by: string;
  has(path: string): boolean;
}

/** What DVC's and git's own files say. */
async function trackedPaths({ files, workspace }: ProbeInput): Promise<Tracked> {
  const found: Evidence[] = [];
  const tracked = new Set<string>();
  const folders: string[] = [];
  const tools = new Set<string>();
  const add = (path: string): void => {
    tracked.add(path);
    folders.push(`${path}/`);
  };
  for (const path of files.paths) {
    if (path.endsWith('.dvc')) {
      add(path.slice(0, -'.dvc'.length));
      found.push(fileEvidence(path, 'tracked by DVC'));
      tools.add('DVC');
    } else if (baseName(path) === 'dvc.lock') {
      const text = (await workspace.read(path)) ?? '';
      for (const match of text.matchAll(/^\s*-?\s*path:\s*["']?([^"'\s]+)/gm))
        add(joined(folderOf(path), match[1]!));
      found.push(fileEvidence(path, 'the stages’ files, tracked by DVC'));
      tools.add('DVC');
    }
  }
  const large = ignore({ ignorecase: false });
  for (const path of files.paths.filter((each) => baseName(each) === '.gitattributes')) {
    const lines = ((await workspace.read(path)) ?? '').split('\n');
    lines.forEach((line, i) => {
      const match = /^\s*(\S+)\s.*\bfilter=lfs\b/.exec(line);
      if (!match) return;
      large.add(boundPatterns(match[1]!, folderOf(path)));
      found.push(fileEvidence(path, `${match[1]} is kept by Git LFS`, i));
      tools.add('Git LFS');
    });
  }
  return {
    found,
    by: [...tools].join(' and '),
    has: (path) =>
      tracked.has(path) || folders.some((folder) => path.startsWith(folder)) || large.ignores(path),
  };
}

function joined(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

async function ignoredBy(workspace: Workspace, paths: readonly string[]): Promise<(path: string) => boolean> {
  const rules = ignore({ ignorecase: false });
  for (const path of paths.filter((each) => baseName(each) === '.gitignore')) {
    rules.add(boundPatterns((await workspace.read(path)) ?? '', folderOf(path)));
  }
  return (path) => rules.ignores(path);
}
