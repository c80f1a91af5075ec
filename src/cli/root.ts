import fs from 'node:fs';
import path from 'node:path';
import { PROJECT_MARKERS } from '../settings/search';

/**
 * The folder that bounds what may be read and written: the nearest one, from `folder` upwards, that looks like a
 * project; undefined if none does.
 */
export function projectRoot(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (PROJECT_MARKERS.some((name) => fs.existsSync(path.join(at, name)))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}
