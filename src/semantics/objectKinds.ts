import { KIND_OF_RESULT, KIND_PATTERNS, type ObjectKind, SAME_KIND_METHODS } from '../knowledge/objectKinds';
import { MODULE_BASES } from '../knowledge/torch';
import type { Call, Expression } from '../syntax/ast';
import type { FactUnit, PlacedBinding } from './facts';
import { bindingsOfRead } from './reaching';
import { type Evaluator, returnsOf } from './values';

export type { ObjectKind } from '../knowledge/objectKinds';

/** A kind of object, or that it cannot be told. */
export type KnownKind = ObjectKind | 'unknown';

/** Names, operands and calls looked through one after another, and all in all for one question. */
const MAX_DEPTH = 12;
const MAX_STEPS = 80;

const known = new WeakMap<Evaluator, Map<FactUnit, Map<Expression, ReadonlySet<KnownKind>>>>();

/**
 * What kinds of object an expression may stand for, through names, local functions and methods that keep the kind. More
 * than one are alternatives; `unknown` is among them where something escapes the analysis. Never empty. The answer is
 * about where the object was made: one that was handed in, imported, or taken out of another is `unknown`. Bounded and
 * remembered: cheap enough to ask for every call of a program.
 */
export function kindsOf(node: Expression, unit: FactUnit, evaluator: Evaluator): ReadonlySet<KnownKind> {
  let units = known.get(evaluator);
  if (!units) known.set(evaluator, (units = new Map<FactUnit, Map<Expression, ReadonlySet<KnownKind>>>()));
  let nodes = units.get(unit);
  if (!nodes) units.set(unit, (nodes = new Map<Expression, ReadonlySet<KnownKind>>()));
  let kinds = nodes.get(node);
  if (!kinds) nodes.set(node, (kinds = new Question(evaluator).kindsOf(node, unit, 0)));
  return kinds;
}

/** One question with its budget. */
class Question {
  #steps = 0;

  constructor(private readonly evaluator: Evaluator) {}

  kindsOf(node: Expression, unit: FactUnit, depth: number): Set<KnownKind> {
    if (depth > MAX_DEPTH || ++this.#steps > MAX_STEPS) return new Set(['unknown']);
    switch (node.kind) {
      case 'Name':
        return this.#ofName(node, unit, depth + 1);
      case 'IfExp':
        return this.#either(node.body, node.orelse, unit, depth + 1);
      case 'BoolOp':
        return this.#either(node.left, node.right, unit, depth + 1);
      case 'NamedExpr':
      case 'Await':
        return this.kindsOf(node.value, unit, depth + 1);
      case 'UnaryOp':
        return node.op === 'not' ? new Set(['immutable']) : this.kindsOf(node.operand, unit, depth + 1);
      case 'Call':
        return this.#ofCall(node, unit, depth + 1);
      default:
        return new Set([this.#ofLiteral(node, unit, depth + 1)]);
    }
  }

  #ofLiteral(node: Expression, unit: FactUnit, depth: number): KnownKind {
    switch (node.kind) {
      case 'Num':
      case 'Str':
      case 'Constant':
      case 'Compare':
        return 'immutable';
      case 'List':
        return 'list';
      case 'Dict':
        return 'dict';
      case 'Set':
        return 'set';
      case 'Comprehension':
        return node.type === 'generator' ? 'iterator' : node.type;
      case 'Lambda':
        return 'other';
      case 'Tuple':
        // What a tuple holds can be changed through it.
        return node.elements.every((part) => this.#one(part, unit, depth) === 'immutable')
          ? 'immutable'
          : 'other';
      case 'BinOp':
        return this.#ofOperands(node, unit, depth);
      case 'Subscript':
        return this.#ofItem(node, unit, depth);
      default:
        return 'unknown';
    }
  }

  #one(node: Expression, unit: FactUnit, depth: number): KnownKind {
    const kinds = this.kindsOf(node, unit, depth);
    const [kind = 'unknown'] = kinds;
    return kinds.size === 1 ? kind : 'unknown';
  }

  #either(one: Expression, other: Expression, unit: FactUnit, depth: number): Set<KnownKind> {
    return new Set([...this.kindsOf(one, unit, depth), ...this.kindsOf(other, unit, depth)]);
  }

  #ofName(node: Expression & { kind: 'Name' }, unit: FactUnit, depth: number): Set<KnownKind> {
    const kinds = new Set<KnownKind>();
    for (const placed of bindingsOfRead(node, unit) ?? []) {
      for (const kind of this.#ofBinding(placed, depth)) kinds.add(kind);
    }
    return kinds.size > 0 ? kinds : new Set(['unknown']);
  }

  #ofBinding({ binding, unit }: PlacedBinding, depth: number): Iterable<KnownKind> {
    const { source } = binding;
    switch (source.type) {
      case 'value':
        return this.kindsOf(source.expression, unit, depth);
      case 'context':
        // Files give themselves, other contexts may give anything.
        return this.#one(source.expression, unit, depth) === 'file' ? ['file'] : ['unknown'];
      case 'augmented':
        // The other bindings say what it is: `x += y` hardly ever changes the kind of `x`.
        return [];
      case 'function':
      case 'class':
        return ['other'];
      default:
        return ['unknown'];
    }
  }

