import type { FactUnit, ProgramFacts } from '../semantics/facts';
import type { Stage } from '../stages/stages';
import { baseName } from '../text/workspace';
import { type Atom, atomsOf, fingerprintOf } from './atoms';
import type { Part, Plan, PlanShape } from './plan';

/** What a plan is made of. */
export interface Proposal {
  readonly facts: ProgramFacts;
  readonly stages: readonly Stage[];
  readonly shape?: PlanShape;
  readonly className?: string | undefined;
  /** What stays in the notebook because somebody wants it to. */
  readonly keep?: readonly FactUnit[];
  readonly drop?: readonly FactUnit[];
  readonly configuration?: ReadonlyMap<string, string>;
}

/** The plan that leads to these stages. */
export function planOf({ facts, stages, shape = 'auto', className, ...more }: Proposal): Plan {
  const { keep = [], drop = [] } = more;
  const atoms = atomsOf([...stages.flatMap(({ units }) => units), ...keep, ...drop]);
  const inCell = new Map<number | undefined, number>();
  for (const { cell } of atoms) inCell.set(cell, (inCell.get(cell) ?? 0) + 1);
  const partsOf = (units: readonly FactUnit[]): readonly Part[] => parts(atomsOf(units), inCell);
  return {
    program: baseName(facts.program.path),
    fingerprint: fingerprintOf(facts.units),
    shape,
    className,
    stages: stages.map(({ name, title, phase, units }) => ({
      name,
      title,
      phase,
      parts: partsOf(units),
      nameSpan: undefined,
    })),
    keep: partsOf(keep),
    drop: partsOf(drop),
    configuration: more.configuration ?? new Map(),
  };
}

/** A cell is one part, as long as all of it goes to one stage; in a script each statement is one. */
function parts(atoms: readonly Atom[], inCell: ReadonlyMap<number | undefined, number>): readonly Part[] {
  const groups: Atom[][] = [];
  for (const atom of atoms) {
    const last = groups.at(-1);
    if (last && atom.cell !== undefined && last[0]!.cell === atom.cell) last.push(atom);
    else groups.push([atom]);
  }
  return groups.map((group) => {
    const [first] = group;
    const { cell, id, code } = first!;
    const isWhole = cell !== undefined && inCell.get(cell) === group.length;
    const lines = { first: first!.lines.first, last: group.at(-1)!.lines.last };
    return { cell, lines: isWhole ? undefined : lines, id, code, span: undefined };
  });
}
