import { commentsLeftOut } from '../comments';
import { CLOSING } from '../translate/figures';
import type { FactUnit } from '../../semantics/facts';
import type { Note } from '../../text/refusal';
import type { Finding } from '../../rules/rule';
import type { PackagePlan } from '../plan';
import type { PackageFile } from '../request';
import { stayingSection } from './staying';
import { coverageOf } from './tests/original';

/** What is told besides the plan. */
export interface MigrationParts {
  readonly notes: readonly Note[];
  readonly modules: readonly PackageFile[];
  /** Of the original. */
  readonly findings: readonly Finding[];
  readonly dependencies: readonly string[];
  /** Modules of the author that are not there. */
  readonly missing: readonly string[];
  /** Of the environment whose versions are pinned. */
  readonly pythonVersion: string | undefined;
}

/** What has become of the original: which part went where, what was dropped or changed, and why. */
export function migrationText(plan: PackagePlan, parts: MigrationParts): string {
  const { notes, modules, findings } = parts;
  const { originalName, facts, sharing, stateName } = plan;
  const isNotebook = facts.program.kind === 'notebook';
  const changed = notes.map(
    ({ cell, line, message }) => `- ${cell === null ? '' : `cell ${cell + 1}, `}line ${line + 1}: ${message}`,
  );
  const shared = [...sharing.shared].sort().map((name) => `\`${name}\``);
  return (
    [
      `# From ${originalName} to ${plan.name}`,
      isNotebook ? cellTable(plan) : partTable(plan),
      '## Dropped or changed',
      changed.length > 0 ? changed.join('\n') : 'Nothing.',
      ...configurationSection(plan),
      ...(shared.length > 0
        ? [
            '## Shared names',
            `Names that several stages or functions use, and those whose values somebody may notice when they go at the end of a function, live in \`${stateName}.py\`, where they are bound and looked up as the original's own names were: ${shared.join(', ')}.`,
          ]
        : []),
      ...commentsSection(
        plan,
        modules.map(({ content }) => content),
      ),
      ...stayingSection(plan, findings, modules),
      ...dependenciesSection(parts),
      '## Tests',
      testsSection(plan),
      '## Not kept',
      'Texts of tracebacks and of standard error, timing, line numbers, and the module names of classes in new pickles (they name this package now).',
    ].join('\n\n') + '\n'
  );
}

/** Which literals are read from the configuration now; a text that stood at several places is one value. */
function configurationSection({ configuration }: PackagePlan): readonly string[] {
  if (!configuration) return [];
  const lines = configuration.values.map(({ key }) => {
    const places = configuration.places
      .filter((place) => place.key === key)
      .map(({ unit, offset }) => {
        const { index } = unit.cell.cell;
        const line = `line ${unit.cell.lines.positionAt(offset).line + 1}`;
        return index === null ? line : `cell ${index + 1}, ${line}`;
      });
    return `- \`${key}\`: ${places.join('; ')}`;
  });
  return [
    '## Configuration',
    `These texts of the original are read from \`config.yaml\` now:\n\n${lines.join('\n')}`,
  ];
}

/** Where versions come from. */
function dependenciesSection({ dependencies, missing, pythonVersion }: MigrationParts): readonly string[] {
  const names = missing.map((each) => `\`${each}\``).join(', ');
  const lost =
    missing.length === 0
      ? []
      : [
          `Imported, but no file of the original's folder and no distribution: ${names}. Without ${missing.length > 1 ? 'them' : 'it'} the package ends as the original does; put what is meant beside the original and make the package again.`,
        ];
  const versions = versionsText(dependencies, pythonVersion);
  const texts = [...lost, ...(versions === undefined ? [] : [versions])];
  return texts.length === 0 ? [] : ['## Dependencies', texts.join('\n\n')];
}

function versionsText(
  dependencies: readonly string[],
  pythonVersion: string | undefined,
): string | undefined {
  if (dependencies.length === 0) return undefined;
  if (pythonVersion === undefined) {
    const why = 'no Python environment was known when the package was made (`--python EXE` names one)';
    return `\`pyproject.toml\` names no versions: ${why}.`;
  }
  const open = dependencies.filter((each) => /^[\w.-]+$/.test(each)).map((each) => `\`${each}\``);
  const pinned = `The versions in \`pyproject.toml\` are those that were installed with Python ${pythonVersion} where the package was made.`;
  return open.length > 0 ? `${pinned} Not installed there: ${open.join(', ')}.` : pinned;
}

