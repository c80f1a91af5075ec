import type { NodeBase } from '../syntax/ast';
import type { CodeCell, FactUnit, ProgramFacts } from '../semantics/facts';
import type { Folder } from '../semantics/folding';
import type { ProjectView } from '../semantics/project';
import type { Evaluator } from '../semantics/values';
import type { Span } from '../text/position';

export type Severity = 'off' | 'hint' | 'information' | 'warning' | 'error';

export const SEVERITIES: readonly Severity[] = ['off', 'hint', 'information', 'warning', 'error'];

/** `keeps`: behaviour-preserving as DESIGN.md defines it; `changes`: changes it on purpose; `refactor`: opens one. */
export type FixKind = 'keeps' | 'changes' | 'refactor';

/** The fix of a finding, by the id of a refactoring; the finding itself is its target. */
export interface FixReference {
  readonly id: string;
  readonly kind: FixKind;
  /** What the light bulb shows. */
  readonly title: string;
}

export interface RelatedPlace {
  readonly cell: CodeCell;
  readonly span: Span;
  readonly message: string;
}

/** Something that a rule reports. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly cell: CodeCell;
  /** Offsets in the cell's source. */
  readonly span: Span;
  readonly unit: FactUnit | undefined;
  /** The syntax node that the finding is about, for the fix. */
  readonly node: NodeBase | undefined;
  readonly fixes: readonly FixReference[];
  readonly related: readonly RelatedPlace[];
}

/** What a rule may look at. */
export interface RuleContext {
  readonly facts: ProgramFacts;
  readonly evaluator: Evaluator;
  readonly folder: Folder;
  /** The file is a test by its name or folder. */
  readonly isTest: boolean;
  /** The other modules of the project; undefined where the program is looked at alone. */
  readonly project: ProjectView | undefined;
}

/** The rule's page. Markdown; the code of `example` and `instead` is run by the tests. */
export interface RulePage {
  /** What it reports, one paragraph. */
  readonly what: string;
  readonly why: string;
  /** Code in which the rule fires. Cells are separated by `# %%` lines, which make it a notebook. */
  readonly example: string;
  /** Code in which it is silent. */
  readonly instead: string;
  readonly fixSafety: string;
  /** When not to use it, and what it deliberately does not report. */
  readonly whenNot: string;
}

export interface Rule {
  /** Names the bad pattern and reads well after "allow". */
  readonly name: string;
  readonly family: RuleFamily;
  readonly severity: Severity;
  /** One line for lists. */
  readonly summary: string;
  readonly page: RulePage;
  /** The kinds of fixes that its findings may offer; none: the page says what to do. */
  readonly fixes: readonly FixKind[];
  check(context: RuleContext): Iterable<Finding>;
}

export type RuleFamily =
  | 'notebook'
  | 'configuration'
  | 'state'
  | 'errors'
  | 'logging'
  | 'inference'
  | 'training'
  | 'scalability'
  | 'data'
  | 'suppression';

/** A finding at a node of a statement. */
export function findingAt(
  rule: Pick<Rule, 'name' | 'severity'>,
  unit: FactUnit,
  node: NodeBase,
  message: string,
  more: Partial<Pick<Finding, 'severity' | 'fixes' | 'related'>> = {},
): Finding {
  return {
    rule: rule.name,
    severity: more.severity ?? rule.severity,
    message,
    cell: unit.cell,
    span: { start: node.start + unit.start, end: node.end + unit.start },
    unit,
    node,
    fixes: more.fixes ?? [],
    related: more.related ?? [],
  };
}
