import { partsOf } from '../../semantics/expressionTypes';

/** Longest line that is written, in characters: the default of `ruff format` and of Black. */
export const LINE_LENGTH = 88;

const STEP = '    ';

/**
 * A function's head as `ruff format` breaks it: the parameters first, then what a tuple of results is made of.
 *
 * @param result Empty or ` -> Type`.
 * @param keyword `def`, or `async def`.
 */
export function signature(
  name: string,
  parameters: readonly string[],
  result: string,
  indent: string,
  keyword = 'def',
): string {
  const open = `${indent}${keyword} ${name}(`;
  const whole = `${open}${parameters.join(', ')})${result}:`;
  if (whole.length <= LINE_LENGTH) return whole;
  const [only] = parameters;
  if (only === undefined) return closed(`${open})`, result, indent);
  // A single parameter on a line of its own gets a comma.
  const isOne = parameters.length === 1;
  const taken = isOne ? `${indent}${STEP}${only},` : itemLines(parameters, indent).join('\n');
  return [open, taken, closed(`${indent})`, result, indent)].join('\n');
}

function closed(close: string, result: string, indent: string): string {
  const parts = partsOf(result.replace(/^ -> /, ''));
  if (parts === undefined || `${close}${result}:`.length <= LINE_LENGTH) return `${close}${result}:`;
  return bracketed(`${close} -> tuple[`, parts, ']:', indent);
}

/** Items in brackets: on one line, else on one line of their own, else one on a line. */
export function bracketed(open: string, items: readonly string[], close: string, indent: string): string {
  const all = items.join(', ');
  if (`${open}${all}${close}`.length <= LINE_LENGTH || items.length === 0) return `${open}${all}${close}`;
  return [open, ...itemLines(items, indent), `${indent}${close}`].join('\n');
}

function itemLines(items: readonly string[], indent: string): readonly string[] {
  const inner = `${indent}${STEP}`;
  const all = `${inner}${items.join(', ')}`;
  return all.length <= LINE_LENGTH ? [all] : items.map((item) => `${inner}${item},`);
}

/** `return a, b`, broken as `ruff format` breaks tuples. */
export function returnText(names: readonly string[], indent: string): string {
  const line = `${indent}return ${names.join(', ')}`;
  if (line.length <= LINE_LENGTH) return line;
  return [`${indent}return (`, ...names.map((name) => `${indent}${STEP}${name},`), `${indent})`].join('\n');
}
