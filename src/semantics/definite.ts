import type { Expression, Statement } from '../syntax/ast';
import { walkStatements } from '../syntax/walk';

/** Whether a context manager lets exceptions pass, so that what stands below the `with` has seen its whole body. */
export type PassesExceptions = (context: Expression) => boolean;

/**
 * Whether a statement, once it has run to its end, has surely bound a name: what the Java Language Specification calls
 * definite assignment. Loops may run not at all; a `with` counts where its manager lets exceptions pass. A statement that
 * unbinds the name again is for the caller to see.
 */
export function surelyBinds(statement: Statement, name: string, passes: PassesExceptions): boolean {
  const all = (statements: readonly Statement[]): boolean =>
    statements.some((each) => surelyBinds(each, name, passes));
  const ends = (statements: readonly Statement[]): boolean =>
    all(statements) || neverFallsThrough(statements);
  switch (statement.kind) {
    case 'Assign':
      return statement.targets.some((target) => bindsName(target, name));
    case 'AnnAssign':
      return statement.value !== undefined && bindsName(statement.target, name);
    case 'AugAssign':
      return bindsName(statement.target, name);
    case 'FunctionDef':
    case 'ClassDef':
      return statement.name === name;
    case 'TypeAlias':
      return statement.name.id === name;
    case 'Import':
      return statement.names.some((each) => (each.alias ?? each.name.split('.')[0]) === name);
    case 'ImportFrom':
      return statement.names.some((each) => (each.alias ?? each.name) === name);
    case 'If':
      return statement.orelse.length > 0 && ends(statement.body) && ends(statement.orelse);
    case 'With':
      return (
        statement.items.some(({ target }) => target && bindsName(target, name)) ||
        (statement.items.every(({ context }) => passes(context)) && all(statement.body))
      );
    case 'Try': {
      if (all(statement.finalbody)) return true;
      const bodyBinds = all(statement.body) || all(statement.orelse);
      return bodyBinds && statement.handlers.every(({ body }) => ends(body));
    }
    case 'Match':
      return (
        statement.cases.some(({ pattern, guard }) => pattern.isIrrefutable && !guard) &&
        statement.cases.every(({ body }) => ends(body))
      );
    case 'For':
      return (
        runsAtLeastOnce(statement.iter) &&
        !leavesEarly(statement.body) &&
        (bindsName(statement.target, name) || all(statement.body))
      );
    case 'While':
      return false;
    case 'Expr':
      // `(n := 5)` alone; within a condition it may not be reached.
      return statement.value.kind === 'NamedExpr' && statement.value.target.id === name;
    default:
      return false;
  }
}

function bindsName(target: Expression, name: string): boolean {
  switch (target.kind) {
    case 'Name':
      return target.id === name;
    case 'Starred':
      return bindsName(target.value, name);
    case 'Tuple':
    case 'List':
      return target.elements.some((element) => bindsName(element, name));
    default:
      return false;
  }
}

/** Whether what follows a block can never be reached from its end. */
function neverFallsThrough(statements: readonly Statement[]): boolean {
  return statements.some(
    (statement) =>
      ['Raise', 'Return', 'Continue', 'Break'].includes(statement.kind) ||
      (statement.kind === 'Expr' && endsProgram(statement.value)),
  );
}

/** `sys.exit(...)`, `os._exit(...)`, written so. */
function endsProgram(node: Expression): boolean {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.value.kind !== 'Name') return false;
  return ['sys.exit', 'os._exit'].includes(`${node.func.value.id}.${node.func.attr}`);
}

/** A literal with something in it; iterating it cannot fail. */
function runsAtLeastOnce(iterable: Expression): boolean {
  return (
    (iterable.kind === 'Tuple' || iterable.kind === 'List') &&
    iterable.elements.length > 0 &&
    iterable.elements.every(({ kind }) => kind !== 'Starred')
  );
}

/** Whether something in a loop's body may end a round before its last statement. */
function leavesEarly(body: readonly Statement[]): boolean {
  let isFound = false;
  for (const each of body) {
    walkStatements(each, ({ kind }) => {
      if (kind === 'Break' || kind === 'Continue') isFound = true;
    });
  }
  return isFound;
}
