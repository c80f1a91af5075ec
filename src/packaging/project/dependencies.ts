import { distributionOf, isAuthorsModule } from '../../knowledge/distributions';
import { STANDARD_MODULES } from '../../knowledge/standardModules';
import type { ProgramFacts } from '../../semantics/facts';
import type { LocalModules } from '../localModules';

/** The distributions that a program's imports need, as pyproject.toml names them, sorted. */
export function dependenciesOf(
  facts: ProgramFacts,
  local: LocalModules,
  installed: readonly string[],
  versionOf: (distribution: string) => string | undefined = () => undefined,
): readonly string[] {
  const byName = new Map<string, string>();
  const put = (requirement: string): void => {
    const name = /^[\w.-]*/.exec(requirement)![0];
    // What says more than a name has decided about its version.
    const version = name === requirement ? versionOf(name) : undefined;
    byName.set(normalizedName(name), version === undefined ? requirement : `${name}==${version}`);
  };
  for (const requirement of installed) put(requirement);
  for (const module of importedModules(facts)) {
    if (module.startsWith('.') || local.isLocal(module)) continue;
    if (STANDARD_MODULES.has(module.split('.')[0]!) || module.startsWith('_')) continue;
    const distribution = distributionOf(module);
    if (byName.has(normalizedName(distribution))) continue;
    if (!isMissingFile(module, versionOf)) put(distribution);
  }
  return [...byName.values()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}

/** The modules that a program imports and that are no distributions, but files of the author that are not there. */
export function missingFiles(
  facts: ProgramFacts,
  local: LocalModules,
  versionOf: (distribution: string) => string | undefined = () => undefined,
): readonly string[] {
  const roots = [...importedModules(facts)].map((module) => module.split('.')[0]!);
  return [...new Set(roots)].filter(
    (root) =>
      root !== '' && !local.isLocal(root) && !STANDARD_MODULES.has(root) && isMissingFile(root, versionOf),
  );
}

/** What is not installed, and has a name that authors give their own modules, is no distribution to install. */
function isMissingFile(module: string, versionOf: (distribution: string) => string | undefined): boolean {
  return isAuthorsModule(module) && versionOf(distributionOf(module)) === undefined;
}

/** A distribution's name as package indexes compare it. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function importedModules({ units }: ProgramFacts): ReadonlySet<string> {
  return new Set(
    units.flatMap(({ summary }) =>
      summary.statements.flatMap(({ node }) => {
        if (node.kind === 'Import') return node.names.map(({ name }) => name);
        if (node.kind !== 'ImportFrom') return [];
        const module = '.'.repeat(node.level) + node.module;
        // Of a namespace the name tells which package it is.
        return module === 'google.cloud' ? node.names.map(({ name }) => `${module}.${name}`) : [module];
      }),
    ),
  );
}

/**
 * The oldest Python that a package can be used with: that of the environment whose versions it names, else one that
 * understands the program's syntax, from 3.9 on, which the package's own modules need.
 *
 * @param known `3.11`
 */
export function pythonVersionOf({ units }: ProgramFacts, known: string | undefined): string {
  let minor = 9;
  const need = (version: number): void => {
    minor = Math.max(minor, version);
  };
  for (const { unit, summary } of units) {
    for (const { node } of summary.statements) {
      if (node.kind === 'Match') need(10);
      if (node.kind === 'TypeAlias') need(12);
      if ((node.kind === 'FunctionDef' || node.kind === 'ClassDef') && node.typeParams.length > 0) need(12);
      if (node.kind === 'Try' && /\bexcept\s*\*/.test(unit.text)) need(11);
    }
  }
  const [, ours] = /^3\.(\d+)$/.exec(known ?? '') ?? [];
  return `3.${Math.max(minor, Number(ours ?? 0))}`;
}
