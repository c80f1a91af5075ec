import {
  ARITHMETIC,
  CHANGING_FRAME_METHODS,
  CHANGING_FUNCTIONS,
  CHANGING_METHODS,
  DICT_BUILDERS,
  JOINING_FUNCTIONS,
  LIST_BUILDERS,
  LIST_MUTATIONS,
} from '../../knowledge/repeatedEffects';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { Value } from '../../semantics/values';
import type { Call, Expression } from '../../syntax/ast';
import type { RuleContext } from '../rule';
import { mentions, namesIn, placeText } from './places';

/** What an expression is computed from, and where. */
export interface Repetition {
  /** As `placeText` gives it. */
  readonly target: string;
  readonly root: string;
  readonly unit: FactUnit;
  readonly context: RuleContext;
}

/** `changed`: another value the next time; `same`: not; undefined: it is not known, or no matter of the target. */
type Verdict = 'changed' | 'same' | undefined;

/** Whether an expression surely gives another value when the target already has the one it gave. */
export function transforms(value: Expression, repetition: Repetition): boolean {
  return verdictOn(value, repetition) === 'changed';
}

function verdictOn(node: Expression, repetition: Repetition): Verdict {
  const { target, unit } = repetition;
  if (placeText(node, unit.unit.text) === target) return 'same';
  switch (node.kind) {
    case 'BinOp':
      return onOperation(node, repetition);
    case 'UnaryOp':
      return verdictOn(node.operand, repetition) && (node.op === '+' ? 'same' : 'changed');
    case 'Attribute': {
      const inner = verdictOn(node.value, repetition);
      if (inner === undefined) return undefined;
      return inner === 'changed' || node.attr === 'T' ? 'changed' : 'same';
    }
    case 'Subscript': {
      const inner = verdictOn(node.value, repetition);
      if (inner === undefined) return undefined;
      return inner === 'changed' || cutsAgain(node.index, unit.unit.text) ? 'changed' : 'same';
    }
    case 'Call':
      return onCall(node, repetition);
    default:
      return undefined;
  }
}

const CHANGING_OPERATORS = new Set(['+', '-', '/', '//', '**', '<<', '>>', '^']);

function onOperation(node: Expression & { kind: 'BinOp' }, repetition: Repetition): Verdict {
  const [left, right] = [verdictOn(node.left, repetition), verdictOn(node.right, repetition)];
  if (left === undefined && right === undefined) return undefined;
  if (left === 'changed' || right === 'changed') {
    // `(x - x.min()) / (x.max() - x.min())`: what is scaled already stays.
    return mentionsBoth(node, repetition) ? undefined : 'changed';
  }
  const other = left === undefined ? node.left : node.right;
  if (node.op === '*') return isNumber(other, repetition) ? 'changed' : undefined;
  if (!CHANGING_OPERATORS.has(node.op) || dependsOnRoot(other, repetition)) return undefined;
  return isNeutral(other, node.op) ? 'same' : 'changed';
}

function mentionsBoth({ left, right }: Expression & { kind: 'BinOp' }, { root }: Repetition): boolean {
  return mentions(left, root) && mentions(right, root);
}

/** Whether an operand is computed from the same variable, here or further up in the same cell. */
export function dependsOnRoot(operand: Expression, { root, unit, context: { facts } }: Repetition): boolean {
  const names = namesIn(operand);
  if (names.has(root)) return true;
  return [...names].some((name) =>
    facts.moduleBindings(name).some(({ binding: { source }, unit: at }) => {
      if (at.cell !== unit.cell || at.order > unit.order || !('expression' in source)) return false;
      // Computed anew each time, from what is the same or is changed along with it: the mean of what was centred is 0.
      return [...namesIn(source.expression)].some((read) => read === root || isRebound(read, unit, facts));
    }),
  );
}

/** Whether the cell computes a variable anew from its own value. */
function isRebound(name: string, unit: FactUnit, facts: ProgramFacts): boolean {
  return facts.moduleBindings(name).some(({ binding: { source }, unit: at }) => {
    if (at.cell !== unit.cell) return false;
    return source.type === 'augmented' || (source.type === 'value' && mentions(source.expression, name));
  });
}

function isNumber(node: Expression, { unit, context: { facts } }: Repetition): boolean {
  if (node.kind === 'Num') return !isNeutral(node, '*');
  if (node.kind !== 'Name') return false;
  const values = facts.moduleBindings(node.id).filter(({ unit: at }) => at.order <= unit.order);
  return (
    values.length > 0 &&
    values.every(({ binding: { source } }) => source.type === 'value' && source.expression.kind === 'Num')
  );
}

