import type { Expression, Keyword, Name, NodeBase, Parameter } from './expressions';

/** Statements, see `expressions.ts` for offsets and names. */
export type Statement =
  | ExpressionStatement
  | Assign
  | AugAssign
  | AnnAssign
  | Delete
  | Return
  | Raise
  | Assert
  | Simple
  | Import
  | ImportFrom
  | ScopeDeclaration
  | If
  | For
  | While
  | With
  | Try
  | FunctionDef
  | ClassDef
  | Match
  | TypeAlias;

export interface ExpressionStatement extends NodeBase {
  readonly kind: 'Expr';
  readonly value: Expression;
}

export interface Assign extends NodeBase {
  readonly kind: 'Assign';
  readonly targets: readonly Expression[];
  readonly value: Expression;
}

export interface AugAssign extends NodeBase {
  readonly kind: 'AugAssign';
  readonly target: Expression;
  readonly op: string;
  readonly value: Expression;
}

export interface AnnAssign extends NodeBase {
  readonly kind: 'AnnAssign';
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | undefined;
}

export interface Delete extends NodeBase {
  readonly kind: 'Delete';
  readonly targets: readonly Expression[];
}

export interface Return extends NodeBase {
  readonly kind: 'Return';
  readonly value: Expression | undefined;
}

export interface Raise extends NodeBase {
  readonly kind: 'Raise';
  readonly exception: Expression | undefined;
  readonly cause: Expression | undefined;
}

export interface Assert extends NodeBase {
  readonly kind: 'Assert';
  readonly test: Expression;
  readonly message: Expression | undefined;
}

export interface Simple extends NodeBase {
  readonly kind: 'Pass' | 'Break' | 'Continue';
}

export interface ImportedName extends NodeBase {
  /** Dotted for `import a.b`. */
  readonly name: string;
  readonly alias: string | undefined;
}

export interface Import extends NodeBase {
  readonly kind: 'Import';
  readonly names: readonly ImportedName[];
}

export interface ImportFrom extends NodeBase {
  readonly kind: 'ImportFrom';
  /** Without leading dots; the empty string for `from . import x`. */
  readonly module: string;
  /** Number of leading dots. */
  readonly level: number;
  readonly names: readonly ImportedName[];
  readonly isStar: boolean;
}

export interface ScopeDeclaration extends NodeBase {
  readonly kind: 'Global' | 'Nonlocal';
  readonly names: readonly string[];
}

export interface If extends NodeBase {
  readonly kind: 'If';
  readonly test: Expression;
  readonly body: readonly Statement[];
  /** `elif` is a single nested `If`. */
  readonly orelse: readonly Statement[];
}

export interface For extends NodeBase {
  readonly kind: 'For';
  readonly target: Expression;
  readonly iter: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
  readonly isAsync: boolean;
}

export interface While extends NodeBase {
  readonly kind: 'While';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

export interface WithItem {
  readonly context: Expression;
  readonly target: Expression | undefined;
}

export interface With extends NodeBase {
  readonly kind: 'With';
  readonly items: readonly WithItem[];
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
}

export interface ExceptHandler extends NodeBase {
  readonly type: Expression | undefined;
  readonly name: string | undefined;
  /** Where `name` stands. */
  readonly nameSpan: { readonly start: number; readonly end: number } | undefined;
  readonly body: readonly Statement[];
}

export interface Try extends NodeBase {
  readonly kind: 'Try';
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Statement[];
  readonly finalbody: readonly Statement[];
}

export interface FunctionDef extends NodeBase {
  readonly kind: 'FunctionDef';
  readonly name: string;
  readonly nameStart: number;
  readonly params: readonly Parameter[];
  readonly decorators: readonly Expression[];
  readonly returns: Expression | undefined;
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
  readonly typeParams: readonly TypeParameter[];
}

export interface ClassDef extends NodeBase {
  readonly kind: 'ClassDef';
  readonly name: string;
  readonly nameStart: number;
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  readonly typeParams: readonly TypeParameter[];
}

export interface TypeParameter extends NodeBase {
  readonly name: string;
  readonly bound: Expression | undefined;
}

export interface MatchCase extends NodeBase {
  readonly pattern: Pattern;
  readonly guard: Expression | undefined;
  readonly body: readonly Statement[];
}

/** A pattern as what it captures and what it reads; its shape is not kept. */
export interface Pattern extends NodeBase {
  readonly captures: readonly Name[];
  /** Dotted values and class names. */
  readonly reads: readonly Expression[];
  /** It matches everything: `_` or a bare capture. */
  readonly isIrrefutable: boolean;
}

export interface Match extends NodeBase {
  readonly kind: 'Match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}

export interface TypeAlias extends NodeBase {
  readonly kind: 'TypeAlias';
  readonly name: Name;
  readonly typeParams: readonly TypeParameter[];
  readonly value: Expression;
}
