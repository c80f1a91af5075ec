import type { Span } from '../text/position';

/** The stretch of `before` that differs from `after`; long equal stretches are compared in one go. */
export function changedSpan(before: string, after: string): Span {
  const shorter = Math.min(before.length, after.length);
  const stride = 4096;
  let start = 0;
  while (
    start + stride <= shorter &&
    before.slice(start, start + stride) === after.slice(start, start + stride)
  ) {
    start += stride;
  }
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  const tail = (text: string): string => text.slice(text.length - same - stride, text.length - same);
  while (same + stride <= shorter - start && tail(before) === tail(after)) same += stride;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same++;
  }
  return { start, end: before.length - same };
}
