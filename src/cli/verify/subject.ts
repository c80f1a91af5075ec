import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../exit';
import { isNotebookPath } from '../load';
import { shownPath } from '../paths';
import { projectRoot } from '../root';
import { statOf } from '../../machine/stat';

/** One of the two programs, as it lies on the disk. */
export type Subject = ProgramSubject | PackageSubject;

export interface ProgramSubject {
  readonly kind: 'script' | 'notebook';
  readonly shown: string;
  readonly absolute: string;
  /** The folder it lies in, which it is run in. */
  readonly folder: string;
  /** The folder that is copied: its project, else its own folder. */
  readonly root: string;
}

export interface PackageSubject {
  readonly kind: 'package';
  readonly shown: string;
  readonly absolute: string;
  readonly module: string;
  /** It knows the option `--data-root`. */
  readonly hasDataRoot: boolean;
  /** It knows the option `--log-format`. */
  readonly hasLogFormat: boolean;
}

/** What a path on the command line names. @throws {UsageError} if it is no program. */
export function subjectAt(given: string, cwd: string): Subject {
  const absolute = path.resolve(cwd, given);
  const shown = shownPath(cwd, absolute);
  const stat = statOf(absolute);
  if (!stat) throw new UsageError(`${shown}: no such file or folder`);
  if (stat.isDirectory()) return packageAt(absolute, shown);
  if (!/\.(?:py|ipynb)$/.test(absolute))
    throw new UsageError(`${shown}: neither a script (.py) nor a notebook (.ipynb)`);
  const folder = fs.realpathSync(path.dirname(absolute));
  const kind = isNotebookPath(absolute) ? 'notebook' : 'script';
  const root = fs.realpathSync(projectRoot(folder) ?? folder);
  return { kind, shown, absolute: path.join(folder, path.basename(absolute)), folder, root };
}

/** A folder that `graduate package` wrote. */
function packageAt(absolute: string, shown: string): PackageSubject {
  const source = path.join(absolute, 'src');
  const names = fs.existsSync(path.join(absolute, 'pyproject.toml')) ? foldersOf(source) : [];
  const modules = names.filter((name) => fs.existsSync(path.join(source, name, '__main__.py')));
  if (modules.length !== 1) {
    const why = modules.length === 0 ? 'no' : 'more than one';
    throw new UsageError(`${shown}: ${why} package in it (pyproject.toml and src/NAME/__main__.py)`);
  }
  const module = modules[0]!;
  const texts = fs
    .readdirSync(path.join(source, module))
    .filter((name) => name.endsWith('.py'))
    .map((name) => fs.readFileSync(path.join(source, module, name), 'utf8'));
  const has = (option: string): boolean => texts.some((text) => new RegExp(`["']${option}["']`).test(text));
  return {
    kind: 'package',
    shown,
    absolute: fs.realpathSync(absolute),
    module,
    hasDataRoot: has('--data-root'),
    hasLogFormat: has('--log-format'),
  };
}

function foldersOf(folder: string): readonly string[] {
  if (!statOf(folder)?.isDirectory()) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
