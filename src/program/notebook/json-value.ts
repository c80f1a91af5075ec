import type { Span } from '../../text/position';
import { parseJson, stringOf, type JsonNode, type JsonScalarNode } from './json';

/** A value as `JSON.parse` gives it, and NaN and infinities, which Python's `json` writes as bare words. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

type Container = JsonValue[] | { [key: string]: JsonValue };

/**
 * The value of the JSON text in `span`, which must be valid (a node of `parseJson`). Of repeated keys the last wins.
 * Never recurses; numbers are JavaScript's, so large integers lose digits.
 */
export function valueAt(text: string, span: Span): JsonValue {
  const source = text.slice(span.start, span.end);
  const root = parseJson(source);
  if ('reason' in root) throw new TypeError(`not a JSON value: ${root.reason}`);
  if (isScalar(root)) return scalarOf(source, root);
  const result = emptyOf(root);
  const open = [{ node: root, into: result }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, into } = next;
    const children = node.kind === 'array' ? node.items : node.members.map((member) => member.value);
    children.forEach((child, i) => {
      let value: JsonValue;
      if (isScalar(child)) value = scalarOf(source, child);
      else {
        const container = emptyOf(child);
        open.push({ node: child, into: container });
        value = container;
      }
      if (Array.isArray(into)) into.push(value);
      else if (node.kind === 'object') setMember(into, node.members[i]!.name, value);
    });
  }
  return result;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(node: JsonNode): node is JsonScalarNode {
  return node.kind !== 'array' && node.kind !== 'object';
}

function emptyOf(node: JsonNode): Container {
  return node.kind === 'array' ? [] : {};
}

function setMember(into: { [key: string]: JsonValue }, name: string, value: JsonValue): void {
  // A plain assignment to this name would set the object's prototype.
  if (name === '__proto__') {
    Object.defineProperty(into, name, { value, writable: true, enumerable: true, configurable: true });
  } else into[name] = value;
}

function scalarOf(text: string, node: JsonScalarNode): JsonValue {
  if (node.kind === 'string') return stringOf(text, node);
  const literal = text.slice(node.start, node.end);
  if (literal === 'null') return null;
  if (literal === 'true' || literal === 'false') return literal === 'true';
  return Number(literal);
}
