/**
 * The files around a program, handed to the engine by an adapter. The engine itself touches no disk.
 *
 * A path is a string with `/` between its parts, relative to the workspace's root, without `.` or `..` parts; the
 * root itself is the empty string. (Adapters map it to a URI or an operating-system path.)
 */
export interface Workspace {
  /** The root's absolute path with `/`, where it is on a disk: to tell what an absolute path in the code means. */
  readonly root?: string | undefined;
  /** The file's decoded text without byte-order mark, or undefined if there is none or it cannot be read. */
  read(path: string): Promise<string | undefined>;
  /** Whether a file or folder of that path is there. */
  exists(path: string): Promise<boolean>;
  /** Names of files and folders (folders end in `/`) directly in a folder; empty if there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
}

/** The folder part of a path; the empty string for a file in the root. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '' : path.slice(0, at);
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A folder and a name joined; the folder may be the empty string. */
export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
