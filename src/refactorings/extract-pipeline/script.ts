import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { type NeededImport, insertImports, leadingImports } from '../leadingImports';
import { lineBreakOf } from '../places';
import { type Pipeline, callText, classText, functionsText, saysAny, trimmed } from './moved';
import type { Role } from './roles';
import { withoutRepeated } from './sameImport';

const INDENT = '    ';
/** What stays at module level. */
export const KEPT: readonly Role[] = ['header', 'import', 'setup', 'definition', 'constant'];

/** The text of the script as a pipeline class. The author's lines are moved, with their comments. */
export function scriptText(pipeline: Pipeline, facts: ProgramFacts): string {
  const { roles, regions, className, mainName, runName } = pipeline;
  const { source } = facts.cells[0]!.cell;
  const all = [...regions.values()];
  const isKept = ({ unit }: { readonly unit: FactUnit }): boolean => KEPT.includes(roles.of.get(unit)!);
  const top = withAny(
    [{ start: 0, end: all[0]!.start }, ...withoutRepeated(all.filter(isKept))],
    source,
    saysAny(pipeline) ? facts : undefined,
  );
  const tail = source.slice(all.at(-1)!.end);
  const text = [
    ...(top.trim() === '' ? [] : [top.trimEnd()]),
    roles.shape === 'class' ? classText(pipeline) : functionsText(pipeline),
    [
      `def ${mainName}() -> int:`,
      `${INDENT}"""Runs the pipeline; returns the exit status."""`,
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

const TYPING: readonly NeededImport[] = [{ module: 'typing', name: 'Any' }];

/** The pieces that stay, with `from typing import Any` among the imports where it is needed. */
function withAny(
  pieces: readonly { readonly start: number; readonly end: number }[],
  source: string,
  facts: ProgramFacts | undefined,
): string {
  const leading = facts && facts.moduleBindings('Any').length === 0 ? leadingImports(facts, () => false) : '';
  const edits = typeof leading === 'string' ? [] : insertImports(leading, TYPING);
  const left = new Set(edits);
  const text = pieces
    .map(({ start, end }) => {
      let piece = source.slice(start, end);
      for (const edit of [...left].reverse()) {
        const { start: at } = edit.span;
        if (at < start || at > end || (at === end && end === source.length && start === end)) continue;
        left.delete(edit);
        piece = piece.slice(0, at - start) + edit.newText + piece.slice(at - start);
      }
      return piece;
    })
    .join('');
  return text + [...left].map(({ newText }) => newText).join('');
}
