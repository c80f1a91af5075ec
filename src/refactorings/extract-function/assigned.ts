import type { Expression, Statement } from '../../syntax/ast';
import { childBlocks } from '../../syntax/walk';

/** The names that a target binds. */
function targetNames(target: Expression | undefined, names: Set<string>): void {
  if (!target) return;
  if (target.kind === 'Name') names.add(target.id);
  else if (target.kind === 'Tuple' || target.kind === 'List')
    target.elements.forEach((e) => targetNames(e, names));
  else if (target.kind === 'Starred') targetNames(target.value, names);
}

/** The names that a statement may leave unbound: `del`, and the end of a handler. */
function unboundBy(statement: Statement, names = new Set<string>()): ReadonlySet<string> {
  if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return names;
  if (statement.kind === 'Delete') statement.targets.forEach((target) => targetNames(target, names));
  if (statement.kind === 'Try') for (const { name } of statement.handlers) if (name) names.add(name);
  for (const block of childBlocks(statement)) for (const child of block) unboundBy(child, names);
  return names;
}

/** Undefined: the statements never end normally. */
type Names = ReadonlySet<string> | undefined;

/** The names that are bound for certain once statements have run to their end. */
function assignedBy(statements: readonly Statement[]): Names {
  const names = new Set<string>();
  for (const statement of statements) {
    const own = assigned(statement);
    if (!own) return undefined;
    for (const name of unboundBy(statement)) names.delete(name);
    for (const name of own) names.add(name);
  }
  return names;
}

function assigned(statement: Statement): Names {
  const names = new Set<string>();
  switch (statement.kind) {
    case 'Assign':
      statement.targets.forEach((target) => targetNames(target, names));
      return names;
    case 'AugAssign':
      targetNames(statement.target, names);
      return names;
    case 'AnnAssign':
      if (statement.value) targetNames(statement.target, names);
      return names;
    case 'Import':
      for (const { name, alias } of statement.names) names.add(alias ?? name.split('.')[0]!);
      return names;
    case 'ImportFrom':
      for (const { name, alias } of statement.names) names.add(alias ?? name);
      return names;
    case 'FunctionDef':
    case 'ClassDef':
      return names.add(statement.name);
    case 'With':
      statement.items.forEach(({ target }) => targetNames(target, names));
      return statement.items.some(maySwallow) ? names : union(names, assignedBy(statement.body));
    case 'If':
      return both([assignedBy(statement.body), assignedBy(statement.orelse)]);
    case 'Try': {
      const body = union(assignedBy(statement.body), assignedBy(statement.orelse));
      const ways = both([body, ...statement.handlers.map((handler) => assignedBy(handler.body))]);
      return union(ways, assignedBy(statement.finalbody));
    }
    case 'Return':
    case 'Raise':
    case 'Break':
    case 'Continue':
      return undefined;
    default:
      return names;
  }
}

/** Whether a context manager ends exceptions, so that its body may have stopped anywhere. */
export function maySwallow({ context }: { readonly context: Expression }): boolean {
  const func = context.kind === 'Call' ? context.func : context;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return name === '' || /suppress|raises|warns|catch|ignore|ExitStack/i.test(name);
}

function union(a: Names, b: Names): Names {
  return a && b && new Set([...a, ...b]);
}

function both(ways: readonly Names[]): Names {
  const ending = ways.filter((way) => way !== undefined);
  const [first, ...more] = ending;
  return first && new Set([...first].filter((name) => more.every((way) => way.has(name))));
}

/** Takes the names that are bound for certain where a list of statements begins to where it has been run up to an offset. */
export function addAssigned(names: Set<string>, statements: readonly Statement[], offset: number): void {
  const unbind = (statement: Statement): void => unboundBy(statement).forEach((name) => names.delete(name));
  const add = (more: Names): void => more?.forEach((name) => names.add(name));
  for (const statement of statements) {
    if (statement.end <= offset) {
      unbind(statement);
      add(assigned(statement));
      continue;
    }
    if (statement.start > offset) break;
    const into = (block: readonly Statement[]): void => {
      const [first] = block;
      const last = block.at(-1);
      if (!first || !last || offset < first.start || offset > last.end) return;
      if (statement.kind === 'For' && block === statement.body) targetNames(statement.target, names);
      addAssigned(names, block, offset);
    };
    switch (statement.kind) {
      case 'With':
        statement.items.forEach(({ target }) => {
          if (target && target.end <= offset) targetNames(target, names);
        });
        into(statement.body);
        break;
      case 'For':
      case 'While':
        // An earlier round may have unbound what stands below.
        unbind(statement);
        into(statement.body);
        into(statement.orelse);
        break;
      case 'If':
        into(statement.body);
        into(statement.orelse);
        break;
      case 'Try':
        if (offset > (statement.body.at(-1)?.end ?? offset)) unbind(statement);
        into(statement.body);
        statement.handlers.forEach((handler) => into(handler.body));
        if (statement.orelse[0] && offset >= statement.orelse[0].start) {
          const isInside = offset <= statement.orelse.at(-1)!.end;
          if (isInside) add(assignedBy(statement.body));
        }
        into(statement.orelse);
        into(statement.finalbody);
        break;
      case 'Match':
        statement.cases.forEach(({ body }) => into(body));
        break;
      default:
    }
  }
}
