/** The parts of a URI that say where a file is. `vscode.Uri` is one. */
export interface Place {
  readonly scheme: string;
  readonly authority: string;
  /** Decoded, with `/`. */
  readonly path: string;
}

export interface RootFolder {
  readonly name: string;
  readonly uri: Place;
}

interface Root {
  /** What the folder's paths start with: its name, or nothing where it is the only folder. */
  readonly name: string;
  readonly place: Place;
  /** The folder's own path without a slash at its end. */
  readonly base: string;
}

/**
 * Engine paths to places and back, without loss. In the only folder of a window paths are relative to it; with several
 * folders the folder's name comes first. What lies outside all folders starts with a slash, which no relative path
 * does: `/file//home/petra/a.py`, `/untitled:/Untitled-1` (the colon says that the URI's path starts with no slash).
 */
export class PathMap {
  readonly #roots: readonly Root[];

  constructor(folders: readonly RootFolder[]) {
    const names = new Set<string>();
    this.#roots = folders.map(({ name, uri }) => ({
      name: folders.length === 1 ? '' : uniqueName(name, names),
      place: uri,
      base: uri.path.replace(/\/+$/, ''),
    }));
  }

  /** The absolute path of the only folder, where it is on a disk. */
  get diskRoot(): string | undefined {
    const [root] = this.#roots;
    if (this.#roots.length !== 1 || root?.place.scheme !== 'file') return undefined;
    // As the programs of Windows write it: `c:/data`, and not `/c:/data`.
    return root.base.replace(/^\/(?=[A-Za-z]:)/, '');
  }

  /** Names of the folders at the top; empty where paths are relative to the only folder. */
  get rootNames(): readonly string[] {
    return this.#roots.length === 1 ? [] : this.#roots.map(({ name }) => name);
  }

  pathOf(place: Place): string {
    const root = this.#roots
      .filter((candidate) => isInside(place, candidate))
      // Folders of a window may lie in one another: the innermost counts.
      .sort((a, b) => b.base.length - a.base.length)[0];
    if (root) {
      const relative = place.path.slice(root.base.length + 1);
      return root.name === '' ? relative : relative === '' ? root.name : `${root.name}/${relative}`;
    }
    const opaque = !place.path.startsWith('/');
    return opaque ? `/${place.scheme}:/${place.path}` : `/${place.scheme}/${place.authority}${place.path}`;
  }

  /** Undefined for the root above several folders, and for paths in none of them. */
  placeOf(path: string): Place | undefined {
    if (path.startsWith('/')) return outsidePlace(path);
    const [first = ''] = path.split('/', 1);
    const root = this.#roots.find(({ name }) => name === '' || name === first);
    if (!root) return undefined;
    const relative = root.name === '' ? path : path.slice(first.length + 1);
    const { scheme, authority } = root.place;
    return { scheme, authority, path: relative === '' ? root.base || '/' : `${root.base}/${relative}` };
  }
}

function isInside(place: Place, root: Root): boolean {
  const isSame = place.scheme === root.place.scheme && place.authority === root.place.authority;
  return isSame && (place.path === root.base || place.path.startsWith(`${root.base}/`));
}

function outsidePlace(path: string): Place | undefined {
  const opaque = /^\/([^/:]+):\/(.*)$/s.exec(path);
  if (opaque) return { scheme: opaque[1]!, authority: '', path: opaque[2]! };
  const match = /^\/([^/:]+)\/([^/]*)(\/.*)$/s.exec(path);
  return match ? { scheme: match[1]!, authority: match[2]!, path: match[3]! } : undefined;
}

/** Folders may have any name, and the same one. */
function uniqueName(name: string, taken: Set<string>): string {
  const plain = name.replaceAll('/', '_').replace(/^\.{0,2}$/, '_');
  let unique = plain;
  for (let i = 2; taken.has(unique); i++) unique = `${plain} (${i})`;
  taken.add(unique);
  return unique;
}
