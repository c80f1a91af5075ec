import type { EditSet } from '../../text/edit';
import { LineIndex } from '../../text/position';

/** Which line of a text a line of the edited text comes from. */
export class LineMap {
  readonly #origins: readonly number[];

  constructor(
    source: string,
    edits: EditSet | undefined,
    private readonly above = 0,
    origins?: readonly number[],
  ) {
    this.#origins = origins ?? originsOf(source, edits);
  }

  /** The same map for a text that has so many lines more at its top. */
  movedDown(lines: number): LineMap {
    return new LineMap('', undefined, this.above + lines, this.#origins);
  }

  /** Zero-based; lines that are new come from the line at which they were put in. */
  original(line: number): number {
    return this.#origins[Math.max(0, line - this.above)] ?? this.#origins.at(-1) ?? 0;
  }
}

function originsOf(source: string, edits: EditSet | undefined): readonly number[] {
  const lines = new LineIndex(source);
  const origins: number[] = [];
  let isAtStart = true;
  const add = (text: string, lineOf: (offset: number) => number): void => {
    for (let i = 0; i <= text.length; i++) {
      if (isAtStart && i < text.length) {
        origins.push(lineOf(i));
        isAtStart = false;
      }
      if (text[i] === '\n') isAtStart = true;
    }
  };
  let at = 0;
  for (const { span, newText } of edits?.edits ?? []) {
    const from = at;
    add(source.slice(at, span.start), (i) => lines.positionAt(from + i).line);
    add(newText, () => lines.positionAt(span.start).line);
    at = span.end;
  }
  const rest = at;
  add(source.slice(at), (i) => lines.positionAt(rest + i).line);
  return origins;
}
