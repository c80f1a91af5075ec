import { isBlank, joinContinuations, afterBreak } from './lines';
import { scanLogicalLine } from './scan';

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Keywords that may stand right beside a name in an expression; between other words an operator is needed. */
const WORD_OPERATORS = new Set('and or not in is if else for lambda await async yield from'.split(' '));

const IDENTIFIER = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;

/** Whether the text is one Python name that is no keyword. */
export function isName(text: string): boolean {
  return IDENTIFIER.test(text) && !KEYWORDS.has(text);
}

/**
 * The names that Python code mentions, in order of first mention, without attributes (`a.b` gives `a`) and names of
 * keyword arguments. More than the free names: targets of comprehensions, parameters and assigned names are in it. Works
 * on broken code too.
 */
export function namesIn(code: string): string[] {
  const found = new Set<string>();
  const onWord = (start: number, end: number, inBrackets: boolean): void => {
    const name = code.slice(start, end);
    if (found.has(name) || !isName(name)) return;
    if (isNoName(code, start) || (inBrackets && isKeywordArgument(code, end))) return;
    found.add(name);
  };
  for (let at = 0; at < code.length;) {
    at = afterBreak(code, scanLogicalLine(code, at, code.length, false, onWord).end);
  }
  return [...found];
}

/** Behind a `.` stands an attribute, behind the `!` of an f-string's field a conversion. */
function isNoName(code: string, start: number): boolean {
  let at = start - 1;
  while (at >= 0 && isBlank(code.charCodeAt(at))) at--;
  return code[at] === '.' || code[at] === '!';
}

function isKeywordArgument(code: string, end: number): boolean {
  let at = end;
  while (at < code.length && isBlank(code.charCodeAt(at))) at++;
  return code[at] === '=' && code[at + 1] !== '=';
}

/**
 * The names that IPython's variable expansion reads in a command: `$name`, `$name.attribute` and `{expression}`. `$$`,
 * `{{` and `}}` stand for themselves, and `$name` inside single quotes is left to the shell. IPython leaves the whole
 * command alone if one brace does not match or one field is no expression (`awk '{print $1}'`, `find -exec rm {} \;`):
 * then nothing is read. A name that is not bound (`$HOME`) is listed too: whether it is, only the kernel knows.
 * Source: `DollarFormatter` in IPython/utils/text.py, `Formatter.parse` in Python.
 */
export function expandedNames(command: string): string[] {
  const text = joinContinuations(command);
  if (!/[${}]/.test(text)) return [];
  const found = new Set<string>();
  let literal = '';
  let i = 0;
  while (i < text.length) {
    const c = text.charAt(i);
    if (c !== '{' && c !== '}') {
      let end = i;
      while (end < text.length && text[end] !== '{' && text[end] !== '}') end++;
      literal += text.slice(i, end);
      i = end;
    } else if (text[i + 1] === c) {
      // `str.format` ends a literal here, and quotes are counted within one literal.
      for (const name of dollarNames(literal)) found.add(name);
      literal = '';
      i += 2;
    } else if (c === '}') return [];
    else {
      const field = readField(text, i + 1);
      const names = field && namesOfExpression(field.expression);
      if (field === undefined || names === undefined) return [];
      for (const name of dollarNames(literal)) found.add(name);
      for (const name of names) found.add(name);
      literal = '';
      i = field.end;
    }
  }
  for (const name of dollarNames(literal)) found.add(name);
  return [...found];
}

/**
 * One replacement field, read as `str.format` does: the name ends at `:`, `!` or `}` outside `[]`, holds no `{`, and a
 * format spec counts braces. IPython evaluates the name and the spec as one expression, so that `{x[1:2]}` and even
 * `{x:y}` are tried as Python.
 */
function readField(text: string, start: number): { expression: string; end: number } | undefined {
  let i = start;
  let isInBrackets = false;
  for (; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '{') return undefined;
    if (c === '[') isInBrackets = true;
    else if (c === ']') isInBrackets = false;
    else if (!isInBrackets && (c === '}' || c === ':' || c === '!')) break;
  }
  const name = text.slice(start, i);
  if (text[i] === '!') {
    i += 2;
    if (text[i] !== '}' && text[i] !== ':') return undefined;
  }
  if (text[i] === '}') return { expression: name, end: i + 1 };
  if (text[i] !== ':') return undefined;
  const specStart = i + 1;
  let open = 1;
  for (i = specStart; i < text.length; i++) {
    if (text[i] === '{') open++;
    else if (text[i] === '}' && --open === 0) {
      const spec = text.slice(specStart, i);
      return { expression: spec === '' ? name : `${name}:${spec}`, end: i + 1 };
    }
  }
  return undefined;
}

/** The names in the expression of a field; undefined if it is none. */
function namesOfExpression(field: string): string[] | undefined {
  if (isName(field)) return [field];
  return mayBeExpression(field) ? namesIn(field) : undefined;
}

/** False only for what is surely no Python expression: then IPython's `eval` fails and nothing is expanded. */
function mayBeExpression(field: string): boolean {
  const expression = field.trim();
  if (expression === '') return false;
  let last: { end: number; text: string } | undefined;
  let isPlausible = true;
  const scan = scanLogicalLine(expression, 0, expression.length, false, (start, end) => {
    const text = expression.slice(start, end);
    const isBeside = last !== undefined && expression.slice(last.end, start).trim() === '';
    if (isBeside && !WORD_OPERATORS.has(text) && !WORD_OPERATORS.has(last?.text ?? '')) isPlausible = false;
    last = { end, text };
  });
  return isPlausible && !scan.hasStray && scan.isComplete;
}

/** The names behind `$` in literal text. One pass for the quotes: IPython's own expression is quadratic. */
function dollarNames(literal: string): string[] {
  if (!literal.includes('$')) return [];
  const names: string[] = [];
  let quotesAfter = literal.split("'").length - 1;
  let counted = 0;
  for (const match of literal.matchAll(/\$(\$?)([\p{L}\p{N}_.]+)/gu)) {
    const end = match.index + match[0].length;
    for (; counted < end; counted++) if (literal[counted] === "'") quotesAfter--;
    const root = match[2]?.split('.', 1)[0] ?? '';
    if (match[1] === '' && quotesAfter % 2 === 0 && isName(root)) names.push(root);
  }
  return names;
}
