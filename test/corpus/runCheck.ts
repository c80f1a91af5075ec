import fs from 'node:fs';
import path from 'node:path';
import { snapshot, withFolder, writeFile } from '../support/folders';
import { type RunResult, mapLimited, runCli, runPython } from '../support/run';
import type { CorpusFile } from './corpus';
import { INJECTED_FILES, layOut } from './layOut';

export interface RunFigures {
  readonly programs: number;
  /** Ran to their end before and after, with equal output. */
  readonly equal: number;
  /** Changed, and not to be compared: the original fails here, takes too long, or prints other things each time. */
  readonly unusable: number;
  readonly unchanged: number;
  readonly problems: readonly string[];
}

const LIMIT_MS = 60_000;

/** Puts paths into scripts, moves them to a configuration, and runs each script before and after. */
export async function runBeforeAndAfter(scripts: readonly CorpusFile[]): Promise<RunFigures> {
  const verdicts = await mapLimited(scripts, 2, (file) => withFolder((folder) => compare(file, folder)));
  const count = (verdict: string): number => verdicts.filter((each) => each === verdict).length;
  return {
    programs: scripts.length,
    equal: count('equal'),
    unusable: count('unusable'),
    unchanged: count('unchanged'),
    problems: verdicts.filter((each) => each.startsWith('!')).map((each) => each.slice(1)),
  };
}

async function compare(file: CorpusFile, temporary: string): Promise<string> {
  const run = (folder: string): Promise<RunResult> =>
    runPython([path.basename(file.name)], { cwd: folder, timeoutMs: LIMIT_MS });
  const place = (name: string): string => {
    const [laidOut] = layOut([file], path.join(temporary, name), true);
    const folder = path.dirname(path.join(temporary, name, laidOut!.path));
    for (const [data, text] of Object.entries(INJECTED_FILES)) writeFile(path.join(folder, data), text);
    return folder;
  };
  const folder = place('changed');
  const before = snapshot(folder);
  const args = ['refactor', 'paths-to-config', path.basename(file.name), '--format', 'json'];
  const refactored = await runCli(args, { cwd: folder });
  if (![0, 3].includes(refactored.status)) return `!${file.name}: ${refactored.stderr}`;
  const isChanged = JSON.stringify([...snapshot(folder)]) !== JSON.stringify([...before]);
  if (!isChanged) return 'unchanged';
  if (!fs.existsSync(path.join(folder, 'config.yaml'))) return `!${file.name}: no config.yaml was written`;

  const original = await run(place('original'));
  if (original.status !== 0) return 'unusable';
  const changed = await run(folder);
  if (changed.status === 0 && changed.stdout.equals(original.stdout)) return 'equal';
  const onceMore = await run(place('once-more'));
  if (!onceMore.stdout.equals(original.stdout)) return 'unusable';
  return `!${file.name}: exit status ${changed.status}: ${changed.stderr.slice(-500)}`;
}

export function runLine({ programs, equal, unusable, unchanged, problems }: RunFigures): string {
  const counts = `${programs} programs: ${equal} equal, ${unchanged} refused or without paths`;
  return `${counts}, ${unusable} cannot be compared here, ${problems.length} differ`;
}
