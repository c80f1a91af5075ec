import { Engine } from '../src/actions/engine';
import { type ProgramSource, scriptSource } from '../src/program/source';
import { testParser } from '../test/support/parser';
import { type Press, typing } from './typing';

/** Milliseconds from a key press to the diagnostics, in the engine. */
export interface KeyPressFigures {
  readonly name: string;
  /** The first analysis, when the document is opened. */
  readonly first: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  readonly presses: number;
  readonly findings: number;
}

const EDITS = 200;

/** Types into a script; every press is one analysis of the whole program by all rules. */
export function typeInScript(name: string, text: string): Promise<KeyPressFigures> {
  return measure(name, [text], ({ text: typed }) => scriptSource('bench.py', typed));
}

/** Types into the cells of a notebook. */
export function typeInNotebook(name: string, source: ProgramSource): Promise<KeyPressFigures> {
  const texts = source.cells.map((cell) => cell.source);
  return measure(name, texts, ({ cell, text }) => {
    // What was typed into other cells stays there.
    texts[cell] = text;
    return { ...source, cells: source.cells.map((each, i) => ({ ...each, source: texts[i]! })) };
  });
}

async function measure(
  name: string,
  cells: readonly string[],
  sourceAfter: (press: Press) => ProgramSource,
): Promise<KeyPressFigures> {
  const engine = new Engine(await testParser());
  const start = performance.now();
  let { findings } = engine.analyze(sourceAfter({ cell: 0, text: cells[0]! }), undefined, true);
  const first = performance.now() - start;
  const times: number[] = [];
  for (const press of typing(cells, EDITS)) {
    const source = sourceAfter(press);
    const before = performance.now();
    ({ findings } = engine.analyze(source, undefined, true));
    times.push(performance.now() - before);
  }
  const at = quantiles(times);
  const presses = times.length;
  return { name, first, p50: at(0.5), p95: at(0.95), max: at(1), presses, findings: findings.length };
}

/** The value below which a share of the values lies. */
export function quantiles(values: readonly number[]): (share: number) => number {
  const sorted = [...values].sort((a, b) => a - b);
  return (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
