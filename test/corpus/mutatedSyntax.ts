import { Analyzer } from '../../src/semantics/analyzer';
import { scriptSource } from '../../src/program/source';
import { testParser } from '../support/parser';
import { ROOT, runPython } from '../support/run';

/** What came of comparing the engine with CPython on texts that are mostly broken. */
export interface ValidityComparison {
  readonly texts: number;
  readonly valid: number;
  /** Texts that the engine takes for Python and CPython does not, with what CPython says. */
  readonly accepted: readonly string[];
  /** Python that the engine says is none: nothing is done for it. */
  readonly rejected: readonly string[];
}

/** What CPython says of a text when it works out scopes, which the engine does for texts that it takes for Python. */
const OF_SCOPES = /\b(?:nonlocal|global)\b|remaining patterns unreachable/;
const MUTATED = `${ROOT}/test/corpus/mutated_syntax.py`;

/** Breaks pieces of the standard library in small ways, always the same for one seed and one version of Python. */
export async function compareValidity(seed: number, count: number): Promise<ValidityComparison> {
  const input = JSON.stringify({ seed, count });
  const result = await runPython([MUTATED], { cwd: ROOT, input, timeoutMs: 600_000 });
  if (result.status !== 0) throw new Error(`mutated_syntax.py: ${result.stderr}`);
  const texts = JSON.parse(result.stdout.toString('utf8')) as { text: string; error: string | null }[];
  const analyzer = new Analyzer(await testParser());
  const accepted: string[] = [];
  const rejected: string[] = [];
  for (const { text, error } of texts) {
    const problem = analyzer.analyze(scriptSource('a.py', text)).cells[0]?.syntax.problem;
    if (error !== null && !problem && !OF_SCOPES.test(error)) accepted.push(`${error}\n${text}`);
    if (error === null && problem) rejected.push(`${problem.message}\n${text}`);
  }
  return {
    texts: texts.length,
    valid: texts.filter(({ error }) => error === null).length,
    accepted,
    rejected,
  };
}

export function validityLine({ texts, valid, accepted, rejected }: ValidityComparison): string {
  return `${texts} texts, ${valid} of them valid: ${accepted.length} accepted wrongly, ${rejected.length} rejected wrongly`;
}