  /** An array or frame swallows the other operand; the rest must agree. */
  #ofOperands(node: Expression & { kind: 'BinOp' }, unit: FactUnit, depth: number): KnownKind {
    // Formatting gives text whatever the operands are.
    if (node.op === '%' && node.left.kind === 'Str') return 'immutable';
    const left = this.#one(node.left, unit, depth);
    const right = this.#one(node.right, unit, depth);
    for (const strong of ['frame', 'series', 'tensor', 'array'] as const) {
      if (left === strong || right === strong) return strong;
    }
    if (left === right) return left;
    return node.op === '*' && (left === 'list' || right === 'list') ? 'list' : 'unknown';
  }

  #ofItem(node: Expression & { kind: 'Subscript' }, unit: FactUnit, depth: number): KnownKind {
    const owner = this.#one(node.value, unit, depth);
    const isSliced = node.index.kind === 'Slice';
    if (isSliced && SLICED_TO_THEMSELVES.has(owner)) return owner;
    if (owner !== 'frame') return 'unknown';
    if (node.index.kind === 'Str') return 'series';
    return node.index.kind === 'List' || node.index.kind === 'Compare' ? 'frame' : 'unknown';
  }

  #ofCall(call: Call, unit: FactUnit, depth: number): Set<KnownKind> {
    const kinds = new Set<KnownKind>();
    for (const callee of this.evaluator.valuesOf(call.func, unit)) {
      switch (callee.kind) {
        case 'qualified':
          kinds.add(kindOfResult(callee.name));
          break;
        case 'class': {
          const bases = this.evaluator.basesOf(callee.node, callee.unit);
          if (bases.some((base) => base !== undefined && MODULE_BASES.has(base))) kinds.add('module');
          else kinds.add(bases.length === 0 ? 'other' : 'unknown');
          break;
        }
        case 'function': {
          const returned = returnsOf(callee.node);
          if (callee.node.isAsync || returned.length === 0) kinds.add('unknown');
          for (const { value } of returned) {
            const given = value ? this.kindsOf(value, callee.unit, depth) : ['immutable' as const];
            for (const kind of given) kinds.add(kind);
          }
          break;
        }
        default: {
          const { func } = call;
          const keeps = func.kind === 'Attribute' && SAME_KIND_METHODS.has(func.attr);
          kinds.add(keeps ? this.#one(func.value, unit, depth) : 'unknown');
        }
      }
    }
    return kinds.size > 0 ? kinds : new Set(['unknown']);
  }
}

const SLICED_TO_THEMSELVES: ReadonlySet<KnownKind> = new Set([
  'list',
  'array',
  'tensor',
  'frame',
  'series',
  'immutable',
]);

/** The kind of what calling something qualified gives. */
export function kindOfResult(callee: string): KnownKind {
  const known = KIND_OF_RESULT.get(callee);
  if (known) return known;
  return KIND_PATTERNS.find(([pattern]) => pattern.test(callee))?.[1] ?? 'unknown';
}
