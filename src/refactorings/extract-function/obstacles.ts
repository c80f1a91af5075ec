import { drawingOf } from '../../semantics/drawing';
import type { FactUnit } from '../../semantics/facts';
import { isIsolated } from '../../semantics/facts';
import type { NodeBase, Statement } from '../../syntax/ast';
import { childBlocks, statementExpressions, walkExpression } from '../../syntax/walk';
import type { Refusal } from '../../text/refusal';
import { STACK_READERS } from '../add-main/obstacles';
import { hazards } from '../extract-pipeline/hazards';
import { handedReaders, importers, tellingTexts } from '../extract-pipeline/obstacles';
import { nameLookups } from '../nameLookups';
import { selfReadings } from '../paths-to-config/guards';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';
import type { Selection } from './selection';

/** Decorators under which a function may call any other. */
const TRANSPARENT =
  /^(?:staticmethod|classmethod|property|\w+\.setter|(?:functools\.)?(?:lru_cache|cache|wraps\b.*|cached_property)|(?:torch\.)?(?:no_grad|inference_mode|enable_grad)|(?:abc\.)?abstractmethod|(?:contextlib\.)?contextmanager|override)(?:\(.*\))?$/s;

/** Places because of which statements cannot become a function of their own, whatever names they use. */
export function obstacles(program: AnalysedProgram, selection: Selection): readonly Refusal[] {
  const { facts, path } = program;
  const refusals: Refusal[] = [...selfReadings(program), ...tellingTexts(program)];
  const isModule = selection.at.scope.parent === undefined;
  if (isModule && !facts.cells.some(({ cell }) => cell.isInNotebook)) refusals.push(...importers(program));
  if (selection.at.scope.kind === 'class') {
    refusals.push(at(path, selection.pieces[0].unit, selection, 'names of a class body are its attributes'));
  }
  for (const binder of facts.unknownBinders) {
    if (binder.what.startsWith('from ')) continue;
    const unit = binder.unit ?? selection.pieces[0].unit;
    refusals.push(refusalAt(path, unit, unit.unit.statement, `${binder.what} may bind any name`));
  }
  for (const { call, unit } of nameLookups(facts, program.context.evaluator)) {
    // Names of a function are looked up by what it calls itself.
    if (!isModule && unit !== selection.pieces[0].unit) continue;
    const text = unit.unit.text.slice(call.func.start, call.func.end);
    refusals.push(refusalAt(path, unit, call, `${text} may look up names of the selection`));
  }
  for (const { unit, statements } of selection.pieces) {
    if (unit.unit.escapes.length > 0 || isIsolated(unit)) {
      refusals.push(refusalAt(path, unit, unit.unit.statement, 'a magic or shell line stays in its cell'));
    }
    const last = statements.at(-1)!;
    const text = unit.unit.text.slice(statements[0]!.start, last.end);
    const refuse = (reason: string): number => refusals.push(refusalAt(path, unit, statements[0]!, reason));
    if (STACK_READERS.test(text)) refuse('the function that runs may be looked at');
    if (/\.resize\(/.test(text)) refuse('resize counts who else holds the array');
    if (/\bsuper\(\)|\b__class__\b/.test(text)) refuse('super() needs its method');
    if (!isModule && /\b__(?!\w*__\b)\w+/.test(text))
      refuse('a name with two underscores is another one outside of its class');
    for (const problem of statements.flatMap((statement) => crossing(statement))) {
      refusals.push(refusalAt(path, unit, problem.node, problem.reason));
    }
    refusals.push(...definitions(unit, statements, path, isModule));
  }
  refusals.push(...decorated(program, selection), ...swallowed(program, selection));
  refusals.push(...hazards(program, { of: new Map(selection.pieces.map(({ unit }) => [unit, 'run'])) }));
  refusals.push(...closedBetween(program, selection));
  refusals.push(...facts.units.flatMap((unit) => handedReaders(unit, program)));
  return refusals;
}

/** `%matplotlib inline` closes the figures of a cell at its end: not where the next cell's statements are in between. */
function closedBetween({ facts, path }: AnalysedProgram, { pieces }: Selection): readonly Refusal[] {
  const cells = [...new Set(pieces.map(({ unit }) => unit.cell))];
  if (cells.length < 2) return [];
  const drawing = drawingOf(facts);
  const first = pieces.find(({ unit }) => unit.cell !== cells.at(-1) && drawing.mayDraw(unit.cell));
  if (!first) return [];
  return [
    refusalAt(
      path,
      first.unit,
      first.unit.unit.statement,
      'a figure is shown and closed where its cell ends',
    ),
  ];
}

function at(path: string, unit: FactUnit, { pieces }: Selection, reason: string): Refusal {
  return refusalAt(path, unit, pieces[0].statements[0]!, reason);
}

interface Crossing {
  readonly node: NodeBase;
  readonly reason: string;
}

/** What leaves the selection in another way than at its end; functions and loops within it are their own. */
function crossing(statement: Statement, isInLoop = false): readonly Crossing[] {
  const found: Crossing[] = [];
  const refuse = (node: NodeBase, reason: string): number => found.push({ node, reason });
  switch (statement.kind) {
    case 'FunctionDef':
    case 'ClassDef':
      return [];
    case 'Return':
      refuse(statement, 'return would leave the new function only');
      break;
    case 'Break':
    case 'Continue':
      if (!isInLoop) refuse(statement, 'the loop of this statement is not selected');
      break;
    case 'Global':
    case 'Nonlocal':
      refuse(statement, 'a declaration of names stays in its function');
      break;
    case 'ImportFrom':
      if (statement.isStar) refuse(statement, 'a star import cannot stand in a function');
      break;
    case 'Delete':
      for (const target of statement.targets) {
        if (target.kind === 'Name') refuse(target, `del would unbind ${target.id} in the new function only`);
      }
      break;
    case 'AnnAssign':
      if (!statement.value) refuse(statement, 'a bare annotation means another name in a function');
      break;
    default:
  }
  for (const expression of statementExpressions(statement)) {
    walkExpression(expression, (node) => {
      if (node.kind === 'Yield') refuse(node, 'yield makes the function around it a generator');
      if (node.kind === 'Await') refuse(node, 'await needs its own function');
    });
  }
  if ((statement.kind === 'For' || statement.kind === 'With') && statement.isAsync) {
    refuse(statement, 'await needs its own function');
  }
  const loops = statement.kind === 'For' || statement.kind === 'While';
  for (const block of childBlocks(statement)) {
    const isBody = loops && block === (statement as { readonly body: readonly Statement[] }).body;
    found.push(...block.flatMap((inner) => crossing(inner, isInLoop || isBody)));
  }
  return found;
}

/** Functions and classes are known by where they are defined; imports belong to the top. */
function definitions(
  unit: FactUnit,
  statements: readonly Statement[],
  path: string,
  isModule: boolean,
): readonly Refusal[] {
  const [first] = statements;
  const end = statements.at(-1)!.end;
  return unit.summary.statements.flatMap(({ node, at: { scope } }) => {
    if (node.start < first!.start || node.start >= end) return [];
    const isImport = node.kind === 'Import' || node.kind === 'ImportFrom';
    if (isImport && isModule && scope.parent === undefined) {
      return [refusalAt(path, unit, node, 'imports stay with the others')];
    }
    if (node.kind === 'ClassDef' || node.kind === 'FunctionDef' || node.kind === 'TypeAlias') {
      return [refusalAt(path, unit, node, 'a function or class that is defined here would get another name')];
    }
    return [];
  });
}

/** Compilers see the body of a function and not what it calls. */
function decorated({ path }: AnalysedProgram, selection: Selection): readonly Refusal[] {
  const { unit } = selection.pieces[0];
  return [...selection.at.scope.outwards()].flatMap(({ node }) => {
    if (node?.kind !== 'FunctionDef') return [];
    return node.decorators
      .filter((decorator) => !TRANSPARENT.test(unit.unit.text.slice(decorator.start, decorator.end)))
      .map((decorator) =>
        refusalAt(path, unit, decorator, 'what is decorated here may not call other functions'),
      );
  });
}

/** Where an exception does not end things, names that are bound half-way are seen. */
function swallowed({ facts, path }: AnalysedProgram, selection: Selection): readonly Refusal[] {
  const hasOwnManagers = facts.units.some(({ unit }) => /\b__exit__\b|\bcontextmanager\b/.test(unit.text));
  return selection.pieces.flatMap(({ unit, statements }) => {
    const [first] = statements;
    const end = statements.at(-1)!.end;
    const inside = unit.summary.statements.find(
      ({ node }) => node.kind === 'With' && node.start >= first!.start && node.start < end,
    );
    if (!inside || !hasOwnManagers) return [];
    return [refusalAt(path, unit, inside.node, 'a context manager of the program may end exceptions here')];
  });
}
