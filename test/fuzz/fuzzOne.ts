import { Engine } from '../../src/actions/engine';
import type { PythonParser } from '../../src/syntax/parser';
import { decode, encode } from '../../src/text/encoding';
import type { FuzzInput } from './inputs';
import { type LoadedProgram, loadedProgram, shown, sweepOffers } from './offerSweep';

/** What came of one input. */
export interface FuzzResult {
  readonly seed: number;
  /** Of the processor: other work on the machine does not count. */
  readonly ms: number;
  /** Whether there was a program to look at: the bytes are text, the JSON is a notebook. */
  readonly isProgram: boolean;
  readonly findings: number;
  readonly offers: number;
  readonly resolved: number;
  readonly problems: readonly string[];
}

/** One in so many inputs has its offers resolved; one in so many is also typed into an open document. */
const RESOLVED = 3;
const TYPED = 5;
const FINDINGS = 12;

/** Reads and analyses an input, makes all its offers and resolves them for a share; nothing may throw. */
export async function fuzzOne(input: FuzzInput, parser: PythonParser, shared: Engine): Promise<FuzzResult> {
  const started = process.cpuUsage();
  const figures = { isProgram: false, findings: 0, offers: 0, resolved: 0 };
  const problems: string[] = [];
  try {
    const program = read(input, problems);
    if (program) {
      figures.isProgram = true;
      const analysis = shared.analyze(program.source);
      figures.findings = analysis.findings.length;
      const isResolving = input.seed % RESOLVED === 0;
      const sweep = await sweepOffers(shared, program, analysis, { findings: FINDINGS, isResolving });
      figures.offers = sweep.offers;
      figures.resolved = sweep.resolved;
      problems.push(...sweep.problems);
      if (input.seed % TYPED === 0) problems.push(...typingProblems(program, parser));
    }
  } catch (error) {
    problems.push(shown(error));
  }
  return { seed: input.seed, ms: process.cpuUsage(started).user / 1000, ...figures, problems };
}

function read({ name, bytes }: FuzzInput, problems: string[]): LoadedProgram | undefined {
  const decoded = decode(bytes, name.endsWith('.ipynb') ? 'json' : 'python');
  if ('reason' in decoded) return undefined;
  const encoded = encode(decoded.text, decoded);
  const isWritable = !('reason' in encoded);
  if (isWritable && !Buffer.from(encoded).equals(bytes))
    problems.push('other bytes are written than were read');
  return loadedProgram(name, decoded.text);
}

/** An open document that is edited has the findings that a fresh look has. */
function typingProblems({ path, text, source }: LoadedProgram, parser: PythonParser): string[] {
  const keys = (engine: Engine, of: typeof source): string =>
    JSON.stringify(
      engine.analyze(of, undefined, true).findings.map(({ rule, span, cell }) => [rule, span, cell.position]),
    );
  const open = new Engine(parser);
  const shorter = loadedProgram(path, text.slice(0, text.length >> 1));
  if (shorter) open.analyze(shorter.source, undefined, true);
  const seen = keys(open, source);
  open.close(path);
  const fresh = new Engine(parser);
  const wanted = keys(fresh, source);
  fresh.close(path);
  return seen === wanted ? [] : [`typed: ${seen.slice(0, 300)} instead of ${wanted.slice(0, 300)}`];
}
