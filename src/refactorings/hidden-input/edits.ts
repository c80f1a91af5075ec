import type { TextEdit } from '../../text/edit';
import type { HiddenRead } from './function';
import type { Site } from './sites';

/**
 * The edit that adds the parameter: the last one where all others are given by position and have no default, else one
 * that is given by name alone. Offsets count in the cell's source.
 */
export function parameterEdit({ name, function: { params, nameStart }, unit }: HiddenRead): TextEdit {
  const { source } = unit.cell.cell;
  const rest = params.find((param) => param.type === 'double-star');
  const before = params.filter((param) => param !== rest);
  const byName = isByName(params);
  const isOpen = before.some((param) => param.type === 'star' || param.type === 'keyword-only');
  const parameter = byName && !isOpen ? `*, ${name}` : name;
  if (rest) return insert(unit.start + rest.start, `${parameter}, `);
  const last = params.at(-1);
  if (!last) return insert(source.indexOf('(', unit.start + nameStart) + 1, parameter);
  return appended(source, unit.start + last.end, undefined, parameter);
}

function isByName(params: HiddenRead['function']['params']): boolean {
  return params.some(
    (param) => param.default !== undefined || !['plain', 'positional-only'].includes(param.type),
  );
}

/** The edit that hands the variable in at a call. */
export function argumentEdit({ call, unit }: Site, { name, function: { params } }: HiddenRead): TextEdit {
  const { source } = unit.cell.cell;
  const isPositional = !isByName(params) && call.keywords.length === 0 && call.args.length === params.length;
  const argument = isPositional ? name : `${name}=${name}`;
  const close = unit.start + call.close;
  const ends = [...call.args, ...call.keywords].map(({ end }) => end);
  if (ends.length === 0) return insert(close, argument);
  return appended(source, unit.start + Math.max(...ends), close, argument);
}

/**
 * Puts a new last item into a list in parentheses: behind the last item's own closing parentheses, and behind a comma
 * if there is one already.
 *
 * @param from Where the last item ends, its own parentheses perhaps left out.
 * @param close Where the list's closing parenthesis stands; undefined: the first one there is.
 */
function appended(source: string, from: number, close: number | undefined, item: string): TextEdit {
  let end = from;
  let hasComma = false;
  for (let at = from; at < (close ?? source.length); at++) {
    const char = source[at]!;
    if (char === '#') {
      while (at + 1 < source.length && !/[\r\n]/.test(source[at + 1]!)) at++;
      continue;
    }
    if (/\s/.test(char) || char === '\\') continue;
    if (char === ')' && close === undefined) break;
    hasComma = char === ',';
    end = at + 1;
  }
  return insert(end, hasComma ? ` ${item}` : `, ${item}`);
}

function insert(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}
