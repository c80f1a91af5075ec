import type { Span } from '../../text/position';
import type { JsonArrayNode, JsonNode, JsonObjectNode } from './json';

/** The white space of a list or object. */
export interface Layout {
  /** Between the opening bracket and the first item. */
  readonly head: string;
  /** Between two items, with the comma. */
  readonly gap: string;
  /** Between the last item and the closing bracket. */
  readonly tail: string;
}

/** A list or object of items that are already JSON; without items just the brackets, as every writer has it. */
export function printContainer(brackets: '[]' | '{}', items: readonly string[], layout: Layout): string {
  if (items.length === 0) return brackets;
  return `${brackets[0]}${layout.head}${items.join(layout.gap)}${layout.tail}${brackets[1]}`;
}

/** The layout of a container from its first items; undefined if it is empty. A single item tells no gap: one that fits. */
export function layoutOf(text: string, node: JsonArrayNode | JsonObjectNode): Layout | undefined {
  const items = itemSpans(node);
  const [first, second, last] = [items[0], items[1], items.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const head = text.slice(node.start + 1, first.start);
  return {
    head,
    gap: second === undefined ? `,${head}` : text.slice(first.end, second.start),
    tail: text.slice(last.end, node.end - 1),
  };
}

/** What stands between the first key of an object and its value: `: ` or `:` or the like. */
export function colonOf(text: string, node: JsonObjectNode): string {
  const first = node.members[0];
  return first === undefined ? ': ' : text.slice(first.key.end, first.value.start);
}

/** The spans of a container's items, of members from the key on. */
export function itemSpans(node: JsonArrayNode | JsonObjectNode): readonly Span[] {
  if (node.kind === 'array') return node.items;
  return node.members.map(({ key, value }: { key: Span; value: JsonNode }) => ({
    start: key.start,
    end: value.end,
  }));
}

/** The last line break of white space and the blanks after it; undefined if it stays on its line. */
export function lineIndent(space: string): { lineBreak: string; blanks: string } | undefined {
  const match = /(\r\n|\n|\r)([ \t]*)$/.exec(space);
  return match === null ? undefined : { lineBreak: match[1]!, blanks: match[2]! };
}
