import type { Language, Node as SyntaxNode, TreeCursor } from 'web-tree-sitter';
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
    const kinds = kindsOf(node.tree.language);
    return copyCurrent(cursor, kindOf(cursor, kinds), kinds, comments, 0);
  } finally {
    cursor.delete();
  }
}

/** Every question to the cursor is a call into WASM, by far the most expensive thing here: what is known is not asked. */
function copyCurrent(
  cursor: TreeCursor,
  kind: NodeKind,
  kinds: NodeKinds,
  comments: Span[],
  depth: number,
): RawNode {
  if (depth > MAX_DEPTH) throw new NestedTooDeeply();
  const { type, isNamed } = kind;
  const start = cursor.startIndex;
  if (kind.isPunctuation) return { type, isNamed, start, end: start + 1, field: null, children: NO_CHILDREN };
  const end = cursor.endIndex;
  const field = cursor.currentFieldName;
  if (kind.isLeaf) return { type, isNamed, start, end, field, children: NO_CHILDREN };
  const children: RawNode[] = [];
  if (cursor.gotoFirstChild()) {
    let branches = 0;
    do {
      const child = kindOf(cursor, kinds);
      // Siblings here, but each lies in the one before it once they are lowered.
      if (child.type === 'elif_clause' && ++branches > MAX_DEPTH) throw new NestedTooDeeply();
      if (child.type === 'comment') comments.push({ start: cursor.startIndex, end: cursor.endIndex });
      else if (child.type !== 'line_continuation') {
        children.push(copyCurrent(cursor, child, kinds, comments, depth + 1));
      }
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return withStarOutside({ type, isNamed, start, end, field, children });
}

const STARRED: ReadonlySet<string> = new Set(['call', 'subscript', 'attribute', 'binary_operator']);

/** In places the grammar reads `[*f(x)]` as a call of `*f`: the star goes around the whole. */
function withStarOutside(node: RawNode): RawNode {
  const [first, ...others] = node.children;
  if (first?.type !== 'list_splat' || !STARRED.has(node.type)) return node;
  const [star, inner] = first.children;
  if (!star || !inner) return node;
  const whole = {
    ...node,
    start: inner.start,
    field: null,
    children: [{ ...inner, field: first.field }, ...others],
  };
  return { ...first, end: node.end, field: node.field, children: [star, whole] };
}

/** What the grammar says of all nodes of a kind. */
interface NodeKind {
  readonly type: string;
  readonly isNamed: boolean;
  /** One character that fills no field. */
  readonly isPunctuation: boolean;
  readonly isLeaf: boolean;
}

/** By the grammar's number of the kind, filled as they are met. */
interface NodeKinds {
  readonly language: Language;
  readonly byId: (NodeKind | undefined)[];
}

const NO_CHILDREN: readonly RawNode[] = [];
const PUNCTUATION: ReadonlySet<string> = new Set('()[]{},.:');
const LEAVES: ReadonlySet<string> = new Set(['identifier', 'integer', 'float', 'string_start', 'string_end']);
const kindsByLanguage = new WeakMap<Language, NodeKinds>();

function kindsOf(language: Language): NodeKinds {
  let kinds = kindsByLanguage.get(language);
  if (!kinds) kindsByLanguage.set(language, (kinds = { language, byId: [] }));
  return kinds;
}

function kindOf(cursor: TreeCursor, { language, byId }: NodeKinds): NodeKind {
  const id = cursor.nodeTypeId;
  let kind = byId[id];
  if (!kind) {
    // Not the type alone: the keyword `lambda` and the expression have the same.
    const isNamed = cursor.nodeIsNamed;
    const type = language.types[id] ?? 'ERROR';
    const isPunctuation = !isNamed && PUNCTUATION.has(type);
    byId[id] = kind = { type, isNamed, isPunctuation, isLeaf: isNamed && LEAVES.has(type) };
  }
  return kind;
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
