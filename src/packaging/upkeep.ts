import { MANIFEST, type Manifest, manifestText } from './manifest';
import type { PackageFile } from './request';

/** The folder of a package, as far as writing to it needs to know. */
export interface PackageFolder {
  /** What Graduate has written there before; undefined for a folder that is empty or not there. */
  readonly manifest: Manifest | undefined;
  /** The digest of a file of the folder; undefined where there is none. */
  digestOf(path: string): string | undefined;
  /** The digest that a file with this content would have. */
  digestOfText(content: string): string;
}

/** What is done to the folder of a package; paths are relative to it. */
export interface Upkeep {
  /** New files and those that change, the manifest among them. */
  readonly writes: readonly PackageFile[];
  /** Files that stay because somebody has edited them. */
  readonly kept: readonly string[];
}

/** Files that nobody has edited since are replaced, edited ones kept. */
export function upkeepOf(files: readonly PackageFile[], folder: PackageFolder): Upkeep {
  const writes: PackageFile[] = [];
  const kept: string[] = [];
  const digests: Record<string, string> = {};
  for (const file of files) {
    const { path, content } = file;
    const current = folder.digestOf(path);
    digests[path] = folder.digestOfText(content);
    if (current === digests[path]) continue;
    if (current !== undefined && folder.manifest?.[path] !== current) kept.push(path);
    else writes.push(file);
  }
  const manifest = manifestText(digests);
  if (folder.digestOf(MANIFEST) !== folder.digestOfText(manifest)) {
    writes.push({ path: MANIFEST, content: manifest });
  }
  return { writes, kept };
}
