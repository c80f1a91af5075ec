import { addEntries } from '../config/document';
import type { Roles } from '../refactorings/extract-pipeline/roles';
import type { AnalysedProgram } from '../refactorings/outcome';
import { keyFor } from '../refactorings/paths-to-config/keys';
import { type ConfigLiteral, literalOf } from '../refactorings/paths-to-config/literals';
import type { FactUnit } from '../semantics/facts';
import type { Expression } from '../syntax/ast';
import type { TextEdit } from '../text/edit';

/** One value of the configuration. */
export interface ConfiguredValue {
  readonly key: string;
  readonly value: string;
}

/** A literal that is read from the configuration now. */
export interface ConfiguredPlace {
  readonly key: string;
  readonly unit: FactUnit;
  /** Offset in the cell's source. */
  readonly offset: number;
}

/** What of a program becomes configuration. */
export interface Configuration {
  readonly values: readonly ConfiguredValue[];
  /** Where the original had them, in its order. */
  readonly places: readonly ConfiguredPlace[];
  /** The default configuration as YAML. */
  readonly text: string;
  /** Edits by which a statement reads its values from `configured`, an expression for the configuration. */
  readonly editsOf: (unit: FactUnit, configured: string) => readonly TextEdit[];
}

/** The literals of a program that may become configuration: paths and addresses. */
export function configurableLiterals(program: AnalysedProgram): readonly ConfigLiteral[] {
  return program.findings
    .flatMap((finding) => {
      const kind =
        finding.rule === 'hard-coded-path' ? 'path' : finding.rule === 'hard-coded-url' ? 'url' : undefined;
      const node = finding.node as Expression | undefined;
      if (kind === undefined || !finding.unit || node?.kind !== 'Str') return [];
      const literal = literalOf(program, finding, kind);
      return 'reason' in literal ? [] : [literal];
    })
    .sort((a, b) => a.unit.order - b.unit.order || a.node.start - b.node.start);
}

/**
 * Constants that hold such a literal: what they hold is known only when the configuration has been read, so they run.
 * A constant that a definition needs when it is made stays what it is.
 */
export function configuredConstants(literals: readonly ConfigLiteral[]): ReadonlySet<FactUnit> {
  const units = new Set<FactUnit>();
  for (const { unit } of literals) {
    const { kind } = unit.unit.statement;
    if (kind !== 'Assign' && kind !== 'AnnAssign') continue;
    const names = new Set(unit.summary.moduleBindings.map(({ name }) => name));
    const isNeededEarly = unit.facts.freeReferences.some(
      ({ reference: { name, time }, unit: reader }) =>
        names.has(name) &&
        time !== 'later' &&
        ['FunctionDef', 'ClassDef', 'Import', 'ImportFrom'].includes(reader.unit.statement.kind),
    );
    if (!isNeededEarly) units.add(unit);
  }
  return units;
}

/**
 * The configuration of a program whose statements have their roles; undefined if nothing becomes configuration.
 *
 * @param chosen Keys that somebody has decided on, by value.
 */
export function configurationOf(
  literals: readonly ConfigLiteral[],
  roles: Roles,
  chosen: ReadonlyMap<string, string> = new Map(),
): Configuration | undefined {
  const taken = new Set<string>();
  const keys = new Map<string, string>();
  const values: ConfiguredValue[] = [];
  const byUnit = new Map<FactUnit, ConfigLiteral[]>();
  for (const literal of literals) {
    if (!isReadWhenRun(literal, roles)) continue;
    byUnit.set(literal.unit, [...(byUnit.get(literal.unit) ?? []), literal]);
    if (keys.has(literal.value)) continue;
    const own = chosen.get(literal.value);
    const key = own === undefined || taken.has(own) ? keyFor(literal, taken) : own;
    taken.add(key);
    keys.set(literal.value, key);
    values.push({ key, value: literal.value });
  }
  if (values.length === 0) return undefined;
  const added = addEntries(
    undefined,
    values.map(({ key, value }) => ({ key, value: { kind: 'str', value } })),
  );
  if ('reason' in added) return undefined;
  const places = [...byUnit.values()].flat().map(({ unit, node, value }) => ({
    key: keys.get(value)!,
    unit,
    offset: unit.start + node.start,
  }));
  return {
    values,
    places,
    text: added.text,
    editsOf: (unit, configured) =>
      (byUnit.get(unit) ?? []).map((literal) =>
        literal.edit(() => `${configured}.${keys.get(literal.value)!}`),
      ),
  };
}

/** Whether a literal is evaluated by a stage, or by a function when it is called. */
function isReadWhenRun({ unit, node }: ConfigLiteral, roles: Roles): boolean {
  const role = roles.of.get(unit);
  if (role === 'run') return true;
  return role === 'definition' && unit.summary.locate.get(node)?.time === 'later';
}
