import type { ProgramFacts } from '../semantics/facts';
import { Folder } from '../semantics/folding';
import type { ProjectModules } from '../semantics/project';
import { Evaluator } from '../semantics/values';
import { RULES } from './registry';
import type { Finding, RuleContext, Severity } from './rule';
import { covers, suppressionsOf } from './suppression';
import { unusedSuppressions } from './unusedSuppression';

/** Severities that the user has set, by rule name; what is missing keeps its default. */
export type SeveritySettings = ReadonlyMap<string, Severity>;

/** What a rule threw; the other rules have still run. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

export interface CheckResult {
  /** In document order. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  readonly context: RuleContext;
}

/** Runs all rules over a program. Pure; one failing rule does not keep the others from answering. */
export function checkProgram(
  facts: ProgramFacts,
  settings: SeveritySettings = new Map(),
  modules?: ProjectModules,
): CheckResult {
  const evaluator = new Evaluator(facts, modules);
  const context: RuleContext = {
    facts,
    evaluator,
    folder: new Folder(evaluator),
    isTest: isTestPath(facts.program.path),
    project: evaluator.project,
  };
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  for (const rule of RULES) {
    const set = settings.get(rule.name);
    if ((set ?? rule.severity) === 'off') continue;
    try {
      for (const finding of rule.check(context)) findings.push(set ? { ...finding, severity: set } : finding);
    } catch (error) {
      failures.push({ rule: rule.name, error });
    }
  }
  const suppressions = suppressionsOf(facts);
  const visible = findings.filter(
    (finding) => !suppressions.some((suppression) => covers(suppression, finding)),
  );
  visible.push(...unusedSuppressions(suppressions, findings, settings, RULES));
  visible.sort(inDocumentOrder);
  return { findings: visible.map((finding) => withinProgram(finding, facts)), failures, context };
}

/** Related places in other modules cannot be shown: a place is a cell of the program. */
function withinProgram(finding: Finding, facts: ProgramFacts): Finding {
  const related = finding.related.filter(({ cell }) => facts.cells.includes(cell));
  return related.length === finding.related.length ? finding : { ...finding, related };
}

function inDocumentOrder(a: Finding, b: Finding): number {
  return a.cell.position - b.cell.position || a.span.start - b.span.start || (a.rule < b.rule ? -1 : 1);
}

/** Tests as pytest and unittest find them, and what lies in a folder of tests. */
export function isTestPath(path: string): boolean {
  return /(^|\/)(tests?|testing)\//.test(path) || /(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(path);
}
