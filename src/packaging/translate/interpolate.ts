import { expandedNames, isName } from '../../program/escapes/names';
import { joinContinuations } from '../../program/escapes/lines';

/** A command as Python text, or why there is none. */
export type PythonText =
  { readonly text: string; readonly isFormatted: boolean } | { readonly reason: string };

/**
 * The text that IPython hands to the shell, as a Python literal: `$name` and `{expression}` stand in an f-string.
 *
 * @param isBound Whether the notebook binds a name for certain: `yes`, `no`, `maybe`.
 */
export function interpolated(command: string, isBound: (name: string) => 'yes' | 'no' | 'maybe'): PythonText {
  const joined = joinContinuations(command);
  if (!/[${}]/.test(joined)) return { text: literal(joined), isFormatted: false };
  // IPython tries each field as an expression, and leaves the line alone when one is none.
  const fields = [
    ...joined
      .replaceAll('{{', '')
      .replaceAll('}}', '')
      .matchAll(/\{([^{}]*)\}/g),
  ].map(([, field]) => field!);
  const isNoExpression = fields.some(
    (field) => field.trim() === '' || field.replace(/'[^']*'|"[^"]*"/g, '').includes('$'),
  );
  if (isNoExpression) return { text: literal(joined), isFormatted: false };
  const names = expandedNames(joined);
  const states = names.map(isBound);
  if (states.includes('maybe'))
    return { reason: `whether ${names[states.indexOf('maybe')]} is bound decides what the line does` };
  // One name that is not there, and IPython leaves the whole line alone.
  const pieces = states.includes('no') ? undefined : piecesOf(joined);
  if (pieces === 'unsure')
    return { reason: 'it cannot be told what IPython makes of the braces or dollar signs' };
  if (names.length === 0 || pieces === undefined) {
    const mayExpand = /\$\d|\{\{|\}\}|\$\$/.test(joined);
    if (mayExpand) return { reason: 'it cannot be told what IPython makes of the braces or dollar signs' };
    return { text: literal(joined), isFormatted: false };
  }
  return formatted(pieces);
}

type Piece = { readonly text: string } | { readonly expression: string };

/** Text and expressions; undefined where there is nothing to expand. */
function piecesOf(command: string): readonly Piece[] | 'unsure' {
  if (/\{\{|\}\}|\$\$|\$\d/.test(command)) return 'unsure';
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of command.matchAll(/\{([^{}]*)\}/g)) {
    const expression = match[1]!;
    // A conversion or a format stands behind the expression; a slice or a dictionary looks the same.
    if (
      /[:!]/.test(expression.replace(/'[^']*'|"[^"]*"/g, '').replace(/!=/g, '')) ||
      expression.trim() === ''
    ) {
      return 'unsure';
    }
    const before = dollars(command.slice(at, match.index));
    if (before === undefined) return 'unsure';
    pieces.push(...before, { expression });
    at = match.index + match[0].length;
  }
  const rest = dollars(command.slice(at));
  if (rest === undefined || /[{}]/.test(command.slice(at))) return 'unsure';
  return [...pieces, ...rest];
}

/** `$name` outside of single quotes; undefined where quotes make it doubtful. */
function dollars(text: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(/\$([\p{L}\p{N}_.]+)/gu)) {
    const [name = ''] = match[1]!.split('.');
    if ((text.split("'").length - 1) % 2 !== 0 || text.includes("'")) return undefined;
    if (!isName(name) || match[1]!.endsWith('.')) return undefined;
    pieces.push({ text: text.slice(at, match.index) }, { expression: match[1]! });
    at = match.index + match[0].length;
  }
  return [...pieces, { text: text.slice(at) }];
}

function formatted(pieces: readonly Piece[]): PythonText {
  const expressions = pieces.flatMap((piece) => ('expression' in piece ? [piece.expression] : []));
  const all = expressions.join('');
  if (all.includes('\\') || /[\r\n#]/.test(all))
    return { reason: 'an expression in the line cannot stand in an f-string' };
  const quote = ['"', "'"].find((each) => !all.includes(each));
  if (quote === undefined) return { reason: 'an expression in the line has both kinds of quotes' };
  const body = pieces
    .map((piece) => {
      if ('expression' in piece) return `{${piece.expression.trim()}}`;
      return escaped(piece.text, quote).replace(/[{}]/g, '$&$&');
    })
    .join('');
  return { text: `f${quote}${body}${quote}`, isFormatted: true };
}

/** A text as a Python literal in double quotes; in single ones where that saves escapes. */
export function literal(text: string): string {
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  return quote + escaped(text, quote) + quote;
}

function escaped(text: string, quote: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(
      /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g,
      (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
}

/** A text of several lines as a literal that shows them. */
export function longLiteral(text: string): string {
  if (!text.includes('\n') || /[\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text)) return literal(text);
  const body = text.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"');
  const isSafe = body.endsWith('"') ? `${body.slice(0, -1)}\\"` : body;
  return `"""\\\n${isSafe}"""`;
}
