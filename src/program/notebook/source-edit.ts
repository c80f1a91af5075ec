import type { Span } from '../../text/position';
import type { FileStyle } from './file-style';
import type { JsonArrayNode } from './json';
import { itemSpans, layoutOf, lineIndent, printContainer, type Layout } from './layout';
import { matchLines } from './line-match';
import { spelledLines, spellLines, type SpelledLine } from './spelling';

/**
 * The JSON text of a cell's source after it became `newSource`, in the shape that it has: a string stays a string, a
 * list a list. Lines that stay keep their spelling, and in lists the white space around them.
 *
 * @param members the layout of the cell's object
 */
export function rewrittenSource(style: FileStyle, index: number, newSource: string, members: Layout): string {
  const { text, cells } = style.tree;
  const source = cells[index]!.source;
  if (source?.kind === 'string') {
    const [lines] = mergedLines(spelledLines(text, source), freshLines(style, newSource, source));
    return stringOfLines(lines);
  }
  if (source?.kind === 'array') return rewrittenList(style, index, source, newSource, members);
  return freshSource(style, index, newSource, members);
}

/** The JSON text of a source that was not there, in the shape and layout of the cells around. */
export function freshSource(style: FileStyle, near: number, source: string, members: Layout): string {
  const lines = freshLines(style, source, undefined);
  if (!style.usesLists(near)) return stringOfLines(lines);
  return printContainer('[]', lines.map(quoted), style.sourceLayout(near, members));
}

function freshLines(style: FileStyle, source: string, own: Span | undefined): SpelledLine[] {
  // The file is searched for its spelling only if there is something to choose.
  const isPlain = !/[\x7f-\uffff]/.test(source);
  return spellLines(source, isPlain ? { isAscii: false, isUpperHex: false } : style.spelling(own));
}

/** The new lines, spelled as before where they are old ones, and each line's old index or -1. */
function mergedLines(
  before: readonly SpelledLine[],
  after: readonly SpelledLine[],
): [SpelledLine[], Int32Array] {
  const origins = matchLines(
    before.map((line) => line.content),
    after.map((line) => line.content),
  );
  const lines = after.map((line, i) => {
    const old = before[origins[i]!];
    if (old === undefined) return line;
    return { ...old, lineBreak: line.lineBreak === '' ? '' : old.lineBreak || line.lineBreak };
  });
  return [lines, origins];
}

/** Items of a list that hold whole lines together. Nearly always one item with one line. */
interface Segment {
  /** Index of its first line. */
  readonly line: number;
  readonly lines: number;
  readonly firstItem: number;
  lastItem: number;
}

/** An item of the new list, and the old items that it is a copy of. */
interface Placed {
  readonly json: string;
  readonly from: Segment | undefined;
}

function rewrittenList(
  style: FileStyle,
  index: number,
  list: JsonArrayNode,
  newSource: string,
  members: Layout,
): string {
  const { text } = style.tree;
  const { lines: before, segments } = segmentsOf(text, list);
  const fresh = freshLines(style, newSource, list);
  const [after, origins] = mergedLines(before, fresh);
  const segmentAt = new Map(segments.map((segment) => [segment.line, segment]));

  const placed: Placed[] = [];
  for (let i = 0; i < after.length;) {
    const from = segmentAt.get(origins[i]!);
    if (from !== undefined && isWhole(from, i, before, fresh, origins)) {
      const json = text.slice(list.items[from.firstItem]!.start, list.items[from.lastItem]!.end);
      placed.push({ json, from });
      i += from.lines;
    } else {
      // A line of its own item that only gains or loses its line break keeps its place in the layout.
      const isSingle = from?.lines === 1 && from.firstItem === from.lastItem;
      placed.push({ json: quoted(after[i]!), from: isSingle ? from : undefined });
      i++;
    }
  }
  return placeItems(text, list, placed, () => style.sourceLayout(index, members));
}

/** Whether all lines of a segment are the new lines from `at` on, the last with or without line break as before. */
function isWhole(
  segment: Segment,
  at: number,
  before: readonly SpelledLine[],
  fresh: readonly SpelledLine[],
  origins: Int32Array,
): boolean {
  for (let i = 0; i < segment.lines; i++) if (origins[at + i] !== segment.line + i) return false;
  const last = segment.lines - 1;
  return (before[segment.line + last]!.lineBreak === '') === (fresh[at + last]!.lineBreak === '');
}

/** Puts items into the old list's brackets: white space between old neighbours stays, else it is that of a neighbour. */
function placeItems(
  text: string,
  list: JsonArrayNode,
  placed: readonly Placed[],
  derived: () => Layout,
): string {
  if (placed.length === 0) return '[]';
  const items = itemSpans(list);
  const own = layoutOf(text, list);
  // A single item on the line of its brackets does not say how several are laid out.
  const isSilent = items.length === 0 || (items.length === 1 && lineIndent(own!.head) === undefined);
  const layout = own === undefined || (isSilent && placed.length > 1) ? derived() : own;
  const gapAfter = (item: number): string | undefined => {
    const [left, right] = [items[item], items[item + 1]];
    return left && right && text.slice(left.end, right.start);
  };
  let result = `[${layout.head}${placed[0]!.json}`;
  let lastGap = layout.gap;
  for (let i = 1; i < placed.length; i++) {
    const [left, right] = [placed[i - 1]!.from, placed[i]!.from];
    lastGap = (left && gapAfter(left.lastItem)) ?? (right && gapAfter(right.firstItem - 1)) ?? lastGap;
    result += lastGap + placed[i]!.json;
  }
  return `${result}${layout.tail}]`;
}

/**
 * The lines of a list of strings, which are those of the strings joined: an item may hold several lines, or a part of one.
 */
function segmentsOf(text: string, list: JsonArrayNode): { lines: SpelledLine[]; segments: Segment[] } {
  const lines: SpelledLine[] = [];
  const segments: Segment[] = [];
  let firstItem = 0;
  let firstLine = 0;
  list.items.forEach((item, i) => {
    for (const line of spelledLines(text, item)) {
      const open = lines.length > firstLine ? lines.at(-1)! : undefined;
      if (open?.lineBreak === '') {
        lines[lines.length - 1] = {
          content: open.content + line.content,
          spelling: open.spelling + line.spelling,
          lineBreak: line.lineBreak,
        };
      } else lines.push(line);
    }
    if (lines.length > firstLine && lines.at(-1)!.lineBreak !== '') {
      segments.push({ line: firstLine, lines: lines.length - firstLine, firstItem, lastItem: i });
      firstItem = i + 1;
      firstLine = lines.length;
    }
  });
  const lastItem = list.items.length - 1;
  if (lines.length > firstLine)
    segments.push({ line: firstLine, lines: lines.length - firstLine, firstItem, lastItem });
  // Empty strings behind the last line break belong to the last line.
  else if (segments.length > 0) segments.at(-1)!.lastItem = lastItem;
  return { lines, segments };
}

function stringOfLines(lines: readonly SpelledLine[]): string {
  return `"${lines.map((line) => line.spelling + line.lineBreak).join('')}"`;
}

function quoted(line: SpelledLine): string {
  return `"${line.spelling}${line.lineBreak}"`;
}
