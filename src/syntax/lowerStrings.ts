import type { Str, StrHole, StrPiece, StrToken } from './ast';
import { type LoweringContext, UnknownSyntax, lowerExpression, spanOf, textOf } from './lowerExpressions';
import { type RawNode, fieldOf, hasToken, namedOf } from './raw';
import { decodeString } from './strings';

/** Adjacent string literals as one. */
export function lowerString(nodes: readonly RawNode[], whole: RawNode, context: LoweringContext): Str {
  const tokens = nodes.map((node) => lowerStringToken(node, context));
  const isBytes = tokens.some((token) => token.prefix.includes('b'));
  let value: string | undefined = isBytes ? undefined : '';
  for (const piece of tokens.flatMap((token) => token.pieces)) {
    value =
      value === undefined || piece.kind === 'hole' || piece.value === undefined
        ? undefined
        : value + piece.value;
  }
  return { kind: 'Str', isBytes, tokens, value, ...spanOf(whole, context) };
}

function lowerStringToken(node: RawNode, context: LoweringContext): StrToken {
  const startToken = tokenOf(node, 0);
  const opening = textOf(startToken, context);
  const quoteAt = opening.search(/['"]/);
  const prefix = opening.slice(0, quoteAt).toLowerCase();
  if (prefix === 'ur') context.notPython3(node, 'ur prefix');
  const isRaw = prefix.includes('r');
  const isFormatted = prefix.includes('f') || prefix.includes('t');
  const pieces: StrPiece[] = [];
  // The grammar's string_content leaves out blank stretches in places; the text between the holes is exact.
  let at = startToken.end;
  const pushText = (end: number): void => {
    if (end <= at) return;
    let raw = context.text.slice(at, end);
    if (isFormatted) raw = raw.replaceAll('{{', '{').replaceAll('}}', '}');
    pieces.push({
      kind: 'text',
      value: decodeString(raw, isRaw),
      start: at - context.base,
      end: end - context.base,
    });
  };
  const endToken = tokenOf(node, -1);
  for (const child of node.children) {
    if (child.type !== 'interpolation') continue;
    pushText(child.start);
    pieces.push(lowerHole(child, isRaw, context));
    at = child.end;
  }
  pushText(endToken.start);
  return { prefix, quote: opening.slice(quoteAt), pieces, ...spanOf(node, context) };
}

function lowerHole(node: RawNode, isRaw: boolean, context: LoweringContext): StrHole {
  const expressionNode = fieldOf(node, 'expression');
  if (expressionNode?.type === 'named_expression') return lowerAligned(node, expressionNode, isRaw, context);
  const conversion = fieldOf(node, 'type_conversion');
  const specification = fieldOf(node, 'format_specifier');
  return {
    kind: 'hole',
    expression: expressionNode ? lowerExpression(expressionNode, context) : undefined,
    conversion: conversion ? textOf(conversion, context).slice(1) : undefined,
    format: specification ? lowerFormat(specification, isRaw, context) : [],
    isDebug: hasToken(node, '='),
    ...spanOf(node, context),
  };
}

/** `{x:=10}` binds nothing: its format is `=10`. */
function lowerAligned(node: RawNode, read: RawNode, isRaw: boolean, context: LoweringContext): StrHole {
  const [name, operator, value] = read.children;
  if (!name || !operator || !value) throw new UnknownSyntax(node);
  const format: StrPiece[] = [];
  const pushText = (start: number, end: number): void => {
    const text = decodeString(context.text.slice(start, end), isRaw);
    format.push({ kind: 'text', value: text, start: start - context.base, end: end - context.base });
  };
  const [inner] = value.type === 'set' ? namedOf(value) : [];
  pushText(operator.start + 1, inner ? value.start : value.end);
  if (inner) {
    const expression = lowerExpression(inner, context);
    const hole = { conversion: undefined, format: [], isDebug: false, ...spanOf(value, context) };
    format.push({ kind: 'hole', expression, ...hole });
  }
  const rest = { conversion: undefined, isDebug: false, ...spanOf(node, context) };
  return { kind: 'hole', expression: lowerExpression(name, context), format, ...rest };
}

function lowerFormat(node: RawNode, isRaw: boolean, context: LoweringContext): StrPiece[] {
  const pieces: StrPiece[] = [];
  let at = node.start + 1; // Behind the colon.
  const pushText = (end: number): void => {
    if (end <= at) return;
    const value = decodeString(context.text.slice(at, end), isRaw);
    pieces.push({ kind: 'text', value, start: at - context.base, end: end - context.base });
  };
  for (const child of namedOf(node)) {
    if (child.type !== 'format_expression' && child.type !== 'interpolation') continue;
    pushText(child.start);
    pieces.push(lowerHole(child, isRaw, context));
    at = child.end;
  }
  pushText(node.end);
  return pieces;
}

function tokenOf(node: RawNode, index: number): RawNode {
  const token = node.children.at(index);
  if (!token) throw new UnknownSyntax(node);
  return token;
}
