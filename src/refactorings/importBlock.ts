import { STANDARD_MODULES } from '../knowledge/standardModules';
import type { FactUnit } from '../semantics/facts';

/** One imported name, or one imported module. */
export interface ImportNeed {
  /** With leading dots where relative. */
  readonly module: string;
  /** Of `from module import name`; undefined for `import module`. `*` for all. */
  readonly name: string | undefined;
  readonly alias: string | undefined;
  /** The comment behind the author's import, with its `#`. */
  readonly comment?: string | undefined;
}

/** The name that an import binds. */
export function boundName({ module, name, alias }: ImportNeed): string {
  return alias ?? name ?? module.split('.')[0]!;
}

/** What an import statement of the author imports. Blocks (`try: import x`) import nothing here: they go as they are. */
export function needsOf({ unit, cell, start }: FactUnit): readonly ImportNeed[] {
  const { statement, text } = unit;
  const rest = /^[^\r\n]*/.exec(cell.cell.source.slice(start + text.length))![0].trim();
  const comment = rest.startsWith('#') ? rest : undefined;
  if (statement.kind === 'Import') {
    return statement.names.map(({ name, alias }) => ({ module: name, name: undefined, alias, comment }));
  }
  if (statement.kind !== 'ImportFrom') return [];
  const module = '.'.repeat(statement.level) + statement.module;
  if (statement.isStar) return [{ module, name: '*', alias: undefined, comment }];
  return statement.names.map(({ name, alias }) => ({ module, name, alias, comment }));
}

const LINE_LENGTH = 88;
const SECTIONS = ['future', 'standard', 'third', 'local'] as const;

/** Import statements as Ruff sorts them, with the author's comments behind them. */
export function importBlock(needs: readonly ImportNeed[]): string {
  const sections = new Map<string, string[]>();
  for (const section of SECTIONS) {
    const own = needs.filter(({ module }) => sectionOf(module) === section);
    if (own.length > 0) sections.set(section, [...plainImports(own), ...fromImports(own)]);
  }
  return [...sections.values()].map((lines) => lines.join('\n')).join('\n\n');
}

function sectionOf(module: string): (typeof SECTIONS)[number] {
  if (module === '__future__') return 'future';
  if (module.startsWith('.')) return 'local';
  return STANDARD_MODULES.has(module.split('.')[0]!) ? 'standard' : 'third';
}

function plainImports(needs: readonly ImportNeed[]): string[] {
  const lines = needs
    .filter(({ name }) => name === undefined)
    .map((need) => ({ need, text: `import ${withAlias(need.module, need.alias)}` }))
    .sort((a, b) => compare(a.need.module, b.need.module) || compare(a.text, b.text));
  return unique(lines.map(({ need, text }) => withComment(text, [need])));
}

function fromImports(needs: readonly ImportNeed[]): string[] {
  const byModule = new Map<string, ImportNeed[]>();
  for (const need of needs) {
    if (need.name === undefined) continue;
    // A star stands alone.
    const key = need.name === '*' ? `${need.module} *` : need.module;
    byModule.set(key, [...(byModule.get(key) ?? []), need]);
  }
  return [...byModule.values()]
    .sort((a, b) => compareModules(a[0]!.module, b[0]!.module))
    .map((own) => {
      const names = unique(own.map(({ name, alias }) => withAlias(name!, alias))).sort(compareMembers);
      const { module } = own[0]!;
      const line = withComment(`from ${module} import ${names.join(', ')}`, own);
      if (line.length <= LINE_LENGTH || names[0] === '*') return line;
      const comments = withComment('', own);
      return `from ${module} import (${comments}\n${names.map((name) => `    ${name},\n`).join('')})`;
    });
}

/** `x as x` says nothing. */
function withAlias(name: string, alias: string | undefined): string {
  return alias === undefined || alias === name ? name : `${name} as ${alias}`;
}

function withComment(line: string, needs: readonly ImportNeed[]): string {
  const comments = unique(needs.flatMap(({ comment }) => comment ?? []));
  return comments.length === 0 ? line : `${line}  ${comments.join('; ')}`;
}

/** Packages further up come first, and within one level by name. */
function compareModules(a: string, b: string): number {
  const dots = (module: string): number => /^\.*/.exec(module)![0].length;
  return dots(b) - dots(a) || compare(a, b);
}

/** Constants, then classes, then the rest, each by name. */
function compareMembers(a: string, b: string): number {
  const rank = (name: string): number => {
    const [own = ''] = name.split(' ');
    if (own.length > 1 && own === own.toUpperCase() && /[A-Z]/.test(own)) return 0;
    return /^[A-Z]/.test(own) ? 1 : 2;
  };
  return rank(a) - rank(b) || compare(a, b);
}

function compare(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (x !== y) return x < y ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
