import * as vscode from 'vscode';
import type { Finding } from '../../rules/rule';
import type { Analyses, AnalyzedProgram } from '../analysis/analyses';
import { Timers } from '../analysis/timers';
import type { OpenPrograms } from '../documents/openPrograms';
import { type OpenProgram, documentAt } from '../documents/snapshot';
import { isDeferring } from '../preferences';
import { SOURCE, toDiagnostic } from './convert';
import { type HeldDocument, Hold } from './hold';
import { isSaid, keyOf, saidByOthers } from './others';

/** A finding as it is shown at this moment. */
export interface ShownFinding {
  readonly finding: Finding;
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  readonly diagnostic: vscode.Diagnostic;
}

interface ShownDocument {
  readonly uri: vscode.Uri;
  /** What was found there. */
  readonly found: readonly ShownFinding[];
  /** That without what other linters report. */
  readonly shown: readonly ShownFinding[];
  /** What other linters said when that was decided. */
  readonly said: string;
}

interface Shown {
  readonly hold: Hold;
  /** By the URI of a script or cell; a document without findings is there, too. */
  readonly documents: Map<string, ShownDocument>;
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
      vscode.languages.onDidChangeDiagnostics(({ uris }) =>
        this.#othersSpoke(new Set(uris.map((uri) => uri.toString()))),
      ),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('graduate.deferToOtherLinters')) this.#othersSpoke(undefined);
      }),
    ];
  }

  /** What is shown for a program, in document order. */
  shownFor(program: OpenProgram): readonly ShownFinding[] {
    const documents = this.#shown.get(program)?.documents;
    return documents ? [...documents.values()].flatMap(({ shown }) => shown) : [];
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

    const byKey = new Map<string, HeldDocument>();
    for (const { cell, syntax } of analysis.facts.cells) {
      const document = documentAt(snapshot, cell.index)!;
      const key = document.uri.toString();
      // Several cells of a notebook that is one text file.
      const isBroken = syntax.problem !== undefined || byKey.get(key)?.isBroken === true;
      byKey.set(key, { key, version: document.version, isBroken });
    }
    const documents = [...byKey.values()];
    const { publish, recheckMs } = shown.hold.decide(documents, performance.now());
    if (recheckMs !== undefined) this.#timers.set(program, recheckMs, () => this.#again(analyzed));

    const fresh = findingsByDocument(analyzed);
    const next = new Map<string, ShownDocument>();
    for (const { key } of documents) {
      const known = publish.has(key) ? undefined : shown.documents.get(key);
      const found = publish.has(key) ? fresh.get(key) : undefined;
      next.set(key, known ?? this.#documentWith(program, vscode.Uri.parse(key), found ?? []));
    }
    for (const { uri } of shown.documents.values()) {
      // Cells that went, or are no Python any more.
      if (!next.has(uri.toString())) this.#collection.delete(uri);
    }
    for (const key of publish) this.#put(next.get(key)!);
    replace(shown.documents, next);
    this.#changed.fire();
  }

  #put({ uri, shown }: ShownDocument): void {
    this.#collection.set(
      uri,
      shown.map(({ diagnostic }) => diagnostic),
    );
  }

  #documentWith(program: OpenProgram, uri: vscode.Uri, found: readonly ShownFinding[]): ShownDocument {
    const isQuiet = found.length > 0 && isDeferring(uri, this.analyses.settings.of(program.uri));
    const said = saidByOthers(uri, isQuiet);
    const shown = found.filter(({ finding }) => !isSaid(finding, said));
    return { uri, found, shown, said: keyOf(said) };
  }

  /**
   * Another linter, or we, have changed what is said about documents.
   *
   * @param keys Undefined: perhaps about any.
   */
  #othersSpoke(keys: ReadonlySet<string> | undefined): void {
    let hasChanged = false;
    for (const [program, { documents }] of this.#shown) {
      for (const [key, document] of documents) {
        if ((keys && !keys.has(key)) || document.found.length === 0) continue;
        const next = this.#documentWith(program, document.uri, document.found);
        if (next.said === document.said) continue;
        documents.set(key, next);
        this.#put(next);
        hasChanged = true;
      }
    }
    if (hasChanged) this.#changed.fire();
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
    const gone = [...shown.documents].filter(([key]) => !present.has(key));
    for (const [key, { uri }] of gone) {
      shown.documents.delete(key);
      this.#collection.delete(uri);
    }
    if (gone.length > 0) this.#changed.fire();
  }

  #clear(program: OpenProgram): void {
    this.#timers.clear(program);
    const shown = this.#shown.get(program);
    if (!shown) return;
    for (const { uri } of shown.documents.values()) this.#collection.delete(uri);
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
    const diagnostic = toDiagnostic(finding, snapshot);
    const entry = { finding, uri: document.uri, range: diagnostic.range, diagnostic };
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
