/** Longest line that is written, in characters: the default of `ruff format` and of Black. */
export const LINE_LENGTH = 88;

const STEP = '    ';

/** A function's head as `ruff format` breaks it. `result` is empty or ` -> Type`. */
export function signature(
  name: string,
  parameters: readonly string[],
  result: string,
  indent: string,
): string {
  const [open, close] = [`${indent}def ${name}(`, `)${result}:`];
  const [only] = parameters;
  // A single parameter on a line of its own gets a comma.
  const isBroken = `${open}${parameters.join(', ')}${close}`.length > LINE_LENGTH;
  if (parameters.length === 1 && isBroken) return `${open}\n${indent}${STEP}${only!},\n${indent}${close}`;
  return bracketed(open, parameters, close, indent);
}

/** Items in brackets: on one line, else on one line of their own, else one on a line. */
export function bracketed(open: string, items: readonly string[], close: string, indent: string): string {
  const all = items.join(', ');
  if (`${open}${all}${close}`.length <= LINE_LENGTH || items.length === 0) return `${open}${all}${close}`;
  const inner = `${indent}${STEP}`;
  const isShort = inner.length + all.length <= LINE_LENGTH;
  const lines = isShort ? [`${inner}${all}`] : items.map((item) => `${inner}${item},`);
  return [open, ...lines, `${indent}${close}`].join('\n');
}

/** `return a, b`, broken as `ruff format` breaks tuples. */
export function returnText(names: readonly string[], indent: string): string {
  const line = `${indent}return ${names.join(', ')}`;
  if (line.length <= LINE_LENGTH) return line;
  return [`${indent}return (`, ...names.map((name) => `${indent}${STEP}${name},`), `${indent})`].join('\n');
}
