import type { FactUnit } from '../../semantics/facts';

/** `if __name__ == "__main__":` without `else`. */
export function isGuard({ unit }: FactUnit): boolean {
  const { statement, text } = unit;
  return (
    statement.kind === 'If' &&
    statement.orelse.length === 0 &&
    /^if\s*\(?\s*__name__\s*==\s*['"]__main__['"]\s*\)?\s*:/.test(text)
  );
}

/** The lines under a guard, which stands above everything that calls them from now on. */
export interface GuardedBody {
  /** Offset in the cell's source, at the beginning of a line. */
  readonly start: number;
  /** What those lines are indented by. */
  readonly indent: string;
}

/** Undefined for what is no guard, and for one whose body stands on its line. */
export function guardedBody(unit: FactUnit): GuardedBody | undefined {
  const { statement, text } = unit.unit;
  const [first] = statement.kind === 'If' ? statement.body : [];
  if (!first || !isGuard(unit)) return undefined;
  const head =
    /^if\s*\(?\s*__name__\s*==\s*['"]__main__['"]\s*\)?\s*:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)/.exec(text);
  if (!head) return undefined;
  const lineStart =
    Math.max(text.lastIndexOf('\n', first.start - 1), text.lastIndexOf('\r', first.start - 1)) + 1;
  const indent = text.slice(lineStart, first.start);
  if (!/^[ \t]+$/.test(indent)) return undefined;
  return { start: unit.start + head[0].length, indent };
}
