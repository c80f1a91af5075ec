import {
  ABSORBING,
  ATTRIBUTE_TYPES,
  CHANGING_KEYWORDS,
  GENERIC_CLASSES,
  METHOD_TYPES,
  OTHER_GENERICS,
  RESULT_TYPES,
  SLICED_TO_THEMSELVES,
  plain,
} from '../knowledge/resultTypes';
import type { Call, ClassDef, Expression, FunctionDef } from '../syntax/ast';
import type { FactUnit, PlacedBinding } from './facts';
import { kindOfResult, kindsOf } from './objectKinds';
import { bindingsOfRead } from './reaching';
import { type Evaluator, returnsOf } from './values';

/**
 * A builtin's name, a dotted class of a library, `class:Net` for one of the program, `tuple[int, pandas.DataFrame]`. Behind
 * one, `?` says that type checkers do not see that it is one.
 */
export type TypeName = string;

/** What is written where nothing is known. */
export const ANY = 'Any';

/** How far one question goes; the number is about one expression, whose names may be bound in many places each. */
const MAX_DEPTH = 12;
const MAX_STEPS = 500;
/** Methods of a network that give the network back. */
const MODULE_KEEPING = new Set('to cuda cpu eval train float half double'.split(' '));
const NUMBERS: ReadonlySet<TypeName> = new Set(['int', 'float']);
const SCALARS: ReadonlySet<TypeName> = new Set(['int', 'float', 'str', 'bool', 'bytes']);

/** Types of expressions, in the dotted names of libraries; `Any` where an object of another type is possible. */
export class ExpressionTypes {
  #depth = 0;
  #steps = 0;

  constructor(
    private readonly evaluator: Evaluator,
    /** Whether type checkers see nothing of a module name where it is read. */
    private readonly isHidden: (name: string) => boolean = () => false,
  ) {}

  of(node: Expression, unit: FactUnit): TypeName {
    if (this.#depth === 0) this.#steps = 0;
    if (this.#depth >= MAX_DEPTH || ++this.#steps > MAX_STEPS) return ANY;
    this.#depth++;
    const type = this.#evaluate(node, unit);
    this.#depth--;
    return type;
  }

  /** The one type that all bindings of a name give it. */
  ofBindings(bindings: readonly PlacedBinding[]): TypeName {
    const binding = bindings.filter((placed) => placed.binding.source.type !== 'deletion');
    const isChange = ({ binding: { source } }: PlacedBinding): boolean => source.type === 'augmented';
    const type = common(
      binding.filter((placed) => !isChange(placed)).map((placed) => this.#ofBinding(placed)),
    );
    return binding.filter(isChange).every((placed) => this.#keeps(type, placed)) ? type : ANY;
  }

  #ofBinding({ binding: { source }, unit }: PlacedBinding): TypeName {
    switch (source.type) {
      case 'value':
        return this.of(source.expression, unit);
      case 'element':
        return source.path.reduce(
          (type, index) => partsOf(type)?.at(index) ?? ANY,
          this.of(source.expression, unit),
        );
      case 'iteration':
        return source.path.length === 0 && plain(this.of(source.iterable, unit)) === 'range' ? 'int' : ANY;
      default:
        return ANY;
    }
  }

  /** `x += y` gives an object of x's type again. */
  #keeps(type: TypeName, { binding: { source }, unit }: PlacedBinding): boolean {
    if (source.type !== 'augmented') return false;
    if (ABSORBING.includes(plain(type))) return true;
    return (
      plain(operated(source.op.replace(/=$/, ''), type, this.of(source.expression, unit))) === plain(type)
    );
  }

  #evaluate(node: Expression, unit: FactUnit): TypeName {
    switch (node.kind) {
      case 'Str':
        return node.isBytes ? 'bytes' : 'str';
      case 'Num':
        return numberType(unit.unit.text.slice(node.start, node.end).toLowerCase());
      case 'Constant':
        return typeof node.value === 'boolean' ? 'bool' : ANY;
      case 'UnaryOp': {
        if (node.op === 'not') return 'bool';
        const type = this.of(node.operand, unit);
        return NUMBERS.has(plain(type)) || ABSORBING.includes(plain(type)) ? type : ANY;
      }
      case 'Name':
        return this.#ofName(node, unit);
      case 'IfExp':
        return common([this.of(node.body, unit), this.of(node.orelse, unit)]);
      case 'NamedExpr':
        return this.of(node.value, unit);
      case 'Compare': {
        if (node.ops.every((op) => /\b(?:in|is)\b/.test(op))) return 'bool';
        return node.operands.every((operand) => SCALARS.has(plain(this.of(operand, unit)))) ? 'bool' : ANY;
      }
      case 'BinOp':
        if (node.op === '%' && node.left.kind === 'Str') return node.left.isBytes ? 'bytes' : 'str';
        return operated(node.op, this.of(node.left, unit), this.of(node.right, unit));
      case 'List':
        return 'list[Any]';
      case 'Dict':
        return 'dict[Any, Any]';
      case 'Set':
        return 'set[Any]';
      case 'Comprehension':
        return node.type === 'generator'
          ? ANY
          : node.type === 'dict'
            ? 'dict[Any, Any]'
            : `${node.type}[Any]`;
      case 'Tuple':
        if (node.elements.some(({ kind }) => kind === 'Starred') || node.elements.length === 0) return ANY;
        return `tuple[${node.elements.map((element) => this.of(element, unit)).join(', ')}]`;
      case 'Subscript':
        return this.#ofItem(node, unit);
      case 'Attribute':
        return takenFrom(this.of(node.value, unit), ATTRIBUTE_TYPES, node.attr);
      case 'Call':
        return this.#ofCall(node, unit);
      default:
        return ANY;
    }
  }

  #ofName(node: Expression & { kind: 'Name' }, unit: FactUnit): TypeName {
    const bindings = bindingsOfRead(node, unit);
    if (!bindings) return ANY;
    const isModules = unit.summary.locate.get(node)!.scope.ownerOf(node.id).parent === undefined;
    // What a function binds through `global` is bound at any time.
    if (isModules && bindings.some(({ binding }) => binding.scope.parent !== undefined)) return ANY;
    const type = this.ofBindings(bindings);
    return isModules && this.isHidden(node.id) ? hidden(type) : type;
  }

