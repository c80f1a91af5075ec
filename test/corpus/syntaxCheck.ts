import fs from 'node:fs';
import { Analyzer } from '../../src/semantics/analyzer';
import { scriptSource } from '../../src/program/source';
import { decode } from '../../src/text/encoding';
import { testParser } from '../support/parser';
import { ROOT, runPython } from '../support/run';
import { compareScopes } from './compareScopes';
import type { CorpusFile } from './corpus';
import { type DumpedScope, type ScopeTree, engineScopes, pythonScopes } from './scopeTree';

/** What came of comparing the engine with CPython. */
export interface SyntaxComparison {
  readonly files: number;
  /** Scripts that are Python for both, with scopes compared. */
  readonly compared: number;
  readonly scopes: number;
  /** Scripts that the engine takes for Python and CPython does not: an edit may break what was meant. */
  readonly accepted: readonly string[];
  /** Scripts that are Python and the engine says they are not: nothing is done for them. */
  readonly rejected: readonly string[];
  /** Scopes and names that differ. */
  readonly mismatches: readonly string[];
}

interface Dumped {
  readonly error: string | null;
  readonly scopes: DumpedScope | null;
}

const DUMP = `${ROOT}/test/corpus/dump_syntax.py`;
/** Files that one process of Python gets; its answer is some hundred kilobytes a file. */
const BATCH = 100;

/** Compares validity and scopes of scripts with what CPython's parser and symbol table say. */
export async function compareSyntax(files: readonly CorpusFile[]): Promise<SyntaxComparison> {
  const analyzer = new Analyzer(await testParser());
  const accepted: string[] = [];
  const rejected: string[] = [];
  const mismatches: string[] = [];
  let compared = 0;
  let scopes = 0;
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH);
    const dumped = await dump(batch);
    for (const { name, absolute } of batch) {
      const { error, scopes: theirs } = dumped.get(absolute)!;
      const decoded = decode(fs.readFileSync(absolute), 'python');
      const facts = 'reason' in decoded ? undefined : analyzer.analyze(scriptSource(name, decoded.text));
      const problem = 'reason' in decoded ? decoded.reason : facts?.cells[0]?.syntax.problem?.message;
      if (error !== null && problem === undefined) accepted.push(`${name}: ${error}`);
      if (error === null && problem !== undefined) rejected.push(`${name}: ${problem}`);
      if (problem !== undefined || !facts || !theirs) continue;
      compared++;
      const tree = pythonScopes(theirs);
      scopes += countOf(tree);
      mismatches.push(...compareScopes(engineScopes(facts), tree).map((each) => `${name}: ${each}`));
    }
  }
  return { files: files.length, compared, scopes, accepted, rejected, mismatches };
}

async function dump(files: readonly CorpusFile[]): Promise<ReadonlyMap<string, Dumped>> {
  const input = JSON.stringify(files.map(({ absolute }) => absolute));
  const result = await runPython([DUMP], { cwd: ROOT, input, timeoutMs: 300_000 });
  if (result.status !== 0) throw new Error(`dump_syntax.py: ${result.stderr}`);
  return new Map(Object.entries(JSON.parse(result.stdout.toString('utf8')) as Record<string, Dumped>));
}

function countOf(tree: ScopeTree): number {
  return tree.children.reduce((count, child) => count + countOf(child), 1);
}

export function summaryOf(what: string, result: SyntaxComparison): string {
  const { files, compared, scopes, accepted, rejected, mismatches } = result;
  const figures = `${what}: ${files} scripts, ${compared} compared, ${scopes} scopes`;
  return `${figures}; ${accepted.length} accepted wrongly, ${rejected.length} rejected wrongly, ${mismatches.length} differences`;
}

/** All that differs and is not on the list. */
export function unexplained(result: SyntaxComparison, explained: Readonly<Record<string, string>>): string[] {
  const all = [
    ...result.accepted.map((each) => `${each} (accepted)`),
    ...result.rejected.map((each) => `${each} (rejected)`),
    ...result.mismatches,
  ];
  return all.filter((each) => !Object.keys(explained).some((start) => each.startsWith(start)));
}
