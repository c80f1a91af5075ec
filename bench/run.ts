// Key press to diagnostics, in the engine without an editor, one check of a file beside a peer's, and a scan of
// a project beside three: `npm run bench`.
// Prints the tables of bench/README.md.
import { type KeyPressFigures, typeInNotebook, typeInScript } from './keyPress';
import { cliMedian, ruffMedian } from './peer';
import { notebook, script } from './programs';
import { scanProject } from './project';

async function main(): Promise<void> {
  const text = script(2000);
  const figures = [
    await typeInScript('script of 2,000 lines', text),
    await typeInNotebook('notebook of 100 cells', notebook(100)),
  ];
  const rows = figures.map(({ name, first, p50, p95, max, presses, findings }: KeyPressFigures) =>
    [name, first.toFixed(0), p50.toFixed(1), p95.toFixed(1), max.toFixed(0), presses, findings].join(' | '),
  );
  console.log('| program | first, ms | p50, ms | p95, ms | max, ms | presses | findings |');
  console.log(`|---|---|---|---|---|---|---|\n${rows.map((row) => `| ${row} |`).join('\n')}\n`);

  const { rss, heapUsed } = process.memoryUsage();
  const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
  console.log(`Memory: ${mebibytes(rss)} resident, ${mebibytes(heapUsed)} of it JavaScript's heap.`);

  const [ruff, cli] = [ruffMedian(text), cliMedian(text)];
  console.log(`\`graduate check\` of the script: ${cli.toFixed(0)} ms.`);
  if (ruff === undefined) console.log('`ruff check`: not measured.\n');
  else {
    const [typed] = figures;
    console.log(`\`ruff check\` of the script: ${ruff.toFixed(1)} ms.`);
    const ratios = `key press (p50) ${(typed!.p50 / ruff).toFixed(2)}, one check ${(cli / ruff).toFixed(1)}`;
    console.log(`Ratios to ruff: ${ratios}.\n`);
  }
  await scanProject();
}

void main();
