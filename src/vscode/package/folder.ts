import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { MANIFEST, type Manifest, PLAN_FILE, readManifest } from '../../packaging/manifest';
import type { PackageFile } from '../../packaging/request';
import { upkeepOf } from '../../packaging/upkeep';
import type { PlanDocument } from '../../plan/document';
import { readPlan } from '../../plan/read';
import type { FileChange } from '../../text/change';
import { EditSet } from '../../text/edit';
import type { Obstacle } from '../change/bind';
import { openDocument, readFile, statOf } from '../documents/files';
import type { OpenPrograms } from '../documents/openPrograms';

/** What is in the folder that a package is to be written to. */
export type FolderState =
  | { readonly kind: 'free' }
  /** Graduate has written it. */
  | { readonly kind: 'ours'; readonly manifest: Manifest }
  /** A sentence for the user, without a full stop. */
  | { readonly kind: 'taken'; readonly reason: string };

/** Looks at a folder; an empty one is as good as none. */
export async function folderState(folder: vscode.Uri): Promise<FolderState> {
  const stat = await statOf(folder);
  if (!stat) return { kind: 'free' };
  const name = vscode.workspace.asRelativePath(folder);
  if ((stat.type & vscode.FileType.Directory) === 0) return { kind: 'taken', reason: `${name} is no folder` };
  try {
    if ((await vscode.workspace.fs.readDirectory(folder)).length === 0) return { kind: 'free' };
  } catch {
    return { kind: 'taken', reason: `${name} cannot be read` };
  }
  const text = await readFile(vscode.Uri.joinPath(folder, MANIFEST));
  const manifest = text === undefined ? undefined : readManifest(text);
  return manifest
    ? { kind: 'ours', manifest }
    : { kind: 'taken', reason: `${name} is not empty, and was not written by Graduate` };
}

/** The plan that lies in the folder of a package. */
export interface KeptPlan {
  readonly plan: PlanDocument;
  /** Somebody has changed it since it was written. */
  readonly isEdited: boolean;
}

/** Reads the plan in the folder of a package; undefined if there is none. `obstacle` is a sentence for the user. */
export async function keptPlan(
  folder: vscode.Uri,
  manifest: Manifest,
  programs: Pick<OpenPrograms, 'pathOf'>,
): Promise<KeptPlan | Obstacle | undefined> {
  const uri = vscode.Uri.joinPath(folder, PLAN_FILE);
  const text = openDocument(uri)?.getText() ?? (await readFile(uri));
  if (text === undefined) return undefined;
  const { plan, problems } = readPlan(text);
  if (!plan) {
    const reason = problems[0]?.message ?? '';
    return { obstacle: `Graduate: ${vscode.workspace.asRelativePath(uri)} cannot be read: ${reason}.` };
  }
  return {
    plan: { path: programs.pathOf(uri), text, plan },
    isEdited: manifest[PLAN_FILE] !== digestOf(text),
  };
}

/** What writing a package to a folder changes. */
export interface FolderChange {
  readonly files: readonly FileChange[];
  /** Paths of files that stay because somebody has edited them. */
  readonly kept: readonly string[];
}

/**
 * The files that are made, and those of an earlier package that change. What is open in an editor counts, saved or not.
 *
 * @param pathOf The engine's path of a file of the folder.
 */
export async function folderChange(
  folder: vscode.Uri,
  files: readonly PackageFile[],
  manifest: Manifest | undefined,
  pathOf: (uri: vscode.Uri) => string,
): Promise<FolderChange> {
  const uriOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, ...name.split('/'));
  const texts = new Map<string, string | undefined>();
  for (const name of [...files.map(({ path }) => path), MANIFEST]) {
    const uri = uriOf(name);
    texts.set(name, openDocument(uri)?.getText() ?? (await readFile(uri)));
  }
  const { writes, kept } = upkeepOf(files, {
    manifest,
    digestOf: (name) => {
      const text = texts.get(name);
      return text === undefined ? undefined : digestOf(text);
    },
    digestOfText: digestOf,
  });
  return {
    files: writes.map(({ path: name, content }): FileChange => {
      const path = pathOf(uriOf(name));
      const before = texts.get(name);
      if (before === undefined) return { kind: 'create', path, content };
      const edits = new EditSet([{ span: { start: 0, end: before.length }, newText: content }]);
      return { kind: 'text', path, before, edits };
    }),
    kept: kept.map((name) => pathOf(uriOf(name))),
  };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