/** What the tests compare, and what not. */
function testsSection(plan: PackagePlan): string {
  const { notRun, noStages, runsPipeline } = coverageOf(plan);
  const lines: string[] = [];
  if (notRun === undefined) {
    lines.push(
      'The tests run the package and the original (`tests/original.txt`) on copies of the original folder, and compare exit status, printed lines and written files. What differs between two runs of the original is not compared.',
    );
  } else if (runsPipeline) {
    lines.push(
      `The pipeline is run twice, with the same result. Not covered: what the original does, because ${notRun}.`,
    );
  } else lines.push(`Not covered: the pipeline from end to end, because ${notRun}.`);
  if (noStages === undefined) {
    lines.push('What each stage takes and gives is compared with what the original holds at that point.');
  } else if (noStages !== notRun) lines.push(`Not covered: single stages, because ${noStages}.`);
  else lines.push('Not covered: single stages, for the same reason.');
  lines.push('Importing the modules does nothing that anybody could notice: that is tested, too.');
  return lines.join('\n\n');
}

/** Every comment that no module has, word for word: none is lost. */
function commentsSection({ facts }: PackagePlan, texts: readonly string[]): readonly string[] {
  const lines = commentsLeftOut(facts, texts).map(({ cell, line, text }) => {
    const place = cell === null ? `line ${line + 1}` : `cell ${cell + 1}, line ${line + 1}`;
    return `${place}: ${text}`;
  });
  if (lines.length === 0) return [];
  const fence = lines.some((line) => line.includes('```')) ? '~~~~' : '```';
  return ['## Comments that no module has', [`${fence}text`, ...lines, fence].join('\n')];
}

function placeOf(unit: FactUnit, plan: PackagePlan): string | undefined {
  const role = plan.roles.of.get(unit);
  if (role === 'import') return 'imports of the modules that use them';
  if (role === 'setup') return '`__init__.py`';
  for (const module of plan.modules) {
    if (module.definitions.includes(unit)) {
      // A function of ours is no part of any cell.
      if (unit.summary.moduleBindings.every(({ name }) => name === CLOSING)) return undefined;
      return unit.summary.moduleBindings.map(({ name }) => `\`${module.name}.${name}\``).join(', ');
    }
    const stage = module.stages.find((each) => each.units.includes(unit));
    if (stage) return `\`${module.name}.${stage.name}\``;
  }
  return undefined;
}

function cellTable(plan: PackagePlan): string {
  const rows = plan.facts.program.cells.map((cell, i) => {
    const number = (cell.index ?? i) + 1;
    if (cell.kind !== 'code')
      return `| ${number} | ${
        cell.kind === 'foreign'
          ? 'another language: dropped'
          : cell.kind === 'markdown'
            ? `\`notebooks/${plan.originalName}\``
            : `${cell.kind}: not part of a program`
      } |`;
    const units = plan.facts.units.filter((unit) => unit.cell.cell === cell);
    const places = new Set(units.flatMap((unit) => placeOf(unit, plan) ?? []));
    return `| ${number} | ${places.size > 0 ? [...places].join('; ') : 'nothing that runs'} |`;
  });
  return `| cell | went to |\n|---|---|\n${rows.join('\n')}`;
}

function partTable(plan: PackagePlan): string {
  const rows: [lines: string, place: string][] = [];
  for (const unit of plan.facts.units) {
    const place = placeOf(unit, plan);
    if (place === undefined) continue;
    const { lines } = unit.cell;
    const first = lines.positionAt(unit.start).line + 1;
    const last = lines.positionAt(unit.start + unit.unit.text.length).line + 1;
    const before = rows.at(-1);
    if (before?.[1] === place) before[0] = `${before[0].split('-')[0]}-${last}`;
    else rows.push([first === last ? String(first) : `${first}-${last}`, place]);
  }
  return `| lines | went to |\n|---|---|\n${rows.map(([lines, place]) => `| ${lines} | ${place} |`).join('\n')}`;
}
