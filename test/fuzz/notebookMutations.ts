import { MUTATIONS } from './mutations';
import type { Random } from './random';

interface RawCell {
  source?: unknown;
  [key: string]: unknown;
}

interface RawNotebook {
  cells?: unknown;
  metadata?: unknown;
  [key: string]: unknown;
}

/** A notebook's JSON with cells swapped, dropped, repeated and changed, or with values of other types. */
export function mutatedNotebook(text: string, random: Random, other: string): string {
  let notebook: RawNotebook;
  try {
    notebook = JSON.parse(text) as RawNotebook;
  } catch {
    return text;
  }
  const cells = Array.isArray(notebook.cells) ? (notebook.cells as RawCell[]) : [];
  for (let i = 1 + random.below(4); i > 0; i--) random.pick(CELL_CHANGES)(cells, random, other, notebook);
  return JSON.stringify(notebook, undefined, random.pick([0, 1, 1, 1, 2, '\t']));
}

type CellChange = (cells: RawCell[], random: Random, other: string, notebook: RawNotebook) => void;

const CELL_CHANGES: readonly CellChange[] = [
  (cells, random) => {
    if (cells.length === 0) return;
    const [a, b] = [random.below(cells.length), random.below(cells.length)];
    [cells[a], cells[b]] = [cells[b]!, cells[a]!];
  },
  (cells, random) => void cells.splice(random.below(cells.length + 1), 1 + random.below(3)),
  (cells, random) => {
    const cell = random.pick(cells);
    if (cells.length > 0) cells.splice(random.below(cells.length), 0, cell);
  },
  (cells, random, other) => {
    const at = random.below(cells.length);
    if (cells.length > 0)
      cells[at] = { ...cells[at], source: sourceLike(cells[at]!, mutatedSource(cells[at]!, random, other)) };
  },
  (cells, random, other) => {
    for (const [at, cell] of cells.entries()) {
      if (random.chance(0.3))
        cells[at] = { ...cell, source: sourceLike(cell, mutatedSource(cell, random, other)) };
    }
  },
  (cells, random) => {
    const at = random.below(cells.length);
    if (cells.length === 0) return;
    const value = random.pick([null, 1, {}, [], [1, null], '', ['a', ['b']], true, ['x = 1', 'y = 2']]);
    cells[at] = { ...cells[at], source: value };
  },
  (cells, random) => {
    const key = random.pick(['cell_type', 'metadata', 'outputs', 'execution_count', 'id', 'source']);
    const value = random.pick([
      undefined,
      null,
      7,
      'raw',
      'markdown',
      'code',
      [],
      {},
      { tags: ['parameters', 1] },
      -1,
    ]);
    const at = random.below(cells.length);
    if (cells.length > 0) cells[at] = { ...cells[at], [key]: value };
  },
  (_, random, __, notebook) => {
    const key = random.pick(['metadata', 'nbformat', 'nbformat_minor', 'cells']);
    notebook[key] = random.pick([undefined, null, 3, 4, 5, {}, [], { kernelspec: { language: 'R' } }, 'x']);
  },
];

function mutatedSource(cell: RawCell, random: Random, other: string): string {
  const source = Array.isArray(cell.source)
    ? cell.source.join('')
    : typeof cell.source === 'string'
      ? cell.source
      : '';
  return random.pick(Object.values(MUTATIONS))(source, random, other);
}

/** A list where there was one. */
function sourceLike(cell: RawCell, text: string): string | string[] {
  return Array.isArray(cell.source) ? text.split(/(?<=\n)/) : text;
}
