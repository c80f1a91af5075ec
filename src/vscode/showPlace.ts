import * as vscode from 'vscode';

/** Opens a script, or the notebook of a cell, with this range selected. */
export async function showPlace(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', uri, { selection: range });
}
