import { type ProjectModules, modulePath } from '../semantics/project';
import type { FactUnit, ProgramFacts } from '../semantics/facts';
import type { Statement } from '../syntax/ast';
import type { Refusal } from '../text/refusal';
import { EditSet, type TextEdit } from '../text/edit';
import { folderOf, joinPath } from '../text/workspace';
import { STANDARD_MODULES } from '../knowledge/standardModules';
import { isGuard } from '../refactorings/extract-pipeline/guard';
import { refusalAt } from '../refactorings/places';
import { askedModuleNames, ownNameIn, showsLoggers } from './moduleNames';
import type { PackageFile } from './request';

/** The project's own modules that a program imports, to be copied into the package. */
export interface LocalModules {
  /** Relative to the package's own folder. */
  readonly files: readonly PackageFile[];
  /** Modules at the package's top level, without `.py`. */
  readonly names: ReadonlySet<string>;
  readonly refusals: readonly Refusal[];
  /** Whether an import of the program means one of them, as written there. */
  readonly isLocal: (dotted: string) => boolean;
}

/** Modules that a package must not have twice: those that are written for every package. */
export const RESERVED: ReadonlySet<string> = new Set(['__main__', '__init__', 'pipeline']);

/** Finds the modules that static imports reach from a program, and makes their imports relative. */
export function localModules(facts: ProgramFacts, modules: ProjectModules | undefined): LocalModules {
  const refusals: Refusal[] = [];
  const { path } = facts.program;
  if (!modules) {
    const isLocal = (): boolean => false;
    return { files: [], names: new Set(), refusals: appearingModules(facts, isLocal), isLocal };
  }
  const bases = [folderOf(path), ...addedFolders(facts)];
  /** The file of a module, as the program or one of its modules would import it. */
  const find = (from: string, dotted: string): string | undefined => {
    const found = modulePath(modules, from, dotted);
    if (found !== undefined && found !== path) return found;
    if (dotted.startsWith('.')) return undefined;
    const stem = dotted.replaceAll('.', '/');
    return bases
      .flatMap((base) => [joinPath(base, `${stem}/__init__.py`), joinPath(base, `${stem}.py`)])
      .find((each) => modules.has(each) && each !== path);
  };
  /** From a module's file to the file that is copied, relative to the package. */
  const copies = new Map<string, string>();
  const files: PackageFile[] = [];
  const isLogged = showsLoggers(facts);
  const visit = (unit: FactUnit, dotted: string, source: string): void => {
    const found = find(source, dotted);
    if (found === undefined || copies.has(found) || dotted.startsWith('.')) return;
    const stem = dotted.replaceAll('.', '/');
    const target = found.endsWith('/__init__.py') ? `${stem}/__init__.py` : `${stem}.py`;
    copies.set(found, target);
    if (RESERVED.has(dotted.split('.')[0]!)) {
      refusals.push(
        refusalAt(path, unit, unit.unit.statement, `the package has a module ${dotted} of its own`),
      );
    }
    const parts = dotted.split('.');
    if (parts.length > 1) visit(unit, parts.slice(0, -1).join('.'), source);
    const theirs = modules.factsOf(found);
    const isLocal = (name: string): boolean => find(found, name) !== undefined;
    const problem = theirs ? (problemOf(theirs, isLocal) ?? ownNameIn(theirs, isLogged)) : 'cannot be read';
    if (!theirs || problem !== undefined) {
      refusals.push(refusalAt(path, unit, unit.unit.statement, `the module ${found} ${problem}`));
      return;
    }
    for (const inner of theirs.units) {
      for (const each of importedBy(inner)) {
        if (each.startsWith('.')) visitRelative(unit, each, found, target);
        else visit(unit, each, found);
      }
    }
    files.push({ path: target, content: relativeImports(theirs, isLocal, depthOf(target)) });
  };
  const visitRelative = (unit: FactUnit, dotted: string, found: string, target: string): void => {
    const dots = /^\.*/.exec(dotted)![0].length;
    const folder = target.split('/').slice(0, -1);
    const up = folder.slice(0, folder.length + 1 - dots);
    const absolute = [...up, ...dotted.slice(dots).split('.').filter(Boolean)].join('.');
    if (absolute !== '') visit(unit, absolute, found);
  };
  for (const unit of facts.units) for (const dotted of importedBy(unit)) visit(unit, dotted, path);
  const isLocal = (dotted: string): boolean => !dotted.startsWith('.') && find(path, dotted) !== undefined;
  for (const [, target] of copies) {
    const parts = target.split('/').slice(0, -1);
    for (let i = 1; i <= parts.length; i++) {
      const init = `${parts.slice(0, i).join('/')}/__init__.py`;
      if (!files.some((file) => file.path === init)) files.push({ path: init, content: '' });
    }
  }
  return {
    files,
    names: new Set(files.map((file) => file.path.split('/')[0]!.replace(/\.py$/, ''))),
    refusals: [...refusals, ...appearingModules(facts, isLocal), ...askedModuleNames(facts, isLocal)],
    isLocal,
  };
}

/** Why a module cannot be copied: where it lies, or what it is called, means something to it. */
function problemOf(facts: ProgramFacts, isLocal: (dotted: string) => boolean): string | undefined {
  if (!facts.isComplete) return 'is not valid Python';
  for (const unit of facts.units) {
    const own = unit.summary.freeReferences.find(({ name }) => /^__(?:file|path|spec|package)__$/.test(name));
    if (own) return `reads ${own.name}, which would be another place`;
    if (dottedLocalImport(unit, isLocal)) return 'imports a module within a package by its dotted name';
    if (!isGuard(unit) && printsOnImport(unit)) return 'prints when it is imported';
  }
  return undefined;
}

