import { BUILTIN_NAMES } from '../../knowledge/builtins';
import { FILE_ARGUMENTS } from '../../knowledge/fileArguments';
import {
  DEFINITIONS,
  PURE_FUNCTIONS,
  READS_OUTSIDE,
  RUN_INPUTS,
  SHARED_BY_DESIGN,
} from '../../knowledge/moduleObjects';
import type { FactUnit } from '../../semantics/facts';
import type { Evaluator, Value } from '../../semantics/values';
import type { Call, ClassDef, Expression } from '../../syntax/ast';
import { childExpressions, walkExpression } from '../../syntax/walk';

/**
 * Where a value comes from, the weakest first: `constant`, made of literals alone; `definition`, as good as one (a
 * compiled pattern, a type, a logger, a client, what derives from `__file__` or the environment); `runtime`, computed
 * when the program runs; `outside`, computed of what a file, the network or the command line holds.
 */
export type Origin = 'constant' | 'definition' | 'runtime' | 'outside';

const ORDER: readonly Origin[] = ['constant', 'definition', 'runtime', 'outside'];

export function strongest(origins: readonly Origin[]): Origin {
  return ORDER[Math.max(0, ...origins.map((origin) => ORDER.indexOf(origin)))]!;
}

/** Methods that read outside whatever their receiver is. */
const OUTSIDE_METHODS =
  /^(?:read\w*|parse_args|parse_known_args|load_data|fetch\w*|open|iterdir|glob|rglob|recv|execute)$/;

/**
 * Where an expression's value comes from.
 *
 * @param ofVariable Judges a variable of the module by its name.
 */
export function originOf(
  node: Expression,
  unit: FactUnit,
  evaluator: Evaluator,
  ofVariable: (name: string) => Origin,
): Origin {
  const visit = (at: Expression): Origin => {
    switch (at.kind) {
      case 'Num':
      case 'Constant':
        return 'constant';
      case 'Lambda':
        return 'definition';
      case 'Escape':
      case 'Yield':
      case 'Await':
        return 'runtime';
      case 'Name':
        return ofName(at.id, at);
      case 'Attribute': {
        if (at.attr === '__version__') return 'definition';
        const name = evaluator.qualifiedName(at, unit);
        if (name === undefined) return visit(at.value);
        return RUN_INPUTS.has(name) ? 'outside' : isDefined(name) ? 'definition' : 'constant';
      }
      case 'Call':
        return ofCall(at);
      case 'IfExp': {
        const parts = [visit(at.body), visit(at.orelse)];
        // `"cuda" if torch.cuda.is_available() else "cpu"`: settled by the machine.
        const test = visit(at.test);
        return strongest(test === 'constant' || test === 'definition' ? parts : [...parts, test]);
      }
      default:
        return strongest(childExpressions(at).map(visit));
    }
  };
  const ofName = (name: string, at: Expression): Origin => {
    if (name === '__file__' || name === '__name__') return 'definition';
    const scope = unit.summary.locate.get(at)?.scope;
    // A comprehension's own variable is judged by what it runs over.
    if (!scope || scope.ownerOf(name).parent !== undefined) return 'constant';
    if (evaluator.facts.moduleBindings(name).length > 0) return ofVariable(name);
    return BUILTIN_NAMES.has(name) ? 'constant' : 'runtime';
  };
  /** `cached(compute)`: a function made of a function. */
  const isDecoration = ({ args, keywords }: Call): boolean => {
    const [only] = args;
    return args.length === 1 && keywords.length === 0 && evaluator.valuesOf(only!, unit).some(isCallable);
  };
  const ofArguments = (call: Call): Origin =>
    strongest([...call.args, ...call.keywords.map(({ value }) => value)].map(visit));
  const ofCall = (call: Call): Origin => {
    const given = [...call.args, ...call.keywords.map(({ value }) => value)];
    // `parse_version(scipy.__version__)`: as settled as the import.
    if (given.some(mentionsVersion)) return 'definition';
    if (evaluator.valuesOf(call, unit).some(isCallable) || isDecoration(call)) return 'definition';
    const origins = evaluator.valuesOf(call.func, unit).map((value) => ofCallee(value, call));
    return strongest(origins);
  };
  const ofCallee = (value: Value, call: Call): Origin => {
    switch (value.kind) {
      case 'qualified':
        return ofQualified(value.name, call);
      case 'class':
        if (isMarker(value.node, call)) return 'definition';
        // Made once, to be called like a function.
        if (isFunctionObject(value.node) && ofArguments(call) === 'constant') return 'definition';
        // A record of constants.
        return isRecord(value.node) ? ofArguments(call) : strongest(['runtime', ofArguments(call)]);
      case 'function':
        return strongest([readsOutside(value.unit, value.node) ? 'outside' : 'runtime', ofArguments(call)]);
      default:
        return ofMethod(call);
    }
  };
  const ofQualified = (name: string, call: Call): Origin => {
    const { func } = call;
    // A star import hides who is called; a builtin is taken as itself.
    if (matches(READS_OUTSIDE, name) || FILE_ARGUMENTS.get(name)?.use === 'read') return 'outside';
    if (isDefined(name)) return 'definition';
    if (matches(PURE_FUNCTIONS, name)) return ofArguments(call);
    // The builtin of a name that a star import may hide, or a method of what an import gives.
    const receiver = func.kind === 'Attribute' ? visit(func.value) : 'constant';
    return strongest(['runtime', receiver, ofArguments(call)]);
  };
  const ofMethod = (call: Call): Origin => {
    const { func } = call;
    if (func.kind === 'Name') {
      const isBuiltin = BUILTIN_NAMES.has(func.id) && evaluator.facts.moduleBindings(func.id).length === 0;
      return isBuiltin ? ofQualified(`builtins.${func.id}`, call) : strongest(['runtime', ofArguments(call)]);
    }
    if (func.kind !== 'Attribute') {
      // `lru_cache(maxsize=None)(signature)`, `wrapped(options)(library.function)`
      const isApplied = func.kind === 'Call' && call.args.length === 1 && ofArguments(call) === 'constant';
      if (visit(func) === 'definition' || isApplied) return 'definition';
      return strongest(['runtime', ofArguments(call)]);
    }
    const receiver = visit(func.value);
    if (receiver === 'definition' && derivesFromFile(func.value) && OUTSIDE_METHODS.test(func.attr))
      return 'outside';
    if (matches(READS_OUTSIDE, `.${func.attr}`)) return 'outside';
    if (receiver === 'definition') return 'definition';
    if (OUTSIDE_METHODS.test(func.attr)) return 'outside';
    return strongest([receiver, ofArguments(call)]);
  };
  const readsOutside = (
    where: FactUnit,
    body: Expression | { readonly start: number; readonly end: number },
  ): boolean =>
    where.summary.calls.some(({ node: inner }) => {
      if (inner.start < body.start || inner.end > body.end) return false;
      const name = evaluator.calleeOf(inner, where);
      return name !== undefined && (matches(READS_OUTSIDE, name) || FILE_ARGUMENTS.get(name)?.use === 'read');
    });
  return visit(node);
}

