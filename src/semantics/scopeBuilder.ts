import { ExpressionScopes } from './expressionScopes';
import { type Located, type UnitSummary, catchesNameError, collectFree } from './unitSummary';
import type { FunctionDef, Pattern, Statement, TypeParameter } from '../syntax/ast';
import type { Unit } from '../syntax/cell';
import { type Binding, type BindingSource, type Block, type Reference, Scope } from './scope';

/** Builds the scopes of one statement; used once. */
export class ScopeBuilder extends ExpressionScopes {
  constructor(private readonly unit: Unit) {
    super();
  }

  build(): UnitSummary {
    const statement = this.unit.statement;
    const block: Block = { parent: undefined, kind: 'root', statement: undefined };
    this.statement(statement, { scope: this.root, block, time: 'now', isGuarded: false, statement });
    for (const escape of this.unit.escapes) this.escape(escape.binds, block, statement);
    const freeReferences: Reference[] = [];
    const moduleBindings: Binding[] = [];
    collectFree(this.root, freeReferences, moduleBindings);
    return {
      freeReferences,
      moduleBindings,
      root: this.root,
      calls: this.calls,
      statements: this.statements,
      scopeOf: this.scopeOf,
      locate: this.locate,
    };
  }

  private escape(binds: readonly string[], block: Block, statement: Statement): void {
    const { start, end } = statement;
    for (const name of binds) {
      const source: BindingSource = { type: 'opaque' };
      this.root.add({ name, start, end, effectAt: end, source, scope: this.root, block, statement });
    }
  }

  private block(statements: readonly Statement[], at: Located): void {
    for (const statement of statements) this.statement(statement, at);
  }

  private nested(kind: Block['kind'], statement: Statement, at: Located, isGuarded = at.isGuarded): Located {
    return { ...at, isGuarded, block: { parent: at.block, kind, statement } };
  }

