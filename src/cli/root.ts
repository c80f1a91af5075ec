import fs from 'node:fs';
import path from 'node:path';

/** What lies in the topmost folder of a project. */
const MARKERS = [
  ...['.git', 'pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt'],
  ...['environment.yml', 'environment.yaml', 'Pipfile'],
];

/**
 * The folder that bounds what may be read and written: the nearest one, from `folder` upwards, that looks like a
 * project; undefined if none does.
 */
export function projectRoot(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (MARKERS.some((name) => fs.existsSync(path.join(at, name)))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}
