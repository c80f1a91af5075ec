import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import { type Value, returnsOf } from '../../semantics/values';
import type { Call, Expression } from '../../syntax/ast';
import { childExpressions } from '../../syntax/walk';
import type { Refusal } from '../../text/refusal';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';
import { CLASS_MAKERS } from './hazards';
import { importedModules } from './imports';

const REASON = 'the name of the module in which a class was made may show here';

/** Attributes of a class that do not tell its module. */
const PLAIN_ATTRIBUTES = new Set([
  '__name__',
  '__qualname__',
  '__doc__',
  '__mro__',
  '__dict__',
  '__members__',
]);
/** What writes its arguments as text. */
const SHOWING = new Set(['print', 'str', 'repr', 'format', 'display', 'pprint', 'pformat', 'ascii']);
const LOGGING = new Set([
  'debug',
  'info',
  'warning',
  'error',
  'critical',
  'exception',
  'log',
  'format',
  'write',
]);
/** What turns objects into bytes in which their class is named. */
const DUMPING = /^(?:pickle|_pickle|cPickle|dill|cloudpickle|joblib|torch|shelve)\.(?:dump|dumps|save|open)$/;
/** Methods that give plain data of an object of the program. */
const PLAIN_METHODS = new Set(['state_dict', 'to_dict', 'tolist', 'numpy', 'item', 'get_params']);
const MAX_DEPTH = 6;

/** Which classes get another module, and what counts as showing it. */
export interface OriginWishes {
  /** Whether what is pickled counts, too. */
  readonly inPickles: boolean;
  /** Whether the project's modules that the program imports move as well. */
  readonly movesModules: boolean;
}

/** Places at which the module of a program's own classes may show, which changes from `__main__`. */
export function shownOrigins(
  program: AnalysedProgram,
  { inPickles, movesModules }: OriginWishes = { inPickles: true, movesModules: false },
): readonly Refusal[] {
  const { facts, path } = program;
  const imported = movesModules ? importedClasses(program) : NO_NAMES;
  const makes = (call: Call, unit: FactUnit): boolean =>
    CLASS_MAKERS.has(program.context.evaluator.calleeOf(call, unit) ?? '');
  const hasClasses =
    imported.size > 0 ||
    facts.units.some(
      (unit) =>
        unit.summary.statements.some(({ node }) => node.kind === 'ClassDef') ||
        unit.summary.calls.some(({ node }) => makes(node, unit)),
    );
  if (!hasClasses) return [];
  const refusals: Refusal[] = [];
  for (const unit of facts.units) {
    const refuse = (node: Expression): number => refusals.push(refusalAt(path, unit, node, REASON));
    for (const node of unit.summary.locate.keys()) {
      if (node.kind === 'Attribute' && node.attr === '__module__') refuse(node);
      if (node.kind === 'Str')
        for (const hole of holesOf(node)) if (mayBeClass(hole, unit, program)) refuse(hole);
      if (node.kind === 'BinOp' && node.op === '%' && node.left.kind === 'Str') {
        for (const part of parts(node.right)) if (mayBeClass(part, unit, program)) refuse(part);
      }
    }
    for (const { node } of unit.summary.calls)
      for (const shown of shownBy(node, unit, program, inPickles)) refuse(shown);
    const { statement } = unit.unit;
    if (statement.kind === 'Expr' && mayBeClass(statement.value, unit, program)) refuse(statement.value);
  }
  return refusals;
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** The names of classes in the project's modules that a program imports. */
export function importedClasses({ facts, context }: AnalysedProgram): ReadonlySet<string> {
  const modules = facts.units
    .flatMap(importedModules)
    .flatMap((name) => context.evaluator.project?.moduleNamed(name) ?? []);
  return new Set(
    modules.flatMap((module) =>
      module.facts.units.flatMap(({ unit: { statement } }) =>
        statement.kind === 'ClassDef' ? [statement.name] : [],
      ),
    ),
  );
}

function holesOf(node: Expression): readonly Expression[] {
  return node.kind === 'Str' ? childExpressions(node) : [];
}

/** The arguments of a call that it may write with the name of their class's module. */
function shownBy(
  call: Call,
  unit: FactUnit,
  program: AnalysedProgram,
  inPickles: boolean,
): readonly Expression[] {
  const { func } = call;
  const args = [...call.args, ...call.keywords.map(({ value }) => value)];
  const callee = program.context.evaluator.calleeOf(call, unit);
  if (callee !== undefined && DUMPING.test(callee)) {
    return args.slice(0, inPickles ? 1 : 0).filter((arg) => !isPlainData(arg, unit, program));
  }
  const isShowing =
    func.kind === 'Name' ? SHOWING.has(func.id) : func.kind === 'Attribute' && LOGGING.has(func.attr);
  return isShowing ? args.flatMap(parts).filter((arg) => mayBeClass(arg, unit, program)) : [];
}

/** What a display, a starred argument or a conditional is made of. */
function parts(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'Tuple':
    case 'List':
    case 'Set':
      return node.elements.flatMap(parts);
    case 'Dict':
    case 'Starred':
    case 'Comprehension':
      return childExpressions(node).flatMap(parts);
    case 'IfExp':
      return [node.body, node.orelse].flatMap(parts);
    default:
      return [node];
  }
}

function isPlainData(node: Expression, unit: FactUnit, { context }: AnalysedProgram): boolean {
  if (node.kind === 'Call' && node.func.kind === 'Attribute' && PLAIN_METHODS.has(node.func.attr))
    return true;
  return context.evaluator
    .valuesOf(node, unit)
    .every((value) => value.kind === 'result' && /^(?:numpy|pandas|sklearn|torch)\./.test(value.callee));
}

