/**
 * Python's syntax as plain objects, with the names of Python's own `ast` module. One tree-sitter tree is lowered into
 * this once per top-level statement and then deleted, so that facts never hold WASM memory and cost no call into it.
 *
 * Offsets are UTF-16 code units relative to the start of the top-level statement (see `Unit`), so that a statement
 * whose text is unchanged is reused wherever it stands. Parentheses around an expression are not part of it, as in
 * Python's `ast`. Identifiers are NFKC-normalised, as Python does.
 */
export interface NodeBase {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | Name
  | Str
  | Num
  | Constant
  | Attribute
  | Call
  | Subscript
  | Slice
  | BinOp
  | UnaryOp
  | BoolOp
  | Compare
  | Lambda
  | IfExp
  | Comprehension
  | Sequence
  | Dict
  | Starred
  | NamedExpr
  | Await
  | Yield
  | EscapeValue;

export interface Name extends NodeBase {
  readonly kind: 'Name';
  readonly id: string;
}

/** A string, bytes or f-string, adjacent ones joined. */
export interface Str extends NodeBase {
  readonly kind: 'Str';
  readonly isBytes: boolean;
  readonly tokens: readonly StrToken[];
  /** The text, where no hole and no `\N{...}` is in it and it is no bytes; else undefined. */
  readonly value: string | undefined;
}

/** One literal with its own prefix and quotes. */
export interface StrToken extends NodeBase {
  /** In lower case: `''`, `r`, `f`, `rb` ... */
  readonly prefix: string;
  /** One of `'`, `"`, `'''`, `"""`. */
  readonly quote: string;
  readonly pieces: readonly StrPiece[];
}

export type StrPiece = StrText | StrHole;

export interface StrText extends NodeBase {
  readonly kind: 'text';
  /** Decoded; undefined where an escape cannot be decoded without Python's Unicode names. */
  readonly value: string | undefined;
}

export interface StrHole extends NodeBase {
  readonly kind: 'hole';
  readonly expression: Expression | undefined;
  /** `r`, `s` or `a`. */
  readonly conversion: string | undefined;
  readonly format: readonly StrPiece[];
  /** `{x=}`: the text of the expression is part of the value. */
  readonly isDebug: boolean;
}

export interface Num extends NodeBase {
  readonly kind: 'Num';
  readonly text: string;
}

export interface Constant extends NodeBase {
  readonly kind: 'Constant';
  readonly value: true | false | null | '...';
}

export interface Attribute extends NodeBase {
  readonly kind: 'Attribute';
  readonly value: Expression;
  readonly attr: string;
  readonly attrStart: number;
}

export interface Call extends NodeBase {
  readonly kind: 'Call';
  readonly func: Expression;
  /** Positional arguments in order, `*args` as `Starred`. */
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
  /** Offset of the closing parenthesis. */
  readonly close: number;
}

/** `name=value`, or `**value` (no name). */
export interface Keyword extends NodeBase {
  readonly name: string | undefined;
  readonly value: Expression;
}

export interface Subscript extends NodeBase {
  readonly kind: 'Subscript';
  readonly value: Expression;
  /** Several indices make a tuple. */
  readonly index: Expression;
}

export interface Slice extends NodeBase {
  readonly kind: 'Slice';
  readonly parts: readonly Expression[];
}

export interface BinOp extends NodeBase {
  readonly kind: 'BinOp';
  readonly op: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryOp extends NodeBase {
  readonly kind: 'UnaryOp';
  /** `+`, `-`, `~` or `not`. */
  readonly op: string;
  readonly operand: Expression;
}

export interface BoolOp extends NodeBase {
  readonly kind: 'BoolOp';
  readonly op: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Compare extends NodeBase {
  readonly kind: 'Compare';
  /** `==`, `is not`, `not in` ...; one fewer than operands. */
  readonly ops: readonly string[];
  readonly operands: readonly Expression[];
}

export interface Lambda extends NodeBase {
  readonly kind: 'Lambda';
  readonly params: readonly Parameter[];
  readonly body: Expression;
}

export interface IfExp extends NodeBase {
  readonly kind: 'IfExp';
  readonly body: Expression;
  readonly test: Expression;
  readonly orelse: Expression;
}

export interface Comprehension extends NodeBase {
  readonly kind: 'Comprehension';
  readonly type: 'list' | 'set' | 'dict' | 'generator';
  /** The element; for a dict the key. */
  readonly element: Expression;
  /** The value of a dict comprehension. */
  readonly value: Expression | undefined;
  readonly clauses: readonly ComprehensionClause[];
}

export interface ComprehensionClause {
  readonly target: Expression;
  readonly iter: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync: boolean;
}

export interface Sequence extends NodeBase {
  readonly kind: 'List' | 'Tuple' | 'Set';
  readonly elements: readonly Expression[];
}

export interface Dict extends NodeBase {
  readonly kind: 'Dict';
  /** No key: `**value`. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}

export interface Starred extends NodeBase {
  readonly kind: 'Starred';
  readonly value: Expression;
}

export interface NamedExpr extends NodeBase {
  readonly kind: 'NamedExpr';
  readonly target: Name;
  readonly value: Expression;
}

export interface Await extends NodeBase {
  readonly kind: 'Await';
  readonly value: Expression;
}

export interface Yield extends NodeBase {
  readonly kind: 'Yield';
  readonly value: Expression | undefined;
}

/** Where an IPython escape was masked; `escape` indexes the unit's `escapes`. */
export interface EscapeValue extends NodeBase {
  readonly kind: 'Escape';
  readonly escape: number;
}

export interface Parameter extends NodeBase {
  readonly name: string;
  readonly type: 'plain' | 'positional-only' | 'keyword-only' | 'star' | 'double-star';
  readonly annotation: Expression | undefined;
  readonly default: Expression | undefined;
}
