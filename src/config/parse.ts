import { isMap, isScalar, parseAllDocuments, type Document, type YAMLMap } from 'yaml';
import { LineIndex, type Span } from '../text/position';
import { readNode, spanOf, type Ambiguity } from './nodes';
import type { ConfigValue } from './scalar';
import { findSourceProblem, TOO_DEEP, type ConfigProblem, type PlacedProblem } from './source';

/** The first line of a file that Graduate makes, and by which it knows the file again. */
export const MARKER = '# Configuration of this project. Graduate adds to this file.';

/** One top-level key of a configuration file. */
export interface ConfigEntry {
  readonly key: string;
  readonly keySpan: Span;
  /**
   * What PyYAML's `safe_load` reads; numbers as Python literals. Undefined if there is a date in it, which is no
   * configuration value (then it is ambiguous, too).
   */
  readonly value: ConfigValue | undefined;
  /** Where the value stands, quotes and brackets included; empty, behind the key, if there is none. */
  readonly span: Span;
  /** The scalars in key and value that YAML 1.2 means otherwise than PyYAML reads them, in order. */
  readonly ambiguous: readonly Ambiguity[];
}

/** A configuration file as it stands. Offsets are UTF-16 code units of the text as it was given. */
export interface ConfigFile {
  /** Whether the first comment, with nothing but blank lines before it, says that Graduate adds to the file. */
  readonly isOurs: boolean;
  /** The top-level keys in the file's order; empty if there is a problem. */
  readonly values: ReadonlyMap<string, ConfigEntry>;
  /** The first reason why the file cannot be read; then there are no values. */
  readonly problem?: ConfigProblem;
}

/**
 * Reads a configuration file as PyYAML (YAML 1.1) and YAML 1.2 do, and tells where they differ. Never throws.
 *
 * A file has a problem, and no values, if it is no YAML, if PyYAML would not read it or would read another structure
 * than YAML 1.2 does (tabs, foreign line breaks, control characters, see `findSourceProblem`), if its top level is no
 * map of texts, if it has several documents, directives, anchors, aliases, tags, merge keys or a key twice at any
 * depth, or lists and maps more than 50 deep. A file of comments only has no problem and no values.
 */
export function parseConfig(text: string): ConfigFile {
  const isOurs = isMarked(text);
  const result = read(text, 'pyyaml');
  if (!('reason' in result)) return { isOurs, values: result };
  const { line } = new LineIndex(text).positionAt(result.offset);
  return { isOurs, values: new Map(), problem: { reason: result.reason, line } };
}

/**
 * The top-level values as the yaml package reads them under a version's own schema, to check what was written;
 * undefined if the file cannot be read. Keys that are no text under that schema are left out, and a value that is no
 * configuration value is undefined. Never throws.
 */
export function readBySchema(
  text: string,
  version: '1.1' | '1.2',
): ReadonlyMap<string, ConfigValue | undefined> | undefined {
  const result = read(text, 'schema', version);
  if ('reason' in result) return undefined;
  return new Map([...result].map(([key, entry]) => [key, entry.value]));
}

/** The map at the top of a text that has no problem; undefined if there is none. Never throws. */
export function topLevelMap(text: string): YAMLMap | undefined {
  const document = parseDocument(text, '1.2');
  return document && !('reason' in document) && isMap(document.contents) ? document.contents : undefined;
}

function isMarked(text: string): boolean {
  const firstLine = /^\uFEFF?\s*(#[^\r\n]*)/.exec(text);
  return firstLine !== null && /\bGraduate\b/.test(firstLine[1]!);
}

type Entries = ReadonlyMap<string, ConfigEntry>;

function read(
  text: string,
  by: 'pyyaml' | 'schema',
  version: '1.1' | '1.2' = '1.2',
): Entries | PlacedProblem {
  const entries = new Map<string, ConfigEntry>();
  const document = parseDocument(text, version);
  if (!document) return entries;
  if ('reason' in document) return document;
  const { contents, directives } = document;
  if (contents === null || (isScalar(contents) && contents.type === 'PLAIN' && contents.source === '')) {
    if (!directives.docEnd || directives.docStart) return entries;
    // The yaml package takes it for an empty document, PyYAML does not.
    return { reason: 'a document ends that has not begun', offset: document.range[0] };
  }
  if (!isMap(contents)) {
    return { reason: 'the top level of the file is no map of keys', offset: spanOf(contents, 0).start };
  }
  // As a whole first, for keys that are there twice.
  const { problem } = readNode(contents, 0, by);
  if (problem) return problem;
  for (const pair of contents.items) {
    const keySpan = spanOf(pair.key, 0);
    const key = readNode(pair.key, keySpan.start, by);
    if (key.value?.kind !== 'str') {
      // YAML 1.1 by the book takes `y` for a boolean, PyYAML does not.
      if (by === 'schema') continue;
      return { reason: 'a key at the top level is no text to PyYAML', offset: keySpan.start };
    }
    const { value, ambiguous } = readNode(pair.value, keySpan.end, by);
    const span = withoutEnd(text, spanOf(pair.value, keySpan.end));
    entries.set(key.value.value, {
      key: key.value.value,
      keySpan,
      value,
      span,
      ambiguous: [...key.ambiguous, ...ambiguous],
    });
  }
  return entries;
}

/** The one document of a text, a problem, or undefined if there is nothing but comments. */
function parseDocument(text: string, version: '1.1' | '1.2'): Document.Parsed | PlacedProblem | undefined {
  const problem = findSourceProblem(text);
  if (problem) return problem;
  let documents: readonly Document.Parsed[];
  try {
    documents = parseAllDocuments(text, {
      version,
      intAsBigInt: true,
      keepSourceTokens: true,
      prettyErrors: false,
      // Equal keys are found by Python's notion of equality, merge keys by PyYAML's.
      uniqueKeys: false,
      merge: false,
    }) as readonly Document.Parsed[];
  } catch {
    return { reason: TOO_DEEP, offset: 0 };
  }
  // An empty stream has errors of its own.
  const found = documents.length > 0 ? documents : [documents as unknown as Document.Parsed];
  const errors = found.flatMap((document) => [...document.errors, ...document.warnings]);
  const first = errors.reduce<(typeof errors)[number] | undefined>(
    (best, error) => (best && best.pos[0] <= error.pos[0] ? best : error),
    undefined,
  );
  // The package recurses: some thousand brackets exhaust the stack.
  if (first?.code === 'RESOURCE_EXHAUSTION') return { reason: TOO_DEEP, offset: first.pos[0] };
  if (first) return { reason: `the file is no YAML: ${inOneSentence(first.message)}`, offset: first.pos[0] };
  const second = documents[1];
  if (second) return { reason: 'the file holds several documents', offset: second.range[0] };
  return documents[0];
}

function inOneSentence(message: string): string {
  return message.replace(/\s+/g, ' ').replace(/[.:]\s*$/, '');
}

/** A span without the blanks and line breaks at its end. */
function withoutEnd(text: string, { start, end }: Span): Span {
  return { start, end: start + text.slice(start, end).trimEnd().length };
}
