import { LINE_LENGTH } from '../../refactorings/extract-pipeline/layout';
import { RULES } from '../../rules/registry';
import type { Finding } from '../../rules/rule';
import type { FactUnit } from '../../semantics/facts';
import type { FunctionDef } from '../../syntax/ast';
import type { PackagePlan } from '../plan';
import type { PackageFile } from '../request';

/** Rules about notebooks: a package has no cells. */
const OF_NOTEBOOKS = new Set(RULES.filter(({ family }) => family === 'notebook').map(({ name }) => name));
const MOST_PLACES = 20;

/**
 * What linters will say of the author's lines, as far as it can be told without them: moving a line mends nothing in it.
 *
 * @param findings Of the original.
 * @param modules The package's modules.
 */
export function stayingSection(
  plan: PackagePlan,
  findings: readonly Finding[],
  modules: readonly PackageFile[],
): readonly string[] {
  const definitions = plan.modules.flatMap(({ name, definitions: own }) =>
    own.flatMap((unit) => definedIn(unit).map((each) => ({ ...each, name: `${name}.${each.name}` }))),
  );
  const loop = new RegExp(`^[ \\t]+(?:async )?for .*\\b${plan.stateName}\\..* in .*\\b${plan.stateName}\\b`);
  const lines = [
    ...ownFindings(plan, findings),
    listed(
      'No docstring (ruff: D101, D103)',
      definitions.filter(({ hasDocstring }) => !hasDocstring).map(({ name }) => `\`${name}\``),
    ),
    listed(
      'No types (mypy: no-untyped-def)',
      definitions.filter(({ isTyped }) => !isTyped).map(({ name }) => `\`${name}\``),
    ),
    listed(
      `Longer than ${LINE_LENGTH} characters (ruff: E501)`,
      linesWhere(modules, (line) => [...line].length > LINE_LENGTH),
    ),
    listed(
      'Imports within functions (ruff: PLC0415)',
      linesWhere(modules, (line) => /^[ \t]+(?:import [\w.]+|from [\w.]+ import )/.test(line)),
    ),
    listed(
      'Loops whose names are shared, which is one name to a linter (ruff: B020)',
      linesWhere(modules, (line) => loop.test(line)),
    ),
  ].filter((line) => line !== undefined);
  if (lines.length === 0) return [];
  const what = "Moving a line mends nothing in it. What there is to do in the author's lines, besides style:";
  return ['## What stays to be done', what, lines.join('\n')];
}

function listed(what: string, places: readonly string[]): string | undefined {
  if (places.length === 0) return undefined;
  const shown = places.slice(0, MOST_PLACES).join(', ');
  return `- ${what}: ${shown}${places.length > MOST_PLACES ? `, and ${places.length - MOST_PLACES} more` : ''}.`;
}

function ownFindings({ configuration }: PackagePlan, findings: readonly Finding[]): readonly string[] {
  const configured = new Set(configuration?.values.map(({ value }) => value));
  const places = new Map<string, string[]>();
  for (const { rule, severity, cell, span, node } of findings) {
    const literal = node as { readonly value?: unknown } | undefined;
    const isConfigured = typeof literal?.value === 'string' && configured.has(literal.value);
    if (OF_NOTEBOOKS.has(rule) || severity === 'off' || isConfigured) continue;
    const line = cell.lines.positionAt(span.start).line + 1;
    const { index } = cell.cell;
    const place = index === null ? `line ${line}` : `cell ${index + 1}, line ${line}`;
    places.set(rule, [...(places.get(rule) ?? []), place]);
  }
  return [...places].map(([rule, own]) => listed(`\`${rule}\``, own)!.replaceAll(', cell', '; cell'));
}

function definedIn({ unit: { statement } }: FactUnit): readonly {
  readonly name: string;
  readonly hasDocstring: boolean;
  readonly isTyped: boolean;
}[] {
  if (statement.kind !== 'FunctionDef' && statement.kind !== 'ClassDef') return [];
  const [first] = statement.body;
  const hasDocstring = first?.kind === 'Expr' && first.value.kind === 'Str';
  return [
    {
      name: statement.name,
      hasDocstring,
      isTyped: statement.kind === 'ClassDef' || isTyped(statement),
    },
  ];
}

function isTyped({ params, returns }: FunctionDef): boolean {
  return returns !== undefined && params.every(({ annotation }) => annotation !== undefined);
}

function linesWhere(modules: readonly PackageFile[], is: (line: string) => boolean): readonly string[] {
  return modules.flatMap(({ path, content }) =>
    content
      .split('\n')
      .flatMap((line, i) => (is(line) ? [`\`${path.split('/').at(-1)!}\` line ${i + 1}`] : [])),
  );
}
