import type { CodeCell } from '../../semantics/facts';
import type { Escape } from '../../program/program';
import { codeBehind } from '../../program/escapes/code';
import { magics } from '../../program/escapes/magics';
import type { Replacement } from './cell';

/** Calls that do nothing but compute. */
const COMPUTING =
  /^(?:sum|len|min|max|sorted|abs|round|range|list|tuple|dict|set|str|int|float|bool|any|all|zip|map|enumerate|mean|std|var|copy|dot|astype|tolist)$/;

/**
 * `%timeit code`: measures only, so it goes. Where it says how often the code runs, and the code may do more than compute,
 * the code stays or the whole is refused.
 */
export function timedOnce(escape: Escape, cell: CodeCell, isCell: boolean): Replacement {
  const { span, argument } = escape;
  const { source } = cell.cell;
  const sign = isCell ? '%%' : '%';
  const lineEnd = span.start + /^[^\r\n]*/.exec(source.slice(span.start))![0].length;
  const end = isCell ? source.length : lineEnd;
  const whole = { start: span.start, end };
  const note = `dropped: ${sign}timeit only measures`;
  if (/(?:^|\s)-[a-z]*o/.test(argument))
    return { reason: `the value of ${sign}timeit has no equal in plain Python` };
  const count = /(?:^|\s)-n\s*(\d+)/.exec(argument)?.[1];
  const repeats = /(?:^|\s)-r\s*(\d+)/.exec(argument)?.[1];
  if (count === undefined || repeats === undefined) return { text: '', span: whole, note };
  const nameEnd = source.indexOf('timeit', span.start) + 'timeit'.length;
  const code = codeBehind(source, nameEnd, lineEnd, magics.get('timeit')!);
  const text = source.slice(code.start, end);
  if (!mayDoMore(text)) return { text: '', span: whole, note };
  if (count === '1' && repeats === '1' && !isCell && code.isExpression) {
    return { text: '', span: { start: span.start, end: code.start }, note: '%timeit dropped, its code kept' };
  }
  return { reason: `${sign}timeit runs code ${count} times that may do more than compute` };
}

function mayDoMore(code: string): boolean {
  const plain = code.replace(/'[^'\n]*'|"[^"\n]*"/g, '""').replace(/#.*/g, '');
  const calls = [...plain.matchAll(/([\w.]+)\s*\(/g)].map(([, name = '']) => name.split('.').at(-1)!);
  return calls.some((name) => !COMPUTING.test(name)) || /\bprint\b|\[[^\]]*\]\s*[-+*/]?=|\bdel\b/.test(plain);
}
