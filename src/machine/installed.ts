import fs from 'node:fs';
import path from 'node:path';
import { normalizedName } from '../packaging/project/dependencies';
import type { Installed } from '../packaging/request';
import { statOf } from './stat';

const BESIDE = ['.venv', 'venv', 'env', '.env'];
/** What is read of a distribution's metadata: its header stands at the top. */
const HEADER_BYTES = 16_384;

/** Where an environment is looked for. */
export interface EnvironmentPlace {
  /** An interpreter that was named: a path, or a name in PATH. */
  readonly named: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The program's folder and the project's root. */
  readonly folder: string;
  readonly root: string;
}

/** The interpreter that was named is none. */
export class NoInterpreter extends Error {}

/**
 * What is installed in the environment of the interpreter that was named, else in the active one, else in one beside the
 * program. Files are read, nothing is run. Undefined where there is no such environment.
 *
 * @throws {NoInterpreter} if the named one is no Python.
 */
export function findInstalled(place: EnvironmentPlace): Installed | undefined {
  const roots = place.named === undefined ? environmentsOf(place) : [namedRoot(place.named, place)];
  for (const root of roots) {
    const found = sitePackages(root);
    if (found) return { pythonVersion: found.version, versionOf: versionsIn(found.folders) };
  }
  if (place.named !== undefined) {
    throw new NoInterpreter(`no site-packages were found for ${place.named}`);
  }
  return undefined;
}

function environmentsOf({ env, folder, root }: EnvironmentPlace): readonly string[] {
  const active = env['VIRTUAL_ENV'] ?? env['CONDA_PREFIX'];
  const roots = active ? [active] : [];
  for (let at = folder; ; at = path.dirname(at)) {
    roots.push(
      ...BESIDE.map((name) => path.join(at, name)).filter((each) => statOf(path.join(each, 'pyvenv.cfg'))),
    );
    if (at === root || at === path.dirname(at)) return roots;
  }
}

function namedRoot(named: string, { env, cwd }: EnvironmentPlace): string {
  const isPath = /[\\/]/.test(named);
  const places = isPath
    ? [path.resolve(cwd, named)]
    : (env['PATH'] ?? '').split(path.delimiter).map((each) => path.join(each, named));
  const executable = places
    .flatMap((each) => [each, `${each}.exe`])
    .find((each) => statOf(each)?.isFile() === true);
  if (executable === undefined) throw new NoInterpreter(`there is no ${named}`);
  const root = rootOf(executable);
  // An environment's python leads to the one that it was made with.
  if (statOf(path.join(root, 'pyvenv.cfg'))) return root;
  return rootOf(fs.realpathSync(executable));
}

/** On Windows the base interpreter stands in the root itself. */
function rootOf(executable: string): string {
  const folder = path.dirname(executable);
  return /^(?:bin|scripts)$/i.test(path.basename(folder)) ? path.dirname(folder) : folder;
}

function sitePackages(root: string): { readonly folders: readonly string[]; version: string } | undefined {
  const windows = path.join(root, 'Lib', 'site-packages');
  const configured = /^version(?:_info)?\s*=\s*(\d+\.\d+)/m.exec(textOf(path.join(root, 'pyvenv.cfg')));
  if (statOf(windows) && configured) return { folders: [windows], version: configured[1]! };
  const pythons = namesIn(path.join(root, 'lib'))
    .flatMap((name) => /^python(\d+\.\d+)$/.exec(name)?.[1] ?? [])
    .sort((a, b) => Number(b.split('.')[1]) - Number(a.split('.')[1]));
  for (const version of pythons) {
    const folders = ['lib', 'lib64']
      .flatMap((lib) => ['site-packages', 'dist-packages'].map((each) => [lib, `python${version}`, each]))
      .map((parts) => path.join(root, ...parts))
      .filter((each) => statOf(each)?.isDirectory());
    if (folders.length > 0) return { folders, version };
  }
  return undefined;
}

function versionsIn(folders: readonly string[]): Installed['versionOf'] {
  const places = new Map<string, string>();
  for (const folder of folders) {
    for (const name of namesIn(folder)) {
      const distribution = /^(.+?)-[^-]+\.dist-info$/.exec(name)?.[1];
      if (distribution !== undefined) places.set(normalizedName(distribution), path.join(folder, name));
    }
  }
  return (distribution) => {
    const place = places.get(normalizedName(distribution));
    // What was installed from a folder or a repository is in no index.
    if (place === undefined || statOf(path.join(place, 'direct_url.json'))) return undefined;
    const version = /^Version:\s*(\S+)\s*$/im.exec(
      textOf(path.join(place, 'METADATA')).split(/\r?\n\r?\n/, 1)[0]!,
    );
    // A local label (`+cu126`) names a build that the index does not have.
    const [known] = version?.[1]?.split('+') ?? [];
    return known !== undefined && /^[\w.!]+$/.test(known) ? known : undefined;
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    const handle = fs.openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(HEADER_BYTES);
      return bytes.toString('utf8', 0, fs.readSync(handle, bytes, 0, HEADER_BYTES, 0));
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    return '';
  }
}
