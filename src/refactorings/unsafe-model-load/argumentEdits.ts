import type { FactUnit } from '../../semantics/facts';
import type { Call, NodeBase } from '../../syntax/ast';
import type { TextEdit } from '../../text/edit';
import { lineBreakOf } from '../places';

/** Puts other text in the place of a node; parentheses around it stay. */
export function replaceNode(node: NodeBase, unit: FactUnit, newText: string): TextEdit {
  return { span: { start: node.start + unit.start, end: node.end + unit.start }, newText };
}

/**
 * Adds an argument behind the others, written as they are: on the same line, or on a line of its own where each has one,
 * with a comma behind it where the last one has.
 */
export function addArgument(call: Call, unit: FactUnit, argument: string): readonly TextEdit[] {
  const source = unit.cell.cell.source;
  const close = unit.start + call.close;
  const insert = (at: number, newText: string): TextEdit => ({ span: { start: at, end: at }, newText });
  const last = lastArgument(call);
  if (!last) return [insert(source.indexOf('(', unit.start + call.func.end) + 1, argument)];
  const { end, comma } = tailOf(unit, last, close);
  const first = lineAt(source, unit.start + last.start);
  const isAlone = source.slice(first.start, unit.start + last.start).trim() === '';
  // Behind the comma and a comment that follows it.
  const line = lineAt(source, comma ?? end);
  if (!isAlone || line.end >= close) return [insert(end, `, ${argument}`)];
  const indent = /^[ \t]*/.exec(source.slice(first.start))?.[0] ?? '';
  const added = `${lineBreakOf(source.slice(first.start))}${indent}${argument}`;
  return comma === undefined ? [insert(end, ','), insert(line.end, added)] : [insert(line.end, `${added},`)];
}

function lastArgument(call: Call): NodeBase | undefined {
  const all: NodeBase[] = [...call.args, ...call.keywords];
  return all.sort((a, b) => a.end - b.end).at(-1);
}

/** Where an argument ends with the parentheses around it, which are not part of its node, and the comma behind it. */
function tailOf(
  unit: FactUnit,
  argument: NodeBase,
  close: number,
): { readonly end: number; readonly comma: number | undefined } {
  const source = unit.cell.cell.source;
  let end = unit.start + argument.end;
  let comma: number | undefined;
  for (let at = end; at < close; at++) {
    const comment = unit.unit.comments.find((one) => unit.start + one.start === at);
    if (comment) at = unit.start + comment.end;
    const character = source[at];
    if (at >= close) break;
    if (character === ')') end = at + 1;
    else if (character === ',') comma = at;
  }
  return { end, comma };
}

/** The line around an offset, its break left out. */
function lineAt(source: string, offset: number): { readonly start: number; readonly end: number } {
  const start = Math.max(source.lastIndexOf('\n', offset - 1), source.lastIndexOf('\r', offset - 1)) + 1;
  const rest = /^[^\r\n]*/.exec(source.slice(offset))?.[0] ?? '';
  return { start, end: offset + rest.length };
}
