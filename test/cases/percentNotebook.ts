/** A cell of a notebook in percent format. */
export interface PercentCell {
  readonly type: 'code' | 'markdown' | 'raw';
  readonly source: string;
  /** Zero-based line of its `# %%` in the file; the source begins on the next one. */
  readonly line: number;
  readonly count: number | null;
  readonly outputs: readonly object[];
}

const HEADING = /^# %%(.*)$/;

/** Splits a notebook in percent format (marks already cut out). What stands above the first cell is none. */
export function readPercent(text: string): PercentCell[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (HEADING.test(line) ? [index] : []));
  return starts.map((line, i) => {
    const tags = readTags(HEADING.exec(lines[line]!)![1]!);
    const type = tags.has('markdown') ? 'markdown' : tags.has('raw') ? 'raw' : 'code';
    const body = lines.slice(line + 1, starts[i + 1] ?? lines.length);
    const shown = type === 'markdown' ? body.map((each) => each.replace(/^# ?/, '')) : body;
    const count = tags.get('count');
    return {
      type,
      source: shown.join('\n').replace(/\n+$/, ''),
      line,
      count: count === undefined ? null : Number(count),
      outputs: outputsOf(tags, count === undefined ? null : Number(count)),
    };
  });
}

/** The notebook's JSON, as Jupyter lays it out. */
export function toNotebook(cells: readonly PercentCell[]): string {
  const notebook = {
    cells: cells.map((cell, index) => ({
      cell_type: cell.type,
      ...(cell.type === 'code' ? { execution_count: cell.count } : {}),
      id: `cell-${index}`,
      metadata: {},
      ...(cell.type === 'code' ? { outputs: cell.outputs } : {}),
      source: cell.source === '' ? [] : cell.source.split(/(?<=\n)/),
    })),
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python', version: '3.11.7' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}

/** `[name=value] [flag]`; a value may hold brackets in pairs, and `\n` and `\t`. */
function readTags(text: string): Map<string, string> {
  const tags = new Map<string, string>();
  for (let at = text.indexOf('['); at >= 0; at = text.indexOf('[', at)) {
    let depth = 0;
    let end = at;
    do {
      if (text[end] === '[') depth++;
      if (text[end] === ']') depth--;
      end++;
    } while (depth > 0 && end < text.length);
    const inner = text.slice(at + 1, end - 1);
    const [, name, value] = /^([a-z]+)(?:=(.*))?$/s.exec(inner) ?? [];
    if (name === undefined) throw new Error(`no tag: [${inner}]`);
    tags.set(name, (value ?? '').replaceAll('\\n', '\n').replaceAll('\\t', '\t'));
    at = end;
  }
  return tags;
}

function outputsOf(tags: ReadonlyMap<string, string>, count: number | null): object[] {
  const outputs: object[] = [];
  const lines = (text: string): string[] => text.split(/(?<=\n)/);
  for (const [name, value] of tags) {
    if (name === 'output') outputs.push({ name: 'stdout', output_type: 'stream', text: lines(`${value}\n`) });
    if (name === 'result' || name === 'html') {
      const data = { [name === 'html' ? 'text/html' : 'text/plain']: lines(value) };
      outputs.push({ data, execution_count: count, metadata: {}, output_type: 'execute_result' });
    }
    if (name === 'error') {
      const [, ename, evalue] = /^([^:]*):? ?(.*)$/s.exec(value) ?? [];
      const traceback = [`${ename}: ${evalue}`];
      outputs.push({ ename, evalue, output_type: 'error', traceback });
    }
  }
  return outputs;
}
