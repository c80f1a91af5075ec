import type { PackagePlan } from '../../plan';
import type { PackageFile } from '../../request';
import { IMPORTS_TEST } from './importsTest';
import { coverageOf, originalText, stageValues } from './original';
import { CONFTEST, PIPELINE_TEST, STAGES_TEST, TWICE_TEST } from './pipelineTest';
import { RECORD_PACKAGE } from './recordPackage';
import { RUNS } from './runs';
import { STAGE_RECORD } from './stageRecord';

/**
 * The package's own tests: the package is run beside a copy of the original's text, which prints, writes and, at the end
 * of each stage, holds the same.
 *
 * @param originalFolder From the package's folder, with `/`; undefined where there is no such way.
 */
export function testFiles(plan: PackagePlan, originalFolder: string | undefined): readonly PackageFile[] {
  const coverage = coverageOf(plan);
  const isCompared = coverage.notRun === undefined;
  const hasStages = isCompared && coverage.noStages === undefined;
  const files: PackageFile[] = [
    { path: 'original.json', content: aboutText(plan, originalFolder, hasStages) },
    { path: 'runs.py', content: RUNS },
    { path: 'test_imports.py', content: IMPORTS_TEST },
  ];
  if (isCompared) {
    files.push(
      { path: 'original.txt', content: originalText(plan, hasStages) },
      { path: 'conftest.py', content: CONFTEST },
      { path: 'test_pipeline.py', content: PIPELINE_TEST },
    );
  } else if (coverage.runsPipeline) files.push({ path: 'test_pipeline.py', content: TWICE_TEST });
  if (hasStages) {
    files.push(
      { path: 'stage_record.py', content: STAGE_RECORD },
      { path: 'record_package.py', content: RECORD_PACKAGE },
      { path: 'test_stages.py', content: STAGES_TEST },
    );
  }
  return files.map(({ path, content }) => ({ path: `tests/${path}`, content }));
}

/** All in which the tests of one package differ from those of another. */
function aboutText(plan: PackagePlan, originalFolder: string | undefined, hasStages: boolean): string {
  const { name, originalName, facts, stages, sharing, stateName, local } = plan;
  const about = {
    package: name,
    original: originalName,
    // From this folder; without one, the variable ORIGINAL has to name it.
    folder: originalFolder === undefined ? '' : `../${originalFolder}`,
    program: originalName.replace(/\.ipynb$/, '.py'),
    is_script: facts.program.kind === 'script',
    modules: [...local.names].sort(),
    state: sharing.shared.size > 0 ? `${name}.${stateName}` : null,
    stages: hasStages
      ? Object.fromEntries(stages.map((stage) => [stage.name, stageValues(stage, plan)]))
      : {},
  };
  return `${JSON.stringify(about, undefined, 2)}\n`;
}
