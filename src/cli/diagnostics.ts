import type { Analysis } from '../actions/engine';
import type { FixKind, Severity } from '../rules/rule';
import type { Range } from '../text/position';

/** A finding as the command line reports it; the fields are its contract. */
export interface Diagnostic {
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  /** Zero-based index in the notebook's `cells`; null for a script. */
  readonly cell: number | null;
  /** Zero-based within the cell or file, in UTF-16 code units. */
  readonly range: Range;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly kind: FixKind }[];
}

/** What `check` found. */
export interface CheckReport {
  /** How many files were checked. */
  readonly files: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** The findings of a program, in document order. */
export function diagnosticsOf(analysis: Analysis, shown: string): readonly Diagnostic[] {
  return analysis.findings.map(({ cell, span, rule, severity, message, fixes }) => ({
    path: shown,
    cell: cell.cell.index,
    range: cell.lines.rangeOf(span),
    rule,
    severity,
    message,
    fixes: fixes.map(({ title, kind }) => ({ title, kind })),
  }));
}
