import type { TextEdit } from '../text/edit';
import { type PlanEdit, cutOf, isInline, isOnLines, linesOf, reindented } from './lines';
import type { Part, Plan } from './plan';

type List = 'keep' | 'drop';

/** What takes the part at an offset out of its stage, to stay in the notebook or to be left out. */
export function setAsideEdits(text: string, plan: Plan, offset: number): readonly PlanEdit[] {
  const isNotebook = plan.program.endsWith('.ipynb');
  for (const stage of plan.stages) {
    const part = stage.parts.find(({ span }) => span !== undefined && isOnLines(text, span, offset));
    if (!part || isInline(text, part)) continue;
    // Without a stage there would be nothing left to do.
    if (plan.stages.length === 1 && stage.parts.length === 1) return [];
    const what = part.cell !== undefined && !part.lines ? 'this cell' : 'these lines';
    const here = linesOf(text, part.span!);
    const cut = { span: cutOf(text, stage, part.span!), newText: '' };
    const lists: readonly (readonly [List, string])[] = [
      ...(isNotebook ? ([['keep', `Keep ${what} in the notebook`]] as const) : []),
      ['drop', `Drop ${what}`],
    ];
    return lists.flatMap(([list, title]) => {
      const added = addition(text, plan, list, text.slice(here.start, here.end));
      return added ? [{ title, edits: [cut, added] }] : [];
    });
  }
  return [];
}

/** What puts the part at an offset, which is kept or dropped, into the stage that it stands in the program. */
export function putBackEdits(text: string, plan: Plan, offset: number): readonly PlanEdit[] {
  const aside = [...plan.keep, ...plan.drop];
  const part = aside.find(({ span }) => span !== undefined && isOnLines(text, span, offset));
  if (!part || isInline(text, part)) return [];
  const all = plan.stages.flatMap((stage) => stage.parts.map((each) => ({ stage, each })));
  const before = all.filter(({ each }) => placeOf(each) < placeOf(part)).at(-1);
  const neighbour = before ?? all[0];
  if (!neighbour?.each.span || isInline(text, neighbour.each)) return [];
  const target = linesOf(text, neighbour.each.span);
  const here = linesOf(text, part.span!);
  const indent = /^[ \t]*/.exec(text.slice(target.start))![0];
  const at = before ? target.end : target.start;
  const isLast = [plan.keep, plan.drop].some((list) => list.length === 1 && list[0] === part);
  return [
    {
      title: `Put into the stage ${neighbour.stage.name}`,
      edits: [
        { span: { start: at, end: at }, newText: reindented(text.slice(here.start, here.end), indent) },
        { span: here, newText: '' },
        // A key without items reads as nothing: an empty list says what is meant.
        ...(isLast ? emptied(text, plan.keep[0] === part ? 'keep' : 'drop') : []),
      ],
    },
  ];
}

/** A part as one more item of a list; undefined where somebody has written the list in another way. */
function addition(text: string, plan: Plan, list: List, lines: string): TextEdit | undefined {
  const last = plan[list].at(-1);
  if (last) {
    if (isInline(text, last)) return undefined;
    const { start, end } = linesOf(text, last.span!);
    const indent = /^[ \t]*/.exec(text.slice(start))![0];
    const lineBreak = text[end - 1] === '\n' ? '' : '\n';
    return { span: { start: end, end }, newText: lineBreak + reindented(lines, indent) };
  }
  const item = reindented(lines, '  ');
  const key = new RegExp(`^${list}:[ \\t]*(?:\\[[ \\t]*\\]|~|null)?[ \\t]*(?=#|\\r?$)`, 'm').exec(text);
  if (key) {
    const lineEnd = linesOf(text, { start: key.index, end: key.index + key[0].length }).end;
    const rest = text.slice(key.index + key[0].length, lineEnd).replace(/[\r\n]+$/, '');
    const comment = rest === '' ? '' : `  ${rest}`;
    return { span: { start: key.index, end: lineEnd }, newText: `${list}:${comment}\n${item}` };
  }
  if (new RegExp(`^${list}:`, 'm').test(text)) return undefined;
  const lineBreak = text === '' || text.endsWith('\n') ? '' : '\n';
  return { span: { start: text.length, end: text.length }, newText: `${lineBreak}${list}:\n${item}` };
}

function emptied(text: string, list: List): readonly TextEdit[] {
  const key = new RegExp(`^${list}:`, 'm').exec(text);
  if (!key) return [];
  const end = key.index + key[0].length;
  return [{ span: { start: end, end }, newText: ' []' }];
}

/** Grows along the program. */
function placeOf({ cell, lines }: Part): number {
  return (cell ?? 0) * 1_000_000 + (lines?.first ?? 0);
}
