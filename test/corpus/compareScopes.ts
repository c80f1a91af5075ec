import type { ScopeTree } from './scopeTree';

/** How the engine's scopes differ from CPython's; empty if they say the same. */
export function compareScopes(engine: ScopeTree, python: ScopeTree): string[] {
  const found = compareNames(engine, python);
  const rest = [...childrenOf(engine)];
  for (const theirs of childrenOf(python)) {
    const candidates = rest.filter((ours) => isSamePlace(ours, theirs));
    // Several lambdas on one line: the one that fits.
    const ours = candidates.find((each) => compareScopes(each, theirs).length === 0) ?? candidates[0];
    if (!ours) {
      found.push(`${shown(theirs)} is missing`);
      continue;
    }
    rest.splice(rest.indexOf(ours), 1);
    found.push(...compareScopes(ours, theirs));
  }
  found.push(...rest.map((ours) => `${shown(ours)} is none of CPython's`));
  return found;
}

/** Scopes of type parameters have other forms in each version: looked through. */
function childrenOf(scope: ScopeTree): ScopeTree[] {
  return scope.children.flatMap((child) => (child.type === 'other' ? childrenOf(child) : [child]));
}

function isSamePlace(a: ScopeTree, b: ScopeTree): boolean {
  return a.type === b.type && a.name === b.name && a.line === b.line;
}

function compareNames(engine: ScopeTree, python: ScopeTree): string[] {
  const found: string[] = [];
  const say = (text: string): void => void found.push(`${shown(engine)}: ${text}`);
  // A bare annotation binds nothing; CPython's table counts its name all the same.
  const isBare = (name: string): boolean => python.annotated.has(name) && !engine.local.has(name);
  for (const name of python.local) {
    if (!engine.local.has(name) && !(engine.type === 'module' && isBare(name))) say(`${name} is not bound`);
  }
  for (const name of engine.local) if (!python.local.has(name)) say(`${name} is bound`);
  for (const [name, owner] of python.owners) {
    const ours = engine.owners.get(name);
    if (ours === undefined) say(`${name} is not read`);
    else if (ours !== owner) say(`${name} is ${ours} instead of ${owner}`);
  }
  for (const name of engine.owners.keys()) {
    if (!python.known.has(name) && !engine.annotated.has(name) && name !== '__class__')
      say(`${name} is read`);
  }
  return found;
}

function shown({ type, name, line }: ScopeTree): string {
  return `${type}${name === '' ? '' : ` ${name}`}${line === 0 ? '' : ` in line ${line}`}`;
}
