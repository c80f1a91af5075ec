import type {
  Call,
  ClassDef,
  Expression,
  FunctionDef,
  Lambda,
  Parameter,
  Str,
  StrPiece,
} from '../syntax/ast';
import type { FactUnit, PlacedBinding, PlacedCall } from './facts';
import {
  type FoldedText,
  MAX_ALTERNATIVES,
  UNKNOWN,
  concat,
  hole,
  join,
  text,
  withoutEnd,
} from './foldedText';
import { reachingBindings } from './reaching';
import type { Binding } from './scope';
import { type Evaluator, attributeAssignments, returnsOf } from './values';

const MAX_DEPTH = 32;
/** Expressions looked at for one question: a name rebound on many branches doubles them each time. */
const MAX_WORK = 600;

const PATH_CLASSES = new Set([
  'Path',
  'PurePath',
  'PosixPath',
  'WindowsPath',
  'PurePosixPath',
  'PureWindowsPath',
]);
/** Calls that give back the path they are given, as far as its beginning is concerned. */
const PASSING = new Set([
  'builtins.str',
  'os.fspath',
  'os.path.abspath',
  'os.path.expanduser',
  'os.path.expandvars',
  'os.path.normpath',
  'os.path.realpath',
]);
const PATH_METHODS_PASSING = new Set(['absolute', 'as_posix', 'expanduser', 'resolve']);
const ENVIRONMENT = new Set(['os.environ.get', 'os.getenv', 'os.environ.setdefault', 'os.environ.pop']);

/** Folds strings and paths through names, f-strings, `+`, `/`, `%`, `format`, `Path` and `os.path.join`. */
export class Folder {
  /** By place, not by node alone: a statement that stands twice has its nodes once, and may mean two things. */
  readonly #known = new Map<FactUnit, Map<Expression | Binding, readonly FoldedText[]>>();
  /** What is being folded: a loop that makes a path from itself says nothing new. */
  readonly #running = new Map<Expression | Binding, FactUnit[]>();
  #depth = 0;
  #work = 0;
  #cuts = 0;

  constructor(private readonly evaluator: Evaluator) {}

  /** The alternatives of what an expression is as a text; a hole where it is not known. Never empty. */
  fold(node: Expression, unit: FactUnit): readonly FoldedText[] {
    return this.#once(node, unit, () => this.#fold(node, unit));
  }

