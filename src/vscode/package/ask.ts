import * as vscode from 'vscode';
import { isPackageName, packageNameOf } from '../../packaging/name';
import { folderState } from './folder';

/** What a package is to be called, and where it goes. */
export interface PackageTarget {
  readonly name: string;
  readonly folder: vscode.Uri;
}

const TITLE = 'Convert to Package';

/** The package that a program becomes where nobody says otherwise: in a folder beside it. */
export function proposedTarget(program: vscode.Uri): PackageTarget {
  const name = packageNameOf(program.path.slice(program.path.lastIndexOf('/') + 1));
  return { name, folder: vscode.Uri.joinPath(program, '..', `${name}-package`) };
}

/**
 * Asks for the name and the folder.
 *
 * @param known What was answered the last time.
 * @returns Undefined if the user wants none of it.
 */
export async function askTarget(
  program: vscode.Uri,
  known: PackageTarget | undefined,
): Promise<PackageTarget | undefined> {
  const proposed = known ?? proposedTarget(program);
  const name = await vscode.window.showInputBox({
    title: `${TITLE} (1/2): the package's name`,
    prompt: 'What Python imports, and what `python -m` runs.',
    value: proposed.name,
    ignoreFocusOut: true,
    validateInput: (text) => (isPackageName(text) ? undefined : 'A name that Python can import'),
  });
  if (name === undefined) return undefined;
  const folder = known?.folder ?? vscode.Uri.joinPath(proposed.folder, '..', `${name}-package`);
  const answer = await vscode.window.showInputBox({
    title: `${TITLE} (2/2): the package's folder`,
    prompt: 'New, empty, or of a package that Graduate has written: then what you have edited there is kept.',
    value: vscode.workspace.asRelativePath(folder, false),
    ignoreFocusOut: true,
    validateInput: async (text) => {
      const uri = folderNamed(text, program);
      if (!uri) return 'A folder below that of the workspace';
      const state = await folderState(uri);
      return state.kind === 'taken' ? `${state.reason}.` : undefined;
    },
  });
  const chosen = answer === undefined ? undefined : folderNamed(answer, program);
  return chosen && { name, folder: chosen };
}

/** A folder of the program's workspace folder, as it is typed; undefined for anything that is not below that. */
function folderNamed(text: string, program: vscode.Uri): vscode.Uri | undefined {
  const root = vscode.workspace.getWorkspaceFolder(program)?.uri;
  const parts = text.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');
  if (!root || parts.length === 0 || parts.includes('..') || /^[\\/]|^[A-Za-z]:/.test(text)) return undefined;
  return vscode.Uri.joinPath(root, ...parts);
}
