import type { FactUnit } from '../semantics/facts';
import { sharesLine } from '../stages/stages';
import type { LineRange } from './plan';

/** Statements that cannot be parted, because they share a line: nearly always one. */
export interface Atom {
  readonly units: readonly FactUnit[];
  readonly id: string;
  readonly code: string;
  /** One-based cell; undefined in a script. */
  readonly cell: number | undefined;
  /** One-based. */
  readonly lines: LineRange;
}

/** The atoms of statements, in document order. */
export function atomsOf(units: readonly FactUnit[]): readonly Atom[] {
  const groups: FactUnit[][] = [];
  for (const unit of [...units].sort((a, b) => a.order - b.order)) {
    const last = groups.at(-1)?.at(-1);
    const isNext = last !== undefined && last.order + 1 === unit.order && sharesLine(last, unit);
    if (isNext) groups.at(-1)!.push(unit);
    else groups.push([unit]);
  }
  return groups.map(atomOf);
}

function atomOf(units: readonly FactUnit[]): Atom {
  const [first] = units;
  const { cell } = first!;
  const last = units.at(-1)!;
  const line = (offset: number): number => cell.lines.positionAt(offset).line + 1;
  const text = units.map(({ unit }) => unit.text).join('; ');
  const { index } = cell.cell;
  return {
    units,
    id: hashOf(text),
    code: firstLineOf(text),
    cell: index === null ? undefined : index + 1,
    lines: { first: line(first!.start), last: line(last.start + last.unit.text.length) },
  };
}

/** Of all statements of a program, whatever stands between them. */
export function fingerprintOf(units: readonly FactUnit[]): string {
  return hashOf(units.map((unit) => `${unit.cell.cell.index ?? ''}:${unit.unit.text}`).join('\n'));
}

/** The first line, shortened: for people to see what it is. */
function firstLineOf(text: string): string {
  const [line = ''] = text.split(/\r\n|\n|\r/, 1);
  const plain = line.trim();
  return plain.length > 70 ? `${plain.slice(0, 69)}\u2026` : plain;
}

/** 53 bits of a text (cyrb53), as hexadecimal digits: to find it again, not to protect it. */
function hashOf(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, '0').slice(-10);
}
