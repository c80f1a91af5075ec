import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { lineBreakOf } from '../places';
import { type Pipeline, callText, classText, functionsText, trimmed } from './moved';
import type { Role } from './roles';

const INDENT = '    ';
/** What stays at module level. */
export const KEPT: readonly Role[] = ['header', 'import', 'setup', 'definition', 'constant'];

/** The text of the script as a pipeline class. The author's lines are moved, with their comments. */
export function scriptText(pipeline: Pipeline, facts: ProgramFacts): string {
  const { roles, regions, className, mainName, runName } = pipeline;
  const { source } = facts.cells[0]!.cell;
  const all = [...regions.values()];
  const isKept = ({ unit }: { readonly unit: FactUnit }): boolean => KEPT.includes(roles.of.get(unit)!);
  const top =
    source.slice(0, all[0]!.start) +
    all
      .filter(isKept)
      .map(({ start, end }) => source.slice(start, end))
      .join('');
  const tail = source.slice(all.at(-1)!.end);
  const text = [
    ...(top.trim() === '' ? [] : [top.replace(/\s+$/, '')]),
    roles.shape === 'class' ? classText(pipeline) : functionsText(pipeline),
    [
      `def ${mainName}() -> int:`,
      `${INDENT}"""Run the pipeline; return the exit status."""`,
      ...(roles.shape === 'class'
        ? [`${INDENT}${className}().${runName}()`]
        : pipeline.stages.map((stage) => callText(stage, pipeline, undefined, INDENT))),
      `${INDENT}return 0`,
    ].join('\n'),
    ...(tail.trim() === '' ? [] : [trimmed(tail)]),
    `if __name__ == "__main__":\n${INDENT}raise SystemExit(${mainName}())\n`,
  ].join('\n\n\n');
  // Lines of ours get the file's line breaks; the author's have them.
  const lineBreak = lineBreakOf(source);
  return lineBreak === '\n' ? text : text.replace(/\r\n|\n/g, lineBreak);
}
