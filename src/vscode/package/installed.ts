import path from 'node:path';
import * as vscode from 'vscode';
import { NoInterpreter, findInstalled } from '../../machine/installed';
import type { Installed } from '../../packaging/request';
import { selectedInterpreter } from '../verify/interpreter';

/**
 * What is installed in the environment of the interpreter that the user has selected, else in the one that VS Code was
 * started in, else in one beside the program. Undefined where none can be seen, as in a virtual workspace.
 */
export async function installedFor(program: vscode.Uri): Promise<Installed | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(program)?.uri;
  if (root?.scheme !== 'file' || program.scheme !== 'file') return undefined;
  const place = {
    env: process.env,
    cwd: root.fsPath,
    folder: path.dirname(program.fsPath),
    root: root.fsPath,
  };
  try {
    return findInstalled({ ...place, named: await selectedInterpreter(program) });
  } catch (error) {
    if (!(error instanceof NoInterpreter)) throw error;
    return findInstalled({ ...place, named: undefined });
  }
}
