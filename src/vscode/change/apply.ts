import * as vscode from 'vscode';
import type { Change } from '../../text/change';
import type { OpenPrograms } from '../documents/openPrograms';
import { type BoundChange, type Obstacle, bindChange, isStillBound } from './bind';
import { type AppliedChange, appliedChange } from './applied';
import { setCells } from './outputs';

/**
 * Applies a change as one WorkspaceEdit, which is one step for undo. Nothing is saved: saving is the user's.
 *
 * @returns what was done, for undoing it, or why nothing was.
 */
export async function applyChange(
  change: Change,
  title: string,
  programs: OpenPrograms,
): Promise<AppliedChange | Obstacle> {
  const bound = await bindChange(change, programs);
  if ('obstacle' in bound) return bound;
  return applyBound(bound, title);
}

export async function applyBound(bound: BoundChange, title: string): Promise<AppliedChange | Obstacle> {
  if (!isStillBound(bound)) return { obstacle: 'a document has changed in the meantime' };
  const isApplied = await vscode.workspace.applyEdit(toWorkspaceEdit(bound));
  if (!isApplied) return { obstacle: 'the editor did not accept the change' };
  return appliedChange(bound, title);
}

export function toWorkspaceEdit({ created, edited, replaced }: BoundChange): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  // New files first: should one of them fail, nothing else has been touched.
  for (const { uri, content } of created) {
    edit.createFile(uri, { contents: new TextEncoder().encode(content) });
  }
  for (const { document, edits } of edited) {
    for (const { span, newText } of edits.edits) {
      const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
      edit.replace(document.uri, range, newText);
    }
  }
  setCells(edit, replaced);
  return edit;
}
