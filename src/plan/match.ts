import type { Atom } from './atoms';
import { type Part, type PlanProblem, partName } from './plan';

/** A part of a plan and the atoms of the program that it stands for. */
export interface Matched {
  readonly part: Part;
  readonly atoms: readonly Atom[];
}

export interface Matching {
  readonly matched: ReadonlyMap<Part, readonly Atom[]>;
  /** What no part stands for. */
  readonly rest: ReadonlySet<Atom>;
  readonly problems: readonly PlanProblem[];
}

/**
 * Finds the parts of a plan in the program.
 *
 * @param isSame The program is the one that the plan was made for: then cells and lines count, and what is in two parts
 *   or in none is a problem. Else statements are found by their text, and new ones are nobody's.
 */
export function matchParts(parts: readonly Part[], atoms: readonly Atom[], isSame: boolean): Matching {
  return isSame ? byPlace(parts, atoms) : byText(parts, atoms);
}

function byPlace(parts: readonly Part[], atoms: readonly Atom[]): Matching {
  const matched = new Map<Part, readonly Atom[]>();
  const owners = new Map<Atom, Part>();
  const problems: PlanProblem[] = [];
  for (const part of parts) {
    const own = atoms.filter((atom) => isIn(atom, part));
    if (own.length === 0) {
      problems.push({
        message: `${partName(part)} holds no statement`,
        span: part.span,
        hint: 'take the line out',
      });
    }
    for (const atom of own) {
      const other = owners.get(atom);
      if (other) {
        const [here, there] = [partName(part), partName(other)];
        const twice = here === there ? here : `${here} overlaps ${there}: what is in both`;
        problems.push({
          message: `${twice} stands in the plan twice`,
          span: part.span,
          hint: 'take one of the two lines out',
        });
        break;
      }
      owners.set(atom, part);
    }
    matched.set(part, own);
  }
  return { matched, rest: new Set(atoms.filter((atom) => !owners.has(atom))), problems };
}

function isIn(atom: Atom, { cell, lines, id }: Part): boolean {
  if (cell === undefined && lines === undefined) return atom.id === id;
  if (atom.cell !== cell) return false;
  return !lines || (atom.lines.first >= lines.first && atom.lines.first <= lines.last);
}

/** The program has changed: a part begins where its first statement is now, and ends where the next one begins. */
function byText(parts: readonly Part[], atoms: readonly Atom[]): Matching {
  const starts = new Map<Atom, Part>();
  // Exact texts first, so that a statement that only looks alike does not take another's place.
  for (const isMatch of [isSameText, isSameFirstLine, isSamePlace]) {
    const left = parts.filter((part) => ![...starts.values()].includes(part));
    for (const part of left) {
      const candidates = atoms.filter((atom) => !starts.has(atom) && isMatch(atom, part));
      const best = nearest(candidates, part);
      if (best && keepsOrder(best, part, parts, atoms, starts)) starts.set(best, part);
    }
  }
  const matched = new Map<Part, Atom[]>(parts.map((part) => [part, []]));
  const rest = new Set<Atom>();
  let current: Part | undefined;
  let cell: number | undefined;
  for (const atom of atoms) {
    const start = starts.get(atom);
    // In a script each statement is a part of its own.
    if (start || atom.cell !== cell || atom.cell === undefined) current = start;
    cell = atom.cell;
    if (current) matched.get(current)!.push(atom);
    else rest.add(atom);
  }
  return { matched, rest, problems: [] };
}

function isSameText(atom: Atom, { id }: Part): boolean {
  return id !== undefined && atom.id === id;
}

function isSameFirstLine(atom: Atom, { code }: Part): boolean {
  return code !== undefined && atom.code === code;
}

/** An edited statement where the old one stood: half of its words are the same. */
function isSamePlace(atom: Atom, { cell, lines, code }: Part): boolean {
  if (atom.cell !== cell || (lines !== undefined && atom.lines.first !== lines.first)) return false;
  // Written by hand: there is nothing else to find it by.
  if (code === undefined) return true;
  const [now, then] = [wordsIn(atom.code), wordsIn(code)];
  const shared = [...now].filter((word) => then.has(word)).length;
  return shared * 2 >= Math.max(now.size, then.size);
}

function wordsIn(code: string): ReadonlySet<string> {
  return new Set(code.match(/\w+/g));
}

function nearest(candidates: readonly Atom[], { cell, lines }: Part): Atom | undefined {
  const distance = (atom: Atom): number =>
    Math.abs((atom.cell ?? 0) - (cell ?? 0)) * 1000 +
    Math.abs(atom.lines.first - (lines?.first ?? atom.lines.first));
  return [...candidates].sort((a, b) => distance(a) - distance(b))[0];
}

/** Whether a guess does not turn parts around that were found already. */
function keepsOrder(
  atom: Atom,
  part: Part,
  parts: readonly Part[],
  atoms: readonly Atom[],
  starts: ReadonlyMap<Atom, Part>,
): boolean {
  const [place, at] = [parts.indexOf(part), atoms.indexOf(atom)];
  return [...starts].every(
    ([otherAtom, other]) => parts.indexOf(other) < place === atoms.indexOf(otherAtom) < at,
  );
}
