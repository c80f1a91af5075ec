import { awaits } from '../../../refactorings/extract-pipeline/roles';
import type { FactUnit } from '../../../semantics/facts';
import type { Stage } from '../../../stages/stages';
import type { PackagePlan } from '../../plan';

/** How far a package's tests can compare it with its original. */
export interface Coverage {
  /** Why the original is not run by the tests; undefined if it is. */
  readonly notRun: string | undefined;
  /** Why stages are not tested one by one; undefined if they are. */
  readonly noStages: string | undefined;
  /** Whether the tests run the pipeline at all. */
  readonly runsPipeline: boolean;
}

/** A program that looks at its own text would see the lines that record what its stages take and give. */
const SEES_ITSELF =
  /\b(?:inspect|linecache|traceback|tracemalloc|_getframe|__file__|settrace|setprofile|lineno|f_code|co_\w+|warnings)\b/;

/** What the tests of a package cover. */
export function coverageOf({ facts, effects, stages }: PackagePlan): Coverage {
  const outside = effects.find(({ kind }) => kind !== 'processes');
  if (outside) {
    const what = outside.kind === 'network' ? 'uses the network' : 'writes outside of its folder';
    // Without the address: it may hold a password.
    const place = outside.cell === null ? '' : `cell ${outside.cell + 1}, `;
    const notRun = `the program ${what} (${place}line ${outside.line + 1})`;
    return { notRun, noStages: notRun, runsPipeline: false };
  }
  const isNotebook = facts.program.kind === 'notebook';
  const late = facts.units.some(
    ({ unit: { statement }, cell }) =>
      statement.kind === 'ImportFrom' && statement.module === '__future__' && cell !== facts.cells[0],
  );
  if (facts.units.some(awaits) || (isNotebook && late)) {
    const notRun = facts.units.some(awaits)
      ? 'it awaits at the top level, which only a kernel can run'
      : 'its cells are no Python module together';
    return { notRun, noStages: notRun, runsPipeline: true };
  }
  const sees = facts.units.find(({ unit }) => SEES_ITSELF.test(unit.text));
  const noStages =
    sees && stages.length > 0
      ? `the program may look at its own text (\`${SEES_ITSELF.exec(sees.unit.text)![0]}\`), to which recording adds lines`
      : undefined;
  return { notRun: undefined, noStages, runsPipeline: true };
}

/** What a stage takes and gives, by name, as the tests compare it. */
export interface StageValues {
  readonly takes: readonly string[];
  readonly returns: readonly string[];
  /** What it returns, and what is shared. */
  readonly gives: readonly string[];
}

export function stageValues(stage: Stage, { sharing: { passing, shared } }: PackagePlan): StageValues {
  const returns = passing.returnsOf(stage);
  return {
    takes: [...passing.parametersOf(stage)],
    returns: [...returns],
    gives: [...new Set([...returns, ...[...shared].sort()])],
  };
}

/**
 * The original as one Python module, with a line before and behind each stage that records what it takes and gives. The
 * author's lines are as they were.
 *
 * @param isRecording Whether there are such lines.
 */
export function originalText(plan: PackagePlan, isRecording: boolean): string {
  const before = new Map<FactUnit, string>();
  const behind = new Map<FactUnit, string>();
  for (const stage of isRecording ? plan.stages : []) {
    const call = (what: string): string =>
      `__import__("stage_record").record_original("${stage.name}", "${what}")`;
    before.set(stage.units[0]!, call('takes'));
    behind.set(stage.units.at(-1)!, call('gives'));
  }
  const cells = plan.facts.cells.map((cell) => {
    const { source } = cell.cell;
    let text = '';
    let at = 0;
    for (const unit of plan.facts.units.filter((each) => each.cell === cell)) {
      const [first, last] = [before.get(unit), behind.get(unit)];
      if (first !== undefined) {
        const line = Math.max(
          source.lastIndexOf('\n', unit.start - 1),
          source.lastIndexOf('\r', unit.start - 1),
        );
        text += `${source.slice(at, line + 1)}${first}\n`;
        at = line + 1;
      }
      if (last === undefined) continue;
      const end = unit.start + unit.unit.text.length;
      const lineEnd = end + /^[^\r\n]*(?:\r\n|\n|\r)?/.exec(source.slice(end))![0].length;
      const moved = source.slice(at, lineEnd);
      text += /[\r\n]$/.test(moved) ? `${moved}${last}\n` : `${moved}\n${last}\n`;
      at = lineEnd;
    }
    return text + source.slice(at);
  });
  const whole = cells
    .map((text) => text.replace(/\r\n|\r/g, '\n'))
    .map((text) => (text.endsWith('\n') ? text : `${text}\n`))
    .join('\n');
  // The copy is UTF-8, whatever the original was.
  return whole.replace(/^(\uFEFF?(?:#.*\n)?#.*?coding)[:=]/, '$1 was:').replace(/^\uFEFF/, '');
}