  /** Answers a question once, and a question within itself with "unknown". */
  #once(
    key: Expression | Binding,
    unit: FactUnit,
    answer: () => readonly FoldedText[],
  ): readonly FoldedText[] {
    let here = this.#known.get(unit);
    const known = here?.get(key);
    if (known) return known;
    if (this.#depth === 0) this.#work = 0;
    const running = this.#running.get(key) ?? [];
    if (running.includes(unit) || this.#depth > MAX_DEPTH || ++this.#work > MAX_WORK) {
      this.#cuts++;
      return UNKNOWN;
    }
    const cuts = this.#cuts;
    this.#running.set(key, [...running, unit]);
    this.#depth++;
    let found: readonly FoldedText[];
    try {
      found = answer().slice(0, MAX_ALTERNATIVES);
    } finally {
      this.#depth--;
      if (running.length === 0) this.#running.delete(key);
      else this.#running.set(key, running);
    }
    // What was found while something was cut off may be too weak to keep for other questions.
    if (this.#cuts === cuts || this.#depth === 0) {
      if (!here) this.#known.set(unit, (here = new Map<Expression | Binding, readonly FoldedText[]>()));
      here.set(key, found);
    }
    return found;
  }

  #fold(node: Expression, unit: FactUnit): readonly FoldedText[] {
    switch (node.kind) {
      case 'Str':
        return this.#string(node, unit);
      case 'Num':
        return /^[0-9]+$/.test(node.text) ? [text(String(Number(node.text)), undefined)] : UNKNOWN;
      case 'Name':
        return this.#name(node, unit);
      case 'Attribute':
        return this.#attribute(node, unit);
      case 'BinOp':
        return this.#operation(node, unit);
      case 'Call':
        return this.#call(node, unit);
      case 'Subscript':
        return this.#item(node.value, node.index, unit);
      case 'IfExp':
        return [...this.fold(node.body, unit), ...this.fold(node.orelse, unit)];
      case 'BoolOp':
        return [...this.fold(node.left, unit), ...this.fold(node.right, unit)];
      case 'NamedExpr':
        return this.fold(node.value, unit);
      default:
        return UNKNOWN;
    }
  }

  #string(node: Str, unit: FactUnit): readonly FoldedText[] {
    if (node.isBytes) return UNKNOWN;
    if (node.value !== undefined) return [text(node.value, { unit, node, piece: undefined })];
    return node.tokens
      .flatMap((token) => token.pieces)
      .reduce<readonly FoldedText[]>(
        (sofar, piece) => concat(sofar, this.#piece(piece, node, unit)),
        [text('', undefined)],
      );
  }

  #piece(piece: StrPiece, node: Str, unit: FactUnit): readonly FoldedText[] {
    if (piece.kind === 'text') {
      return piece.value === undefined ? UNKNOWN : [text(piece.value, { unit, node, piece })];
    }
    const isPlain = piece.conversion === undefined && piece.format.length === 0 && !piece.isDebug;
    return isPlain && piece.expression ? this.fold(piece.expression, unit) : UNKNOWN;
  }

  #name(node: Expression & { kind: 'Name' }, unit: FactUnit): readonly FoldedText[] {
    const at = unit.summary.locate.get(node);
    if (!at) return UNKNOWN;
    if (node.id === '__file__') return [hole('file')];
    const vantage = { unit, scope: at.scope, block: at.block, offset: node.start };
    const bindings = reachingBindings(node.id, vantage);
    if (bindings.length === 0) return UNKNOWN;
    return bindings.flatMap((placed) => this.#once(placed.binding, placed.unit, () => this.#binding(placed)));
  }

  #binding({ binding, unit }: PlacedBinding): readonly FoldedText[] {
    const { source } = binding;
    switch (source.type) {
      case 'value':
        return this.fold(source.expression, unit);
      case 'iteration':
        return source.path.length === 0 ? this.#elements(source.iterable, unit) : UNKNOWN;
      case 'element': {
        let value: Expression | undefined = source.expression;
        for (const index of source.path) {
          value = value?.kind === 'Tuple' || value?.kind === 'List' ? value.elements.at(index) : undefined;
        }
        return value ? this.fold(value, unit) : UNKNOWN;
      }
      case 'parameter':
        return this.#parameter(source.owner, source.parameter, unit);
      default:
        return UNKNOWN;
    }
  }

  /** What a parameter is given: its default, and the arguments of the calls that this program makes. */
  #parameter(owner: FunctionDef | Lambda, parameter: Parameter, unit: FactUnit): readonly FoldedText[] {
    const found: FoldedText[] = parameter.default ? [...this.fold(parameter.default, unit)] : [];
    if (owner.kind === 'FunctionDef') {
      for (const call of this.evaluator.facts.callsNamed(nameForCalls(owner, unit))) {
        const argument = this.#argumentFor(owner, parameter, call);
        if (argument) found.push(...this.fold(argument, call.unit));
      }
    }
    return found.length > 0 ? found : UNKNOWN;
  }

  #argumentFor(owner: FunctionDef, parameter: Parameter, { call, unit }: PlacedCall): Expression | undefined {
    const callee = this.evaluator.valuesOf(call.func, unit)[0];
    const isConstructor =
      callee?.kind === 'class' && owner.name === '__init__' && callee.node.body.includes(owner);
    const isCall = callee?.kind === 'function' && callee.node === owner;
    if (!isConstructor && !isCall) return undefined;
    const keyword = call.keywords.find((candidate) => candidate.name === parameter.name);
    if (keyword) return keyword.value;
    const isBound = isConstructor || (callee.kind === 'function' && callee.self?.kind === 'object');
    const index = owner.params.indexOf(parameter) - (isBound ? 1 : 0);
    const before = call.args.slice(0, index + 1);
    return before.some((argument) => argument.kind === 'Starred') ? undefined : call.args[index];
  }

  #attribute(node: Expression & { kind: 'Attribute' }, unit: FactUnit): readonly FoldedText[] {
    const name = this.evaluator.qualifiedName(node, unit);
    if (name === 'os.sep' || name === 'os.path.sep') return [text('/', undefined)];
    if (node.attr === 'parent' || node.attr === 'parents') return this.fold(node.value, unit).map(withoutEnd);
    return this.evaluator.valuesOf(node.value, unit).flatMap((value) => {
      if (value.kind !== 'object' && value.kind !== 'class') return UNKNOWN;
      return this.#classAttribute(value.node, value.unit, node.attr);
    });
  }

  #classAttribute(node: ClassDef, unit: FactUnit, name: string): readonly FoldedText[] {
    const found = attributeAssignments(node, name).flatMap(({ expression }) =>
      expression ? this.fold(expression, unit) : UNKNOWN,
    );
    return found.length > 0 ? found : UNKNOWN;
  }

  #operation(node: Expression & { kind: 'BinOp' }, unit: FactUnit): readonly FoldedText[] {
    if (node.op === '+') return concat(this.fold(node.left, unit), this.fold(node.right, unit));
    if (node.op === '/') {
      const left = this.fold(node.left, unit);
      return left.some((alternative) => alternative.isPath || alternative.segments[0]?.kind === 'text')
        ? join([left, this.fold(node.right, unit)], true)
        : UNKNOWN;
    }
    if (node.op !== '%') return UNKNOWN;
    const values = node.right.kind === 'Tuple' ? node.right.elements : [node.right];
    return this.fold(node.left, unit).flatMap((template) =>
      this.#template(
        template,
        /%(?:%|[-#0 +]*[0-9.]*[a-zA-Z])/,
        (match, i) => (match === '%%' ? '%' : match === '%s' ? values[i] : undefined),
        unit,
      ),
    );
  }

  #call(node: Call, unit: FactUnit): readonly FoldedText[] {
    const name = this.evaluator.calleeOf(node, unit);
    if (name !== undefined) return this.#qualifiedCall(name, node, unit);
    const { func } = node;
    if (func.kind === 'Attribute') {
      if (func.attr === 'format') return this.#format(func.value, node, unit);
      if (func.attr === 'joinpath')
        return join([this.fold(func.value, unit), ...node.args.map((a) => this.fold(a, unit))], true);
      if (PATH_METHODS_PASSING.has(func.attr)) return this.fold(func.value, unit);
      if (['with_name', 'with_suffix', 'with_stem'].includes(func.attr))
        return this.fold(func.value, unit).map(withoutEnd);
    }
    return this.evaluator.valuesOf(func, unit).flatMap((callee) => {
      if (callee.kind !== 'function') return UNKNOWN;
      const returned = returnsOf(callee.node).flatMap((r) =>
        r.value ? this.fold(r.value, callee.unit) : UNKNOWN,
      );
      return returned.length > 0 ? returned : UNKNOWN;
    });
  }

  #qualifiedCall(name: string, node: Call, unit: FactUnit): readonly FoldedText[] {
    const args = (): (readonly FoldedText[])[] => node.args.map((argument) => this.fold(argument, unit));
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (name === `pathlib.${last}` && PATH_CLASSES.has(last)) {
      return node.args.length === 0 ? [{ ...text('.', undefined), isPath: true }] : join(args(), true);
    }
    if (name === 'os.path.join' || name === 'posixpath.join') return join(args(), false);
    if (PASSING.has(name) && node.args[0])
      return this.fold(node.args[0], unit).map((f) => ({ ...f, isPath: false }));
    if (name === 'os.path.dirname' && node.args[0]) return this.fold(node.args[0], unit).map(withoutEnd);
    if (name === 'pathlib.Path.home') return [{ ...hole('home'), isPath: true }];
    if (ENVIRONMENT.has(name)) return [hole('environment')];
    if (name.startsWith('tempfile.')) return [hole('temporary')];
    return UNKNOWN;
  }

  #format(template: Expression, call: Call, unit: FactUnit): readonly FoldedText[] {
    return this.fold(template, unit).flatMap((folded) =>
      this.#template(
        folded,
        /\{\{|\}\}|\{[^{}]*\}/,
        (match, i) => {
          if (match === '{{') return '{';
          if (match === '}}') return '}';
          const field = match.slice(1, -1);
          if (field === '') return call.args[i];
          if (/^[0-9]+$/.test(field)) return call.args[Number(field)];
          return call.keywords.find((keyword) => keyword.name === field)?.value;
        },
        unit,
      ),
    );
  }

  /** Fills the fields of a template: `fill` gives the text or the expression for a field, or undefined. */
  #template(
    template: FoldedText,
    field: RegExp,
    fill: (match: string, index: number) => Expression | string | undefined,
    unit: FactUnit,
  ): readonly FoldedText[] {
    let filled = 0;
    let sofar: readonly FoldedText[] = [text('', undefined)];
    for (const segment of template.segments) {
      if (segment.kind === 'hole') {
        sofar = concat(sofar, [{ segments: [segment], isPath: false }]);
        continue;
      }
      let rest = segment.value;
      for (let match = field.exec(rest); match; match = field.exec(rest)) {
        sofar = concat(sofar, [text(rest.slice(0, match.index), segment.origin)]);
        const value = fill(match[0], filled);
        if (typeof value !== 'string') filled++;
        if (typeof value === 'string') sofar = concat(sofar, [text(value, segment.origin)]);
        else sofar = concat(sofar, value ? this.fold(value, unit) : UNKNOWN);
        rest = rest.slice(match.index + match[0].length);
      }
      sofar = concat(sofar, [text(rest, segment.origin)]);
    }
    return sofar;
  }

  #item(container: Expression, index: Expression, unit: FactUnit): readonly FoldedText[] {
    if (this.evaluator.qualifiedName(container, unit) === 'os.environ') return [hole('environment')];
    if (container.kind === 'Attribute' && container.attr === 'parents')
      return this.fold(container.value, unit).map(withoutEnd);
    const key = index.kind === 'Str' ? index.value : undefined;
    const found = this.#containers(container, unit).flatMap(({ node, unit: where }) => {
      if (node.kind === 'Dict') {
        const entries = node.entries.filter(
          (entry) => key === undefined || (entry.key?.kind === 'Str' && entry.key.value === key),
        );
        return entries.flatMap((entry) => this.fold(entry.value, where));
      }
      const elements = node.kind === 'List' || node.kind === 'Tuple' ? node.elements : [];
      const chosen =
        index.kind === 'Num' ? elements.slice(Number(index.text), Number(index.text) + 1) : elements;
      return chosen.flatMap((element) => this.fold(element, where));
    });
    return found.length > 0 ? found : UNKNOWN;
  }

  #elements(iterable: Expression, unit: FactUnit): readonly FoldedText[] {
    const found = this.#containers(iterable, unit).flatMap(({ node, unit: where }) =>
      node.kind === 'List' || node.kind === 'Tuple' || node.kind === 'Set'
        ? node.elements.flatMap((element) => this.fold(element, where))
        : [],
    );
    return found.length > 0 ? found : UNKNOWN;
  }

  /** The list, tuple and dict displays that an expression may stand for. */
  #containers(node: Expression, unit: FactUnit): readonly { node: Expression; unit: FactUnit }[] {
    if (['List', 'Tuple', 'Set', 'Dict'].includes(node.kind)) return [{ node, unit }];
    if (this.#depth > MAX_DEPTH) return [];
    this.#depth++;
    try {
      if (node.kind === 'Name') {
        const at = unit.summary.locate.get(node);
        if (!at) return [];
        const vantage = { unit, scope: at.scope, block: at.block, offset: node.start };
        return reachingBindings(node.id, vantage).flatMap(({ binding, unit: where }) =>
          binding.source.type === 'value' ? this.#containers(binding.source.expression, where) : [],
        );
      }
      if (node.kind === 'Attribute') {
        return this.evaluator
          .valuesOf(node.value, unit)
          .flatMap((value) =>
            value.kind === 'object' || value.kind === 'class'
              ? attributeAssignments(value.node, node.attr).flatMap(({ expression }) =>
                  expression ? this.#containers(expression, value.unit) : [],
                )
              : [],
          );
      }
      return [];
    } finally {
      this.#depth--;
    }
  }
}

/** The name that calls of a function bear: its own, or its class's for `__init__`. */
function nameForCalls(owner: FunctionDef, unit: FactUnit): string {
  const around = unit.summary.scopeOf.get(owner)?.parent?.node;
  return owner.name === '__init__' && around?.kind === 'ClassDef' ? around.name : owner.name;
}
