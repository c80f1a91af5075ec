import * as vscode from 'vscode';
import { ruleNamed } from '../../rules/registry';
import type { Severity } from '../../rules/rule';
import type { ProjectFact } from '../../readiness/facts';
import type { Evidence, ProbeOutcome } from '../../readiness/probe';
import { OUTCOME_WORDS, placeName } from '../../readiness/report';
import type { Place } from './findings';
import { type FamilyGroup, type RuleGroup, worstOf } from './groups';

export const SHOW_PLACE = 'graduate.showPlace';

/** A row of the readiness tree. */
export type Node =
  | { readonly kind: 'findings'; readonly families: readonly FamilyGroup<Place>[]; readonly where: string }
  | { readonly kind: 'family'; readonly group: FamilyGroup<Place> }
  | { readonly kind: 'rule'; readonly group: RuleGroup<Place> }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'facts'; readonly facts: readonly ProjectFact[] }
  | { readonly kind: 'fact'; readonly fact: ProjectFact }
  | { readonly kind: 'evidence'; readonly evidence: Evidence };

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

export function itemOf(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case 'findings':
      return findingsItem(node.families, node.where);
    case 'family':
      return familyItem(node.group);
    case 'rule':
      return ruleItem(node.group);
    case 'place':
      return placeItem(node.place, node);
    case 'facts':
      return factsItem(node.facts);
    case 'fact':
      return factItem(node.fact);
    case 'evidence':
      return evidenceItem(node.evidence, node);
  }
}

export function childrenOf(node: Node): Node[] {
  switch (node.kind) {
    case 'findings':
      return node.families.map((group) => ({ kind: 'family', group }));
    case 'family':
      return node.group.rules.map((group) => ({ kind: 'rule', group }));
    case 'rule':
      return node.group.findings.map((place) => ({ kind: 'place', place }));
    case 'facts':
      return node.facts.map((fact) => ({ kind: 'fact', fact }));
    case 'fact':
      return node.fact.evidence.map((evidence) => ({ kind: 'evidence', evidence }));
    case 'place':
    case 'evidence':
      return [];
  }
}

function findingsItem(families: readonly FamilyGroup<Place>[], where: string): vscode.TreeItem {
  const count = families.reduce((sum, family) => sum + family.count, 0);
  const item = new vscode.TreeItem('Findings', count > 0 ? Expanded : None);
  // Another row than the one without findings: VS Code would keep it closed, as it was.
  item.id = count > 0 ? 'findings' : 'no findings';
  item.description = count > 0 ? `${count} in ${where}` : `none in ${where}`;
  item.contextValue = 'findings';
  return item;
}

function familyItem({ title, count, worst, family }: FamilyGroup<Place>): vscode.TreeItem {
  const item = new vscode.TreeItem(title, Expanded);
  item.id = `family ${family}`;
  item.description = String(count);
  item.iconPath = iconOf(worst);
  item.accessibilityInformation = { label: `${title}, ${count} findings, worst: ${worst}` };
  return item;
}

function ruleItem({ rule, findings }: RuleGroup<Place>): vscode.TreeItem {
  const item = new vscode.TreeItem(rule.name, Collapsed);
  item.id = `rule ${rule.name}`;
  item.description = `${findings.length} · ${rule.summary}`;
  item.tooltip = `${rule.name}: ${rule.summary}`;
  item.iconPath = iconOf(worstOf(findings));
  item.contextValue = 'rule';
  return item;
}

function placeItem(place: Place, node: Node): vscode.TreeItem {
  const { finding, file } = place;
  const path = vscode.workspace.asRelativePath(file.uri);
  const name = placeName({ path, cell: finding.cell, line: finding.range.start.line });
  const item = new vscode.TreeItem(name);
  item.description = finding.message;
  // In a narrow side bar the place is cut off as well.
  item.tooltip = `${name}\n${finding.message}`;
  item.contextValue = isFixable(place) ? 'finding.fixable' : 'finding';
  item.command = { command: SHOW_PLACE, title: 'Show', arguments: [node] };
  item.accessibilityInformation = { label: `${finding.severity}: ${finding.message}, ${name}` };
  return item;
}

export function isFixable({ finding }: Place): boolean {
  return finding.isFixable ?? (ruleNamed(finding.rule)?.fixes.length ?? 0) > 0;
}

function factsItem(facts: readonly ProjectFact[]): vscode.TreeItem {
  const item = new vscode.TreeItem('Project facts', Expanded);
  const count = (outcome: ProbeOutcome): number => facts.filter((fact) => fact.outcome === outcome).length;
  const parts = (['no', 'unknown', 'yes'] as const).flatMap((outcome) =>
    count(outcome) > 0 ? [`${count(outcome)} ${outcome}`] : [],
  );
  item.id = 'facts';
  item.description = parts.join(', ');
  item.contextValue = 'facts';
  return item;
}

/** The form tells them apart, not the colour alone. */
const OUTCOMES: Readonly<Record<ProbeOutcome, readonly [icon: string, color: string | undefined]>> = {
  yes: ['pass', 'testing.iconPassed'],
  no: ['circle-slash', 'problemsWarningIcon.foreground'],
  unknown: ['question', 'problemsInfoIcon.foreground'],
  'not-applicable': ['dash', undefined],
};

function factItem({ probe, outcome, summary, evidence }: ProjectFact): vscode.TreeItem {
  const item = new vscode.TreeItem(probe.title, evidence.length > 0 ? Collapsed : None);
  const word = OUTCOME_WORDS[outcome];
  item.id = `fact ${probe.id}`;
  item.description = `${word}: ${summary}`;
  item.tooltip = new vscode.MarkdownString(
    `**${probe.question}**\n\n${word}: ${summary}\n\n*Not to be seen here:* ${probe.cannotSee}`,
  );
  item.iconPath = themed(...OUTCOMES[outcome]);
  item.contextValue = 'fact';
  item.accessibilityInformation = { label: `${probe.title}: ${word}, ${summary}` };
  return item;
}

function evidenceItem(evidence: Evidence, node: Node): vscode.TreeItem {
  const item = new vscode.TreeItem(placeName(evidence));
  item.description = evidence.message;
  item.tooltip = evidence.message;
  item.contextValue = 'evidence';
  if (evidence.path !== '') item.command = { command: SHOW_PLACE, title: 'Show', arguments: [node] };
  return item;
}

const ICONS: Readonly<Record<Severity, readonly [string, string | undefined]>> = {
  error: ['error', 'problemsErrorIcon.foreground'],
  warning: ['warning', 'problemsWarningIcon.foreground'],
  information: ['info', 'problemsInfoIcon.foreground'],
  hint: ['lightbulb', undefined],
  off: ['circle-outline', undefined],
};

function iconOf(severity: Severity): vscode.ThemeIcon {
  return themed(...ICONS[severity]);
}

function themed(icon: string, color: string | undefined): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}
