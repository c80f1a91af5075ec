import fs from 'node:fs';
import path from 'node:path';
import { Engine } from '../../src/actions/engine';
import { decode } from '../../src/text/encoding';
import { type SweptResult, loadedProgram, sweepOffers } from '../fuzz/offerSweep';
import { withFolder, writeFile } from '../support/folders';
import { testParser } from '../support/parser';
import { type Made, compileProblems } from './compileCheck';
import type { CorpusFile } from './corpus';

/** What came of every offer at every finding, each applied alone. */
export interface SweepFigures {
  readonly files: number;
  readonly offers: number;
  readonly resolved: number;
  /** Programs that came out, each compiled by CPython. */
  readonly results: number;
  readonly byAction: ReadonlyMap<string, number>;
  readonly seconds: number;
  readonly problems: readonly string[];
}

/** A file may keep the processor busy for so long with all its offers. */
const LIMIT_MS = 60_000;

/**
 * Resolves every offer at the findings of these files.
 *
 * @param findings At most so many findings of each file, spread over all of them.
 */
export async function sweepFiles(files: readonly CorpusFile[], findings: number): Promise<SweepFigures> {
  const started = performance.now();
  const parser = await testParser();
  const problems: string[] = [];
  const byAction = new Map<string, number>();
  const figures = { offers: 0, resolved: 0, results: 0 };
  await withFolder(async (folder) => {
    const made: Made[] = [];
    let engine = new Engine(parser);
    for (const [index, { name, absolute }] of files.entries()) {
      // What an engine remembers of programs is of no use for others.
      if (index % 500 === 0) engine = new Engine(parser);
      const isNotebook = name.endsWith('.ipynb');
      const decoded = decode(fs.readFileSync(absolute), isNotebook ? 'json' : 'python');
      const program = 'reason' in decoded ? undefined : loadedProgram(path.basename(name), decoded.text);
      if (!program) continue;
      const from = process.cpuUsage();
      const sweep = await sweepOffers(engine, program, engine.analyze(program.source), {
        findings,
        isResolving: true,
      });
      if (process.cpuUsage(from).user / 1000 > LIMIT_MS)
        problems.push(`${name}: takes longer than ${LIMIT_MS} ms`);
      problems.push(...sweep.problems.map((problem) => `${name}: ${problem}`));
      figures.offers += sweep.offers;
      figures.resolved += sweep.resolved;
      figures.results += sweep.results.length;
      for (const { action } of sweep.results) byAction.set(action, (byAction.get(action) ?? 0) + 1);
      if (sweep.results.length > 0) made.push(written(folder, index, name, program.text, sweep.results));
    }
    problems.push(...(await compileProblems(folder, made)));
  });
  return {
    files: files.length,
    ...figures,
    byAction,
    seconds: (performance.now() - started) / 1000,
    problems,
  };
}

function written(
  folder: string,
  index: number,
  name: string,
  original: string,
  results: readonly SweptResult[],
): Made {
  const end = path.extname(name);
  // A cookie of another encoding would be wrong about a file in UTF-8.
  const plain = (text: string): string => text.replace(/^(#.*coding[:=][ \t]*)[-\w.]+/m, '$1utf-8');
  const write = (file: string, text: string): string => {
    writeFile(path.join(folder, file), end === '.py' ? plain(text) : text);
    return file;
  };
  return {
    name,
    original: write(`${index}-original${end}`, original),
    results: results.map(({ action, text }, i) => ({
      path: write(`${index}-${i}${end}`, text),
      what: action,
    })),
  };
}

export function sweepLine({
  files,
  offers,
  resolved,
  results,
  byAction,
  seconds,
  problems,
}: SweepFigures): string {
  const actions = [...byAction].sort((a, b) => b[1] - a[1]).map(([action, count]) => `${action} ${count}`);
  const counts = `${files} files in ${seconds.toFixed(0)} s, ${offers} offers, ${resolved} resolved`;
  return `offers: ${counts}, ${results} programs compiled (${actions.join(', ')}), ${problems.length} problems`;
}
