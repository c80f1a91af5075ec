import system, { type PlatformPath } from 'node:path';

/** An operating system's path with `/`. */
export function toSlashes(file: string, path: PlatformPath = system): string {
  return path.sep === '/' ? file : file.split(path.sep).join('/');
}

/** A file as the command line names it: relative to the working directory, with `/`; the folder itself is `.`. */
export function shownPath(cwd: string, absolute: string, path: PlatformPath = system): string {
  // On another drive there is no relative path, and `relative` answers with the absolute one.
  return toSlashes(path.relative(cwd, absolute), path) || '.';
}

/** A file relative to a folder, with `/`, and the empty string for the folder itself; undefined if it lies outside. */
export function pathWithin(
  folder: string,
  absolute: string,
  path: PlatformPath = system,
): string | undefined {
  const relative = path.relative(folder, absolute);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative))
    return undefined;
  return toSlashes(relative, path);
}
