import { migrationText } from './migration';
import { dependenciesOf, missingFiles, pythonVersionOf } from './dependencies';
import type { PackagePlan } from '../plan';
import type { PackageFile, PackageRequest } from '../request';
import type { Translation } from '../translate';
import { argvUse } from '../argv';
import type { Plan } from '../../plan/plan';
import { planOf } from '../../plan/propose';
import { planText } from '../../plan/write';
import { PLAN_FILE } from '../manifest';
import { reducedNotebook } from './reducedNotebook';
import { testFiles } from './tests/index';

/** What stands around a package: how it is installed, what it is, what has become of the original, its tests. */
export function projectFiles(
  plan: PackagePlan,
  request: PackageRequest,
  translation: Translation,
  /** The package's modules. */
  modules: readonly PackageFile[],
): readonly PackageFile[] {
  const { facts, local } = plan;
  const needed = [...translation.requirements, ...(plan.configuration ? ['PyYAML'] : [])];
  const dependencies = dependenciesOf(facts, local, needed, request.installed?.versionOf);
  return [
    {
      path: 'pyproject.toml',
      content: pyprojectText(plan, dependencies, pythonVersionOf(facts, request.installed?.pythonVersion)),
    },
    { path: 'README.md', content: readmeText(plan) },
    {
      path: 'MIGRATION.md',
      content: migrationText(plan, {
        notes: translation.notes,
        modules,
        findings: request.program.findings,
        dependencies,
        missing: missingFiles(facts, local, request.installed?.versionOf),
        pythonVersion: request.installed?.pythonVersion,
      }),
    },
    ...[reducedNotebook(plan, request)].filter((file) => file !== undefined),
    { path: PLAN_FILE, content: planText(packagePlan(plan), 'package') },
    ...testFiles(plan, request.originalFolder),
  ];
}

/** The decisions that led to a package, in the words of a plan. */
function packagePlan({ facts, stages, roles, configuration }: PackagePlan): Plan {
  const drop = facts.units.filter((unit) => roles.of.get(unit) === 'drop');
  const keys = new Map(configuration?.values.map(({ key, value }) => [value, key]));
  return planOf({ facts, stages, shape: 'functions', drop, configuration: keys });
}

function pyprojectText(plan: PackagePlan, dependencies: readonly string[], python: string): string {
  const { name, originalName } = plan;
  const quoted = dependencies.map((dependency) => `  ${JSON.stringify(dependency)},\n`).join('');
  return `[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "${name.replaceAll('_', '-')}"
version = "0.1.0"
description = ${JSON.stringify(`What ${originalName} does, as a package.`)}
readme = "README.md"
requires-python = ">=${python}"
dependencies = [${quoted === '' ? '' : `\n${quoted}`}]

[project.scripts]
${name.replaceAll('_', '-')} = "${name}.__main__:main"

[project.optional-dependencies]
test = ["pytest"]

[tool.pytest.ini_options]
pythonpath = ["src"]
testpaths = ["tests"]

[tool.setuptools.packages.find]
where = ["src"]

[tool.setuptools.package-data]
${name} = ["py.typed", "*.yaml"]
`;
}

function readmeText(plan: PackagePlan): string {
  const { name, originalName, modules, facts } = plan;
  const prefix = name.toUpperCase();
  const argv = argvUse(facts);
  const stages = modules
    .filter((module) => module.stages.length > 0)
    .map(
      (module) =>
        `| \`${module.name}.py\` | ${module.stages.map((stage) => `\`${stage.name}\``).join(', ')} |`,
    );
  const options =
    argv === 'variables'
      ? `The words of the command line are the program's own. The settings of a run are the environment variables
\`${prefix}_CONFIG\`, \`${prefix}_DATA_ROOT\` and \`${prefix}_LOG_FORMAT\`.`
      : `| option | environment | means |
|---|---|---|
| \`--config FILE\` | \`${prefix}_CONFIG\` | YAML file in place of the default configuration |
| \`--data-root DIR\` | \`${prefix}_DATA_ROOT\` | the folder that relative paths, read or written, start from; the current one |
| \`--log-format FORMAT\` | \`${prefix}_LOG_FORMAT\` | \`text\`, \`json\` or \`plain\` |`;
  const notebook =
    facts.program.kind === 'notebook'
      ? `
\`notebooks/${originalName}\` has the prose, calls the stages one after another, and shows their plots.
`
      : '';
  return `# ${name}

Does what running \`${originalName}\` from top to bottom does. MIGRATION.md says where its code went.

\`\`\`
pip install .
python -m ${name} --data-root DIR
\`\`\`

${options}

| module | stages |
|---|---|
${stages.join('\n')}
${notebook}
\`pip install ".[test]"\` and \`pytest\` run the tests, on copies of the original's folder (the variable \`ORIGINAL\` names
another one). \`plan.yaml\` says which statements went to which stage: edit it and convert again to cut or name them
otherwise.
`;
}
