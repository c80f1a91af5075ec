import * as vscode from 'vscode';
import type { FindingsSource, Place } from './findings';
import { placesOf } from './findings';
import { type FamilyGroup, countUrgent, groupFindings } from './groups';
import { type Node, childrenOf, itemOf } from './items';
import type { ProjectFacts } from './projectFacts';

const VIEW = 'graduate.readiness';

/** How far the project is from production: findings by family, rule and place, and facts with what they rest on. */
export class ReadinessView implements vscode.Disposable, vscode.TreeDataProvider<Node> {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<Node>;
  readonly #subscriptions: vscode.Disposable[];
  #families: readonly FamilyGroup<Place>[] = [];
  #content: string | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  /**
   * @param open The findings of open files.
   * @param others Those of files that are not open, where somebody knows them.
   */
  constructor(
    private readonly open: FindingsSource,
    private readonly facts: ProjectFacts,
    private readonly others: readonly FindingsSource[] = [],
  ) {
    this.#view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#changed,
      this.#view,
      ...[open, ...others].map((source) => source.onDidChange(() => this.#refresh())),
      facts.onDidChange(() => this.#changed.fire()),
      this.#view.onDidChangeVisibility(({ visible }) => this.#watch(visible)),
    ];
    this.#watch(this.#view.visible);
    this.#refresh();
  }

  getChildren(node?: Node): Node[] {
    if (node) return childrenOf(node);
    // The view's welcome text shows where there is nothing.
    if (this.#fileCount === 0) return [];
    const nodes: Node[] = [{ kind: 'findings', families: this.#families, where: this.#where }];
    const facts = this.facts.latest;
    if (facts.length > 0) nodes.push({ kind: 'facts', facts });
    return nodes;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return itemOf(node);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #watch(isLookedAt: boolean): void {
    this.facts.watch(isLookedAt);
    for (const source of this.others) source.watch?.(isLookedAt);
  }

  get #fileCount(): number {
    return [this.open, ...this.others].reduce((sum, { fileCount }) => sum + fileCount, 0);
  }

  get #where(): string {
    if (this.others.some(({ isScanning }) => isScanning)) return 'the project, which is still being checked';
    if (this.others.some(({ isStopped }) => isStopped)) return 'the part of the project that was checked';
    if (this.others.some(({ fileCount }) => fileCount > 0)) return 'the project';
    return 'open files';
  }

  #refresh(): void {
    const places = placesOf([this.open, ...this.others]);
    const content = JSON.stringify([this.#fileCount > 0, this.#where, places.map(contentOf)]);
    // A tree that is drawn anew loses what the mouse is over.
    if (content === this.#content) return;
    this.#content = content;
    this.#families = groupFindings(places);
    const count = countUrgent(places);
    const urgent = count === 1 ? '1 warning or error' : `${count} warnings and errors`;
    const tooltip = `Graduate: ${urgent} in ${this.#where}`;
    this.#view.badge = count > 0 ? { value: count, tooltip } : undefined;
    this.#changed.fire();
  }
}

/** What is shown of a finding. */
function contentOf({ finding, file }: Place): readonly unknown[] {
  const { rule, severity, message, cell, range, isFixable } = finding;
  return [file.path, rule, severity, message, cell, range, isFixable];
}
