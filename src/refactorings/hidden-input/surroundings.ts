import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Call, Str } from '../../syntax/ast';
import type { AnalysedProgram } from '../outcome';
import { selfReadings } from '../paths-to-config/guards';
import type { HiddenRead } from './function';

/** Builtins that can reach a module's names, or its functions, by their text. */
const BY_TEXT: readonly string[] = ['globals', 'locals', 'vars', 'eval', 'exec', '__import__'];

/** Functions that look at frames, find a module, or run one again. */
const BY_FRAME: ReadonlySet<string> = new Set([
  ...['importlib.reload', 'imp.reload', 'sys._getframe', 'inspect.currentframe', 'inspect.stack'],
  ...['inspect.getmembers', 'sys.settrace', 'sys.setprofile', 'threading.settrace', 'threading.setprofile'],
  ...['runpy.run_path', 'runpy.run_module', 'importlib.import_module', 'fire.Fire', 'doctest.testmod'],
  ...['gc.get_objects', 'gc.get_referrers'],
]);

/** Why code that is not seen, or the program itself, may notice the parameter or call the function in another way. */
export function whyOpen(read: HiddenRead, program: AnalysedProgram): string | undefined {
  return (
    whyImported(program) ?? whyReached(program) ?? whyRebound(read, program) ?? whyMentioned(read, program)
  );
}

function whyImported({ facts, context }: AnalysedProgram): string | undefined {
  if (facts.program.kind === 'notebook') return undefined;
  const [importer] = context.project?.importers ?? [];
  if (importer !== undefined) return `${importer} imports this module and may call the function`;
  const doesSomething = facts.units.some(({ summary }) =>
    summary.statements.some(({ node, at }) => {
      if (at.scope.parent !== undefined) return false;
      if (node.kind === 'Expr') return node.value.kind === 'Call';
      if (node.kind !== 'If' || node.test.kind !== 'Compare') return false;
      return node.test.operands.some((operand) => operand.kind === 'Name' && operand.id === '__name__');
    }),
  );
  return doesSomething
    ? undefined
    : 'Nothing shows that this is a program of its own: other modules may import it';
}

function whyReached(program: AnalysedProgram): string | undefined {
  const { facts } = program;
  for (const { reference } of facts.freeReferences) {
    const { name } = reference;
    if (BY_TEXT.includes(name) && facts.moduleBindings(name).length === 0) {
      return `${name} reaches names of the module by their text`;
    }
  }
  const frame = whyFramed(program);
  if (frame !== undefined) return frame;
  const [self] = selfReadings(program);
  return self && self.reason.charAt(0).toUpperCase() + self.reason.slice(1);
}

function whyFramed({ facts, context: { evaluator } }: AnalysedProgram): string | undefined {
  for (const known of BY_FRAME) {
    for (const { call, unit } of facts.callsNamed(known.slice(known.lastIndexOf('.') + 1))) {
      const callee = evaluator.calleeOf(call, unit);
      if (callee === known && !isHarmless(callee, call)) return `${callee} finds, runs or looks at modules`;
    }
  }
  for (const unit of facts.units) {
    for (const { node } of unit.summary.statements) {
      const isMain = node.kind === 'Import' && node.names.some(({ name }) => name === '__main__');
      if (isMain || (node.kind === 'ImportFrom' && node.module === '__main__')) return '__main__ is imported';
    }
    for (const node of unit.summary.locate.keys()) {
      const isNamed =
        (node.kind === 'Attribute' && node.attr === 'modules') ||
        (node.kind === 'Name' && node.id === 'modules');
      if (isNamed && evaluator.qualifiedName(node, unit) === 'sys.modules') {
        return 'sys.modules finds modules by their names';
      }
    }
  }
  return undefined;
}

/** A module of another name; a class or function that is handed to `fire`. */
function isHarmless(callee: string, { args }: Call): boolean {
  if (callee === 'importlib.import_module') return args[0]?.kind === 'Str' && args[0].value !== '__main__';
  return callee === 'fire.Fire' && args.length > 0;
}

/** Star imports above both names cannot touch them; everything else that binds unknown names may. */
function whyRebound({ name, unit }: HiddenRead, { facts }: AnalysedProgram): string | undefined {
  if (!facts.isComplete) return 'A part of the program cannot be read';
  const first = Math.min(unit.order, ...facts.moduleBindings(name).map((placed) => placed.unit.order));
  const binder = facts.unknownBinders.find(({ order, what }) => !what.startsWith('from ') || order >= first);
  return binder && `${binder.what} may bind the names anew`;
}

/** Texts and magics that name the function may call it, texts that name the variable may bind it. */
function whyMentioned(
  { name, function: { name: target } }: HiddenRead,
  { facts }: AnalysedProgram,
): string | undefined {
  const called = new RegExp(`(?<![\\w.])${target}\\s*\\(`, 'u');
  const isPatched = facts.callsNamed('patch').length > 0;
  for (const unit of facts.units) {
    for (const node of unit.summary.locate.keys()) {
      if (node.kind !== 'Str') continue;
      const text = textOf(node);
      if (isShown(node, unit) && !text.includes('>>>')) continue;
      if (text === target || called.test(text) || text.endsWith(`.${target}`)) {
        return `A text names ${target} and may be run`;
      }
      if (isPatched && text.endsWith(`.${name}`)) return `A text names ${name}, by which it may be bound`;
    }
    if (unit.unit.escapes.some(({ reads }) => reads.includes(target))) return usedByMagic(target);
  }
  const word = new RegExp(`(?<![\\w.])${target}(?!\\w)`, 'u');
  for (const { cell } of facts.cells) {
    for (const { isTransparent, span } of cell.escapes) {
      if (!isTransparent && word.test(cell.source.slice(span.start, span.end))) return usedByMagic(target);
    }
  }
  return undefined;
}

function usedByMagic(target: string): string {
  return `A magic or shell line uses ${target}`;
}

/** A docstring, or what is printed. */
function isShown(node: Str, { unit }: FactUnit): boolean {
  const parent = parentsOf(unit).get(node);
  if (parent?.kind === 'Expr') return true;
  return parent?.kind === 'Call' && parent.func.kind === 'Name' && parent.func.id === 'print';
}

function textOf({ tokens }: Str): string {
  const pieces = tokens.flatMap((token) => token.pieces);
  return pieces.map((piece) => (piece.kind === 'text' ? (piece.value ?? '') : ' ')).join('');
}