  #ofItem(node: Expression & { kind: 'Subscript' }, unit: FactUnit): TypeName {
    const owner = this.of(node.value, unit);
    const type = plain(owner);
    if (node.index.kind === 'Slice') return SLICED_TO_THEMSELVES.has(type) ? owner : ANY;
    if (type === 'str') return owner;
    if (type === 'list[str]') return plain(this.of(node.index, unit)) === 'int' ? like(owner, 'str') : ANY;
    const { value, index } = node;
    const isPlaced = value.kind === 'Attribute' && ['loc', 'iloc'].includes(value.attr);
    if (isPlaced) return this.#ofPlace(this.of(value.value, unit), index);
    if (type !== 'pandas.DataFrame') return ANY;
    if (index.kind === 'Str') return 'pandas.Series';
    return index.kind === 'List' || isMask(index) ? owner : ANY;
  }

  /** `table.loc[rows, columns]`: rows of several are a table, one column of several rows is a series. */
  #ofPlace(owner: TypeName, index: Expression): TypeName {
    if (plain(owner) !== 'pandas.DataFrame') return ANY;
    const isSeveral = (part: Expression): boolean =>
      part.kind === 'Slice' || part.kind === 'List' || isMask(part);
    if (index.kind !== 'Tuple') return isSeveral(index) ? owner : ANY;
    const [rows, columns] = index.elements;
    if (index.elements.length !== 2 || !rows || !columns || !isSeveral(rows)) return ANY;
    if (isSeveral(columns)) return owner;
    return columns.kind === 'Str' || columns.kind === 'Num' ? 'pandas.Series' : ANY;
  }

  #ofCall(call: Call, unit: FactUnit): TypeName {
    const isPlain = call.keywords.every(({ name }) => name !== undefined && !CHANGING_KEYWORDS.has(name));
    const values = this.evaluator.valuesOf(call.func, unit);
    const [value] = values;
    if (values.length === 1 && value?.kind === 'class') return this.#ofClass(call, value.node);
    if (values.length === 1 && value?.kind === 'function')
      return hidden(this.#ofFunction(value.node, value.unit));
    if (values.length === 1 && value?.kind === 'qualified') {
      const type = isPlain ? RESULT_TYPES.get(value.name) : undefined;
      return type ?? this.#ofLibrary(value.name, call, unit);
    }
    const { func } = call;
    if (func.kind !== 'Attribute' || !isPlain) return ANY;
    const owner = this.of(func.value, unit);
    if (MODULE_KEEPING.has(func.attr) && this.#isNetwork(owner, func.value, unit)) return owner;
    const type = plain(owner);
    const isEstimator = kindOfResult(type) === 'estimator';
    if (isEstimator && func.attr === 'fit') return owner;
    if (isEstimator && func.attr === 'predict' && type.startsWith('sklearn.')) return 'numpy.ndarray?';
    return takenFrom(owner, METHOD_TYPES, func.attr);
  }

  /** Whether an object of a class, of torch or of the program, is one of `torch.nn.Module`. */
  #isNetwork(type: TypeName, node: Expression, unit: FactUnit): boolean {
    if (kindOfResult(plain(type)) === 'module') return true;
    const kinds = kindsOf(node, unit, this.evaluator);
    return type.startsWith('class:') && kinds.size === 1 && kinds.has('module');
  }

  /** A class of the program that is called by the module's name for it. */
  #ofClass({ func }: Call, node: ClassDef): TypeName {
    if (func.kind !== 'Name') return ANY;
    const bindings = this.evaluator.facts.moduleBindings(func.id);
    const isOwn = bindings.some(({ binding: { source } }) => source.type === 'class' && source.node === node);
    const isImported = bindings.some(({ binding: { source } }) => source.type === 'from-import');
    return isOwn || isImported ? `class:${func.id}` : ANY;
  }

  #ofLibrary(name: string, call: Call, unit: FactUnit): TypeName {
    if (name === 'sklearn.model_selection.train_test_split') {
      const parts = call.args.map((argument) => this.of(argument, unit));
      const isKept = (type: TypeName): boolean =>
        ['pandas.DataFrame', 'pandas.Series', 'numpy.ndarray'].includes(plain(type));
      return `tuple[${parts.flatMap((type) => (isKept(type) ? [type, type] : [ANY, ANY])).join(', ')}]?`;
    }
    if (name === 'pandas.concat') {
      const [first] = call.args;
      const isOfFrames =
        first?.kind === 'List' &&
        first.elements.some((each) => plain(this.of(each, unit)) === 'pandas.DataFrame');
      return isOfFrames ? 'pandas.DataFrame' : ANY;
    }
    if (GENERIC_CLASSES.has(name)) return name;
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (!/^[A-Z]\w*[a-z]\w*$/.test(last)) return ANY;
    return OTHER_GENERICS.has(last) ? ANY : name;
  }

  /** What a function of the program gives back, where it says so or all its ways agree. */
  #ofFunction(node: FunctionDef, unit: FactUnit): TypeName {
    const isPlain = !node.isAsync && node.decorators.length === 0 && !/\byield\b/.test(textOf(node, unit));
    const returned = returnsOf(node);
    if (!isPlain || returned.length === 0 || !endsWithReturn(node)) return ANY;
    return common(returned.map(({ value }) => (value ? this.of(value, unit) : ANY)));
  }
}

