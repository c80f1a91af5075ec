import type { FactUnit, PlacedBinding } from '../../semantics/facts';
import type { Evaluator, Value } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';
import { childExpressions } from '../../syntax/walk';

/** Packages whose objects may go at any time without anybody noticing. */
const PLAIN_PACKAGES = new Set(
  'numpy pandas sklearn scipy math statistics json re datetime decimal fractions random collections itertools string textwrap copy operator functools pathlib time'.split(
    ' ',
  ),
);
/** Of these packages, what holds a file, a process or a thread. */
const HOLDING = /(?:memmap|HDFStore|ExcelWriter|ExcelFile|read_hdf|open|Popen|Thread|Pool|NpzFile|load)$/;
const HOLDING_ARGUMENTS = new Set(['iterator', 'chunksize', 'mmap_mode']);
const PLAIN_BUILTINS = new Set(
  'len sum min max sorted range str int float bool round abs list dict set tuple frozenset enumerate zip reversed repr format divmod pow ord chr hash id isinstance type any all map filter bytes complex hex bin slice print'.split(
    ' ',
  ),
);

/**
 * Whether a name's values are plain data, so that it does not matter when they are given up: no file that is flushed,
 * no folder that is removed, no pool that is closed then. What is not known is no plain data.
 */
export class Lifetimes {
  readonly #running = new Set<Expression>();

  constructor(private readonly evaluator: Evaluator) {}

  isPlainBinding({ binding: { source }, unit }: PlacedBinding): boolean {
    switch (source.type) {
      case 'value':
      case 'augmented':
      case 'element':
        return this.isPlain(source.expression, unit);
      case 'iteration':
        return this.isPlain(source.iterable, unit);
      // The with statement itself ends what it opens.
      case 'context':
      case 'deletion':
      case 'import':
      case 'from-import':
      case 'function':
      case 'class':
        return true;
      default:
        return false;
    }
  }

  isPlain(node: Expression, unit: FactUnit): boolean {
    if (this.#running.has(node)) return true;
    this.#running.add(node);
    try {
      return this.#isPlain(node, unit);
    } finally {
      this.#running.delete(node);
    }
  }

  #isPlain(node: Expression, unit: FactUnit): boolean {
    switch (node.kind) {
      case 'Num':
      case 'Constant':
      case 'Str':
      case 'Compare':
      case 'Lambda':
        return true;
      case 'Call':
      case 'Name':
      case 'Attribute':
        return this.evaluator.valuesOf(node, unit).every((value) => this.#isPlainValue(value, unit));
      case 'Subscript':
        return this.isPlain(node.value, unit);
      case 'Comprehension':
      case 'Tuple':
      case 'List':
      case 'Set':
      case 'Dict':
      case 'BinOp':
      case 'UnaryOp':
      case 'BoolOp':
      case 'IfExp':
      case 'Starred':
        return childExpressions(node).every((child) => this.isPlain(child, unit));
      default:
        return false;
    }
  }

  #isPlainValue(value: Value, unit: FactUnit): boolean {
    switch (value.kind) {
      case 'qualified':
        return true;
      case 'result': {
        const [root = '', name = ''] = [value.callee.split('.')[0], value.callee.split('.').at(-1)];
        if (root === 'builtins') return PLAIN_BUILTINS.has(name) && value.callee.split('.').length === 2;
        if (!PLAIN_PACKAGES.has(root) || HOLDING.test(value.callee)) return false;
        return !value.call.keywords.some((keyword) => keyword.name && HOLDING_ARGUMENTS.has(keyword.name));
      }
      case 'member':
      case 'method-result':
        return this.#isPlainValue(value.receiver, unit);
      case 'function':
      case 'class':
        return true;
      default:
        return false;
    }
  }
}
