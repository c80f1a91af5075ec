import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import type { NodeBase } from '../../syntax/ast';
import type { Selection } from './selection';

export interface Shown {
  /** The statement whose value its cell shows, if the selection ends with it: the function gives it back. */
  readonly returned: FactUnit | undefined;
  readonly problems: readonly { readonly unit: FactUnit; readonly node: NodeBase; readonly reason: string }[];
}

/** Calls that give None back, of which a cell shows nothing. */
const SILENT = new Set(
  'print append extend insert sort reverse update clear seed manual_seed makedirs savefig'.split(' '),
);

/** What cells of a notebook show of the selection. */
export function shownBy(facts: ProgramFacts, { pieces }: Selection): Shown {
  const shown = pieces.map(({ unit }) => unit).filter((unit) => isShown(unit, facts));
  const last = pieces.at(-1)!.unit;
  return {
    returned: shown.includes(last) && pieces.at(-1)!.statements[0] === last.unit.statement ? last : undefined,
    problems: shown
      .filter((unit) => unit !== last)
      .map((unit) => ({
        unit,
        node: unit.unit.statement,
        reason: 'a cell in the selection shows this value',
      })),
  };
}

function isShown(unit: FactUnit, facts: ProgramFacts): boolean {
  const { statement } = unit.unit;
  if (!unit.cell.cell.isInNotebook || facts.units[unit.order + 1]?.cell === unit.cell) return false;
  if (statement.kind !== 'Expr') return false;
  const after = unit.cell.cell.source.slice(unit.start + unit.unit.text.length, unit.cell.cell.span.end);
  if (/^\s*;/.test(after)) return false;
  if (statement.value.kind !== 'Call') return true;
  const { func } = statement.value;
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '';
  return !SILENT.has(name) || facts.moduleBindings(name).length > 0;
}
