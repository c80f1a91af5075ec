import * as vscode from 'vscode';
import { Patterns } from '../settings/patterns';
import type { Settings } from '../settings/settings';

/**
 * Whether what other linters report is left to them.
 *
 * @param settings What the project's settings file says, which wins.
 */
export function isDeferring(uri: vscode.Uri, settings: Settings | undefined): boolean {
  const shared = settings?.deferToOtherLinters;
  if (shared !== undefined) return shared;
  return vscode.workspace.getConfiguration('graduate', uri).get<boolean>('deferToOtherLinters', true);
}

/** Whether notebooks are checked. */
export function hasNotebooks(uri: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration('graduate', uri).get<boolean>('notebooks.enable', true);
}

/** Whether `graduate.exclude` names a script or notebook; patterns are relative to its folder of the window. */
export function isExcluded(uri: vscode.Uri): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const value = vscode.workspace.getConfiguration('graduate', uri).get<unknown>('exclude');
  const patterns = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  if (!folder || patterns.length === 0) return false;
  const base = folder.uri.path.replace(/\/?$/, '/');
  const path = uri.path.startsWith(base) ? uri.path.slice(base.length) : '';
  try {
    return new Patterns(patterns).matches(path, false);
  } catch {
    // A pattern that is none: nothing is excluded rather than everything.
    return false;
  }
}
