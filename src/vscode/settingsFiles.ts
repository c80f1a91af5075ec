import * as vscode from 'vscode';
import type { SeveritySettings } from '../rules/check';
import {
  type FolderSettings,
  PROJECT_MARKERS,
  SettingsSearch,
  type SettingsText,
  TOML_FILE,
  YAML_FILE,
  settingsOf,
} from '../settings/search';
import { ALL_OFF, type Settings, isLeftOut, severitiesFor } from '../settings/settings';
import { baseName } from '../text/workspace';
import { SOURCE, toRange } from './diagnostics/convert';
import { openDocument, readFile, statOf } from './documents/files';
import { Timers } from './analysis/timers';

/** Half-typed settings are not read. */
const QUIET_MS = 300;
const FILES = `**/{${YAML_FILE},${TOML_FILE}}`;

interface FoundSettings {
  /** The folder that they lie in. */
  readonly folder: vscode.Uri;
  readonly found: FolderSettings;
}

/**
 * The settings files of the window's projects, as the editor has them, saved or not. What is wrong with one is shown in
 * it. Nothing is read before somebody asks for a program's settings or opens such a file.
 */
export class SettingsFiles implements vscode.Disposable {
  /** By the URI of a folder; emptied when any settings file has changed. */
  #found = new Map<string, Promise<FoundSettings | undefined>>();
  #known = new Map<string, FoundSettings | undefined>();
  readonly #problems = vscode.languages.createDiagnosticCollection(`${SOURCE} settings`);
  readonly #timers = new Timers<'change'>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];

  /** Settings may be other ones now: `load` them again. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher(FILES);
    const changed = (): void => this.#timers.set('change', QUIET_MS, () => this.#reload());
    const documentChanged = (document: vscode.TextDocument): void => {
      if (isSettingsFile(document.uri)) changed();
    };
    this.#subscriptions = [
      ...[this.#problems, this.#changed, watcher],
      ...[watcher.onDidCreate(changed), watcher.onDidChange(changed), watcher.onDidDelete(changed)],
      vscode.workspace.onDidChangeTextDocument(({ document }) => documentChanged(document)),
      // The watcher sees the window's folders only.
      vscode.workspace.onDidSaveTextDocument(documentChanged),
      vscode.workspace.onDidOpenTextDocument((document) => this.#check(document)),
      // Changes that were not saved are gone.
      vscode.workspace.onDidCloseTextDocument(documentChanged),
    ];
    vscode.workspace.textDocuments.forEach((document) => this.#check(document));
  }

  /** Reads the settings that hold for a file. */
  async load(file: vscode.Uri): Promise<void> {
    const folder = folderOf(file);
    const key = folder.toString();
    for (;;) {
      const found = this.#found;
      let search = found.get(key);
      if (!search) {
        search = hasFiles(folder) ? find(folder) : Promise.resolve(undefined);
        found.set(key, search);
      }
      const result = await search;
      // They have changed meanwhile.
      if (found !== this.#found) continue;
      if (!this.#known.has(key)) this.#show(result);
      this.#known.set(key, result);
      return;
    }
  }

  /** The settings that hold for a file, as they were loaded; undefined where there are none. */
  of(file: vscode.Uri): Settings | undefined {
    return this.#known.get(folderOf(file).toString())?.found.settings;
  }

  /**
   * The severities that hold in a script or notebook, as its settings were loaded: what the file says wins over what
   * the user has set, because it is what everybody else sees.
   *
   * @param own What the user has set.
   */
  severitiesOf(file: vscode.Uri, own: SeveritySettings): SeveritySettings {
    const at = this.#at(file);
    if (!at) return own;
    return this.leavesOut(file) ? ALL_OFF : severitiesFor(at.settings, at.path, own);
  }

  /** Whether a script or notebook is excluded, as its settings were loaded. */
  leavesOut(file: vscode.Uri): boolean {
    const at = this.#at(file);
    return at !== undefined && isLeftOut(at.settings, at.path, false);
  }

  dispose(): void {
    this.#timers.clearAll();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The settings that hold for a file, and its path relative to their folder. */
  #at(file: vscode.Uri): { readonly settings: Settings; readonly path: string } | undefined {
    const at = this.#known.get(folderOf(file).toString());
    if (!at) return undefined;
    const base = at.folder.path.replace(/\/?$/, '/');
    const path = file.path.startsWith(base) ? file.path.slice(base.length) : '';
    return { settings: at.found.settings, path };
  }

  #reload(): void {
    this.#found = new Map();
    this.#known = new Map();
    this.#problems.clear();
    this.#changed.fire();
    vscode.workspace.textDocuments.forEach((document) => this.#check(document));
  }

  /** An open settings file shows what is wrong with it, also where no program is open. */
  #check({ uri }: vscode.TextDocument): void {
    if (isSettingsFile(uri)) void this.load(uri);
  }

  #show(at: FoundSettings | undefined): void {
    if (!at) return;
    const { folder, found } = at;
    for (const name of [YAML_FILE, TOML_FILE] as const) {
      const diagnostics = found.problems
        .filter(({ file }) => file === name)
        .map(({ message, range, severity }) => {
          const level =
            severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
          const text = message.charAt(0).toUpperCase() + message.slice(1);
          const diagnostic = new vscode.Diagnostic(toRange(range), text, level);
          diagnostic.source = SOURCE;
          return diagnostic;
        });
      this.#problems.set(vscode.Uri.joinPath(folder, name), diagnostics);
    }
  }
}

/** One that somebody works on, not the old side of a diff. */
function isSettingsFile({ scheme, path }: vscode.Uri): boolean {
  const name = baseName(path);
  const isOurs = name === YAML_FILE || name === TOML_FILE;
  return isOurs && (scheme === 'file' || vscode.workspace.fs.isWritableFileSystem(scheme) === true);
}

/** A document that has never been saved lies in no folder. */
function hasFiles({ scheme }: vscode.Uri): boolean {
  return vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined;
}

function folderOf(file: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(file, '..');
}

async function find(start: vscode.Uri): Promise<FoundSettings | undefined> {
  const search = new SettingsSearch<vscode.Uri>();
  for (let folder = start; ; folder = folderOf(folder)) {
    const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
    const [yaml, toml, ...markers] = await Promise.all([
      textOf(at(YAML_FILE)),
      textOf(at(TOML_FILE)),
      ...PROJECT_MARKERS.map(async (name) => ((await statOf(at(name))) ? name : undefined)),
    ]);
    const isOver = search.add(folder, {
      found: settingsOf({ yaml, toml }),
      isRepository: markers.includes('.git'),
      isProject: markers.some((name) => name !== undefined),
    });
    if (isOver || folderOf(folder).path === folder.path) break;
  }
  return search.result && { folder: search.result.folder, found: search.result.found };
}

async function textOf(uri: vscode.Uri): Promise<SettingsText | undefined> {
  const text = openDocument(uri)?.getText() ?? (await readFile(uri));
  if (text !== undefined) return text;
  return (await statOf(uri)) ? { reason: 'the file cannot be read as UTF-8' } : undefined;
}
