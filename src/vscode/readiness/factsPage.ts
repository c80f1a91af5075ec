import * as vscode from 'vscode';
import type { Evidence } from '../../readiness/probe';
import { factsReport } from '../../readiness/report';
import type { OpenPrograms } from '../documents/openPrograms';
import type { ProjectFacts } from './projectFacts';

const SCHEME = 'graduate-facts';
const PAGE = vscode.Uri.from({ scheme: SCHEME, path: '/Project facts.md' });

/** The project facts as a page: all evidence, and what each fact cannot see. */
export class FactsPage implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(
    private readonly facts: ProjectFacts,
    private readonly programs: OpenPrograms,
  ) {
    this.#subscriptions = [
      this.#changed,
      facts.onDidChange(() => this.#changed.fire(PAGE)),
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: () => factsReport(facts.latest, (evidence) => this.#link(evidence)),
      }),
    ];
  }

  /** Looks the facts up and shows them. */
  async open(): Promise<void> {
    await this.facts.current();
    await vscode.commands.executeCommand('markdown.showPreview', PAGE);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #link({ path, line }: Evidence): string | undefined {
    const uri = path === '' ? undefined : this.programs.uriOf(path);
    // A line of a notebook is one of a cell, which a link cannot name.
    if (!uri || line === null || path.endsWith('.ipynb')) return uri?.toString();
    return uri.with({ fragment: `L${line + 1}` }).toString();
  }
}
