import type { TextEdit } from '../text/edit';
import type { Span } from '../text/position';
import type { Part, PlannedStage } from './plan';

/** Something that can be done to a plan's document at a place of it. */
export interface PlanEdit {
  /** For a menu. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Whole lines, with the break behind the last one. */
export function linesOf(text: string, { start, end }: Span): Span {
  // A table over several lines ends, as YAML has it, where the next item begins.
  const lineEnd = text.indexOf('\n', start + text.slice(start, end).trimEnd().length);
  return { start: lineStart(text, start), end: lineEnd < 0 ? text.length : lineEnd + 1 };
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

export function isOnLines(text: string, span: Span, offset: number): boolean {
  const { start, end } = linesOf(text, span);
  return start <= offset && offset < end;
}

/** The lines that go when a part leaves its stage: the last one takes the stage along. */
export function cutOf(text: string, { parts, nameSpan }: PlannedStage, part: Span): Span {
  const here = linesOf(text, part);
  return parts.length > 1 ? here : { start: lineStart(text, nameSpan!.start), end: here.end };
}

/** Whether a part is an item within a line, as `keep: [{cell: 3}]` has it. */
export function isInline(text: string, { span }: Part): boolean {
  const { start } = linesOf(text, span!);
  return !/^[ \t]*-[ \t]+$/.test(text.slice(start, span!.start));
}

/** Lines with the first one's indentation made another one. */
export function reindented(lines: string, indent: string): string {
  const old = /^[ \t]*/.exec(lines)![0];
  const all = lines.endsWith('\n') ? lines : `${lines}\n`;
  return all.replace(/^[ \t]*(?=\S)/gm, (own) => indent + own.slice(old.length));
}
