/** The known word that a misspelt one most probably means; undefined if none is near. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  const plain = normal(word);
  let best: string | undefined;
  // A third of the letters may be wrong, in short words one.
  let least = Math.max(1, Math.floor(plain.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(plain, normal(candidate));
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** `deferToOtherLinters` and `defer_to_other_linters` are one spelling away, not four. */
function normal(word: string): string {
  return word.replace(/[_\-\s]/g, '').toLowerCase();
}

/** How many letters to insert, remove, replace or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > Math.max(a.length, b.length) / 2) return Infinity;
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1);
      }
      row.push(cost);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
