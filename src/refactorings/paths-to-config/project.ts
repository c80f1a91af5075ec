import type { ProgramFacts } from '../../semantics/facts';
import type { Refusal } from '../../text/refusal';
import { type Workspace, baseName, folderOf, joinPath } from '../../text/workspace';
import type { AnalysedProgram } from '../outcome';
import { refusalInCell } from '../places';

/** Files of the project that hide PyYAML or pathlib, or take all names of this module. */
export async function projectObstacles(
  program: AnalysedProgram,
  workspace: Workspace,
  modules: readonly string[],
): Promise<Refusal[]> {
  const first = program.facts.cells[0];
  if (!first) return [];
  const refuse = (reason: string): Refusal => refusalInCell(program.path, first, 0, reason);
  const refusals: Refusal[] = [];
  const folder = folderOf(program.path);
  for (const where of new Set([folder, ''])) {
    for (const module of modules) {
      const file = joinPath(where, `${module}.py`);
      if (await workspace.exists(file))
        refusals.push(refuse(`${file} hides the module ${module} that would be imported`));
      const packageFile = joinPath(where, `${module}/__init__.py`);
      if (await workspace.exists(packageFile))
        refusals.push(refuse(`${packageFile} hides the module ${module} that would be imported`));
    }
  }
  if (program.facts.program.kind === 'notebook' || program.facts.moduleBindings('__all__').length > 0)
    return refusals;
  const stem = baseName(program.path).replace(/\.py$/, '');
  const star = new RegExp(
    `^[ \\t]*from[ \\t]+[\\w.]*\\b${stem.replace(/\W/g, '\\$&')}[ \\t]+import[ \\t]*\\*`,
    'm',
  );
  for (const name of await workspace.list(folder)) {
    if (!name.endsWith('.py') || joinPath(folder, name) === program.path) continue;
    const text = await workspace.read(joinPath(folder, name));
    if (text !== undefined && star.test(text)) {
      refusals.push(
        refuse(`${joinPath(folder, name)} imports all names of this module, so it would get the new ones`),
      );
    }
  }
  return refusals;
}

/** More modules than this are not followed: then it is a large project, whose modules list folders of their own. */
const MAX_MODULES = 200;

/** What lists folders, or looks at the names, the source or the loaded modules of whoever imports it. */
const LISTING =
  /\b(listdir|scandir|iterdir|rglob|glob|iglob|walk|fwalk|copytree|make_archive)\s*\(|["'\s](ls|dir|tree|find)["'\s]/;
const LOOKING =
  /\bimport[ \t]+__main__\b|\b(_getframe|currentframe|f_globals|getsource|getsourcelines|settrace)\b|\binspect\.stack\b|\bsys\.modules\b/;

/**
 * Modules of the project that the program imports, directly or not, and that could notice the change: they are read as
 * text, so that what merely looks like a listing counts as one.
 */
export async function importedObstacles(
  program: AnalysedProgram,
  workspace: Workspace,
  isNewFile: boolean,
): Promise<Refusal[]> {
  const [first] = program.facts.cells;
  if (!first) return [];
  const refusals: Refusal[] = [];
  for (const [path, text] of await localModules(program, workspace)) {
    const what = isNewFile && LISTING.test(text) ? 'may list the folder of the new file' : undefined;
    const look = LOOKING.test(text) ? 'may look at the names or the source of this program' : undefined;
    const reason = what ?? look;
    if (reason !== undefined)
      refusals.push(refusalInCell(program.path, first, 0, `${path}, which is imported, ${reason}`));
  }
  return refusals;
}

async function localModules(
  program: AnalysedProgram,
  workspace: Workspace,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const folders = await searchFolders(program.path, workspace);
  const open: string[] = importedNames(program.facts);
  const seen = new Set<string>();
  while (open.length > 0 && found.size < MAX_MODULES) {
    const name = open.pop() ?? '';
    if (seen.has(name)) continue;
    seen.add(name);
    const file = name.replaceAll('.', '/');
    for (const folder of folders) {
      for (const path of [joinPath(folder, `${file}.py`), joinPath(folder, `${file}/__init__.py`)]) {
        if (path === program.path || found.has(path)) continue;
        const text = await workspace.read(path);
        if (text === undefined) continue;
        found.set(path, text);
        const package_ = path.endsWith('/__init__.py')
          ? name
          : name.includes('.')
            ? name.slice(0, name.lastIndexOf('.'))
            : '';
        open.push(...namesInText(text, package_));
      }
    }
  }
  return found;
}

/** Where Python may find modules: the program's folder, the root, `src`, and folders below (`sys.path.insert`). */
async function searchFolders(path: string, workspace: Workspace): Promise<string[]> {
  const own = folderOf(path);
  const below = (await workspace.list(own)).filter((name) => name.endsWith('/') && !name.startsWith('.'));
  return [...new Set([own, '', 'src', ...below.map((name) => joinPath(own, name.slice(0, -1)))])];
}

function importedNames(facts: ProgramFacts): string[] {
  return facts.units.flatMap((unit) =>
    unit.summary.statements.flatMap(({ node }) => {
      if (node.kind === 'Import') return node.names.flatMap((imported) => withParents(imported.name));
      if (node.kind !== 'ImportFrom') return [];
      const parts = node.names.map((imported) =>
        node.module === '' ? imported.name : `${node.module}.${imported.name}`,
      );
      return [...withParents(node.module), ...parts];
    }),
  );
}

function withParents(name: string): string[] {
  const parts = name.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.')).filter((part) => part !== '');
}

/** The modules that a text imports; relative names are taken below the package. */
function namesInText(text: string, inside: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(
    /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+([^#\n]*)|import[ \t]+([^#\n]*))/gm,
  )) {
    const [, dots = '', module = '', names = '', plain] = match;
    if (plain !== undefined) {
      found.push(...plain.split(',').flatMap((part) => withParents(part.trim().split(/\s/)[0] ?? '')));
      continue;
    }
    const base = [dots === '' ? '' : inside, module].filter((part) => part !== '').join('.');
    const parts = names
      .replace(/[()]/g, '')
      .split(',')
      .map((part) => part.trim().split(/\s/)[0] ?? '');
    found.push(
      ...withParents(base),
      ...parts.filter((part) => part !== '').map((part) => (base === '' ? part : `${base}.${part}`)),
    );
  }
  return found;
}
