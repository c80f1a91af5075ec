import * as vscode from 'vscode';
import { readNotebook } from '../../program/notebook/read';
import { notebookSource } from '../../program/notebook/toSource';
import { type ProgramSource, scriptSource } from '../../program/source';
import { decode } from '../../text/encoding';
import type { Workspace } from '../../text/workspace';
import type { OpenPrograms } from './openPrograms';
import { snapshotOf } from './snapshot';

/**
 * The engine's view of the files: what an open document says, saved or not, goes before what is on the disk. All of it
 * by `workspace.fs`, so that it works wherever VS Code has files.
 */
export class WorkspaceFiles implements Workspace {
  readonly #isOutside: boolean;

  /** @param program The path for which one looks: a program outside all folders has nothing to do with what is in them. */
  constructor(
    private readonly programs: OpenPrograms,
    program: string,
  ) {
    this.#isOutside = program.startsWith('/');
  }

  get root(): string | undefined {
    return this.#isOutside ? undefined : this.programs.paths.diskRoot;
  }

  async read(path: string): Promise<string | undefined> {
    const uri = this.#uriOf(path);
    if (!uri) return undefined;
    return openDocument(uri)?.getText() ?? (await readFile(uri));
  }

  async exists(path: string): Promise<boolean> {
    const uri = this.#uriOf(path);
    if (!uri) return path === '' && !this.#isOutside;
    return openDocument(uri) !== undefined || (await statOf(uri)) !== undefined;
  }

  async list(folder: string): Promise<readonly string[]> {
    const uri = this.#uriOf(folder);
    if (!uri) {
      const isTop = folder === '' && !this.#isOutside;
      return isTop ? this.programs.paths.rootNames.map((name) => `${name}/`) : [];
    }
    try {
      const entries = await vscode.workspace.fs.readDirectory(uri);
      return entries.map(([name, type]) => ((type & vscode.FileType.Directory) === 0 ? name : `${name}/`));
    } catch {
      return [];
    }
  }

  /** The program of a path: as it is open, else as its file is. */
  async loadProgram(path: string): Promise<ProgramSource | undefined> {
    const open = this.programs.byPath(path);
    if (open) return snapshotOf(open).source;
    const text = await this.read(path);
    if (text === undefined) return undefined;
    if (!path.endsWith('.ipynb')) return scriptSource(path, text);
    const notebook = readNotebook(text);
    return 'reason' in notebook ? undefined : notebookSource(path, notebook);
  }

  #uriOf(path: string): vscode.Uri | undefined {
    return this.#isOutside && !path.startsWith('/') ? undefined : this.programs.uriOf(path);
  }
}

/** The open text document of exactly this URI. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}

/** Undefined for what is not there. */
export async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}

/** A file's text as Python, or as UTF-8; undefined if there is none or it cannot be read. */
export async function readFile(uri: vscode.Uri): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
  const decoded = decode(bytes, uri.path.endsWith('.py') ? 'python' : 'json');
  return 'reason' in decoded ? undefined : decoded.text;
}
