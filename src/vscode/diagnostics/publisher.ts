import * as vscode from 'vscode';
import type { Finding } from '../../rules/rule';
import type { Analyses, AnalyzedProgram } from '../analysis/analyses';
import { Timers } from '../analysis/timers';
import type { OpenPrograms } from '../documents/openPrograms';
import { type OpenProgram, documentAt } from '../documents/snapshot';
import { SOURCE, toDiagnostic } from './convert';
import { Hold } from './hold';

/** A finding as it is shown at this moment. */
export interface ShownFinding {
  readonly finding: Finding;
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

interface Shown {
  readonly hold: Hold;
  /** By the URI of a script or cell; a document without findings has an empty list. */
  readonly documents: Map<string, readonly ShownFinding[]>;
}

/** Puts findings into the editor's problems, and takes them away again. Knows what is shown. */
export class Publisher implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection(SOURCE);
  readonly #shown = new Map<OpenProgram, Shown>();
  readonly #timers = new Timers<OpenProgram>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(
    programs: OpenPrograms,
    private readonly analyses: Analyses,
  ) {
    this.#subscriptions = [
      this.#collection,
      this.#changed,
      analyses.onDidAnalyze((analyzed) => this.#publish(analyzed)),
      programs.onDidChange((program) => this.#clearGone(program)),
      programs.onDidClose((program) => this.#clear(program)),
    ];
  }

  /** What is shown for a program, in document order. */
  shownFor(program: OpenProgram): readonly ShownFinding[] {
    const documents = this.#shown.get(program)?.documents;
    return documents ? [...documents.values()].flat() : [];
  }

  dispose(): void {
    this.#timers.clearAll();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #publish(analyzed: AnalyzedProgram): void {
    const { snapshot, analysis } = analyzed;
    const { program } = snapshot;
    const shown: Shown = this.#shown.get(program) ?? { hold: new Hold(), documents: new Map() };
    this.#shown.set(program, shown);
    this.#timers.clear(program);

    const documents = analysis.facts.cells.map(({ cell, syntax }) => {
      const document = documentAt(snapshot, cell.index)!;
      return {
        key: document.uri.toString(),
        version: document.version,
        isBroken: syntax.problem !== undefined,
      };
    });
    const { publish, recheckMs } = shown.hold.decide(documents, performance.now());
    if (recheckMs !== undefined) this.#timers.set(program, recheckMs, () => this.#again(analyzed));

    const fresh = findingsByDocument(analyzed);
    const next = new Map<string, readonly ShownFinding[]>();
    for (const { key } of documents) {
      next.set(key, (publish.has(key) ? fresh.get(key) : shown.documents.get(key)) ?? []);
    }
    for (const key of shown.documents.keys()) {
      // Cells that went, or are no Python any more.
      if (!next.has(key)) this.#collection.delete(vscode.Uri.parse(key));
    }
    for (const key of publish) {
      const diagnostics = (next.get(key) ?? []).map(({ finding }) => toDiagnostic(finding, snapshot));
      this.#collection.set(vscode.Uri.parse(key), diagnostics);
    }
    replace(shown.documents, next);
    this.#changed.fire();
  }

  /** The time for half-typed code is over. If the text has changed since, a new analysis is on its way. */
  #again(analyzed: AnalyzedProgram): void {
    if (this.analyses.isCurrent(analyzed)) this.#publish(analyzed);
  }

  /** A deleted cell's findings go at once, not after the next analysis. */
  #clearGone(program: OpenProgram): void {
    const shown = this.#shown.get(program);
    if (!shown || program.kind !== 'notebook') return;
    const present = new Set(
      program.notebook
        .getCells()
        .filter(({ document }) => document.languageId === 'python')
        .map(({ document }) => document.uri.toString()),
    );
    const gone = [...shown.documents.keys()].filter((key) => !present.has(key));
    for (const key of gone) {
      shown.documents.delete(key);
      this.#collection.delete(vscode.Uri.parse(key));
    }
    if (gone.length > 0) this.#changed.fire();
  }

  #clear(program: OpenProgram): void {
    this.#timers.clear(program);
    const shown = this.#shown.get(program);
    if (!shown) return;
    for (const key of shown.documents.keys()) this.#collection.delete(vscode.Uri.parse(key));
    this.#shown.delete(program);
    this.#changed.fire();
  }
}

function findingsByDocument({ snapshot, analysis }: AnalyzedProgram): Map<string, ShownFinding[]> {
  const byDocument = new Map<string, ShownFinding[]>();
  for (const finding of analysis.findings) {
    const document = documentAt(snapshot, finding.cell.cell.index);
    if (!document) continue;
    const key = document.uri.toString();
    const { range } = toDiagnostic(finding, snapshot);
    const entry = { finding, uri: document.uri, range };
    const same = byDocument.get(key);
    if (same) same.push(entry);
    else byDocument.set(key, [entry]);
  }
  return byDocument;
}

function replace<K, V>(target: Map<K, V>, source: ReadonlyMap<K, V>): void {
  target.clear();
  for (const [key, value] of source) target.set(key, value);
}