  private statement(node: Statement, outer: Located): void {
    const at: Located = { ...outer, statement: node };
    this.statements.push({ node, at });
    switch (node.kind) {
      case 'Expr':
        return this.expression(node.value, at);
      case 'Assign':
        this.expression(node.value, at);
        for (const target of node.targets) {
          this.target(target, at, node.end, (path) =>
            path.length === 0
              ? { type: 'value', expression: node.value }
              : { type: 'element', expression: node.value, path },
          );
        }
        return;
      case 'AugAssign':
        this.expression(node.target, at);
        this.expression(node.value, at);
        if (node.target.kind === 'Name') {
          this.bind(node.target, at, node.end, { type: 'augmented', op: node.op, expression: node.value });
        }
        return;
      case 'AnnAssign':
        if (node.value) this.expression(node.value, at);
        this.expression(node.annotation, { ...at, time: 'annotation' });
        if (node.value) {
          const expression = node.value;
          this.target(node.target, at, node.end, () => ({ type: 'value', expression }));
        } else if (node.target.kind === 'Name' && at.scope.kind !== 'module') {
          // A bare annotation makes the name local without binding it.
          this.bind(node.target, at, Number.MAX_SAFE_INTEGER, { type: 'opaque' });
        } else if (node.target.kind !== 'Name') {
          this.expression(node.target, at);
        }
        return;
      case 'Delete':
        for (const target of node.targets) {
          if (target.kind === 'Name') this.bind(target, at, node.end, { type: 'deletion' });
          else this.expression(target, at);
        }
        return;
      case 'Return':
        return this.optional(node.value, at);
      case 'Raise':
        this.optional(node.exception, at);
        return this.optional(node.cause, at);
      case 'Assert':
        this.expression(node.test, at);
        return this.optional(node.message, at);
      case 'Pass':
      case 'Break':
      case 'Continue':
        return;
      case 'Import':
        for (const imported of node.names) {
          const first = imported.name.split('.')[0] ?? imported.name;
          const module = imported.alias === undefined ? first : imported.name;
          this.bindAt(imported.alias ?? first, imported, at, node.end, {
            type: 'import',
            module,
            imported: imported.name,
          });
        }
        return;
      case 'ImportFrom':
        for (const imported of node.names) {
          const { module, level } = node;
          this.bindAt(imported.alias ?? imported.name, imported, at, node.end, {
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
        this.expression(node.test, at);
        this.block(node.body, this.nested('branch', node, at));
        return this.block(node.orelse, this.nested('branch', node, at));
      case 'For': {
        this.expression(node.iter, at);
        const loop = this.nested('loop', node, at);
        this.target(node.target, loop, node.target.end, (path) => ({
          type: 'iteration',
          iterable: node.iter,
          path,
        }));
        this.block(node.body, loop);
        return this.block(node.orelse, this.nested('branch', node, at));
      }
      case 'While': {
        const loop = this.nested('loop', node, at);
        this.expression(node.test, loop);
        this.block(node.body, loop);
        return this.block(node.orelse, this.nested('branch', node, at));
      }
      case 'With':
        for (const item of node.items) {
          this.expression(item.context, at);
          if (item.target) {
            this.target(item.target, at, item.target.end, () => ({
              type: 'context',
              expression: item.context,
            }));
          }
        }
        return this.block(node.body, at);
      case 'Try':
        return this.try(node, at);
      case 'FunctionDef':
        return this.function(node, at);
      case 'ClassDef':
        return this.class(node, at);
      case 'Match':
        this.expression(node.subject, at);
        for (const matchCase of node.cases) {
          const branch = this.nested('branch', node, at);
          this.pattern(matchCase.pattern, branch);
          this.optional(matchCase.guard, branch);
          this.block(matchCase.body, branch);
        }
        return;
      case 'TypeAlias': {
        this.bind(node.name, at, node.end, { type: 'opaque' });
        const scope = this.typeParameters(node.typeParams, at);
        return this.expression(node.value, { ...scope, time: 'annotation' });
      }
    }
  }

  private try(node: Statement & { kind: 'Try' }, at: Located): void {
    const catches = node.handlers.some((handler) => catchesNameError(handler.type));
    const hasHandlers = node.handlers.length > 0;
    const body = hasHandlers ? this.nested('try', node, at, at.isGuarded || catches) : at;
    this.block(node.body, body);
    for (const handler of node.handlers) {
      const inside = this.nested('handler', node, at);
      this.optional(handler.type, inside);
      if (handler.name !== undefined && handler.nameSpan) {
        this.bindAt(handler.name, handler.nameSpan, inside, handler.nameSpan.end, { type: 'opaque' });
      }
      this.block(handler.body, inside);
      // `except E as e` ends with an implicit `del e`.
      if (handler.name !== undefined && handler.nameSpan) {
        this.bindAt(handler.name, handler.nameSpan, inside, handler.end, { type: 'deletion' });
      }
    }
    this.block(node.orelse, hasHandlers ? this.nested('branch', node, at) : at);
    this.block(node.finalbody, at);
  }

  private function(node: FunctionDef, at: Located): void {
    for (const decorator of node.decorators) this.expression(decorator, at);
    this.defaults(node.params, at);
    const position = { start: node.nameStart, end: node.nameStart + node.name.length };
    this.bindAt(node.name, position, at, node.end, { type: 'function', node });
    const around = this.typeParameters(node.typeParams, at);
    for (const param of node.params) this.optional(param.annotation, { ...around, time: 'annotation' });
    this.optional(node.returns, { ...around, time: 'annotation' });
    const inside = this.enter('function', node, around, 'later');
    this.parameters(node, inside);
    this.block(node.body, inside);
  }

  private class(node: Statement & { kind: 'ClassDef' }, at: Located): void {
    for (const decorator of node.decorators) this.expression(decorator, at);
    const around = this.typeParameters(node.typeParams, at);
    for (const base of node.bases) this.expression(base, around);
    for (const keyword of node.keywords) this.expression(keyword.value, around);
    const inside = this.enter('class', node, around, at.time);
    this.block(node.body, inside);
    const position = { start: node.nameStart, end: node.nameStart + node.name.length };
    this.bindAt(node.name, position, at, node.end, { type: 'class', node });
  }

  private typeParameters(params: readonly TypeParameter[], at: Located): Located {
    if (params.length === 0) return at;
    const scope = new Scope('type-parameters', at.scope, undefined);
    const inside: Located = { ...at, scope };
    for (const param of params) {
      this.bindAt(param.name, param, inside, param.end, { type: 'opaque' });
      this.optional(param.bound, { ...inside, time: 'annotation' });
    }
    return inside;
  }

  private pattern(pattern: Pattern, at: Located): void {
    for (const read of pattern.reads) this.expression(read, at);
    for (const capture of pattern.captures) this.bind(capture, at, capture.end, { type: 'opaque' });
  }
}
