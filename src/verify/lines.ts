import { diffArrays } from 'diff';

/** Where two lists of lines part. Positions are zero-based; an undefined line is missing. */
export interface LineMismatch {
  readonly position: number;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

/** A number, a word, white space or a sign; what differs from run to run is masked by these. */
const TOKEN = /\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?!\w)|\w+|\s+|[^\w\s]/gu;
/** A longer line is masked as a whole. */
const LONGEST = 4000;
/** Edits between two runs after which the rest counts as unlike: the search takes quadratic time in them. */
const MOST_EDITS = 1000;

/**
 * The lines of a program that were seen in one run, with what other runs of the same program had different: tokens
 * within a line, or whole stretches of lines.
 */
export class LineMasks {
  /** Positions of the tokens that vary; `line` for a line that may be another or missing. */
  readonly #masks: (ReadonlySet<number> | 'line' | undefined)[];
  /** Any lines may stand before these positions. */
  readonly #gaps = new Set<number>();
  readonly #seen = new Map<number, string>();

  constructor(readonly lines: readonly string[]) {
    this.#masks = lines.map(() => undefined);
  }

  /** Positions of lines that vary, with what another run had there. */
  get masked(): readonly { readonly position: number; readonly line: string; readonly other: string }[] {
    const positions = new Set([...this.#seen.keys()]);
    return [...positions]
      .sort((a, b) => a - b)
      .map((position) => ({ position, line: this.lines[position] ?? '', other: this.#seen.get(position)! }));
  }

  /** How many lines are compared, if only in part. */
  get comparable(): number {
    return this.#masks.filter((mask) => mask !== 'line').length;
  }

  /** Masks what another run of the same program had different. */
  learn(other: readonly string[]): void {
    if (other.length === this.lines.length && other.every((line, i) => line === this.lines[i])) return;
    const changes = diffArrays([...this.lines], [...other], { maxEditLength: MOST_EDITS }) ?? [
      { removed: true, added: false, value: this.lines, count: this.lines.length },
      { removed: false, added: true, value: other, count: other.length },
    ];
    let at = 0;
    for (let i = 0; i < changes.length; i++) {
      const change = changes[i]!;
      if (!change.removed && !change.added) {
        at += change.value.length;
        continue;
      }
      const next = changes[i + 1];
      const isPair = next && (next.removed || next.added) && next.removed !== change.removed;
      if (isPair) i++;
      const removed = change.removed ? change.value : isPair ? next.value : [];
      const added = change.added ? change.value : isPair ? next.value : [];
      this.#mask(at, removed, added);
      at += removed.length;
    }
  }

  /** Where other lines do not fit; undefined if they do. */
  mismatch(lines: readonly string[]): LineMismatch | undefined {
    const segments = this.#segments();
    let at = 0;
    for (const [i, { from, to, isLoose }] of segments.entries()) {
      const isLast = i === segments.length - 1;
      const found = isLoose ? this.#search(from, to, lines, at, isLast) : this.#fits(from, to, lines, at);
      if (found !== undefined) return this.#mismatchAt(from + found, at + found, lines);
      at = isLoose ? this.#foundAt + (to - from) : at + (to - from);
      if (isLast && at < lines.length && !this.#endsLoose()) return this.#mismatchAt(to, at, lines);
    }
    return segments.length === 0 && lines.length > 0 && !this.#endsLoose()
      ? this.#mismatchAt(0, 0, lines)
      : undefined;
  }

  #foundAt = 0;

  #endsLoose(): boolean {
    return this.#gaps.has(this.lines.length) || this.#masks.at(-1) === 'line';
  }

  #mask(at: number, removed: readonly string[], added: readonly string[]): void {
    if (removed.length === added.length) {
      removed.forEach((line, i) => this.#maskTokens(at + i, line, added[i]!));
      return;
    }
    removed.forEach((_, i) => (this.#masks[at + i] = 'line'));
    this.#gaps.add(at);
    this.#seen.set(at, added[0] ?? '');
  }

  #maskTokens(position: number, line: string, other: string): void {
    this.#seen.set(position, other);
    const known = this.#masks[position];
    if (known === 'line') return;
    const [own, others] = [tokensOf(line), tokensOf(other)];
    const isAlike = own.length === others.length && line.length <= LONGEST;
    if (!isAlike) {
      this.#masks[position] = 'line';
      return;
    }
    const varying = own.flatMap((token, i) => (token === others[i] ? [] : [i]));
    const masked = new Set([...(known ?? []), ...varying]);
    const hasRest = own.some((token, i) => token.trim() !== '' && !masked.has(i));
    this.#masks[position] = hasRest ? masked : 'line';
  }

  /** Stretches of lines that follow one another, and whether any lines may stand before them. */
  #segments(): { from: number; to: number; isLoose: boolean }[] {
    const segments: { from: number; to: number; isLoose: boolean }[] = [];
    let isLoose = false;
    for (let i = 0; i < this.lines.length; i++) {
      if (this.#masks[i] === 'line') {
        isLoose = true;
        continue;
      }
      if (this.#gaps.has(i)) isLoose = true;
      const last = segments.at(-1);
      if (last && !isLoose && last.to === i) last.to = i + 1;
      else segments.push({ from: i, to: i + 1, isLoose });
      isLoose = false;
    }
    return segments;
  }

  /** The first place from `at` on where the segment fits; for the last one, the end of the lines. */
  #search(
    from: number,
    to: number,
    lines: readonly string[],
    at: number,
    isLast: boolean,
  ): number | undefined {
    const size = to - from;
    const isAnchored = isLast && !this.#endsLoose();
    const first = isAnchored ? Math.max(at, lines.length - size) : at;
    for (let start = first; start + size <= lines.length; start++) {
      if (this.#fits(from, to, lines, start) === undefined) {
        this.#foundAt = start;
        return undefined;
      }
    }
    return 0;
  }

  #fits(from: number, to: number, lines: readonly string[], at: number): number | undefined {
    for (let i = from; i < to; i++) {
      const line = lines[at + i - from];
      if (line === undefined || !this.#lineFits(i, line)) return i - from;
    }
    return undefined;
  }

  #lineFits(position: number, line: string): boolean {
    const own = this.lines[position]!;
    if (own === line) return true;
    const mask = this.#masks[position];
    if (mask === undefined || mask === 'line') return false;
    return fitsBetween(literalsOf(own, mask), line);
  }

  #mismatchAt(position: number, actual: number, lines: readonly string[]): LineMismatch {
    return { position, expected: this.lines[position], actual: lines[actual] };
  }
}

function tokensOf(line: string): readonly string[] {
  return line.match(TOKEN) ?? [];
}

/** The stretches of a line that stay, around each stretch that varies; empty where it begins or ends with one. */
function literalsOf(line: string, mask: ReadonlySet<number>): readonly string[] {
  const literals = [''];
  for (const [i, token] of tokensOf(line).entries()) {
    if (!mask.has(i)) literals[literals.length - 1] += token;
    else if (literals.at(-1) !== '' || literals.length === 1) literals.push('');
  }
  return literals;
}

/** Whether a line consists of these stretches in order, with anything between them. */
function fitsBetween(literals: readonly string[], line: string): boolean {
  const [first = '', ...others] = literals;
  const last = others.pop() ?? '';
  if (!line.startsWith(first) || !line.endsWith(last)) return false;
  let at = first.length;
  for (const literal of others) {
    const found = line.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return at + last.length <= line.length;
}