function isDefined(name: string): boolean {
  return matches(SHARED_BY_DESIGN, name) || matches(DEFINITIONS, name);
}

/** Whether calling something of this name gives an object that is shared by design: a logger, an application. */
export function isSharedByDesign(name: string): boolean {
  return matches(SHARED_BY_DESIGN, name);
}

function matches(patterns: readonly RegExp[], name: string): boolean {
  return patterns.some((pattern) => pattern.test(name));
}

function derivesFromFile(node: Expression): boolean {
  let isFile = false;
  walkExpression(node, (at) => {
    if (at.kind === 'Name' && at.id === '__file__') isFile = true;
  });
  return isFile;
}

function mentionsVersion(node: Expression): boolean {
  return node.kind === 'Attribute' && (node.attr === '__version__' || mentionsVersion(node.value));
}

function isCallable({ kind }: Value): boolean {
  return kind === 'function' || kind === 'class';
}

/** An object that is there to be told from others: of a class that takes nothing and inherits nothing. */
function isMarker({ bases, body }: ClassDef, call: Call): boolean {
  const isPlain = bases.every((base) => base.kind === 'Name' && base.id === 'object');
  const hasInit = body.some((statement) => statement.kind === 'FunctionDef' && statement.name === '__init__');
  return isPlain && !hasInit && call.args.length === 0 && call.keywords.length === 0;
}

/** An object of a class of the program that is called, and derives from nothing that is more than that. */
function isFunctionObject({ bases, body }: ClassDef): boolean {
  const isPlain = bases.every((base) => base.kind === 'Name' && base.id === 'object');
  return (
    isPlain && body.some((statement) => statement.kind === 'FunctionDef' && statement.name === '__call__')
  );
}

/** A class that keeps what it is given: a dataclass, a named tuple, an enumeration, a model of pydantic. */
function isRecord(node: ClassDef): boolean {
  const lastOf = (at: Expression): string =>
    at.kind === 'Call'
      ? lastOf(at.func)
      : at.kind === 'Attribute'
        ? at.attr
        : at.kind === 'Name'
          ? at.id
          : '';
  const isMarked =
    node.decorators.some((decorator) => ['dataclass', 'define', 'frozen', 's'].includes(lastOf(decorator))) ||
    node.bases.some((base) =>
      ['NamedTuple', 'Enum', 'BaseModel', 'BaseSettings', 'TypedDict'].includes(lastOf(base)),
    );
  const hasOwn = node.body.some(
    (statement) =>
      statement.kind === 'FunctionDef' && ['__init__', '__post_init__', '__new__'].includes(statement.name),
  );
  return isMarked && !hasOwn;
}