/** Adding 0, dividing by 1. */
function isNeutral(node: Expression, op: string): boolean {
  if (node.kind !== 'Num') return false;
  return Number(node.text) === (['+', '-', '<<', '>>', '^'].includes(op) ? 0 : 1);
}

/** `x[1:]`, `x[:-1]`, `x[::-1]`, `x[0]`, `x["key"]`, `x[:, None]`; not a filter, a list of columns, or `x[:100]`. */
function cutsAgain(index: Expression, text: string): boolean {
  switch (index.kind) {
    case 'Tuple':
      return index.elements.some((each) => cutsAgain(each, text));
    case 'Slice':
      return slicesAgain(index, text);
    case 'Num':
    case 'Str':
      return true;
    case 'Constant':
      return index.value === null;
    case 'Attribute':
      return index.attr === 'newaxis';
    default:
      return false;
  }
}

/** The end of a list from a place on is not its own end from there on; `x[-5:]` and `x[:5]` are. */
function slicesAgain({ parts, start, end }: Expression & { kind: 'Slice' }, text: string): boolean {
  const fields: (Expression | undefined)[] = [undefined];
  for (let at = start, next = 0; at < end; at++) {
    const part = parts[next];
    if (part && at >= part.start) {
      fields[fields.length - 1] = part;
      at = part.end - 1;
      next++;
    } else if (text[at] === ':') fields.push(undefined);
  }
  const [lower, upper, step] = fields;
  const isNegative = (node: Expression | undefined): boolean => node?.kind === 'UnaryOp' && node.op === '-';
  const isPositive = (node: Expression | undefined): boolean =>
    node?.kind === 'Num' && !/^0+$/.test(node.text);
  return (
    isPositive(lower) ||
    isNegative(upper) ||
    isNegative(step) ||
    (isPositive(step) && step !== undefined && !isOne(step))
  );
}

function isOne(node: Expression): boolean {
  return node.kind === 'Num' && Number(node.text) === 1;
}

function onCall(node: Call, repetition: Repetition): Verdict {
  const { func } = node;
  const { context, unit } = repetition;
  const receiver = func.kind === 'Attribute' ? verdictOn(func.value, repetition) : undefined;
  if (func.kind === 'Attribute' && receiver !== undefined) {
    if (receiver === 'changed') return 'changed';
    if (isScaledByItself(node.args, func.attr, repetition)) return undefined;
    return isChangingMethod(node, func.attr, func.value, repetition) ? 'changed' : 'same';
  }
  const [first] = node.args;
  const callee = first && context.evaluator.calleeOf(node, unit);
  if (!first || callee === undefined) return undefined;
  if (JOINING_FUNCTIONS.has(callee) && (first.kind === 'List' || first.kind === 'Tuple')) {
    const parts = first.elements.map((each) => verdictOn(each, repetition));
    return parts.length > 1 && parts.some((part) => part !== undefined) ? 'changed' : undefined;
  }
  const inner = verdictOn(first, repetition);
  if (inner === undefined || !CHANGING_FUNCTIONS.has(callee)) return undefined;
  if (isScaledByItself(node.args.slice(1), callee, repetition)) return undefined;
  // Without columns only those of text are encoded, and the next time there is none.
  if (callee === 'pandas.get_dummies' && !hasKeyword(node, 'columns')) return undefined;
  return 'changed';
}

/** `torch.div(x, x_max)`, `x.sub(x.mean())`: as with operators, what was scaled so stays. */
function isScaledByItself(others: readonly Expression[], callee: string, repetition: Repetition): boolean {
  const name = callee.slice(callee.lastIndexOf('.') + 1);
  return ARITHMETIC.has(name) && others.some((other) => dependsOnRoot(other, repetition));
}

function isChangingMethod(node: Call, method: string, receiver: Expression, repetition: Repetition): boolean {
  if (CHANGING_METHODS.has(method)) return true;
  if (['apply', 'map', 'applymap', 'transform'].includes(method)) return mapsToOther(node, repetition);
  const isFrame = isPandas(receiver, repetition);
  if (method === 'drop') return dropsAgain(node, isFrame);
  if (!isFrame) return false;
  if (method === 'reset_index') return !isTrue(node, 'drop');
  if (method === 'set_index') return !hasKeyword(node, 'drop') && node.args[0]?.kind === 'Str';
  return CHANGING_FRAME_METHODS.has(method);
}