/** A package's modules are imported before anything runs, so what they print would come too early. */
function printsOnImport({ summary }: FactUnit): boolean {
  return summary.calls.some(
    ({ node: { func }, at }) =>
      func.kind === 'Name' && func.id === 'print' && at.scope.enclosingFunction === undefined,
  );
}

/** Modules that a program imports and, as it seems, writes itself: a text of its names the file. */
function appearingModules(facts: ProgramFacts, isLocal: (dotted: string) => boolean): readonly Refusal[] {
  const written = new Set<string>();
  for (const { summary } of facts.units) {
    for (const node of summary.locate.keys()) {
      const module = node.kind === 'Str' ? /(?:^|[/\\])(\w+)\.py$/.exec(node.value ?? '')?.[1] : undefined;
      if (module !== undefined) written.add(module);
    }
  }
  if (written.size === 0) return [];
  return facts.units.flatMap((unit) => {
    const module = importedBy(unit)
      .map((dotted) => dotted.split('.')[0]!)
      .find((name) => written.has(name) && !isLocal(name) && !STANDARD_MODULES.has(name));
    const reason = `the module ${module}, which is imported, appears only when the program runs`;
    return module === undefined ? [] : [refusalAt(facts.program.path, unit, unit.unit.statement, reason)];
  });
}

/** `sys.path.append("vendored")`: literal folders that the program adds to where modules are found. */
function addedFolders(facts: ProgramFacts): readonly string[] {
  const own = folderOf(facts.program.path);
  return [...facts.callsNamed('append'), ...facts.callsNamed('insert')].flatMap(({ call, unit }) => {
    const last = call.args.at(-1);
    const { start, end } = call.func;
    if (!/^sys\s*\.\s*path\b/.test(unit.unit.text.slice(start, end))) return [];
    if (last?.kind !== 'Str' || last.value === undefined || last.value.startsWith('/')) return [];
    const parts = [...own.split('/').filter(Boolean)];
    for (const part of last.value.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.' && part !== '') parts.push(part);
    }
    return [parts.join('/')];
  });
}

/** The modules that a statement imports, functions in it included, as written; for `from a import b` also `a.b`. */
export function importedBy({ summary }: FactUnit): readonly string[] {
  return summary.statements.flatMap(({ node }) => {
    if (node.kind === 'Import') return node.names.map(({ name }) => name);
    if (node.kind !== 'ImportFrom') return [];
    const module = '.'.repeat(node.level) + node.module;
    const within = (name: string): string => (module.endsWith('.') ? module + name : `${module}.${name}`);
    return [module, ...node.names.map(({ name }) => within(name))];
  });
}

function depthOf(target: string): number {
  return target.split('/').length;
}

function relativeImports(facts: ProgramFacts, isLocal: (dotted: string) => boolean, depth: number): string {
  const [cell] = facts.cells;
  if (!cell) return '';
  const edits = facts.units.flatMap((unit) => relativeImportEdits(unit, isLocal, depth));
  return new EditSet(edits).apply(cell.cell.source);
}

/**
 * Edits by which the imports of the project's own modules in a statement are relative.
 *
 * @param depth How deep in the package the statement's module lies; one for a module at its top.
 */
export function relativeImportEdits(
  unit: FactUnit,
  isLocal: (dotted: string) => boolean,
  depth = 1,
): readonly TextEdit[] {
  const dots = '.'.repeat(depth);
  return unit.summary.statements.flatMap(({ node }): TextEdit[] => {
    const newText = relativeText(node, isLocal, dots);
    return newText === undefined
      ? []
      : [{ span: { start: unit.start + node.start, end: unit.start + node.end }, newText }];
  });
}

function relativeText(
  node: Statement,
  isLocal: (dotted: string) => boolean,
  dots: string,
): string | undefined {
  if (node.kind === 'ImportFrom') {
    if (node.level > 0 || !isLocal(node.module)) return undefined;
    const names = node.isStar
      ? '*'
      : node.names.map(({ name, alias }) => (alias ? `${name} as ${alias}` : name)).join(', ');
    return `from ${dots}${node.module} import ${names}`;
  }
  if (node.kind !== 'Import' || !node.names.some(({ name }) => isLocal(name))) return undefined;
  return node.names
    .map(({ name, alias }) => {
      if (!isLocal(name)) return `import ${alias === undefined ? name : `${name} as ${alias}`}`;
      const need = relativeNeed(name, alias, dots);
      return `from ${need.module} import ${need.alias ? `${need.name} as ${need.alias}` : need.name}`;
    })
    .join('; ');
}

/** `import a.b as c` of a local module, as a relative import. */
export function relativeNeed(
  dotted: string,
  alias: string | undefined,
  dots: string,
): { readonly module: string; readonly name: string; readonly alias: string | undefined } {
  const parts = dotted.split('.');
  const name = parts.pop()!;
  return { module: dots + parts.join('.'), name, alias };
}

/** `import package.module` binds the package and loads the module: there is no relative statement for it. */
export function dottedLocalImport(
  unit: FactUnit,
  isLocal: (dotted: string) => boolean,
): Statement | undefined {
  return unit.summary.statements.find(
    ({ node }) =>
      node.kind === 'Import' &&
      node.names.some(({ name, alias }) => alias === undefined && name.includes('.') && isLocal(name)),
  )?.node;
}