/** What selects rows by being true of them. */
function isMask(node: Expression): boolean {
  if (node.kind === 'Compare') return true;
  if (node.kind === 'UnaryOp') return node.op === '~' && isMask(node.operand);
  if (node.kind === 'BinOp') return ['&', '|'].includes(node.op) && isMask(node.left) && isMask(node.right);
  return (
    node.kind === 'Call' &&
    node.func.kind === 'Attribute' &&
    ['isna', 'isnull', 'notna', 'notnull', 'isin', 'between', 'duplicated'].includes(node.func.attr)
  );
}

function textOf(node: FunctionDef, { unit }: FactUnit): string {
  return unit.text.slice(node.start, node.end);
}

/** Whether a function cannot run off its end and give None. */
function endsWithReturn({ body }: FunctionDef): boolean {
  const last = body.at(-1);
  return last?.kind === 'Return' || last?.kind === 'Raise';
}

/** The type with a sign that type checkers do not see it. */
function hidden(type: TypeName): TypeName {
  const parts = partsOf(type);
  if (parts) return `tuple[${parts.map(hidden).join(', ')}]?`;
  return type === ANY || type.endsWith('?') ? type : `${type}?`;
}

/** A type that is seen where another is. */
function like(other: TypeName, type: TypeName): TypeName {
  return other.endsWith('?') ? hidden(type) : type;
}

/** What a method or an attribute of a type gives. */
function takenFrom(
  owner: TypeName,
  table: Readonly<Record<string, ReadonlyMap<string, TypeName>>>,
  name: string,
): TypeName {
  return like(owner, table[plain(owner)]?.get(name) ?? ANY);
}

function common(types: readonly TypeName[]): TypeName {
  const [type = ANY, ...others] = new Set(types);
  if (others.length === 0) return type;
  return others.every((other) => plain(other) === plain(type)) ? hidden(type) : ANY;
}

function numberType(text: string): TypeName {
  if (/^(?:\d[\d_]*|0[xob][\da-f_]+)$/.test(text)) return 'int';
  return /^[\d._]+(?:e[+-]?[\d_]+)?$/.test(text) ? 'float' : ANY;
}

/** What an operator gives of two types. */
function operated(op: string, left: TypeName, right: TypeName): TypeName {
  const type = operatedPlain(op, plain(left), plain(right));
  return left.endsWith('?') || right.endsWith('?') ? hidden(type) : type;
}

function operatedPlain(op: string, left: TypeName, right: TypeName): TypeName {
  // A product of vectors is a number, but torch's numbers are tensors.
  if (op === '@') return left === right && left === 'torch.Tensor' ? left : ANY;
  const strong = ABSORBING.find((type) => left === type || right === type);
  // An unknown operand of an array may be a table.
  if (strong !== undefined) return left === ANY || right === ANY ? ANY : strong;
  if (left === 'pathlib.Path' && op === '/') return left;
  if (left === 'str' && right === 'str' && op === '+') return 'str';
  if (left === right && left.startsWith('list') && op === '+') return left;
  if (!NUMBERS.has(left) || !NUMBERS.has(right)) return ANY;
  if (op === '/') return 'float';
  // A negative exponent makes a fraction, and a power of a negative number a complex one.
  if (!['+', '-', '*', '//', '%'].includes(op)) return ANY;
  return left === 'int' && right === 'int' ? 'int' : 'float';
}

/** The types of a tuple's elements. */
export function partsOf(type: TypeName): readonly TypeName[] | undefined {
  const inner = /^tuple\[(.*)\]\??$/.exec(type)?.[1];
  if (inner === undefined) return undefined;
  const parts: string[] = [''];
  let depth = 0;
  for (const character of inner) {
    if (character === '[') depth++;
    if (character === ']') depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}
