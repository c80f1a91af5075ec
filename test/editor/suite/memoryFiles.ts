import * as vscode from 'vscode';

/** Files in memory, as those of a window on a repository that is not on the disk. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly files = new Map<string, Uint8Array>();
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  watch = (): vscode.Disposable => new vscode.Disposable(() => undefined);
  stat(uri: vscode.Uri): vscode.FileStat {
    const isFolder = [...this.files.keys()].some((path) => path.startsWith(uri.path.replace(/\/?$/, '/')));
    if (isFolder) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const data = this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: data.length };
  }
  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const base = uri.path.replace(/\/?$/, '/');
    const below = [...this.files.keys()].filter((path) => path.startsWith(base));
    const names = new Map(
      below.map((path): [string, vscode.FileType] => {
        const [name = '', ...rest] = path.slice(base.length).split('/');
        return [name, rest.length > 0 ? vscode.FileType.Directory : vscode.FileType.File];
      }),
    );
    return [...names];
  }
  readFile(uri: vscode.Uri): Uint8Array {
    const data = this.files.get(uri.path);
    if (!data) throw vscode.FileSystemError.FileNotFound(uri);
    return data;
  }
  writeFile = (uri: vscode.Uri, data: Uint8Array): void => void this.files.set(uri.path, data);
  createDirectory = (): void => undefined;
  delete = (uri: vscode.Uri): void => void this.files.delete(uri.path);
  rename = (): void => undefined;
}
