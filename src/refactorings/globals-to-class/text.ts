import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { EditSet, type TextEdit } from '../../text/edit';
import { attributeEdits, indentEdits, methodEdit, stringSpans } from '../extract-pipeline/edits';
import { trimmed } from '../extract-pipeline/moved';
import type { Region } from '../extract-pipeline/regions';
import type { SharedState } from './state';

export interface StatePlan {
  readonly state: SharedState;
  readonly className: string;
  readonly objectName: string;
  readonly receiver: string;
}

const INDENT = '    ';

/** Edits of a statement that is neither a method nor a first value: every state's names become attributes. */
export function outsideEdits(unit: FactUnit, plans: readonly StatePlan[]): readonly TextEdit[] {
  return plans.flatMap((plan) => attributeEdits(unit, namesOf(plan.state), plan.objectName));
}

/** The names that are attributes of a state's object: its variables and its methods. */
export function namesOf({ variables, methods }: SharedState): ReadonlySet<string> {
  return new Set([...variables, ...methods.map(methodName)]);
}

export function methodName({ unit: { statement } }: FactUnit): string {
  return statement.kind === 'FunctionDef' ? statement.name : '';
}

/** The class of a state, without a line break at its end. */
export function classText(
  plan: StatePlan,
  plans: readonly StatePlan[],
  regions: ReadonlyMap<FactUnit, Region>,
  facts: ProgramFacts,
): string {
  const { state, className, receiver } = plan;
  const parts: string[] = [];
  const list = listed(state.variables);
  if (state.initial.length > 0) {
    const lines = state.initial.map((unit) =>
      trimmed(moved(regions.get(unit)!, INDENT + INDENT, plan, plans)),
    );
    parts.push(`${INDENT}def __init__(${receiver}) -> None:\n${lines.join('\n')}`);
  }
  for (const unit of facts.units) {
    if (state.methods.includes(unit)) parts.push(trimmed(moved(regions.get(unit)!, INDENT, plan, plans)));
  }
  return `class ${className}:\n${INDENT}"""${list.charAt(0).toUpperCase()}${list.slice(1)}, and what changes ${state.variables.length === 1 ? 'it' : 'them'}."""\n\n${parts.join('\n\n')}`;
}

function listed(names: readonly string[]): string {
  const quoted = names.slice(0, 3).map((name) => `\`\`${name}\`\``);
  if (names.length > 3) return `${quoted.join(', ')} and more`;
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}` : quoted.join('');
}

function moved(region: Region, indent: string, plan: StatePlan, plans: readonly StatePlan[]): string {
  const { unit, start, end } = region;
  const { source } = unit.cell.cell;
  const { statement } = unit.unit;
  const edits: TextEdit[] = [
    ...indentEdits(source, { start, end }, stringSpans(unit), indent),
    ...attributeEdits(unit, namesOf(plan.state), plan.receiver),
    ...plans
      .filter((other) => other !== plan)
      .flatMap((other) => attributeEdits(unit, namesOf(other.state), other.objectName)),
  ];
  if (statement.kind === 'FunctionDef') edits.push(methodEdit(unit, statement, plan.receiver));
  const removed = edits.filter(({ span, newText }) => newText === '' && span.end > span.start);
  const kept = edits.filter(
    (edit) =>
      removed.includes(edit) ||
      !removed.some(({ span }) => span.start <= edit.span.start && edit.span.end < span.end),
  );
  const shifted = kept.map(({ span, newText }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText,
  }));
  return new EditSet(shifted).apply(source.slice(start, end));
}
