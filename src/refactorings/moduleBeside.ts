import type { Refusal } from '../text/refusal';
import { type Workspace, baseName, folderOf, joinPath } from '../text/workspace';
import type { AnalysedProgram } from './outcome';
import { revealingListings } from './paths-to-config/listings';

/** A module that is to be made in the folder of a notebook, which imports it. */
export interface ModuleBeside {
  readonly name: string;
  readonly path: string;
}

/**
 * The module beside a notebook that is called as it is, with a suffix.
 *
 * @returns Refusals where the name is taken, or where the program lists the folder and so would notice a new file.
 */
export async function moduleBeside(
  program: AnalysedProgram,
  suffix: string,
  { exists, root }: Pick<Workspace, 'exists' | 'root'>,
): Promise<ModuleBeside | readonly Refusal[]> {
  const { path } = program;
  const stem = baseName(path)
    .replace(/\.ipynb$/, '')
    .replace(/\W+/g, '_')
    .replace(/^(?=\d)/, '_');
  const name = `${stem}${suffix}`;
  const folder = folderOf(path);
  const modulePath = joinPath(folder, `${name}.py`);
  for (const file of [modulePath, joinPath(folder, `${name}/__init__.py`)]) {
    if (await exists(file)) return [{ path, cell: null, line: 0, reason: `${file} is there already` }];
  }
  const absolute = root === undefined ? undefined : joinPath(root, folder);
  const folderParts = (absolute ?? folder).split('/').filter((part) => part !== '' && part !== '.');
  const place = { name: `${name}.py`, folder: absolute, folderParts };
  const listings = revealingListings(program, place, { countsShown: false });
  return listings.length > 0 ? listings : { name, path: modulePath };
}