/** Whether the value may be a class of the program, or an object that shows one; what is unknown may be. */
function mayBeClass(node: Expression, unit: FactUnit, program: AnalysedProgram, depth = 0): boolean {
  if (depth > MAX_DEPTH) return true;
  switch (node.kind) {
    case 'Name':
    case 'Attribute':
    case 'Call':
      break;
    case 'Subscript':
    case 'Await':
    case 'NamedExpr':
      return mayBeClass(node.value, unit, program, depth + 1);
    case 'IfExp':
    case 'Tuple':
    case 'List':
    case 'Set':
    case 'Dict':
    case 'Starred':
    case 'Comprehension':
    case 'BoolOp':
      return childExpressions(node).some((child) => mayBeClass(child, unit, program, depth + 1));
    default:
      // Numbers, texts, comparisons and sums are no classes.
      return false;
  }
  if (node.kind === 'Attribute') {
    if (PLAIN_ATTRIBUTES.has(node.attr)) return false;
    if (node.attr === '__class__') return !isNameOfType(node, unit);
  }
  if (node.kind === 'Call') {
    const callee = program.context.evaluator.calleeOf(node, unit);
    if (callee === 'builtins.type' && node.args.length === 1) {
      return !isNameOfType(node, unit) && mayBeObject(node.args[0]!, unit, program);
    }
    if (callee !== undefined) return CLASS_MAKERS.has(callee);
    if (node.func.kind === 'Name' || node.func.kind === 'Attribute') {
      const functions = program.context.evaluator.valuesOf(node.func, unit);
      if (functions.every((value) => value.kind === 'function' || value.kind === 'class')) {
        return functions.some((value) => givesClass(value, program, depth + 1));
      }
    }
  }
  return program.context.evaluator.valuesOf(node, unit).some((value) => isClass(value, node, program));
}

/** Without classes that are handed about as values, only the name of a class stands for one. */
function isClass(value: Value, node: Expression, program: AnalysedProgram): boolean {
  if (value.kind === 'class' || (value.kind === 'result' && CLASS_MAKERS.has(value.callee))) return true;
  return value.kind === 'unknown' && node.kind !== 'Attribute' && handsClassesAbout(program);
}

function givesClass(value: Value, program: AnalysedProgram, depth: number): boolean {
  if (value.kind !== 'function') return false;
  return returnsOf(value.node).some(
    (statement) => statement.value !== undefined && mayBeClass(statement.value, value.unit, program, depth),
  );
}

function mayBeObject(node: Expression, unit: FactUnit, { context }: AnalysedProgram): boolean {
  if (['Num', 'Str', 'Constant', 'List', 'Tuple', 'Dict', 'Set', 'Compare', 'BinOp'].includes(node.kind))
    return false;
  return context.evaluator
    .valuesOf(node, unit)
    .some(({ kind }) => ['object', 'unknown', 'member', 'class', 'function'].includes(kind));
}

/** `type(x).__name__`, `type(x) is A`. */
function isNameOfType(node: Expression, unit: FactUnit): boolean {
  const parent = parentsOf(unit.unit).get(node);
  if (parent?.kind === 'Attribute') return PLAIN_ATTRIBUTES.has(parent.attr);
  return parent?.kind === 'Compare';
}

/** Builtins that ask about a class, or iterate over the members of an enumeration. */
const HARMLESS_CALLS =
  /^(?:isinstance|issubclass|super|fields|list|tuple|set|sorted|max|min|len|iter|enumerate|zip|reversed)$/;
/** The class of an object as a value: neither an attribute of it, nor a call, nor a comparison. */
const TAKES_TYPE = /(?:\btype\([^)]*\)|\b__class__\b)(?!\s*(?:\.(?!\s*__module__)|\(|==|!=|(?:is|not|in)\b))/;

const known = new WeakMap<AnalysedProgram['facts'], boolean>();

/** Whether a class of the program is used as a value: put into something, given to a call, bound to a name. */
function handsClassesAbout(program: AnalysedProgram): boolean {
  const { facts } = program;
  const before = known.get(facts);
  if (before !== undefined) return before;
  const classes = new Set([
    ...importedClasses(program),
    ...facts.units.flatMap(({ summary }) =>
      summary.statements.flatMap(({ node }) => (node.kind === 'ClassDef' ? [node.name] : [])),
    ),
  ]);
  const isHanded = facts.freeReferences.some(({ reference: { name, node, time }, unit }) => {
    if (!classes.has(name) || time === 'annotation') return false;
    const parent = parentsOf(unit.unit).get(node);
    switch (parent?.kind) {
      case 'Call': {
        const isHarmless = parent.func.kind === 'Name' && HARMLESS_CALLS.test(parent.func.id);
        return parent.func !== node && !isHarmless;
      }
      // What iterating a class gives are members of an enumeration.
      case 'For':
        return parent.iter !== node;
      // A pattern names a class to compare with.
      case 'Match':
        return parent.subject === node;
      // Keras looks classes up there by the names in a saved model.
      case 'Dict': {
        const call = parentsOf(unit.unit).get(parent);
        return !(
          call?.kind === 'Call' &&
          call.keywords.some(({ name: given, value }) => given === 'custom_objects' && value === parent)
        );
      }
      case 'Comprehension':
        return parent.clauses.every(({ iter }) => iter !== node);
      case 'Attribute':
      case 'Compare':
      case 'ClassDef':
      case 'Raise':
      case 'Try':
        return false;
      default:
        return true;
    }
  });
  const isTypeTaken = facts.units.some(({ unit }) => TAKES_TYPE.test(unit.text));
  const result = isHanded || isTypeTaken;
  known.set(facts, result);
  return result;
}
