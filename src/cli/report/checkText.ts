import type { Severity } from '../../rules/rule';
import type { CheckReport, Diagnostic } from '../diagnostics';
import { counted, placeAt, printable, shownPlace } from '../places';

const COLOURS: Readonly<Record<Severity, number>> = {
  off: 0,
  hint: 36,
  information: 34,
  warning: 33,
  error: 31,
};
/** Worst first, as the summary counts them. */
const COUNTED = ['error', 'warning', 'information', 'hint'] as const;

/** One line per finding, and a summary. */
export function checkText(report: CheckReport, hasColour = false): string {
  const lines = report.diagnostics.map((diagnostic) => lineOf(diagnostic, hasColour));
  return [...lines, summaryOf(report)].map((line) => `${line}\n`).join('');
}

function lineOf({ path, cell, range, severity, message, rule }: Diagnostic, hasColour: boolean): string {
  const place = shownPlace(placeAt(path, cell, range.start));
  const paint = (code: number, text: string): string => (hasColour ? `\x1b[${code}m${text}\x1b[0m` : text);
  return `${paint(1, `${place}:`)} ${paint(COLOURS[severity], severity)} ${printable(message)} ${paint(2, `(${rule})`)}`;
}

function summaryOf({ files, diagnostics }: CheckReport): string {
  if (files === 0) return 'No Python scripts or notebooks here';
  if (diagnostics.length === 0) return `No findings in ${counted(files, 'file')}`;
  const affected = new Set(diagnostics.map(({ path }) => path)).size;
  const parts = COUNTED.flatMap((severity) => {
    const count = diagnostics.filter((each) => each.severity === severity).length;
    if (count === 0) return [];
    return [severity === 'information' ? `${count} information` : counted(count, severity)];
  });
  const where = `${affected} of ${counted(files, 'file')}`;
  return `${counted(diagnostics.length, 'finding')} in ${where}: ${parts.join(', ')}`;
}
