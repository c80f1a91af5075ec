import type * as vscode from 'vscode';
import type { Workspace } from '../../text/workspace';
import { openDocument } from '../documents/files';
import type { OpenPrograms } from '../documents/openPrograms';

/** So many texts are remembered; what is bigger than that many characters is not. */
const MOST_TEXTS = 500;
const MOST_CHARACTERS = 200_000;

/** Texts of files that were read once and have not changed: probes read the same ones again and again. */
export class RememberedTexts {
  readonly #texts = new Map<string, string>();

  /** A file has changed. */
  forget(uri: vscode.Uri): void {
    this.#texts.delete(uri.toString());
  }

  /** A workspace that reads each file once. What is open in an editor is always read from there. */
  over(workspace: Workspace, programs: OpenPrograms): Workspace {
    return {
      root: workspace.root,
      exists: (path) => workspace.exists(path),
      list: (folder) => workspace.list(folder),
      read: async (path) => {
        const uri = programs.uriOf(path);
        if (!uri || openDocument(uri)) return workspace.read(path);
        const key = uri.toString();
        const known = this.#texts.get(key);
        if (known !== undefined) return known;
        const text = await workspace.read(path);
        if (text === undefined || text.length > MOST_CHARACTERS) return text;
        if (this.#texts.size >= MOST_TEXTS) this.#texts.clear();
        this.#texts.set(key, text);
        return text;
      },
    };
  }
}
