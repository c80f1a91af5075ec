import fs from 'node:fs';
import path from 'node:path';
import { type CheckOutput, type Diagnostic, type Place, parseOutput } from '../support/contract';
import { runCli } from '../support/run';
import type { CorpusFile } from './corpus';

export interface CheckFigures {
  readonly files: number;
  /** Files and cells that are said to be no Python 3. */
  readonly notPython: number;
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
 * @param unreadable Files that CPython cannot decode either; a message about each is right.
 */
export async function checkFolder(
  folder: string,
  files: readonly CorpusFile[],
  unreadable: readonly string[] = [],
): Promise<CheckFigures> {
  const result = await runCli(['check', '--format', 'json', '.'], { cwd: folder, timeoutMs: 1_200_000 });
  const problems: string[] = [];
  if (result.isTimeout) problems.push('the check did not end');
  const said = result.stderr.split('\n').filter((line) => line !== '');
  // That a file is no Python 3 is compared with CPython elsewhere.
  const complaints = said.filter((line) => !line.endsWith(', not checked'));
  problems.push(...complaints.filter((line) => !unreadable.some((name) => line.includes(name))));
  if (!(complaints.length > 0 ? [2] : [0, 1]).includes(result.status)) {
    problems.push(`exit status ${result.status} with ${complaints.length} unreadable files`);
  }
  const output = parseOutput<CheckOutput>(result);
  const wanted = files.length - complaints.length;
  if (output.files !== wanted) problems.push(`${output.files} files checked of ${wanted}`);
  const byRule = new Map<string, number>();
  const texts = new Map<string, readonly string[]>();
  for (const each of output.diagnostics) {
    byRule.set(each.rule, (byRule.get(each.rule) ?? 0) + 1);
    const key = `${each.path}#${each.cell}`;
    const lines = texts.get(key) ?? linesOf(folder, each);
    texts.set(key, lines);
    const where = JSON.stringify(each.range);
    if (!isWithin(each, lines)) problems.push(`${key}: ${each.rule} at ${where} is outside`);
  }
  const findings = output.diagnostics.length;
  const notPython = said.length - complaints.length;
  return { files: output.files, notPython, findings, seconds: result.ms / 1000, byRule, problems };
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
  { files, notPython, findings, seconds, byRule, problems }: CheckFigures,
): string {
  const rules = [...byRule].sort((a, b) => b[1] - a[1]).map(([rule, count]) => `${rule} ${count}`);
  const counts = `${what}: ${files} files in ${seconds.toFixed(1)} s, ${notPython} no Python 3`;
  return `${counts}, ${findings} findings (${rules.join(', ')}), ${problems.length} problems`;
}
