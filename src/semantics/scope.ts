import type {
  ClassDef,
  Comprehension,
  Expression,
  FunctionDef,
  Lambda,
  Name,
  Parameter,
  Statement,
} from '../syntax/ast';

/**
 * Scopes of one top-level statement, as the Language Reference, section 4.2 "Naming and binding", has them. Offsets
 * are relative to the statement, like those of the syntax.
 */
export type ScopeKind = 'module' | 'function' | 'lambda' | 'class' | 'comprehension' | 'type-parameters';

export class Scope {
  readonly bindings: Binding[] = [];
  readonly references: Reference[] = [];
  readonly children: Scope[] = [];
  /** Names that `global` or `nonlocal` sends elsewhere. */
  readonly declared = new Map<string, 'global' | 'nonlocal'>();
  readonly #byName = new Map<string, Binding[]>();

  constructor(
    readonly kind: ScopeKind,
    readonly parent: Scope | undefined,
    readonly node: FunctionDef | ClassDef | Lambda | Comprehension | undefined,
  ) {
    parent?.children.push(this);
  }

  add(binding: Binding): void {
    this.bindings.push(binding);
    const same = this.#byName.get(binding.name);
    if (same) same.push(binding);
    else this.#byName.set(binding.name, [binding]);
  }

  /** The bindings of a name in this very scope, in source order. */
  bindingsOf(name: string): readonly Binding[] {
    return this.#byName.get(name) ?? [];
  }

  /** The names bound in this scope. */
  names(): Iterable<string> {
    return this.#byName.keys();
  }

  /** The scope that a name read here belongs to; the module's scope where no inner one binds it. */
  ownerOf(name: string): Scope {
    return this.#ownerOf(name, true);
  }

  #ownerOf(name: string, isStart: boolean): Scope {
    const declared = this.declared.get(name);
    if (declared === 'global' || this.parent === undefined) return this.root;
    // Functions and comprehensions within a class body do not see its names.
    const isVisible = isStart || this.kind !== 'class';
    if (isVisible && declared === undefined && this.#byName.has(name)) return this;
    return this.parent.#ownerOf(name, false);
  }

  /** The nearest enclosing function, if any; lambdas, classes and comprehensions are looked through. */
  get enclosingFunction(): FunctionDef | undefined {
    for (const scope of this.outwards()) {
      if (scope.node?.kind === 'FunctionDef') return scope.node;
    }
    return undefined;
  }

  /** This scope and those around it, innermost first. */
  *outwards(): Generator<Scope> {
    yield this;
    if (this.parent) yield* this.parent.outwards();
  }

  get root(): Scope {
    return this.parent ? this.parent.root : this;
  }
}

/**
 * A run of statements under one condition. Bodies of `with` and of `try ... finally` run whenever what is around them
 * runs and get no block of their own.
 */
export interface Block {
  readonly parent: Block | undefined;
  readonly kind: 'root' | 'branch' | 'loop' | 'try' | 'handler';
  readonly statement: Statement | undefined;
}

/** What a name is bound to, as far as the syntax says. */
export type BindingSource =
  | { readonly type: 'value'; readonly expression: Expression }
  /** Unpacking; `path` has an index per level, negative behind a starred target counts from the end. */
  | { readonly type: 'element'; readonly expression: Expression; readonly path: readonly number[] }
  | { readonly type: 'iteration'; readonly iterable: Expression; readonly path: readonly number[] }
  | { readonly type: 'context'; readonly expression: Expression }
  | { readonly type: 'augmented'; readonly op: string; readonly expression: Expression }
  /** `import a.b` binds `a` to module `a`, `import a.b as c` binds `c` to module `a.b`. */
  | { readonly type: 'import'; readonly module: string; readonly imported: string }
  | { readonly type: 'from-import'; readonly module: string; readonly level: number; readonly name: string }
  | { readonly type: 'function'; readonly node: FunctionDef }
  | { readonly type: 'class'; readonly node: ClassDef }
  | { readonly type: 'parameter'; readonly owner: FunctionDef | Lambda; readonly parameter: Parameter }
  | { readonly type: 'deletion' }
  | { readonly type: 'opaque' };

export interface Binding {
  readonly name: string;
  /** The name itself; for an escape, the escape. */
  readonly start: number;
  readonly end: number;
  /** From this offset on, code that follows sees the binding. */
  readonly effectAt: number;
  readonly source: BindingSource;
  readonly scope: Scope;
  readonly block: Block;
  /** The statement that binds. */
  readonly statement: Statement;
}

/**
 * When a name is looked up: `now` while the top-level statement runs, `later` when a function, lambda or generator
 * does, `annotation` for annotations, which Python may evaluate now, later or never.
 */
export type ReferenceTime = 'now' | 'later' | 'annotation';

export interface Reference {
  readonly name: string;
  readonly node: Name;
  readonly scope: Scope;
  readonly block: Block;
  readonly time: ReferenceTime;
  /** An enclosing `try` in the same scope catches NameError. */
  readonly isGuarded: boolean;
}

/** Whether code in `inner` runs only when code in `outer` runs too. */
export function isWithin(inner: Block, outer: Block): boolean {
  for (let block: Block | undefined = inner; block; block = block.parent) if (block === outer) return true;
  return false;
}

/** The outermost loop around a block, if any, within its scope. */
export function outermostLoop(block: Block): Block | undefined {
  let loop: Block | undefined;
  for (let at: Block | undefined = block; at; at = at.parent) if (at.kind === 'loop') loop = at;
  return loop;
}
