/** One file of a labelled case: the text that the tool sees, and what is expected of it. */
export interface MarkedFile {
  /** Without marks; the `only:` line is blank. Lines and columns are those of the file. */
  readonly text: string;
  readonly marks: readonly Mark[];
  /** The rules that are judged here; undefined: all. */
  readonly only: ReadonlySet<string> | undefined;
}

export interface Mark {
  /** Zero-based line in the file. */
  readonly line: number;
  readonly rule: string;
  /** `finding`: one starts on this line. `trap`: it looks like one and is none. */
  readonly kind: 'finding' | 'trap';
}

const ONLY = /^#! only: (.*)$/;
const MARK = /\s*#([!~]) ([a-z][a-z0-9-]*(?:, *[a-z][a-z0-9-]*)*)\s*$/;

export function readMarks(content: string): MarkedFile {
  const lines = content.split('\n');
  const marks: Mark[] = [];
  let only: Set<string> | undefined;
  const heading = ONLY.exec(lines[0] ?? '');
  if (heading) {
    only = new Set(names(heading[1]!));
    lines[0] = '';
  }
  const text = lines.map((line, index) => {
    let rest = line;
    for (let mark = MARK.exec(rest); mark; mark = MARK.exec(rest)) {
      const kind = mark[1] === '!' ? 'finding' : 'trap';
      for (const rule of names(mark[2]!)) marks.push({ line: index, rule, kind });
      rest = rest.slice(0, mark.index);
    }
    return rest;
  });
  return { text: text.join('\n'), marks, only };
}

function names(list: string): string[] {
  return list.split(',').map((name) => name.trim());
}
