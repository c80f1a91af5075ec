import type {
  Comprehension,
  Expression,
  FunctionDef,
  Lambda,
  Name,
  Parameter,
  Pattern,
  Statement,
  StrPiece,
  TypeParameter,
} from '../syntax/ast';
import type { Unit } from '../syntax/cell';
import {
  type Binding,
  type BindingSource,
  type Block,
  type Reference,
  type ReferenceTime,
  Scope,
} from './scope';

/** Every expression and statement with the scope, block and time that it belongs to. */
export interface Located {
  readonly scope: Scope;
  readonly block: Block;
  readonly time: ReferenceTime;
  readonly isGuarded: boolean;
  readonly statement: Statement;
}

/** What one top-level statement binds and reads, and its calls. Depends on the statement alone. */
export interface UnitSummary {
  readonly root: Scope;
  /** Calls in order of their end, that is of evaluation. */
  readonly calls: readonly { readonly node: Expression & { kind: 'Call' }; readonly at: Located }[];
  /** All statements, outermost first, with where they stand. */
  readonly statements: readonly { readonly node: Statement; readonly at: Located }[];
  readonly scopeOf: ReadonlyMap<FunctionDef | Lambda | Comprehension | Statement, Scope>;
  readonly locate: ReadonlyMap<Expression, Located>;
  /** Reads that no scope within the statement binds. */
  readonly freeReferences: readonly Reference[];
  /** Bindings of module names, those of functions under `global` included. */
  readonly moduleBindings: readonly Binding[];
}

const summaries = new WeakMap<Unit, UnitSummary>();

/** The summary of a unit, made once. */
export function summarize(unit: Unit): UnitSummary {
  let summary = summaries.get(unit);
  if (!summary) {
    summary = new ScopeBuilder(unit).build();
    summaries.set(unit, summary);
  }
  return summary;
}

class ScopeBuilder {
  readonly #root = new Scope('module', undefined, undefined);
  readonly #calls: { node: Expression & { kind: 'Call' }; at: Located }[] = [];
  readonly #statements: { node: Statement; at: Located }[] = [];
  readonly #scopeOf = new Map<FunctionDef | Lambda | Comprehension | Statement, Scope>();
  readonly #locate = new Map<Expression, Located>();

  constructor(private readonly unit: Unit) {}

  build(): UnitSummary {
    const statement = this.unit.statement;
    const block: Block = { parent: undefined, kind: 'root', statement: undefined };
    this.#statement(statement, { scope: this.#root, block, time: 'now', isGuarded: false, statement });
    for (const escape of this.unit.escapes) this.#escape(escape.binds, block, statement);
    const freeReferences: Reference[] = [];
    const moduleBindings: Binding[] = [];
    collectFree(this.#root, freeReferences, moduleBindings);
    return {
      freeReferences,
      moduleBindings,
      root: this.#root,
      calls: this.#calls,
      statements: this.#statements,
      scopeOf: this.#scopeOf,
      locate: this.#locate,
    };
  }

  #escape(binds: readonly string[], block: Block, statement: Statement): void {
    const { start, end } = statement;
    for (const name of binds) {
      const source: BindingSource = { type: 'opaque' };
      this.#root.add({ name, start, end, effectAt: end, source, scope: this.#root, block, statement });
    }
  }

