// Key press to diagnostics in the engine, without an editor: `npm run bench`. Prints a table for bench/README.md.
import { Engine } from '../src/actions/engine';
import { scriptSource } from '../src/program/source';
import { testParser } from '../test/support/parser';
import { notebook, script } from './programs';

const PRESSES = 200;
const TYPED = ' + len("abc")  # a note';

async function main(): Promise<void> {
  const rows = [await typeInScript(), await typeInNotebook()];
  console.log('| program | first, ms | p50, ms | p95, ms | findings |\n|---|---|---|---|---|');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log(
    `\nresident memory ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB, Node ${process.version}`,
  );
}

async function typeInScript(): Promise<string[]> {
  const engine = new Engine(await testParser());
  const text = script(2000);
  const at = text.indexOf('\n', text.length / 2);
  return measure('script of 2,000 lines', (typed) =>
    engine.analyze(scriptSource('bench.py', text.slice(0, at) + typed + text.slice(at)), undefined, true),
  );
}

async function typeInNotebook(): Promise<string[]> {
  const engine = new Engine(await testParser());
  const source = notebook(100);
  return measure('notebook of 100 cells', (typed) =>
    engine.analyze(
      {
        ...source,
        cells: source.cells.map((cell, i) =>
          i === 50 ? { ...cell, source: cell.source.trimEnd() + typed } : cell,
        ),
      },
      undefined,
      true,
    ),
  );
}

/** Types a text one character a time, over and over; each press is one analysis with all rules. */
function measure(name: string, analyse: (typed: string) => { findings: readonly unknown[] }): string[] {
  const start = performance.now();
  const { findings } = analyse('');
  const first = performance.now() - start;
  for (let i = 0; i < 20; i++) analyse(TYPED.slice(0, i % TYPED.length));
  const times: number[] = [];
  for (let i = 0; i < PRESSES; i++) {
    const typed = TYPED.slice(0, i % (TYPED.length + 1)) + '#'.repeat(Math.floor(i / TYPED.length));
    const before = performance.now();
    analyse(typed);
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  return [name, first.toFixed(0), at(0.5), at(0.95), String(findings.length)];
}

void main();
