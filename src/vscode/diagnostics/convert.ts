import * as vscode from 'vscode';
import type { Finding, Severity } from '../../rules/rule';
import type { CodeCell } from '../../semantics/facts';
import type { Range, Span } from '../../text/position';
import { type Snapshot, documentAt } from '../documents/snapshot';
import { rulePageUri } from '../rulePages';

export const SOURCE = 'graduate';

const LEVELS: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
  // Findings of rules that are off do not get here.
  off: vscode.DiagnosticSeverity.Hint,
};

/** A finding as VS Code shows it, on the document of its cell. */
export function toDiagnostic(finding: Finding, snapshot: Snapshot): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeOf(finding.cell, finding.span),
    finding.message,
    LEVELS[finding.severity],
  );
  diagnostic.source = SOURCE;
  diagnostic.code = { value: finding.rule, target: rulePageUri(finding.rule) };
  diagnostic.relatedInformation = finding.related.flatMap(({ cell, span, message }) => {
    const document = documentAt(snapshot, cell.cell.index);
    if (!document) return [];
    const location = new vscode.Location(document.uri, rangeOf(cell, span));
    return [new vscode.DiagnosticRelatedInformation(location, message)];
  });
  // Greyed out, as code that can go.
  if (finding.rule === 'unused-suppression') diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}

/** Whether a diagnostic that VS Code hands back is that of this finding. */
export function isDiagnosticOf(diagnostic: vscode.Diagnostic, finding: Finding): boolean {
  const { code } = diagnostic;
  const rule = typeof code === 'object' ? code.value : code;
  return (
    diagnostic.source === SOURCE &&
    rule === finding.rule &&
    diagnostic.range.isEqual(rangeOf(finding.cell, finding.span))
  );
}

export function rangeOf(cell: CodeCell, span: Span): vscode.Range {
  return toRange(cell.lines.rangeOf(span));
}

export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
