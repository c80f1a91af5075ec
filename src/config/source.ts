import { CST, Lexer } from 'yaml';
import { MAX_DEPTH } from './scalar';

/** Why a configuration text cannot be read as PyYAML and YAML 1.2 readers both would, and where. */
export interface ConfigProblem {
  /** One sentence without a full stop. */
  readonly reason: string;
  /** Zero-based line. */
  readonly line: number;
}

/** The same with an offset into the text, in UTF-16 code units. */
export interface PlacedProblem {
  readonly reason: string;
  readonly offset: number;
}

/** Characters that PyYAML refuses anywhere in a file (yaml/reader.py), lone surrogates included. */
const UNREADABLE = /[^\t\n\r -~\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Line breaks to YAML 1.1 that YAML 1.2 takes for text (NEL, LS, PS), or the yaml package does (a lone CR). */
const OTHER_BREAK = /[\u0085\u2028\u2029]|\r(?!\n)/;

/** The reason for a file with more than `MAX_DEPTH` lists and maps within each other. */
export const TOO_DEEP = `lists and maps are nested more than ${MAX_DEPTH} deep`;

/** Longest unquoted scalar, in UTF-16 code units; Python's longest integer has 4,300 digits. */
const MAX_PLAIN = 10_000;

const UNCLOSED = 'a quoted text is not closed, or a line of it is not indented enough';
const TAB = 'PyYAML takes no tab outside quotes and comments';

/**
 * The first thing in the raw text that PyYAML does not read, or reads otherwise than YAML 1.2 (`yaml` package) does,
 * although both may call it well-formed; undefined if there is none. Looks at characters and tokens, not at
 * structure. Found by comparing both on random texts; `test/execution/yaml.test.ts` goes on doing so.
 */
export function findSourceProblem(text: string): PlacedProblem | undefined {
  const unreadable = UNREADABLE.exec(text);
  if (unreadable)
    return { reason: 'there is a control character, which PyYAML does not read', offset: unreadable.index };
  const otherBreak = OTHER_BREAK.exec(text);
  if (otherBreak) {
    return { reason: 'a character is a line break to PyYAML and none to YAML 1.2', offset: otherBreak.index };
  }
  const mark = text.indexOf('\uFEFF', 1);
  if (mark > 0) return { reason: 'a byte-order mark stands inside the text', offset: mark };
  const directive = /^\uFEFF?%/m.exec(text);
  if (directive)
    return { reason: 'a line starts with %, which only a directive does', offset: directive.index };
  return findTokenProblem(text);
}

function findTokenProblem(text: string): PlacedProblem | undefined {
  let offset = 0;
  let depth = 0;
  let isScalar = false;
  let isBlockScalar = false;
  for (const token of new Lexer().lex(text)) {
    // These three stand for no text: a document, the end of a broken flow collection, a scalar.
    if (token === CST.DOCUMENT || token === CST.FLOW_END) continue;
    if (token === CST.SCALAR) {
      isScalar = true;
      continue;
    }
    const type = isScalar ? 'scalar' : CST.tokenType(token);
    const problem = findProblem(token, type, {
      inFlow: depth > 0,
      isBlockScalar,
      rest: text.length - offset,
    });
    if (problem) return { reason: problem.reason, offset: offset + problem.offset };
    if (type === 'block-scalar-header') isBlockScalar = true;
    else if (type === 'scalar') isBlockScalar = isScalar = false;
    else if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    // The package would recurse into all of them, and take seconds over some ten thousand.
    if (depth > MAX_DEPTH) return { reason: TOO_DEEP, offset };
    offset += token.length;
  }
  return undefined;
}

/** A problem of one token; its offset counts from the token's start. */
function findProblem(
  token: string,
  type: string | null,
  where: { readonly inFlow: boolean; readonly isBlockScalar: boolean; readonly rest: number },
): PlacedProblem | undefined {
  switch (type) {
    case 'anchor':
    case 'alias':
      return { reason: 'there is an anchor or an alias, which configuration does without', offset: 0 };
    case 'tag':
      return { reason: 'there is a tag, which configuration does without', offset: 0 };
    case 'explicit-key-ind':
      // The yaml package loses text behind such a key without an error.
      return { reason: 'a key is written with a question mark', offset: 0 };
    case 'single-quoted-scalar':
      return findSingleQuotedProblem(token);
    case 'double-quoted-scalar':
      return findDoubleQuotedProblem(token);
    case 'block-scalar-header':
      if (!/[0-9]/.test(token)) return undefined;
      return { reason: 'a block text has an indentation number', offset: 0 };
    case 'space':
      return token.includes('\t') ? { reason: TAB, offset: token.indexOf('\t') } : undefined;
    case 'scalar':
      return where.isBlockScalar
        ? findBlockProblem(token, where.rest)
        : findPlainProblem(token, where.inFlow);
    default:
      return undefined;
  }
}

function findSingleQuotedProblem(token: string): PlacedProblem | undefined {
  // The package takes `'a''` for closed.
  const isClosed = token.length > 1 && !token.slice(1, -1).replaceAll("''", '').includes("'");
  return isClosed && token.endsWith("'") ? undefined : { reason: UNCLOSED, offset: 0 };
}

function findDoubleQuotedProblem(token: string): PlacedProblem | undefined {
  let at = 1;
  while (at < token.length - 1) {
    const isEscape = token[at] === '\\';
    // Before a blank line the package skips two line breaks, PyYAML one.
    if (isEscape && /[\r\n]/.test(token[at + 1]!)) return { reason: 'a line break is escaped', offset: at };
    at += isEscape ? 2 : 1;
  }
  return at === token.length - 1 && token[at] === '"' ? undefined : { reason: UNCLOSED, offset: 0 };
}

function findPlainProblem(token: string, inFlow: boolean): PlacedProblem | undefined {
  if (token.includes('\t')) return { reason: TAB, offset: token.indexOf('\t') };
  // It may look like a number, and both sides take long to read one of that size.
  if (token.length > MAX_PLAIN)
    return { reason: `an unquoted text has more than ${MAX_PLAIN} characters`, offset: 0 };
  // The package takes lines for part of such a text that are not indented enough for it.
  if (token.includes('\n'))
    return { reason: 'an unquoted text runs over several lines, or a line is indented too far', offset: 0 };
  const offset = inFlow ? token.search(/\?|^:/) : -1;
  if (offset < 0) return undefined;
  return { reason: `PyYAML takes "${token[offset]}" within brackets for a key or a value`, offset };
}

/** Where PyYAML and the yaml package agree about a block text: plain indentation, and a line break at its end. */
function findBlockProblem(token: string, rest: number): PlacedProblem | undefined {
  const blanks = /^ *(?:\t| \r?$)/m.exec(token);
  if (blanks) return { reason: 'a line of a block text has a tab or only blanks', offset: blanks.index };
  // YAML 1.2 adds the missing line break to the value, PyYAML does not.
  if (token.length < rest || token.endsWith('\n')) return undefined;
  return { reason: 'the block text at the end of the file lacks its line break', offset: 0 };
}
