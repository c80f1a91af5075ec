import type { Diagnostic } from '../support/contract';
import type { CaseFile } from './ruleCases';

/** How often a rule was right. Two findings of one rule on one line count as one. */
export interface Score {
  readonly rule: string;
  hits: number;
  missed: number;
  wrong: number;
  /** Lines that look like the rule and were left alone, of all such lines. */
  trapsPassed: number;
  traps: number;
}

export interface Judgement {
  readonly scores: ReadonlyMap<string, Score>;
  /** What was wrong, for people. */
  readonly mistakes: readonly string[];
}

/** Judges the findings of rules that exist; marks of others are left out. */
export function judge(
  files: readonly CaseFile[],
  diagnostics: readonly Diagnostic[],
  rules: ReadonlySet<string>,
): Judgement {
  const scores = new Map<string, Score>();
  for (const rule of rules) {
    scores.set(rule, { rule, hits: 0, missed: 0, wrong: 0, trapsPassed: 0, traps: 0 });
  }
  const mistakes: string[] = [];
  const byPath = new Map<string, Diagnostic[]>();
  for (const each of diagnostics) byPath.set(each.path, [...(byPath.get(each.path) ?? []), each]);
  for (const file of files) judgeFile(file, byPath.get(file.path) ?? [], scores, mistakes, rules);
  return { scores, mistakes };
}

function judgeFile(
  file: CaseFile,
  diagnostics: readonly Diagnostic[],
  scores: ReadonlyMap<string, Score>,
  mistakes: string[],
  rules: ReadonlySet<string>,
): void {
  const found = new Map(diagnostics.map((each) => [`${each.rule}@${lineInFile(file, each)}`, each]));
  for (const { line, rule, kind } of file.marks) {
    const score = scores.get(rule);
    if (!score || !isJudged(file, rule)) continue;
    if (kind === 'trap' && dependsOnMissingRules(file, rule, line, rules)) continue;
    const keys = placesOf(file, line).map((place) => `${rule}@${place}`);
    const met = keys.filter((key) => found.has(key));
    if (kind === 'trap') {
      score.traps++;
      if (met.length === 0) score.trapsPassed++;
      continue;
    }
    for (const key of met) found.delete(key);
    if (met.length > 0) score.hits++;
    else {
      score.missed++;
      mistakes.push(`missed  ${rule}  ${file.origin}:${line + 1}`);
    }
  }
  for (const each of found.values()) {
    const score = scores.get(each.rule);
    const line = lineInFile(file, each);
    if (!score || !isJudged(file, each.rule) || dependsOnMissingRules(file, each.rule, line, rules)) continue;
    score.wrong++;
    mistakes.push(`wrong   ${each.rule}  ${file.origin}:${line + 1}  ${each.message}`);
  }
}

function isJudged(file: CaseFile, rule: string): boolean {
  return file.only?.has(rule) ?? true;
}

/** The line of the case's file on which a finding starts. */
function lineInFile(file: CaseFile, { cell, range }: Diagnostic): number {
  if (!file.cells) return range.start.line;
  return (file.cells[cell ?? 0]?.line ?? 0) + 1 + range.start.line;
}

/** A mark on a cell's heading means somewhere in the cell. */
function placesOf(file: CaseFile, line: number): number[] {
  const cell = file.cells?.find((each) => each.line === line);
  if (!cell) return [line];
  return cell.source.split('\n').map((_, i) => line + 1 + i);
}

/** Whether a suppression hides something is not known as long as a rule that it names does not exist. */
function dependsOnMissingRules(
  file: CaseFile,
  rule: string,
  line: number,
  rules: ReadonlySet<string>,
): boolean {
  if (rule !== 'unused-suppression') return false;
  const named =
    /graduate: *ignore(?:-file)? *\[([^\]]*)\]/.exec(file.text.split('\n')[line] ?? '')?.[1] ?? '';
  return named.split(',').some((name) => !rules.has(name.trim()));
}

export function precisionOf({ hits, wrong }: Pick<Score, 'hits' | 'wrong'>): number {
  return hits + wrong === 0 ? 1 : hits / (hits + wrong);
}

export function recallOf({ hits, missed }: Pick<Score, 'hits' | 'missed'>): number {
  return hits + missed === 0 ? 1 : hits / (hits + missed);
}

/** All rules together, each finding counted alike. */
export function totalOf(scores: Iterable<Score>): Score {
  const total: Score = { rule: 'all', hits: 0, missed: 0, wrong: 0, trapsPassed: 0, traps: 0 };
  for (const score of scores) {
    total.hits += score.hits;
    total.missed += score.missed;
    total.wrong += score.wrong;
    total.trapsPassed += score.trapsPassed;
    total.traps += score.traps;
  }
  return total;
}

export function tableOf(scores: Iterable<Score>): string {
  const rows = [...scores].map((score) => [
    score.rule,
    `${score.hits}/${score.hits + score.missed}`,
    String(score.wrong),
    `${score.trapsPassed}/${score.traps}`,
    precisionOf(score).toFixed(3),
    recallOf(score).toFixed(3),
  ]);
  const table = [['rule', 'found', 'wrong', 'traps', 'precision', 'recall'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table.map((row) => row.map((text, i) => text.padEnd(widths[i]!)).join('  ')).join('\n');
}
