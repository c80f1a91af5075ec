/** One key press: the cell that it goes to and that cell's whole text after it. */
export interface Press {
  readonly cell: number;
  readonly text: string;
}

/** What people type into research code; in between, most of it is no valid Python. */
const TYPED = [
  '\nprint("rows", len(frame_1))',
  '  # TODO: tune this',
  '\nscale = 0.5 * np.mean([1, 2, 3])',
  '\nfor item in range(3):\n    total = item + 1',
  '\nbest = {"name": "x", "score": f"{scale:.2f}"}',
  '\nother = pd.read_csv("data/more.csv")',
  '\nif scale > 1:\n    print(scale)',
];

/** Random numbers that are the same in every run. */
export function* randomNumbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/**
 * Makes edits at random places, each typed one character a time at the end of a line that starts in the first column;
 * what is typed stays. (Within a deeper block what is typed would be no valid Python in the end.)
 */
export function* typing(cells: readonly string[], edits: number, seed = 1): Generator<Press> {
  const texts = [...cells];
  const random = randomNumbers(seed);
  for (let i = 0; i < edits; i++) {
    const cell = Math.floor(random.next().value * texts.length);
    const text = texts[cell]!;
    const at = endOfStatement(text, random.next().value);
    const typed = TYPED[i % TYPED.length]!;
    for (let length = 1; length <= typed.length; length++) {
      yield { cell, text: text.slice(0, at) + typed.slice(0, length) + text.slice(at) };
    }
    texts[cell] = text.slice(0, at) + typed + text.slice(at);
  }
}

/** The end of a line of a simple statement at module level: the next line is one, too, or blank. */
function endOfStatement(text: string, share: number): number {
  const ends = [...text.matchAll(/^[a-z]\w* ?=.*$(?=\n\S|\n\n|\n?$(?![^]))/gm)].map(
    (match) => match.index + match[0].length,
  );
  return ends[Math.floor(share * ends.length)] ?? text.trimEnd().length;
}
