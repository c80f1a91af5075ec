import type { RawNode } from './raw';

/** How far in a line begins: the columns with tabs of eight and of one, which Python compares both. */
export interface Indentation {
  readonly wide: number;
  readonly narrow: number;
}

const COMPOUND: ReadonlySet<string> = new Set([
  ...['if_statement', 'for_statement', 'while_statement', 'try_statement', 'with_statement'],
  ...['function_definition', 'class_definition', 'decorated_definition', 'match_statement', 'case_clause'],
]);
/** What stands in a statement and begins a line as far in as the statement itself. */
const CLAUSES: ReadonlySet<string> = new Set([
  ...['elif_clause', 'else_clause', 'except_clause', 'except_group_clause', 'finally_clause', 'decorator'],
]);
const OPENING: ReadonlySet<string> = new Set('([{');
const CLOSING: ReadonlySet<string> = new Set(')]}');

/**
 * Looks for lines that begin or end where Python does not let them. The grammar takes a line's end where no statement can
 * end for a blank, so that `a =` and `b = 1` below it are read as `a = b = 1`, and it takes lines of a block that are
 * further in than the others (The Python Language Reference, 2.1 Line structure).
 *
 * @param statement A top-level statement.
 * @param text What its offsets count in.
 * @param at How far in it begins, or would if it began its line.
 * @returns The offset of the first such place.
 */
export function misplacedLine(statement: RawNode, text: string, at: Indentation): number | undefined {
  const layout = new Layout(text);
  layout.statement(statement, at, true);
  return layout.problem;
}

/** Whether a statement is one that has to begin its line. */
export function isCompound(type: string): boolean {
  return COMPOUND.has(type);
}

export function isSameIndentation(a: Indentation, b: Indentation): boolean {
  return a.wide === b.wide && a.narrow === b.narrow;
}

/** How far in a line begins that begins with these blanks. */
export function indentationOf(blanks: string): Indentation {
  let wide = 0;
  let narrow = 0;
  for (const blank of blanks) {
    if (blank === '\f') wide = narrow = 0;
    else {
      wide = blank === '\t' ? (Math.floor(wide / 8) + 1) * 8 : wide + 1;
      narrow++;
    }
  }
  return { wide, narrow };
}

/** The blanks with which the last line of what stands between two tokens begins; undefined if it is all one line. */
export function lastLine(gap: string): string | undefined {
  let found: string | undefined;
  for (const [, joined, blanks] of gap.matchAll(/#[^\r\n]*|(\\)?(?:\r\n|\r|\n)([ \t\f]*)/g)) {
    if (blanks === undefined) continue;
    // A line that begins with a backslash begins as far in as that, or else as what it is joined with.
    if (joined === undefined || found === '') found = blanks;
  }
  return found;
}

class Layout {
  problem: number | undefined;
  /** Where the last token ended; negative before the first one. */
  #end = -1;
  #brackets = 0;
  #isAfterSemicolon = false;

  constructor(private readonly text: string) {}

  /** @param mayBegin Whether a line may begin with it. */
  statement(node: RawNode, at: Indentation, mayBegin: boolean): void {
    if (this.problem !== undefined) return;
    const { children, type } = node;
    if (children.length === 0 || type === 'string') return this.#token(node, mayBegin);
    children.forEach((child, i) => {
      if (child.type === 'block') this.#block(child, at);
      else if (CLAUSES.has(child.type) || type === 'decorated_definition') this.#clause(child, at, i === 0);
      else this.statement(child, at, mayBegin && i === 0);
    });
  }

  /** `else:` and its kind, a decorator, and what is decorated: each begins a line as far in as its statement. */
  #clause(node: RawNode, at: Indentation, isFirst: boolean): void {
    if (!isFirst) {
      const line = this.#lineOf(node);
      if (!line || !isSameIndentation(line, at)) this.#report(node.start);
    }
    this.statement(node, at, true);
  }

  #block(block: RawNode, outer: Indentation): void {
    const statements = block.children.filter(({ type }) => type !== ';');
    const [first] = statements;
    if (!first) return;
    const inner = this.#lineOf(first);
    const isDeeper = !inner || (inner.wide > outer.wide && inner.narrow > outer.narrow);
    if (!isDeeper) this.#report(first.start);
    this.#isAfterSemicolon = false;
    for (const child of block.children) {
      if (child.type === ';') {
        this.#token(child, false);
        this.#isAfterSemicolon = true;
        continue;
      }
      const line = this.#lineOf(child);
      const isPlaced = line
        ? inner !== undefined && isSameIndentation(line, inner)
        : !isCompound(child.type) && (child === first || this.#isAfterSemicolon);
      if (!isPlaced) this.#report(child.start);
      this.#isAfterSemicolon = false;
      this.statement(child, inner ?? outer, true);
    }
  }

  /** How far in a node begins its line; undefined if the line has begun before it. */
  #lineOf(node: RawNode): Indentation | undefined {
    const blanks = lastLine(this.text.slice(this.#end, node.start));
    return blanks === undefined ? undefined : indentationOf(blanks);
  }

  #token({ type, isNamed, start, end }: RawNode, mayBegin: boolean): void {
    const isJoined = this.#end < 0 || start === this.#end || this.#brackets > 0 || mayBegin;
    if (!isJoined && lastLine(this.text.slice(this.#end, start)) !== undefined) this.#report(this.#end);
    if (!isNamed && OPENING.has(type)) this.#brackets++;
    else if (!isNamed && CLOSING.has(type)) this.#brackets--;
    this.#end = end;
  }

  #report(offset: number): void {
    this.problem ??= offset;
  }
}
