import { isAlias, isMap, isScalar, isSeq, type Document, type Node, parseAllDocuments } from 'yaml';
import type { Span } from '../text/position';
import type { PlacedEntry, PlacedProblem, PlacedValue } from './placed';

/** Deeper than any setting; an alias within its own anchor has no end. */
const MAX_DEPTH = 10;
const NOWHERE: Span = { start: 0, end: 0 };

/**
 * The settings in the text of a `.graduate.yaml`, read as YAML 1.2, in which `off` is a word and not `false`; undefined
 * for a file of comments. Offsets are UTF-16 code units. Never throws.
 */
export function readYaml(text: string): PlacedValue | undefined | PlacedProblem {
  const documents = parseAllDocuments(text, { version: '1.2', prettyErrors: false, logLevel: 'silent' });
  // Without a document there is an empty list that carries what was read.
  if (!Array.isArray(documents) || documents.length === 0) return undefined;
  const [document, second] = documents as readonly Document.Parsed[];
  for (const { errors } of documents as readonly Document.Parsed[]) {
    const [error] = errors;
    if (!error) continue;
    const [start, end] = error.pos;
    return { message: `no valid YAML: ${firstLine(error.message)}`, span: { start, end } };
  }
  if (second) return { message: 'a settings file is one document', span: rangeOf(second.contents) };
  if (!document?.contents) return undefined;
  const value = placed(document.contents, document, 0);
  return value.kind === 'nothing' ? undefined : value;
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n', 1);
  return line.replace(/[.:]$/, '');
}

function placed(node: Node | null, document: Document, depth: number): PlacedValue {
  const span = rangeOf(node);
  if (node === null) return { kind: 'nothing', value: '', span };
  if (depth > MAX_DEPTH) return { kind: 'other', value: 'something without an end', span };
  if (isAlias(node)) {
    const target = node.resolve(document);
    return target
      ? { ...placed(target, document, depth + 1), span }
      : { kind: 'other', value: 'an alias of nothing', span };
  }
  if (isMap<Node, Node | null>(node)) {
    const entries = node.items.map(({ key, value }): PlacedEntry => {
      const keySpan = rangeOf(key);
      const child = placed(value, document, depth + 1);
      // A key without a value stands where its value is missed.
      return { key: keyOf(key), keySpan, value: value === null ? { ...child, span: keySpan } : child };
    });
    return { kind: 'map', entries, span };
  }
  if (isSeq<Node>(node))
    return { kind: 'list', items: node.items.map((item) => placed(item, document, depth + 1)), span };
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'string') return { kind: 'text', value, span };
  if (typeof value === 'boolean') return { kind: 'flag', value, span };
  if (value === null) return { kind: 'nothing', value: '', span };
  return { kind: 'other', value: typeof value === 'number' ? 'a number' : 'something else', span };
}

function keyOf(key: Node): string {
  const value = isScalar(key) ? key.value : key;
  return typeof value === 'string' ? value : String(value);
}

/** Quotes and brackets included, comments behind it left out. */
function rangeOf(node: Node | null): Span {
  const range = node?.range;
  return range ? { start: range[0], end: range[1] } : NOWHERE;
}