  #block(statements: readonly Statement[], at: Located): void {
    for (const statement of statements) this.#statement(statement, at);
  }

  #nested(kind: Block['kind'], statement: Statement, at: Located, isGuarded = at.isGuarded): Located {
    return { ...at, isGuarded, block: { parent: at.block, kind, statement } };
  }

  #statement(node: Statement, outer: Located): void {
    const at: Located = { ...outer, statement: node };
    this.#statements.push({ node, at });
    switch (node.kind) {
      case 'Expr':
        return this.#expression(node.value, at);
      case 'Assign':
        this.#expression(node.value, at);
        for (const target of node.targets) {
          this.#target(target, at, node.end, (path) =>
            path.length === 0
              ? { type: 'value', expression: node.value }
              : { type: 'element', expression: node.value, path },
          );
        }
        return;
      case 'AugAssign':
        this.#expression(node.target, at);
        this.#expression(node.value, at);
        if (node.target.kind === 'Name') {
          this.#bind(node.target, at, node.end, { type: 'augmented', op: node.op, expression: node.value });
        }
        return;
      case 'AnnAssign':
        if (node.value) this.#expression(node.value, at);
        this.#expression(node.annotation, { ...at, time: 'annotation' });
        if (node.value) {
          const expression = node.value;
          this.#target(node.target, at, node.end, () => ({ type: 'value', expression }));
        } else if (node.target.kind === 'Name' && at.scope.kind !== 'module') {
          // A bare annotation makes the name local without binding it.
          this.#bind(node.target, at, Number.MAX_SAFE_INTEGER, { type: 'opaque' });
        } else if (node.target.kind !== 'Name') {
          this.#expression(node.target, at);
        }
        return;
      case 'Delete':
        for (const target of node.targets) {
          if (target.kind === 'Name') this.#bind(target, at, node.end, { type: 'deletion' });
          else this.#expression(target, at);
        }
        return;
      case 'Return':
        return this.#optional(node.value, at);
      case 'Raise':
        this.#optional(node.exception, at);
        return this.#optional(node.cause, at);
      case 'Assert':
        this.#expression(node.test, at);
        return this.#optional(node.message, at);
      case 'Pass':
      case 'Break':
      case 'Continue':
        return;
      case 'Import':
        for (const imported of node.names) {
          const first = imported.name.split('.')[0] ?? imported.name;
          const module = imported.alias === undefined ? first : imported.name;
          this.#bindAt(imported.alias ?? first, imported, at, node.end, {
            type: 'import',
            module,
            imported: imported.name,
          });
        }
        return;
      case 'ImportFrom':
        for (const imported of node.names) {
          const { module, level } = node;
          this.#bindAt(imported.alias ?? imported.name, imported, at, node.end, {
            type: 'from-import',
            module,
            level,
            name: imported.name,
          });
        }
        return;
      case 'Global':
      case 'Nonlocal':
        for (const name of node.names)
          at.scope.declared.set(name, node.kind === 'Global' ? 'global' : 'nonlocal');
        return;
      case 'If':
        this.#expression(node.test, at);
        this.#block(node.body, this.#nested('branch', node, at));
        return this.#block(node.orelse, this.#nested('branch', node, at));
      case 'For': {
        this.#expression(node.iter, at);
        const loop = this.#nested('loop', node, at);
        this.#target(node.target, loop, node.target.end, (path) => ({
          type: 'iteration',
          iterable: node.iter,
          path,
        }));
        this.#block(node.body, loop);
        return this.#block(node.orelse, this.#nested('branch', node, at));
      }
      case 'While': {
        const loop = this.#nested('loop', node, at);
        this.#expression(node.test, loop);
        this.#block(node.body, loop);
        return this.#block(node.orelse, this.#nested('branch', node, at));
      }
      case 'With':
        for (const item of node.items) {
          this.#expression(item.context, at);
          if (item.target) {
            this.#target(item.target, at, item.target.end, () => ({
              type: 'context',
              expression: item.context,
            }));
          }
        }
        return this.#block(node.body, at);
      case 'Try':
        return this.#try(node, at);
      case 'FunctionDef':
        return this.#function(node, at);
      case 'ClassDef':
        return this.#class(node, at);
      case 'Match':
        this.#expression(node.subject, at);
        for (const matchCase of node.cases) {
          const branch = this.#nested('branch', node, at);
          this.#pattern(matchCase.pattern, branch);
          this.#optional(matchCase.guard, branch);
          this.#block(matchCase.body, branch);
        }
        return;
      case 'TypeAlias': {
        this.#bind(node.name, at, node.end, { type: 'opaque' });
        const scope = this.#typeParameters(node.typeParams, at);
        return this.#expression(node.value, { ...scope, time: 'annotation' });
      }
    }
  }

  #try(node: Statement & { kind: 'Try' }, at: Located): void {
    const catches = node.handlers.some((handler) => catchesNameError(handler.type));
    const hasHandlers = node.handlers.length > 0;
    const body = hasHandlers ? this.#nested('try', node, at, at.isGuarded || catches) : at;
    this.#block(node.body, body);
    for (const handler of node.handlers) {
      const inside = this.#nested('handler', node, at);
      this.#optional(handler.type, inside);
      if (handler.name !== undefined && handler.nameSpan) {
        this.#bindAt(handler.name, handler.nameSpan, inside, handler.nameSpan.end, { type: 'opaque' });
      }
      this.#block(handler.body, inside);
      // `except E as e` ends with an implicit `del e`.
      if (handler.name !== undefined && handler.nameSpan) {
        this.#bindAt(handler.name, handler.nameSpan, inside, handler.end, { type: 'deletion' });
      }
    }
    this.#block(node.orelse, hasHandlers ? this.#nested('branch', node, at) : at);
    this.#block(node.finalbody, at);
  }

  #function(node: FunctionDef, at: Located): void {
    for (const decorator of node.decorators) this.#expression(decorator, at);
    this.#defaults(node.params, at);
    const position = { start: node.nameStart, end: node.nameStart + node.name.length };
    this.#bindAt(node.name, position, at, node.end, { type: 'function', node });
    const around = this.#typeParameters(node.typeParams, at);
    for (const param of node.params) this.#optional(param.annotation, { ...around, time: 'annotation' });
    this.#optional(node.returns, { ...around, time: 'annotation' });
    const inside = this.#enter('function', node, around, 'later');
    this.#parameters(node, inside);
    this.#block(node.body, inside);
  }

  #class(node: Statement & { kind: 'ClassDef' }, at: Located): void {
    for (const decorator of node.decorators) this.#expression(decorator, at);
    const around = this.#typeParameters(node.typeParams, at);
    for (const base of node.bases) this.#expression(base, around);
    for (const keyword of node.keywords) this.#expression(keyword.value, around);
    const inside = this.#enter('class', node, around, at.time);
    this.#block(node.body, inside);
    const position = { start: node.nameStart, end: node.nameStart + node.name.length };
    this.#bindAt(node.name, position, at, node.end, { type: 'class', node });
  }

  #typeParameters(params: readonly TypeParameter[], at: Located): Located {
    if (params.length === 0) return at;
    const scope = new Scope('type-parameters', at.scope, undefined);
    const inside: Located = { ...at, scope };
    for (const param of params) {
      this.#bindAt(param.name, param, inside, param.end, { type: 'opaque' });
      this.#optional(param.bound, { ...inside, time: 'annotation' });
    }
    return inside;
  }

  #enter(
    kind: 'function' | 'lambda' | 'class' | 'comprehension',
    node: NonNullable<Scope['node']>,
    at: Located,
    time: ReferenceTime,
  ): Located {
    const scope = new Scope(kind, at.scope, node);
    this.#scopeOf.set(node, scope);
    return {
      scope,
      block: { parent: undefined, kind: 'root', statement: at.statement },
      time: at.time === 'annotation' ? 'annotation' : time,
      isGuarded: kind === 'function' || kind === 'lambda' ? false : at.isGuarded,
      statement: at.statement,
    };
  }

  #defaults(params: readonly Parameter[], at: Located): void {
    for (const param of params) this.#optional(param.default, at);
  }

  #parameters(owner: FunctionDef | Lambda, inside: Located): void {
    for (const parameter of owner.params) {
      const source: BindingSource = { type: 'parameter', owner, parameter };
      this.#bindAt(parameter.name, parameter, inside, parameter.start, source);
    }
  }

  #pattern(pattern: Pattern, at: Located): void {
    for (const read of pattern.reads) this.#expression(read, at);
    for (const capture of pattern.captures) this.#bind(capture, at, capture.end, { type: 'opaque' });
  }

  #optional(node: Expression | undefined, at: Located): void {
    if (node) this.#expression(node, at);
  }

  #expression(node: Expression, at: Located): void {
    this.#locate.set(node, at);
    switch (node.kind) {
      case 'Name': {
        const { scope, block, time, isGuarded } = at;
        scope.references.push({ name: node.id, node, scope, block, time, isGuarded });
        return;
      }
      case 'Num':
      case 'Constant':
      case 'Escape':
        return;
      case 'Str':
        for (const token of node.tokens) this.#pieces(token.pieces, at);
        return;
      case 'Attribute':
      case 'Starred':
      case 'Await':
        return this.#expression(node.value, at);
      case 'Call':
        this.#expression(node.func, at);
        for (const arg of node.args) this.#expression(arg, at);
        for (const keyword of node.keywords) this.#expression(keyword.value, at);
        this.#calls.push({ node, at });
        return;
      case 'Subscript':
        this.#expression(node.value, at);
        return this.#expression(node.index, at);
      case 'Slice':
        for (const part of node.parts) this.#expression(part, at);
        return;
      case 'BinOp':
      case 'BoolOp':
        this.#expression(node.left, at);
        return this.#expression(node.right, at);
      case 'UnaryOp':
        return this.#expression(node.operand, at);
      case 'Compare':
        for (const operand of node.operands) this.#expression(operand, at);
        return;
      case 'Lambda': {
        this.#defaults(node.params, at);
        const inside = this.#enter('lambda', node, at, 'later');
        this.#parameters(node, inside);
        return this.#expression(node.body, inside);
      }
      case 'IfExp':
        this.#expression(node.test, at);
        this.#expression(node.body, at);
        return this.#expression(node.orelse, at);
      case 'Comprehension':
        return this.#comprehension(node, at);
      case 'List':
      case 'Tuple':
      case 'Set':
        for (const element of node.elements) this.#expression(element, at);
        return;
      case 'Dict':
        for (const entry of node.entries) {
          this.#optional(entry.key, at);
          this.#expression(entry.value, at);
        }
        return;
      case 'NamedExpr': {
        this.#expression(node.value, at);
        // A walrus in a comprehension binds in the scope around it (PEP 572).
        let scope = at.scope;
        while (scope.kind === 'comprehension' && scope.parent) scope = scope.parent;
        const block =
          scope === at.scope
            ? at.block
            : { parent: undefined, kind: 'branch' as const, statement: at.statement };
        this.#bind(node.target, { ...at, scope, block }, node.end, { type: 'value', expression: node.value });
        return;
      }
      case 'Yield':
        return this.#optional(node.value, at);
    }
  }

  #pieces(pieces: readonly StrPiece[], at: Located): void {
    for (const piece of pieces) {
      if (piece.kind !== 'hole') continue;
      this.#optional(piece.expression, at);
      this.#pieces(piece.format, at);
    }
  }

  #comprehension(node: Comprehension, at: Located): void {
    const [first, ...others] = node.clauses;
    // The first iterable is evaluated at once in the scope around; all else in the comprehension's own scope.
    if (first) this.#expression(first.iter, at);
    const inside = this.#enter('comprehension', node, at, node.type === 'generator' ? 'later' : at.time);
    for (const clause of node.clauses) {
      this.#target(clause.target, inside, clause.target.end, (path) => ({
        type: 'iteration',
        iterable: clause.iter,
        path,
      }));
    }
    for (const clause of others) this.#expression(clause.iter, inside);
    for (const clause of node.clauses) for (const test of clause.conditions) this.#expression(test, inside);
    this.#expression(node.element, inside);
    this.#optional(node.value, inside);
  }

  #target(
    node: Expression,
    at: Located,
    effectAt: number,
    source: (path: readonly number[]) => BindingSource,
    path: readonly number[] = [],
  ): void {
    this.#locate.set(node, at);
    switch (node.kind) {
      case 'Name':
        return this.#bind(node, at, effectAt, source(path));
      case 'List':
      case 'Tuple': {
        const starAt = node.elements.findIndex((element) => element.kind === 'Starred');
        node.elements.forEach((element, i) => {
          const index = starAt >= 0 && i > starAt ? i - node.elements.length : i;
          this.#target(element, at, effectAt, source, [...path, index]);
        });
        return;
      }
      case 'Starred':
        return this.#target(node.value, at, effectAt, () => ({ type: 'opaque' }));
      default:
        return this.#expression(node, at);
    }
  }

  #bind(name: Name, at: Located, effectAt: number, source: BindingSource): void {
    this.#bindAt(name.id, name, at, effectAt, source);
  }

  #bindAt(
    name: string,
    position: { readonly start: number; readonly end: number },
    at: Located,
    effectAt: number,
    source: BindingSource,
  ): void {
    const { scope, block, statement } = at;
    const { start, end } = position;
    scope.add({ name, start, end, effectAt, source, scope, block, statement } satisfies Binding);
  }
}

function collectFree(scope: Scope, references: Reference[], bindings: Binding[]): void {
  const isModule = scope.parent === undefined;
  for (const binding of scope.bindings) {
    if (isModule || scope.declared.get(binding.name) === 'global') bindings.push(binding);
  }
  for (const reference of scope.references) {
    if (scope.ownerOf(reference.name).parent === undefined) references.push(reference);
  }
  for (const child of scope.children) collectFree(child, references, bindings);
}

function catchesNameError(type: Expression | undefined): boolean {
  if (!type) return true;
  if (type.kind === 'Tuple') return type.elements.some(catchesNameError);
  return (
    type.kind === 'Name' && ['NameError', 'UnboundLocalError', 'Exception', 'BaseException'].includes(type.id)
  );
}
