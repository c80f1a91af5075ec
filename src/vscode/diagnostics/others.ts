import * as vscode from 'vscode';
import { rulesSaidBy } from '../../knowledge/otherLinters';
import type { Finding } from '../../rules/rule';
import { SOURCE, rangeOf } from './convert';

/** Something that another linter says which one of our rules would say, too. */
export interface Said {
  readonly rules: ReadonlySet<string>;
  readonly range: vscode.Range;
}

/** What other linters say about a document that our rules also know; empty where the user wants to hear both. */
export function saidByOthers(uri: vscode.Uri, isDeferring: boolean): readonly Said[] {
  if (!isDeferring) return [];
  return vscode.languages.getDiagnostics(uri).flatMap(({ source, code, range }) => {
    if (source === undefined || source === SOURCE || code === undefined) return [];
    const rules = rulesSaidBy(source, String(typeof code === 'object' ? code.value : code));
    return rules.size > 0 ? [{ rules, range }] : [];
  });
}

/** Whether another linter says the same about the same place. */
export function isSaid({ rule, cell, span }: Finding, said: readonly Said[]): boolean {
  if (said.length === 0) return false;
  const range = rangeOf(cell, span);
  return said.some(
    (other) =>
      other.rules.has(rule) &&
      // One marks the call, another the name or the whole line.
      other.range.start.line === range.start.line &&
      other.range.intersection(range) !== undefined,
  );
}

/** Equal for what makes the same findings silent. */
export function keyOf(said: readonly Said[]): string {
  return said
    .map(({ rules, range: { start, end } }) =>
      [...rules, start.line, start.character, end.line, end.character].join(' '),
    )
    .sort()
    .join('\n');
}
