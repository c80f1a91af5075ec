import type { SeveritySettings } from './check';
import type { Finding, Rule } from './rule';
import { type Suppression, covers } from './suppression';

/** Looks at what the other rules found, so it is run after them and has no `check` of its own. */
export const unusedSuppression: Rule = {
  name: 'unused-suppression',
  family: 'suppression',
  severity: 'hint',
  summary: 'a suppression comment that hides nothing',
  fixes: ['keeps'],
  page: {
    what: 'A `# graduate: ignore[...]` comment that names a rule which reports nothing on its line (or nowhere in the program, for `ignore-file`), or a rule that does not exist.',
    why: 'A stale suppression hides the next real finding on its line.',
    example: 'total = 1  # graduate: ignore[hard-coded-path]\n',
    instead:
      'import pandas as pd\n\ntable = pd.read_csv("/home/petra/table.csv")  # graduate: ignore[hard-coded-path] kept for the paper\n',
    fixSafety: 'Removing the comment, or the name in it, keeps behaviour.',
    whenNot: 'Rules that are switched off are not reported here: they may be on elsewhere.',
  },
  check: () => [],
};

/** The findings of `unused-suppression`, one per name that hides nothing. */
export function unusedSuppressions(
  suppressions: readonly Suppression[],
  findings: readonly Finding[],
  settings: SeveritySettings,
  rules: readonly Rule[],
): readonly Finding[] {
  const severity = settings.get(unusedSuppression.name) ?? unusedSuppression.severity;
  if (severity === 'off') return [];
  const unused: Finding[] = [];
  for (const suppression of suppressions) {
    // The fix removes comments of Python.
    if (suppression.isInShell) continue;
    const hidden = new Set(
      findings.filter((finding) => covers(suppression, finding)).map((finding) => finding.rule),
    );
    const report = (message: string, span: Finding['span']): void => {
      unused.push({
        rule: unusedSuppression.name,
        severity,
        message,
        cell: suppression.cell,
        span,
        unit: undefined,
        node: undefined,
        fixes: [{ id: 'remove-suppression', kind: 'keeps', title: 'Remove the suppression' }],
        related: [],
      });
    };
    const where = suppression.isFile ? 'in this file' : 'on this line';
    if (!suppression.rules) {
      if (hidden.size === 0) report(`This suppression hides nothing ${where}`, suppression.span);
      continue;
    }
    for (const { name, span } of suppression.rules) {
      const rule = rules.find((candidate) => candidate.name === name);
      const isOff = rule !== undefined && (settings.get(name) ?? rule.severity) === 'off';
      if (hidden.has(name) || isOff) continue;
      const start = suppression.rules.length === 1 ? suppression.span : span;
      report(rule ? `${name} reports nothing ${where}` : `There is no rule ${name}`, start);
    }
  }
  return unused;
}
