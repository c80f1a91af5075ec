import type { Expression } from '../../syntax/ast';
import { childExpressions } from '../../syntax/walk';

/** The variable that an expression is, or is a part of: `df` of `df["a"]`, `df.loc[i]`, `net.layers`. */
export function rootOf(place: Expression): string | undefined {
  switch (place.kind) {
    case 'Name':
      return place.id;
    case 'Subscript':
    case 'Attribute':
      return rootOf(place.value);
    default:
      return undefined;
  }
}

/** The text of an expression, equal for the same place however it is written. */
export function placeText(place: Expression, text: string): string {
  return text.slice(place.start, place.end).replaceAll("'", '"').replace(/\s+/g, '');
}

/** Whether an expression reads a variable. */
export function mentions(expression: Expression, name: string): boolean {
  if (expression.kind === 'Name') return expression.id === name;
  return childExpressions(expression).some((child) => mentions(child, name));
}

/** The variables that an expression reads. */
export function namesIn(expression: Expression, found = new Set<string>()): ReadonlySet<string> {
  if (expression.kind === 'Name') found.add(expression.id);
  for (const child of childExpressions(expression)) namesIn(child, found);
  return found;
}
