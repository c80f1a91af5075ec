import type { ProgramFacts } from '../../src/semantics/facts';
import type { Scope } from '../../src/semantics/scope';

/** A scope as both the engine and CPython see it. */
export interface ScopeTree {
  readonly type: 'module' | 'function' | 'lambda' | 'class' | 'comprehension' | 'other';
  /** Of functions and classes; else empty. */
  readonly name: string;
  /** One-based line. */
  readonly line: number;
  /** Names that the scope binds. */
  readonly local: ReadonlySet<string>;
  /** Where a name belongs that the scope looks up. */
  readonly owners: ReadonlyMap<string, 'local' | 'free' | 'global'>;
  /** Names that occur in annotations; Python may or may not look them up. */
  readonly annotated: ReadonlySet<string>;
  /** Every name of the scope, in whatever role. */
  readonly known: ReadonlySet<string>;
  readonly children: readonly ScopeTree[];
}

/** The scopes of a script as the engine has them, with names mangled as CPython mangles them. */
export function engineScopes(facts: ProgramFacts): ScopeTree {
  const local = new Set<string>();
  const owners = new Map<string, 'local' | 'free' | 'global'>();
  const annotated = new Set<string>();
  const children: ScopeTree[] = [];
  for (const unit of facts.units) {
    const lines = unit.cell.lines;
    const lineAt = (offset: number): number => lines.positionAt(unit.start + offset).line + 1;
    const root = treeOf(unit.summary.root, undefined, lineAt);
    for (const name of root.local) local.add(name);
    for (const name of root.annotated) annotated.add(name);
    for (const [name] of root.owners) owners.set(name, 'global');
    children.push(...root.children);
  }
  const known = new Set([...local, ...owners.keys()]);
  return { type: 'module', name: '', line: 0, local, owners, annotated, known, children };
}

function treeOf(scope: Scope, className: string | undefined, lineAt: (offset: number) => number): ScopeTree {
  const { node } = scope;
  const isNamed = node?.kind === 'FunctionDef' || node?.kind === 'ClassDef';
  const inner = node?.kind === 'ClassDef' ? node.name : className;
  const mangle = (name: string): string => mangled(name, inner);
  const owners = new Map<string, 'local' | 'free' | 'global'>();
  const annotated = new Set<string>();
  for (const reference of scope.references) {
    const { name, time } = reference;
    if (time === 'annotation') annotated.add(mangle(name));
    if (time === 'annotation' && owners.has(mangle(name))) continue;
    const owner = scope.ownerOf(name);
    const where = owner.parent === undefined ? 'global' : owner === scope ? 'local' : 'free';
    owners.set(mangle(name), where);
  }
  const local = new Set([...scope.names()].filter((name) => !scope.declared.has(name)).map(mangle));
  return {
    type: scope.kind === 'type-parameters' ? 'other' : scope.kind,
    name: isNamed ? node.name : '',
    line: node ? lineAt(isNamed ? node.nameStart : node.start) : 0,
    local,
    owners,
    annotated,
    known: new Set([...local, ...owners.keys()]),
    children: scope.children.map((child) => treeOf(child, inner, lineAt)),
  };
}

/** `__name` within a class becomes `_Class__name`. */
function mangled(name: string, className: string | undefined): string {
  const stripped = className?.replace(/^_+/, '') ?? '';
  const isPrivate = name.startsWith('__') && !name.endsWith('__') && stripped !== '';
  return isPrivate ? `_${stripped}${name}` : name;
}

/** A scope as `dump_syntax.py` writes it. */
export interface DumpedScope {
  readonly type: string;
  readonly name: string;
  readonly line: number;
  readonly isComprehension: boolean;
  readonly local: readonly string[];
  readonly free: readonly string[];
  readonly global: readonly string[];
  readonly read: readonly string[];
  readonly annotated: readonly string[];
  readonly children: readonly DumpedScope[];
}

export function pythonScopes(dumped: DumpedScope): ScopeTree {
  const owners = new Map<string, 'local' | 'free' | 'global'>();
  const isModule = dumped.type === 'module';
  for (const name of dumped.read) {
    const where = dumped.free.includes(name) ? 'free' : dumped.local.includes(name) ? 'local' : 'global';
    owners.set(name, isModule ? 'global' : where);
  }
  const type = typeOf(dumped);
  return {
    type,
    name: type === 'function' || type === 'class' ? dumped.name : '',
    line: dumped.line,
    local: new Set(dumped.local),
    owners,
    annotated: new Set(dumped.annotated),
    known: new Set([...dumped.local, ...dumped.free, ...dumped.global]),
    children: dumped.children.map(pythonScopes),
  };
}

function typeOf({ type, name, isComprehension }: DumpedScope): ScopeTree['type'] {
  if (type === 'module' || type === 'class') return type;
  if (type !== 'function') return 'other';
  if (isComprehension) return 'comprehension';
  return name === 'lambda' ? 'lambda' : 'function';
}
