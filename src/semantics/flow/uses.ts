import type { Call, Expression, FunctionDef, NodeBase, Statement } from '../../syntax/ast';
import type { FactUnit } from '../facts';
import type { FlowPath } from './paths';

/**
 * One operation on a followed value. `argument`: of a call that the program does not define; `method`: `value.m(...)`;
 * `called`: `value(...)`; `item`: `value[...]`; `index`: `x[value]`; `test`: its truth is asked for; `format`: in an
 * f-string; `statement`: an expression statement of its own; `iterated`, `unpacked`: its items are taken.
 */
export type UseType =
  | 'argument'
  | 'method'
  | 'attribute'
  | 'called'
  | 'item'
  | 'index'
  | 'operand'
  | 'test'
  | 'format'
  | 'statement'
  | 'iterated'
  | 'unpacked';

export interface FlowUse {
  readonly type: UseType;
  /** The followed value, or the container that holds it. */
  readonly node: Expression;
  /** The call, operation or statement. */
  readonly operation: Expression | Statement;
  readonly unit: FactUnit;
  /** Where in `node` the value lies. */
  readonly path: FlowPath;
  /** Name of the method or attribute. */
  readonly name: string | undefined;
  /** False where the value may be another one: an unknown receiver, a computed index. */
  readonly isCertain: boolean;
}

/** `carry`: the operation's result is the value still, for the one who asks; `end`: it is not. */
export type Verdict = 'carry' | 'end';

export type EscapeReason =
  /** To callers that are not seen. */
  | 'returned'
  | 'yielded'
  | 'raised'
  /** Into an object that others hold. */
  | 'stored'
  /** Into an attribute of a class with bases outside the program, whose code may read it; `node` is the class. */
  | 'inherited'
  /** Into an argument of a function of the program that cannot be told. */
  | 'passed'
  /** Followed for too long. */
  | 'limit';

/** The value goes where it cannot be followed. */
export interface FlowEscape {
  readonly reason: EscapeReason;
  readonly node: NodeBase;
  readonly unit: FactUnit;
}

/** Who asks: judges operations and hears of escapes. */
export interface FlowVisitor {
  use(use: FlowUse): Verdict;
  escape(escape: FlowEscape): void;
}

/** Through which call a value came into a function, so that it leaves it there again. */
export interface Frame {
  readonly call: Call;
  readonly unit: FactUnit;
  readonly function: FunctionDef;
  readonly outer: Frame | undefined;
  readonly depth: number;
}

/** A place where the value is, still to be looked at. */
export interface Tracked {
  readonly node: Expression;
  readonly unit: FactUnit;
  readonly path: FlowPath;
  readonly frame: Frame | undefined;
  readonly isCertain: boolean;
}
