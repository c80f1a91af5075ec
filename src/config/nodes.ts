import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import type { Span } from '../text/position';
import { floatLiteral } from './number';
import { readPlain } from './pyyaml';
import { keyIdentity, MAX_DEPTH, sameValue, type ConfigScalar, type ConfigValue } from './scalar';
import { TOO_DEEP, type PlacedProblem } from './source';

/** An unquoted scalar that PyYAML and YAML 1.2 readers (editors, other tools) read as different values. */
export interface Ambiguity {
  readonly span: Span;
  /** The scalar as it stands in the file. */
  readonly text: string;
  /** What PyYAML reads, in words: `the text "1e-3"`. */
  readonly pyyaml: string;
  /** What YAML 1.2 means, in words: `the number 0.001`. */
  readonly yaml12: string;
}

export interface NodeReading {
  /** Undefined if there is a date in it, which is no configuration value, or a problem. */
  readonly value: ConfigValue | undefined;
  readonly ambiguous: readonly Ambiguity[];
  readonly problem?: PlacedProblem;
}

/**
 * Reads a node of the yaml package: by `pyyaml` as PyYAML does, telling where the schema of the node's document means
 * something else; by `schema` as that schema does, when nothing is ambiguous.
 *
 * @param at Where the node would stand, in case it is not there (a key without a value); UTF-16 offset.
 */
export function readNode(node: unknown, at: number, by: 'pyyaml' | 'schema'): NodeReading {
  const reader = new NodeReader(by);
  const value = reader.read(node, at, 0);
  if (reader.problem) return { value: undefined, ambiguous: [], problem: reader.problem };
  return { value: reader.isForeign ? undefined : value, ambiguous: reader.ambiguous };
}

/** The span of a node without comments and blanks behind it; empty at `at` if there is no node. */
export function spanOf(node: unknown, at: number): Span {
  const range = (node as Node | null)?.range;
  return range ? { start: range[0], end: range[1] } : { start: at, end: at };
}

class NodeReader {
  readonly ambiguous: Ambiguity[] = [];
  /** The first problem; what is read after it does not count. */
  problem: PlacedProblem | undefined;
  /** Whether something was met that is no configuration value. */
  isForeign = false;

  constructor(readonly by: 'pyyaml' | 'schema') {}

  read(node: unknown, at: number, depth: number): ConfigValue {
    if (isScalar(node)) return this.#scalar(node, at);
    if (!isMap(node) && !isSeq(node)) return { kind: 'null' };
    const { start } = spanOf(node, at);
    if (depth > MAX_DEPTH) return this.#fail(TOO_DEEP, start);
    if (isSeq(node))
      return { kind: 'list', items: node.items.map((item) => this.read(item, start, depth + 1)) };
    const seen = new Set<string>();
    const entries: { key: ConfigScalar; value: ConfigValue }[] = [];
    for (const pair of node.items) {
      const span = spanOf(pair.key, start);
      const key = this.read(pair.key, start, depth + 1);
      if (key.kind === 'list' || key.kind === 'map')
        return this.#fail('a key is a list or a map', span.start);
      if (span.start === span.end) return this.#fail('a colon has no key', span.start);
      // The yaml package takes `key`, line break, ` : value` for a pair.
      if (isSplit(pair)) return this.#fail('a key and its colon are on different lines', span.start);
      const identity = keyIdentity(key);
      // PyYAML takes the last of equal keys without a word, YAML forbids them.
      if (identity !== undefined && seen.has(identity)) return this.#fail('a key is there twice', span.start);
      if (identity !== undefined) seen.add(identity);
      entries.push({ key, value: this.read(pair.value, span.end, depth + 1) });
    }
    return { kind: 'map', entries };
  }

  #fail(reason: string, offset: number): ConfigScalar {
    this.problem ??= { reason, offset };
    return { kind: 'null' };
  }

  #scalar(node: Scalar, at: number): ConfigScalar {
    const span = spanOf(node, at);
    const bySchema = schemaValue(node.value);
    if (this.by === 'schema') {
      this.isForeign ||= !bySchema;
      return bySchema ?? { kind: 'null' };
    }
    if (node.type !== 'PLAIN') return this.#quoted(node, span);
    const text = node.source ?? '';
    const reading = readPlain(text);
    if (reading.kind === 'refused') return this.#fail(reading.reason, span.start);
    const value: ConfigScalar = reading.kind === 'value' ? reading.value : { kind: 'str', value: text };
    if (reading.kind === 'date') this.isForeign = true;
    if (reading.kind === 'date' || !bySchema || !sameValue(value, bySchema)) {
      const pyyaml = reading.kind === 'date' ? 'a date' : inWords(value);
      this.ambiguous.push({ span, text, pyyaml, yaml12: bySchema ? inWords(bySchema) : 'no plain value' });
    }
    return value;
  }

  #quoted(node: Scalar, span: Span): ConfigScalar {
    const token = node.srcToken;
    const source = token && 'source' in token ? token.source.replaceAll('\\\\', '') : '';
    if (node.type === 'QUOTE_DOUBLE' && /\\(?:u|U0000)[dD][89a-fA-F]/.test(source)) {
      // JSON writers do this; PyYAML makes two lone surrogates of the pair, not one character.
      return this.#fail('PyYAML does not join surrogates that are written as escapes', span.start);
    }
    return { kind: 'str', value: String(node.value) };
  }
}

/** Whether there is a line break between a key and its colon. */
function isSplit(pair: Pair): boolean {
  const separators = pair.srcToken?.sep ?? [];
  const colon = separators.findIndex((token) => token.type === 'map-value-ind');
  return separators.slice(0, Math.max(colon, 0)).some((token) => token.type === 'newline');
}

/** A scalar's value under the yaml package's schema; undefined for dates and the like. */
function schemaValue(value: unknown): ConfigScalar | undefined {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'boolean') return { kind: 'bool', value };
  // Documents are parsed with `intAsBigInt`: every integer is a bigint, every number a float.
  if (typeof value === 'bigint') return { kind: 'int', text: value.toString() };
  if (typeof value === 'number') return { kind: 'float', text: floatLiteral(value) };
  return typeof value === 'string' ? { kind: 'str', value } : undefined;
}

function inWords(scalar: ConfigScalar): string {
  switch (scalar.kind) {
    case 'null':
      return 'nothing (None)';
    case 'bool':
      return scalar.value ? 'true' : 'false';
    case 'int':
    case 'float':
      return `the number ${scalar.text}`;
    case 'str':
      return `the text ${JSON.stringify(scalar.value)}`;
  }
}
