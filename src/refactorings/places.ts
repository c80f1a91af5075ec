import type { CodeCell, FactUnit } from '../semantics/facts';
import type { NodeBase } from '../syntax/ast';
import type { Refusal } from '../text/refusal';

/** A refusal at a node. */
export function refusalAt(path: string, unit: FactUnit, node: NodeBase, reason: string): Refusal {
  return refusalInCell(path, unit.cell, unit.start + node.start, reason);
}

/** A refusal at an offset of a cell. */
export function refusalInCell(path: string, cell: CodeCell, offset: number, reason: string): Refusal {
  return { path, cell: cell.cell.index, line: cell.lines.positionAt(offset).line, reason };
}

/** The line break that a text uses; `\n` if it has none. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