/** A second `drop` of a column or row raises, in pandas; Spark does not mind. */
function dropsAgain(node: Call, isFrame: boolean): boolean {
  if (hasKeyword(node, 'errors') || node.keywords.some(({ name }) => name === undefined)) return false;
  const axis = node.keywords.find(({ name }) => name === 'axis') ?? node.args[1];
  return isFrame || hasKeyword(node, 'columns') || (axis !== undefined && node.args.length > 0);
}

/** `.map({"yes": 1})` finds no key the next time, `.apply(lambda x: x / 10)` divides again. */
function mapsToOther(node: Call, repetition: Repetition): boolean {
  const [first, ...others] = node.args;
  if (!first || others.length > 0) return false;
  if (first.kind === 'Lambda') {
    const [parameter] = first.params;
    if (first.params.length !== 1 || !parameter) return false;
    const { name } = parameter;
    return verdictOn(first.body, { ...repetition, target: name, root: name }) === 'changed';
  }
  const mapping = first.kind === 'Name' ? dictOf(first, repetition) : first;
  if (mapping?.kind !== 'Dict' || mapping.entries.length === 0) return false;
  // Keys that are texts and values that are numbers: no value is a key.
  return mapping.entries.every(({ key, value: to }) => key?.kind === 'Str' && to.kind === 'Num');
}

function dictOf(
  { id }: Expression & { kind: 'Name' },
  { unit, context }: Repetition,
): Expression | undefined {
  const placed = context.facts.moduleBindings(id).findLast((each) => each.unit.order <= unit.order);
  return placed?.binding.source.type === 'value' ? placed.binding.source.expression : undefined;
}

/** Whether a call changes its receiver so that doing it again changes it further, or fails. */
export function mutates(call: Call, root: string, unit: FactUnit, context: RuleContext): boolean {
  if (call.func.kind !== 'Attribute') return false;
  const { attr: method, value: receiver } = call.func;
  const repetition: Repetition = { target: placeText(receiver, unit.unit.text), root, unit, context };
  if (LIST_MUTATIONS.has(method) && isList(receiver, repetition)) return true;
  if (method === 'pop') return call.args.length === 1 && isPandas(receiver, repetition);
  if (method === 'insert') return call.args.length >= 3 && isPandas(receiver, repetition);
  return isTrue(call, 'inplace') && isChangingMethod(call, method, receiver, repetition);
}

/** A list that the program makes itself, or an entry of a dictionary that it makes. */
function isList(receiver: Expression, { root, unit, context }: Repetition): boolean {
  const isEntry = receiver.kind === 'Subscript' && receiver.value.kind === 'Name';
  if (receiver.kind !== 'Name' && !isEntry) return false;
  const placed = context.facts
    .moduleBindings(root)
    .findLast(
      ({ binding: { source }, unit: at }) =>
        at.order < unit.order && (source.type !== 'value' || !mentions(source.expression, root)),
    );
  if (placed?.binding.source.type !== 'value') return false;
  const { expression } = placed.binding.source;
  const callee = expression.kind === 'Call' ? context.evaluator.calleeOf(expression, placed.unit) : undefined;
  if (isEntry) return expression.kind === 'Dict' || (callee !== undefined && DICT_BUILDERS.has(callee));
  if (expression.kind === 'Comprehension') return expression.type === 'list';
  return expression.kind === 'List' || (callee !== undefined && LIST_BUILDERS.has(callee));
}

/** Whether the variable behind an expression surely is a frame of pandas, or its column. */
function isPandas(receiver: Expression, { unit, context }: Repetition): boolean {
  let node = receiver;
  while (node.kind !== 'Name') {
    if (node.kind === 'Call') node = node.func;
    else if (node.kind === 'Attribute' || node.kind === 'Subscript') node = node.value;
    else return false;
  }
  const values = context.evaluator.valuesOf(node, unit);
  return values.length > 0 && values.every(isPandasValue);
}

function isPandasValue(value: Value): boolean {
  if (value.kind === 'result') return value.callee.startsWith('pandas.');
  return value.kind === 'method-result' && isPandasValue(value.receiver);
}

function hasKeyword({ keywords }: Call, name: string): boolean {
  return keywords.some((keyword) => keyword.name === name);
}

function isTrue({ keywords }: Call, name: string): boolean {
  return keywords.some(
    (keyword) => keyword.name === name && keyword.value.kind === 'Constant' && keyword.value.value === true,
  );
}
