import type { FactUnit } from '../../semantics/facts';
import type { Evaluator } from '../../semantics/values';
import type { Expression, Str, StrHole, StrToken } from '../../syntax/ast';
import { plainKind } from './plainValues';

/** A text that becomes part of a log message: what stands in it, and the values that it shows. */
export interface MessagePart {
  readonly tokens: readonly TokenPart[];
  /** Source of the values, in the order of their placeholders. */
  readonly values: readonly string[];
}

/** One literal: where its prefix's `f` stands, and what becomes of its pieces. */
export interface TokenPart {
  readonly token: StrToken;
  readonly pieces: readonly PiecePart[];
}

export interface PiecePart {
  readonly start: number;
  readonly end: number;
  /** As it stands. */
  readonly before: string;
  /** In a message without values: `%` stays. */
  readonly body: string;
  readonly isPlaceholder: boolean;
}

/** Escapes that may stand for a per cent sign, which the message would take for a placeholder. */
const HIDDEN_PERCENT = /\\(?:x25|45|u0025|U00000025|N\{)/i;

/** Reads a literal as part of a message; undefined where its text would not be the same. */
export function messagePart(
  node: Expression,
  unit: FactUnit,
  evaluator: Evaluator,
  isFormatHidden: boolean,
): MessagePart | undefined {
  if (node.kind !== 'Str' || node.isBytes) return undefined;
  const tokens: TokenPart[] = [];
  const values: string[] = [];
  for (const token of node.tokens) {
    const part = tokenPart(token, node, unit, evaluator, isFormatHidden, values);
    if (!part) return undefined;
    tokens.push(part);
  }
  return { tokens, values };
}

function tokenPart(
  token: StrToken,
  node: Str,
  unit: FactUnit,
  evaluator: Evaluator,
  isFormatHidden: boolean,
  values: string[],
): TokenPart | undefined {
  if (token.prefix.includes('t')) return undefined;
  const isFormatted = token.prefix.includes('f');
  const { text } = unit.unit;
  const pieces: PiecePart[] = [];
  for (const piece of token.pieces) {
    const before = text.slice(piece.start, piece.end);
    if (piece.kind === 'text') {
      if (HIDDEN_PERCENT.test(before)) return undefined;
      const body = isFormatted ? before.replaceAll('{{', '{').replaceAll('}}', '}') : before;
      pieces.push({ start: piece.start, end: piece.end, before, body, isPlaceholder: false });
      continue;
    }
    const hole = placeholderFor(piece, node, unit, evaluator, isFormatHidden);
    if (!hole) return undefined;
    values.push(hole.value);
    pieces.push({ start: piece.start, end: piece.end, before, body: hole.sign, isPlaceholder: true });
  }
  return { token, pieces };
}

/** The placeholder and the value that show what a hole of an f-string shows. */
function placeholderFor(
  hole: StrHole,
  node: Str,
  unit: FactUnit,
  evaluator: Evaluator,
  isFormatHidden: boolean,
): { readonly sign: string; readonly value: string } | undefined {
  const { expression, conversion, format } = hole;
  const value = sourceOf(hole, unit);
  if (hole.isDebug || !expression || value === undefined) return undefined;
  const spec = specOf(hole, unit);
  if (spec === undefined) return undefined;
  if (conversion !== undefined) {
    const sign = { r: '%r', a: '%a', s: '%s' }[conversion];
    return format.length === 0 && sign !== undefined ? { sign, value } : undefined;
  }
  const kind = plainKind(expression, unit, evaluator);
  if (spec === '') {
    if (kind !== undefined) return { sign: '%s', value };
    return isFormatHidden ? undefined : { sign: '%s', value: `format(${value})` };
  }
  const isNumber = kind === 'int' || kind === 'float';
  if (isNumber && /^\d*\.\d+[feEg]$/.test(spec)) return { sign: `%${spec}`, value };
  if (kind === 'int' && /^\d*d$/.test(spec)) return { sign: `%${spec}`, value };
  if (isFormatHidden || /["\\]/.test(spec)) return undefined;
  return { sign: '%s', value: `format(${value}, "${spec}")` };
}

/** The format of a hole as it stands; undefined where values go into it. */
function specOf({ format }: StrHole, unit: FactUnit): string | undefined {
  const [only, ...others] = format;
  if (!only) return '';
  return others.length === 0 && only.kind === 'text' ? unit.unit.text.slice(only.start, only.end) : undefined;
}

/** The text of a hole's expression with its parentheses; undefined where it cannot stand as an argument. */
function sourceOf(hole: StrHole, unit: FactUnit): string | undefined {
  const { expression } = hole;
  if (!expression || ['Yield', 'NamedExpr', 'Starred', 'Lambda', 'Escape'].includes(expression.kind))
    return undefined;
  const { text } = unit.unit;
  const rest = text.slice(expression.end, hole.end);
  const closing = /^[\s)]*(?=[!:}])/.exec(rest);
  if (!closing) return undefined;
  const value = text.slice(hole.start + 1, expression.end + closing[0].length).trim();
  const isTuple = expression.kind === 'Tuple' && !value.startsWith('(');
  return isTuple || /[\r\n\\#]/.test(value) ? undefined : value;
}
