import type { Findings } from './compare';
import { LineMasks } from './lines';
import type { FileContent, ProgramRun, VerifyHost, WrittenFile } from './run';

/**
 * Compares the files that the programs wrote or removed: by their bytes; where those differ, text by lines, and what
 * can be loaded (arrays, tables, pickles, models, images) by what it holds.
 */
export async function compareFiles(
  findings: Findings,
  originals: readonly ProgramRun[],
  converted: ProgramRun,
  host: VerifyHost,
): Promise<void> {
  const tables = originals.map(({ files }) => byPath(files));
  const actual = byPath(converted.files);
  const paths = [...new Set([...tables.flatMap((table) => [...table.keys()]), ...actual.keys()])].sort();
  const unlike: string[] = [];
  for (const path of paths) {
    const states = tables.map((table) => stateOf(table.get(path)));
    const state = stateOf(actual.get(path));
    const other = states.find((each) => each !== states[0]);
    if (other !== undefined) {
      findings.masked.push({ kind: 'file', name: path, seen: [states[0]!, other] });
    } else if (state !== states[0]) {
      const message = `${path} is ${state} by the converted program, and ${states[0]} by the original`;
      findings.add({ kind: 'file', name: path, message, expected: states[0]!, actual: state });
    } else if (state === 'removed') {
      findings.files++;
    } else if (tables.every((table) => table.get(path)?.digest === actual.get(path)?.digest)) {
      findings.files++;
    } else unlike.push(path);
  }
  if (unlike.length > 0) await compareContents(findings, originals, converted, unlike, host);
}

type State = 'written' | 'removed' | 'left alone';

function stateOf(file: WrittenFile | undefined): State {
  if (!file) return 'left alone';
  return file.digest === undefined ? 'removed' : 'written';
}

/** Files with different bytes: in the converted program, or between runs of the original. */
async function compareContents(
  findings: Findings,
  originals: readonly ProgramRun[],
  converted: ProgramRun,
  paths: readonly string[],
  host: VerifyHost,
): Promise<void> {
  const runs = [...originals, converted];
  const contents: ReadonlyMap<string, FileContent>[] = [];
  for (const run of runs) contents.push(await host.contents(run, paths));
  for (const path of paths) {
    const held = contents.map((table) => table.get(path));
    if (held.every((content) => content !== undefined)) {
      compareHeld(findings, path, held);
      continue;
    }
    const texts: (string | undefined)[] = [];
    for (const run of runs) texts.push(await host.readText(run, path));
    if (texts.every((text) => text !== undefined)) compareTexts(findings, path, texts);
    else compareBytes(findings, path, originals, converted);
  }
}

function compareHeld(findings: Findings, path: string, held: readonly FileContent[]): void {
  const [first] = held;
  const others = held.slice(1, -1);
  const last = held.at(-1)!;
  const unlike = others.find(({ digest }) => digest !== first!.digest);
  if (unlike) {
    findings.masked.push({ kind: 'file', name: path, seen: [first!.shown, unlike.shown] });
  } else if (last.digest !== first!.digest) {
    const [expected, actual] = [first!.shown, last.shown];
    const detail = expected === actual ? `other values (${actual})` : `${actual} instead of ${expected}`;
    findings.add({ kind: 'file', name: path, message: `${path} holds ${detail}`, expected, actual });
  } else {
    findings.files++;
    if (first!.partial !== null) findings.notCompared.push({ what: path, reason: first!.partial });
  }
}

function compareTexts(findings: Findings, path: string, texts: readonly string[]): void {
  const [first = [], ...others] = texts.map((text) => text.split('\n'));
  const last = others.pop() ?? [];
  const masks = new LineMasks(first);
  for (const other of others) masks.learn(other);
  for (const { position, line, other } of masks.masked) {
    findings.masked.push({ kind: 'file', name: `${path}:${position + 1}`, seen: [line, other] });
  }
  const mismatch = masks.mismatch(last);
  if (!mismatch) {
    findings.files++;
    return;
  }
  const { position, expected, actual } = mismatch;
  const message = `line ${position + 1} of ${path} is ${quoted(actual)} instead of ${quoted(expected)}`;
  findings.add({ kind: 'file', name: path, message, expected: expected ?? null, actual: actual ?? null });
}

function compareBytes(
  findings: Findings,
  path: string,
  originals: readonly ProgramRun[],
  converted: ProgramRun,
): void {
  const fileOf = (run: ProgramRun): WrittenFile | undefined => run.files.find((file) => file.path === path);
  const files = originals.map(fileOf);
  const sizes = files.map((file) => `${file?.size ?? 0} bytes`);
  const other = files.findIndex((file) => file?.digest !== files[0]?.digest);
  if (other > 0) {
    findings.masked.push({ kind: 'file', name: path, seen: [sizes[0]!, sizes[other]!] });
    return;
  }
  const [expected, actual] = [sizes[0]!, `${fileOf(converted)?.size ?? 0} bytes`];
  const message = `${path} has other bytes (${actual} instead of ${expected}), and cannot be loaded to compare what it holds`;
  findings.add({ kind: 'file', name: path, message, expected, actual });
}

function quoted(line: string | undefined): string {
  if (line === undefined) return 'missing';
  const text = JSON.stringify(line);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

function byPath(files: readonly WrittenFile[]): ReadonlyMap<string, WrittenFile> {
  return new Map(files.map((file) => [file.path, file]));
}
