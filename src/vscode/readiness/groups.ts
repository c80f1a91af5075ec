import { RULES } from '../../rules/registry';
import type { Rule, RuleFamily, Severity } from '../../rules/rule';

/** A finding as far as grouping has to know it. */
export interface Grouped {
  readonly finding: { readonly rule: string; readonly severity: Severity };
}

export interface RuleGroup<F extends Grouped> {
  readonly rule: Rule;
  /** In the order in which they were given. */
  readonly findings: readonly F[];
}

export interface FamilyGroup<F extends Grouped> {
  readonly family: RuleFamily;
  readonly title: string;
  readonly count: number;
  readonly worst: Severity;
  readonly rules: readonly RuleGroup<F>[];
}

const TITLES: Readonly<Record<RuleFamily, string>> = {
  notebook: 'Notebook',
  configuration: 'Configuration',
  state: 'State',
  errors: 'Error handling',
  logging: 'Logging',
  inference: 'Inference',
  training: 'Training',
  scalability: 'Scalability',
  data: 'Data',
  suppression: 'Suppressions',
};

const RANKS: Readonly<Record<Severity, number>> = { error: 4, warning: 3, information: 2, hint: 1, off: 0 };

/** Findings by family and rule, in the order of the catalogue; within a family the worst rules come first. */
export function groupFindings<F extends Grouped>(findings: readonly F[]): readonly FamilyGroup<F>[] {
  const families = new Map<RuleFamily, RuleGroup<F>[]>();
  for (const rule of RULES) {
    const same = findings.filter(({ finding }) => finding.rule === rule.name);
    if (same.length === 0) continue;
    const groups = families.get(rule.family) ?? [];
    groups.push({ rule, findings: same });
    families.set(rule.family, groups);
  }
  const order = Object.keys(TITLES) as RuleFamily[];
  return [...families]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([family, rules]) => {
      const all = rules.flatMap((group) => group.findings);
      rules.sort((a, b) => RANKS[worstOf(b.findings)] - RANKS[worstOf(a.findings)]);
      return { family, title: TITLES[family], count: all.length, worst: worstOf(all), rules };
    });
}

export function worstOf(findings: readonly Grouped[]): Severity {
  return findings.reduce<Severity>(
    (worst, { finding }) => (RANKS[finding.severity] > RANKS[worst] ? finding.severity : worst),
    'off',
  );
}

/** What the badge counts: findings that somebody should do something about. */
export function countUrgent(findings: readonly Grouped[]): number {
  return findings.filter(({ finding }) => RANKS[finding.severity] >= RANKS.warning).length;
}
