import { type Located } from './unitSummary';
import type {
  Comprehension,
  Expression,
  FunctionDef,
  Lambda,
  Name,
  Parameter,
  Statement,
  StrPiece,
} from '../syntax/ast';
import { type Binding, type BindingSource, type ReferenceTime, Scope } from './scope';

/** Scopes of expressions, and what binds and enters scopes anywhere. */
export class ExpressionScopes {
  protected readonly root = new Scope('module', undefined, undefined);
  protected readonly calls: { node: Expression & { kind: 'Call' }; at: Located }[] = [];
  protected readonly statements: { node: Statement; at: Located }[] = [];
  protected readonly scopeOf = new Map<FunctionDef | Lambda | Comprehension | Statement, Scope>();
  protected readonly locate = new Map<Expression, Located>();

  protected enter(
    kind: 'function' | 'lambda' | 'class' | 'comprehension',
    node: NonNullable<Scope['node']>,
    at: Located,
    time: ReferenceTime,
  ): Located {
    const scope = new Scope(kind, at.scope, node);
    this.scopeOf.set(node, scope);
    return {
      scope,
      block: { parent: undefined, kind: 'root', statement: at.statement },
      time: at.time === 'annotation' ? 'annotation' : time,
      isGuarded: kind === 'function' || kind === 'lambda' ? false : at.isGuarded,
      statement: at.statement,
    };
  }

  protected defaults(params: readonly Parameter[], at: Located): void {
    for (const param of params) this.optional(param.default, at);
  }

  protected parameters(owner: FunctionDef | Lambda, inside: Located): void {
    for (const parameter of owner.params) {
      const source: BindingSource = { type: 'parameter', owner, parameter };
      this.bindAt(parameter.name, parameter, inside, parameter.start, source);
    }
  }

  protected optional(node: Expression | undefined, at: Located): void {
    if (node) this.expression(node, at);
  }

  protected expression(node: Expression, at: Located): void {
    this.locate.set(node, at);
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
        for (const token of node.tokens) this.pieces(token.pieces, at);
        return;
      case 'Attribute':
      case 'Starred':
      case 'Await':
        return this.expression(node.value, at);
      case 'Call':
        this.expression(node.func, at);
        for (const arg of node.args) this.expression(arg, at);
        for (const keyword of node.keywords) this.expression(keyword.value, at);
        this.calls.push({ node, at });
        return;
      case 'Subscript':
        this.expression(node.value, at);
        return this.expression(node.index, at);
      case 'Slice':
        for (const part of node.parts) this.expression(part, at);
        return;
      case 'BinOp':
      case 'BoolOp':
        this.expression(node.left, at);
        return this.expression(node.right, at);
      case 'UnaryOp':
        return this.expression(node.operand, at);
      case 'Compare':
        for (const operand of node.operands) this.expression(operand, at);
        return;
      case 'Lambda': {
        this.defaults(node.params, at);
        const inside = this.enter('lambda', node, at, 'later');
        this.parameters(node, inside);
        return this.expression(node.body, inside);
      }
      case 'IfExp':
        this.expression(node.test, at);
        this.expression(node.body, at);
        return this.expression(node.orelse, at);
      case 'Comprehension':
        return this.comprehension(node, at);
      case 'List':
      case 'Tuple':
      case 'Set':
        for (const element of node.elements) this.expression(element, at);
        return;
      case 'Dict':
        for (const entry of node.entries) {
          this.optional(entry.key, at);
          this.expression(entry.value, at);
        }
        return;
      case 'NamedExpr': {
        this.expression(node.value, at);
        // A walrus in a comprehension binds in the scope around it (PEP 572).
        let scope = at.scope;
        while (scope.kind === 'comprehension' && scope.parent) scope = scope.parent;
        const block =
          scope === at.scope
            ? at.block
            : { parent: undefined, kind: 'branch' as const, statement: at.statement };
        this.bind(node.target, { ...at, scope, block }, node.end, { type: 'value', expression: node.value });
        return;
      }
      case 'Yield':
        return this.optional(node.value, at);
    }
  }

  protected pieces(pieces: readonly StrPiece[], at: Located): void {
    for (const piece of pieces) {
      if (piece.kind !== 'hole') continue;
      this.optional(piece.expression, at);
      this.pieces(piece.format, at);
    }
  }

  protected comprehension(node: Comprehension, at: Located): void {
    const [first, ...others] = node.clauses;
    // The first iterable is evaluated at once in the scope around; all else in the comprehension's own scope.
    if (first) this.expression(first.iter, at);
    const inside = this.enter('comprehension', node, at, node.type === 'generator' ? 'later' : at.time);
    for (const clause of node.clauses) {
      this.target(clause.target, inside, clause.target.end, (path) => ({
        type: 'iteration',
        iterable: clause.iter,
        path,
      }));
    }
    for (const clause of others) this.expression(clause.iter, inside);
    for (const clause of node.clauses) for (const test of clause.conditions) this.expression(test, inside);
    this.expression(node.element, inside);
    this.optional(node.value, inside);
  }

  protected target(
    node: Expression,
    at: Located,
    effectAt: number,
    source: (path: readonly number[]) => BindingSource,
    path: readonly number[] = [],
  ): void {
    this.locate.set(node, at);
    switch (node.kind) {
      case 'Name':
        return this.bind(node, at, effectAt, source(path));
      case 'List':
      case 'Tuple': {
        const starAt = node.elements.findIndex((element) => element.kind === 'Starred');
        node.elements.forEach((element, i) => {
          const index = starAt >= 0 && i > starAt ? i - node.elements.length : i;
          this.target(element, at, effectAt, source, [...path, index]);
        });
        return;
      }
      case 'Starred':
        return this.target(node.value, at, effectAt, () => ({ type: 'opaque' }));
      default:
        return this.expression(node, at);
    }
  }

  protected bind(name: Name, at: Located, effectAt: number, source: BindingSource): void {
    this.bindAt(name.id, name, at, effectAt, source);
  }

  protected bindAt(
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
