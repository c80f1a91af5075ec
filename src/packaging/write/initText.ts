import type { Refusal } from '../../text/refusal';
import { refusalAt } from '../../refactorings/places';
import { trimmed } from '../../refactorings/extract-pipeline/moved';
import { type PackagePlan, sentence } from '../plan';
import { finished } from './moduleText';
import { boundName, importBlock, needsOf } from '../../refactorings/importBlock';

/** What a setting may read that depends on the folder, which is the data root only later. */
const READS_FOLDER =
  /\b(?:getcwd|cwd|abspath|realpath|resolve|absolute|exists|isdir|isfile|open|listdir|glob)\b/;

/** The package's own module: what has to be set before anything else is imported stands there. */
export function initText(plan: PackagePlan, summary: string): string {
  const { facts, roles, regions } = plan;
  const setup = facts.units.filter((unit) => roles.of.get(unit) === 'setup');
  const docstring = `"""${sentence(summary)}"""`;
  if (setup.length === 0) return `${docstring}\n`;
  const used = new Set(
    setup.flatMap(({ summary: { freeReferences } }) => freeReferences.map(({ name }) => name)),
  );
  const needs = facts.units
    .filter((unit) => roles.of.get(unit) === 'import')
    .flatMap(needsOf)
    .filter((need) => used.has(boundName(need)));
  const constants = facts.units.filter(
    (unit) =>
      roles.of.get(unit) === 'constant' && unit.summary.moduleBindings.some(({ name }) => used.has(name)),
  );
  const lines = [...constants, ...setup].map((unit) => {
    const { start, end } = regions.get(unit)!;
    return trimmed(unit.cell.cell.source.slice(start, end));
  });
  return finished([docstring, importBlock(needs), lines.join('\n')].filter(Boolean).join('\n\n'));
}

/** Settings that would mean something else before the data root is entered. */
export function setupRefusals({ facts, roles }: Pick<PackagePlan, 'facts' | 'roles'>): readonly Refusal[] {
  return facts.units
    .filter((unit) => roles.of.get(unit) === 'setup' && READS_FOLDER.test(unit.unit.text))
    .map((unit) =>
      refusalAt(
        facts.program.path,
        unit,
        unit.unit.statement,
        'an import below depends on this, and this on the folder in which the program is run',
      ),
    );
}
