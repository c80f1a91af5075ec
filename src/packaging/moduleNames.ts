import { parentsOf } from '../semantics/parents';
import type { FactUnit, ProgramFacts } from '../semantics/facts';
import type { Expression } from '../syntax/ast';
import { refusalAt } from '../refactorings/places';
import type { Refusal } from '../text/refusal';

/** What writes log records where somebody may read the logger's name. */
const NAMES_LOGGERS = /%\(name\)|\{name\}/;
const WRITES_RECORDS = /\bstdout\b|\bfilename\s*=|FileHandler\b/;

/** Where a module of the project says what it is called, which is another name in a package; undefined: nowhere. */
export function ownNameIn(module: ProgramFacts, isLogged: boolean): string | undefined {
  for (const unit of module.units) {
    for (const { name, node } of unit.summary.freeReferences) {
      if (name !== '__name__') continue;
      const parent = parentsOf(unit.unit).get(node);
      if (parent?.kind === 'Compare') continue;
      const isLogger = parent?.kind === 'Call' && /getLogger$/.test(textOf(parent.func, unit));
      if (!isLogger || isLogged) return 'uses its name, which would be another one';
    }
  }
  return undefined;
}

/** Whether a program writes the names of loggers to standard output or to a file. */
export function showsLoggers({ units }: ProgramFacts): boolean {
  const has = (pattern: RegExp): boolean => units.some(({ unit }) => pattern.test(unit.text));
  return has(NAMES_LOGGERS) && has(WRITES_RECORDS);
}

/** Places at which a program asks for the name of one of the project's modules, or of whatever is in one. */
export function askedModuleNames(
  facts: ProgramFacts,
  isLocal: (dotted: string) => boolean,
): readonly Refusal[] {
  const modules = new Set<string>();
  let hasLocal = false;
  for (const { summary } of facts.units) {
    for (const { name, source } of summary.moduleBindings) {
      if (source.type === 'import' && isLocal(source.imported)) modules.add(name);
      if (source.type !== 'from-import') continue;
      if (isLocal(`${source.module}.${source.name}`)) modules.add(name);
      hasLocal ||= isLocal(source.module);
    }
  }
  if (modules.size === 0 && !hasLocal) return [];
  return facts.units.flatMap((unit) =>
    [...unit.summary.locate.keys()].flatMap((node) => {
      if (node.kind !== 'Attribute') return [];
      const isOfModule = node.attr === '__name__' && node.value.kind === 'Name' && modules.has(node.value.id);
      if (node.attr !== '__module__' && !isOfModule) return [];
      const reason = 'the name of a module is asked for here, which would be another one';
      return [refusalAt(facts.program.path, unit, node, reason)];
    }),
  );
}

function textOf({ start, end }: Expression, { unit }: FactUnit): string {
  return unit.text.slice(start, end);
}
