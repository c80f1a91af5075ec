import * as vscode from 'vscode';
import type { Severity } from '../../rules/rule';
import type { Publisher, ShownFinding } from '../diagnostics/publisher';
import type { OpenPrograms } from '../documents/openPrograms';
import { type OpenProgram, notebookOfProgram } from '../documents/snapshot';
import { type FamilyGroup, type RuleGroup, countUrgent, groupFindings, worstOf } from './groups';

const VIEW = 'graduate.readiness';
export const SHOW_PLACE = 'graduate.showPlace';

/** A finding and the program that it is in. */
interface Place extends ShownFinding {
  readonly program: OpenProgram;
}

type Node =
  | { readonly kind: 'family'; readonly group: FamilyGroup<Place> }
  | { readonly kind: 'rule'; readonly group: RuleGroup<Place> }
  | { readonly kind: 'place'; readonly place: Place };

/** The findings of all open programs: family, rule, place. What is not open it does not know, and says so. */
export class ReadinessView implements vscode.Disposable, vscode.TreeDataProvider<Node> {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<Node>;
  readonly #subscriptions: vscode.Disposable[];
  #families: readonly FamilyGroup<Place>[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly programs: OpenPrograms,
    private readonly publisher: Publisher,
  ) {
    this.#view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#changed,
      this.#view,
      publisher.onDidChange(() => this.#refresh()),
      programs.onDidOpen(() => this.#refresh()),
      programs.onDidClose(() => this.#refresh()),
    ];
    this.#refresh();
  }

  getChildren(node?: Node): Node[] {
    if (!node) return this.#families.map((group) => ({ kind: 'family', group }));
    switch (node.kind) {
      case 'family':
        return node.group.rules.map((group) => ({ kind: 'rule', group }));
      case 'rule':
        return node.group.findings.map((place) => ({ kind: 'place', place }));
      case 'place':
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'family':
        return familyItem(node.group);
      case 'rule':
        return ruleItem(node.group);
      case 'place':
        return placeItem(node.place);
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #refresh(): void {
    const programs = this.programs.all;
    const places = programs.flatMap((program) =>
      this.publisher.shownFor(program).map((shown) => ({ ...shown, program })),
    );
    this.#families = groupFindings(places);
    const count = countUrgent(places);
    const urgent = count === 1 ? '1 warning or error' : `${count} warnings and errors`;
    this.#view.badge = count > 0 ? { value: count, tooltip: `Graduate: ${urgent} in open files` } : undefined;
    this.#view.description = programs.length > 0 ? 'open files' : undefined;
    this.#view.message = messageFor(programs.length, places.length);
    this.#changed.fire();
  }
}

/** Above the tree, because VS Code shows no description where a container has one view only. */
function messageFor(programs: number, findings: number): string | undefined {
  // The view's welcome text shows, which a message would hide.
  if (programs === 0) return undefined;
  return findings === 0 ? 'No findings in the files that are open.' : 'Only files that are open are counted.';
}

function familyItem({ title, count, worst, family }: FamilyGroup<Place>): vscode.TreeItem {
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
  item.id = family;
  item.description = String(count);
  item.iconPath = iconOf(worst);
  item.accessibilityInformation = { label: `${title}, ${count} findings, worst: ${worst}` };
  return item;
}

function ruleItem({ rule, findings }: RuleGroup<Place>): vscode.TreeItem {
  const item = new vscode.TreeItem(rule.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = rule.name;
  item.description = `${findings.length} · ${rule.summary}`;
  item.tooltip = `${rule.name}: ${rule.summary}`;
  item.iconPath = iconOf(worstOf(findings));
  item.contextValue = 'rule';
  return item;
}

function placeItem({ finding, uri, range, program }: Place): vscode.TreeItem {
  const file = vscode.workspace.asRelativePath(program.uri);
  const notebook = notebookOfProgram(program);
  const cell = notebook?.getCells().find((candidate) => candidate.document.uri.toString() === uri.toString());
  const line = range.start.line + 1;
  const label = cell ? `${file}, cell ${cell.index + 1}, line ${line}` : `${file}, line ${line}`;
  const item = new vscode.TreeItem(label);
  item.description = finding.message;
  item.tooltip = finding.message;
  item.command = { command: SHOW_PLACE, title: 'Show', arguments: [uri, range] };
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
  const [icon, color] = ICONS[severity];
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}
