import { createHash } from 'node:crypto';
import type { Analysis } from '../../actions/engine';
import type { CodeCell } from '../../semantics/facts';
import { SourcePlaces } from '../../program/notebook/source-places';
import { LineIndex, type Range, type Span } from '../../text/position';

/** What a report for other tools says about a finding beyond the diagnostic. */
export interface FindingDetail {
  /** Where it stands in the file itself, which for a notebook is JSON. Zero-based, UTF-16. */
  readonly region: Range;
  /** Stays the same when other lines of the file change. */
  readonly fingerprint: string;
  readonly related: readonly RelatedDetail[];
}

export interface RelatedDetail {
  readonly cell: number | null;
  /** Within the cell or file. */
  readonly range: Range;
  readonly region: Range;
  readonly message: string;
}

/**
 * The details of a program's findings, one for each in their order.
 *
 * @param text The file's text as it was analysed.
 */
export function detailsOf({ findings, facts }: Analysis, text: string): readonly FindingDetail[] {
  if (findings.length === 0) return [];
  const places = facts.program.cells.some(({ index }) => index !== null) ? SourcePlaces.of(text) : undefined;
  const lines = new LineIndex(text);
  const regionOf = (cell: CodeCell, span: Span): Range => {
    const { index } = cell.cell;
    return lines.rangeOf((index === null ? span : places?.spanOf(index, span)) ?? { start: 0, end: 0 });
  };
  const counts = new Map<string, number>();
  return findings.map(({ rule, cell, span, related }) => {
    const line = lineAt(cell, span.start);
    const key = `${rule}\0${line}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return {
      region: regionOf(cell, span),
      fingerprint: `${hash(key)}:${count}`,
      related: related.map((place) => ({
        cell: place.cell.cell.index,
        range: place.cell.lines.rangeOf(place.span),
        region: regionOf(place.cell, place.span),
        message: place.message,
      })),
    };
  });
}

/** The line of an offset without its indentation. */
function lineAt({ cell, lines }: CodeCell, offset: number): string {
  const { line } = lines.positionAt(offset);
  return cell.source.slice(lines.lineStart(line), lines.lineStart(line + 1)).trim();
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
