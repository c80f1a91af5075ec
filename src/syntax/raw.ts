import type { Node as SyntaxNode, TreeCursor } from 'web-tree-sitter';
import type { Span } from '../text/position';

/**
 * A tree-sitter node copied into plain memory. Lowering asks each node several questions; every question to
 * tree-sitter is a call into WASM, so a subtree is copied once with a cursor and then read for free.
 */
export interface RawNode {
  readonly type: string;
  readonly isNamed: boolean;
  /** Offsets as in the whole parsed text. */
  readonly start: number;
  readonly end: number;
  /** The field of the parent that this node fills. */
  readonly field: string | null;
  readonly children: readonly RawNode[];
}

/**
 * How many nodes may lie in one another. Everything that looks at syntax is recursive; CPython itself gives up at 200
 * brackets or 100 blocks, and nobody writes a chain of operators as long as this.
 */
const MAX_DEPTH = 500;

/** Syntax that is nested more deeply than any recursion here bears. */
export class NestedTooDeeply extends Error {
  constructor() {
    super('nested too deeply');
  }
}

/**
 * Copies a node and everything below it; line continuations are left out, comments go to `comments`.
 *
 * @throws {NestedTooDeeply}
 */
export function copyNode(node: SyntaxNode, comments: Span[] = []): RawNode {
  const cursor = node.walk();
  try {
    return copyCurrent(cursor, comments, 0);
  } finally {
    cursor.delete();
  }
}

function copyCurrent(cursor: TreeCursor, comments: Span[], depth: number): RawNode {
  if (depth > MAX_DEPTH) throw new NestedTooDeeply();
  const node = {
    type: cursor.nodeType,
    isNamed: cursor.nodeIsNamed,
    start: cursor.startIndex,
    end: cursor.endIndex,
    field: cursor.currentFieldName,
    children: [] as RawNode[],
  };
  if (cursor.gotoFirstChild()) {
    let branches = 0;
    do {
      const type = cursor.nodeType;
      // Siblings here, but each lies in the one before it once they are lowered.
      if (type === 'elif_clause' && ++branches > MAX_DEPTH) throw new NestedTooDeeply();
      if (type === 'comment') comments.push({ start: cursor.startIndex, end: cursor.endIndex });
      else if (type !== 'line_continuation') node.children.push(copyCurrent(cursor, comments, depth + 1));
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return node;
}

/** The child in a field. */
export function fieldOf(node: RawNode, field: string): RawNode | undefined {
  return node.children.find((child) => child.field === field);
}

export function fieldsOf(node: RawNode, field: string): RawNode[] {
  return node.children.filter((child) => child.field === field);
}

export function namedOf(node: RawNode): RawNode[] {
  return node.children.filter((child) => child.isNamed);
}

export function hasToken(node: RawNode, token: string): boolean {
  return node.children.some((child) => child.type === token);
}
