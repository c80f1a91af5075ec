import { type PlanEdit, cutOf, isInline, isOnLines, lineStart, linesOf } from './lines';
import type { Part, Plan, PlannedStage } from './plan';
import { putBackEdits, setAsideEdits } from './setAside';

/** What can be done with the part at an offset of a plan's document, as edits of its text. */
export function partEdits(text: string, plan: Plan, offset: number): readonly PlanEdit[] {
  for (const [s, stage] of plan.stages.entries()) {
    const p = stage.parts.findIndex(({ span }) => span !== undefined && isOnLines(text, span, offset));
    if (p >= 0) return [...editsOf(text, plan, s, p), ...setAsideEdits(text, plan, offset)];
  }
  return putBackEdits(text, plan, offset);
}

function editsOf(text: string, { stages, program }: Plan, s: number, p: number): readonly PlanEdit[] {
  const stage = stages[s]!;
  const { parts } = stage;
  const part = parts[p]!;
  if (isInline(text, part)) return [];
  const [above, below] = [stages[s - 1], stages[s + 1]];
  const found: PlanEdit[] = [];
  const here = linesOf(text, part.span!);
  const line = text.slice(here.start, here.end);
  const cut = cutOf(text, stage, part.span!);
  const move = (to: Part, isBehind: boolean, title: string): void => {
    if (isInline(text, to)) return;
    const target = linesOf(text, to.span!);
    const at = isBehind ? target.end : target.start;
    found.push({
      title,
      edits: [
        { span: cut, newText: '' },
        { span: { start: at, end: at }, newText: line },
      ],
    });
  };
  if (above && p === 0) move(above.parts.at(-1)!, true, `Move to the stage above (${above.name})`);
  if (below && p === parts.length - 1)
    move(below.parts[0]!, false, `Move to the stage below (${below.name})`);
  if (p > 0) {
    const name = freeName(`${stage.name}_part`, stages);
    const key = program.endsWith('.ipynb') ? 'cells' : 'statements';
    const head = `  - name: "${name}"\n    ${key}:\n`;
    found.push({
      title: 'Split the stage here',
      edits: [{ span: { start: here.start, end: here.start }, newText: head }],
    });
  }
  return found;
}

/** Takes out a stage's head, so that what is in it goes to the stage above; undefined for the first. */
export function joinEdit(text: string, { stages }: Plan, stage: PlannedStage): PlanEdit | undefined {
  const above = stages[stages.indexOf(stage) - 1];
  if (!above) return undefined;
  const first = linesOf(text, stage.parts[0]!.span!);
  const span = { start: lineStart(text, stage.nameSpan!.start), end: first.start };
  return { title: `Join with ${above.name}`, edits: [{ span, newText: '' }] };
}

function freeName(name: string, stages: readonly PlannedStage[]): string {
  let free = name;
  for (let i = 2; stages.some((stage) => stage.name === free); i++) free = `${name}_${i}`;
  return free;
}
