import type { Span } from '../../text/position';
import { LONGEST_TEXT, type OutputPart, type SavedOutput, isTextType } from '../outputs';
import { type JsonNode, memberOf, parseJson } from './json';

/** An output object, its data, and the lists of lines in them. */
const DEPTH = 3;

/** What nbformat 2 and 3 call the types of data. */
const OLD_TYPES: Readonly<Record<string, string>> = {
  text: 'text/plain',
  html: 'text/html',
  latex: 'text/latex',
  json: 'application/json',
};

/** A saved output by its span in a notebook's JSON text. */
export function savedOutput(text: string, span: Span): SavedOutput {
  return { parts: partsOf(text.slice(span.start, span.end)) };
}

/** The parts of an output from its JSON text, of any nbformat. What has another shape than it should gives none. */
function partsOf(json: string): readonly OutputPart[] {
  const node = parseJson(json, DEPTH);
  if ('reason' in node || node.kind !== 'object') return [];
  // Not a slice, which would keep the text of the whole notebook in memory.
  const decoded = ({ start, end }: Span): string => JSON.parse(json.slice(start, end)) as string;
  const textOf = (value: JsonNode | undefined, between = ''): string | undefined => {
    if (value?.kind === 'string') return decoded(value);
    if (value?.kind !== 'array') return undefined;
    return value.items.map((item) => (item.kind === 'string' ? decoded(item) : '')).join(between);
  };
  const type = textOf(memberOf(node, 'output_type'));
  if (type === 'stream') return partsFrom([['stream', textOf(memberOf(node, 'text'))]]);
  if (type === 'error' || type === 'pyerr') {
    const head = [textOf(memberOf(node, 'ename')), textOf(memberOf(node, 'evalue'))];
    const trace = textOf(memberOf(node, 'traceback'), '\n');
    return partsFrom([['error', [head.filter(Boolean).join(': '), trace].filter(Boolean).join('\n')]]);
  }
  const data = memberOf(node, 'data');
  const members = data?.kind === 'object' ? data.members : node.members;
  return partsFrom(
    members.flatMap(({ name, value }): [string, string | undefined][] => {
      const mime = data ? name : (OLD_TYPES[name] ?? '');
      if (!isTextType(mime)) return [];
      // JSON is stored as itself, not as a string.
      const shown = mime === 'application/json' && value.kind !== 'string' && data !== undefined;
      return [[mime, shown ? json.slice(value.start, value.end) : textOf(value)]];
    }),
  );
}

function partsFrom(parts: readonly (readonly [type: string, text: string | undefined])[]): OutputPart[] {
  return parts.flatMap(([type, text]) =>
    text === undefined || text === '' ? [] : [{ type, text: text.slice(0, LONGEST_TEXT) }],
  );
}
