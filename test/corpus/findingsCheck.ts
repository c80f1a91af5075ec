import fs from 'node:fs';
import path from 'node:path';
import { type CheckOutput, type Diagnostic, type Place, parseOutput } from '../support/contract';
import { runCli } from '../support/run';
import type { CorpusFile } from './corpus';

export interface CheckFigures {
  readonly files: number;
  readonly findings: number;
  readonly seconds: number;
  /** By rule, in all files and per 1,000 lines of code. */
  readonly byRule: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
}

/**
 * Checks a folder by one command: it ends, without an internal error, with every file read, and every finding lies
 * within the text.
 *
 * @param unreadable Files that no Python reads either; a message about each is right.
 */
export async function checkFolder(
  folder: string,
  files: readonly CorpusFile[],
  unreadable: ReadonlySet<string> = new Set(),
): Promise<CheckFigures> {
  const result = await runCli(['check', '--format', 'json', '.'], { cwd: folder, timeoutMs: 1_200_000 });
  const problems: string[] = [];
  if (result.isTimeout) problems.push('the check did not end');
  const complaints = result.stderr
    .split('\n')
    .filter((line) => line !== '' && ![...unreadable].some((name) => line.includes(name)));
  problems.push(...complaints);
  const expected = result.stderr.trim() === '' ? [0, 1] : [2];
  if (!expected.includes(result.status)) problems.push(`exit status ${result.status}`);
  const output = parseOutput<CheckOutput>(result);
  const wanted = files.length - unreadable.size;
  if (output.files !== wanted && output.files !== files.length)
    problems.push(`${output.files} files checked of ${wanted}`);
  const byRule = new Map<string, number>();
  const texts = new Map<string, readonly string[]>();
  for (const each of output.diagnostics) {
    byRule.set(each.rule, (byRule.get(each.rule) ?? 0) + 1);
    const key = `${each.path}#${each.cell}`;
    const lines = texts.get(key) ?? linesOf(folder, each);
    texts.set(key, lines);
    if (!isWithin(each, lines))
      problems.push(`${key}: ${each.rule} at ${JSON.stringify(each.range)} is outside`);
  }
  const findings = output.diagnostics.length;
  return { files: output.files, findings, seconds: result.ms / 1000, byRule, problems };
}

/** The lines of a script or cell, as editors and CPython count them. */
function linesOf(folder: string, { path: name, cell }: Diagnostic): readonly string[] {
  const text = fs.readFileSync(path.join(folder, name), 'utf8').replace(/^\ufeff/, '');
  if (cell === null) return text.split(/\r\n|\r|\n/);
  const { cells } = JSON.parse(text) as { cells: { source: string | string[] }[] };
  const source = cells[cell]?.source ?? '';
  return (typeof source === 'string' ? source : source.join('')).split(/\r\n|\r|\n/);
}

function isWithin({ range: { start, end } }: Diagnostic, lines: readonly string[]): boolean {
  const isThere = ({ line, character }: Place): boolean =>
    character >= 0 && character <= (lines[line]?.length ?? -1);
  const isOrdered = start.line < end.line || (start.line === end.line && start.character <= end.character);
  return isThere(start) && isThere(end) && isOrdered;
}

export function checkLine(
  what: string,
  { files, findings, seconds, byRule, problems }: CheckFigures,
): string {
  const rules = [...byRule].sort((a, b) => b[1] - a[1]).map(([rule, count]) => `${rule} ${count}`);
  const figures = `${what}: ${files} files in ${seconds.toFixed(1)} s, ${findings} findings (${rules.join(', ')})`;
  return `${figures}, ${problems.length} problems`;
}
