/** Above this product of lengths, lines that occur more than once on a side are matched only next to matched ones. */
const EXACT_LIMIT = 250_000;

interface Block {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/**
 * Which old line each new line is: for every line of `after` its index in `before`, or -1 for a new line. The indexes
 * ascend and matched lines are equal. Near-linear for long texts: common ends are cut off, then lines that are unique on
 * both sides anchor the rest (patience diff), and blocks between them are matched exactly if they are small.
 */
export function matchLines(before: readonly string[], after: readonly string[]): Int32Array {
  const matched = new Int32Array(after.length).fill(-1);
  const blocks: Block[] = [{ oldStart: 0, oldEnd: before.length, newStart: 0, newEnd: after.length }];
  for (let block = blocks.pop(); block !== undefined; block = blocks.pop()) {
    const rest = cutEnds(before, after, block, matched);
    const [oldLength, newLength] = [rest.oldEnd - rest.oldStart, rest.newEnd - rest.newStart];
    if (oldLength === 0 || newLength === 0) continue;
    if (oldLength * newLength <= EXACT_LIMIT) matchExactly(before, after, rest, matched);
    else blocks.push(...splitAtUniqueLines(before, after, rest, matched));
  }
  return matched;
}

/** Matches the lines that both ends of the block have in common. */
function cutEnds(
  before: readonly string[],
  after: readonly string[],
  block: Block,
  matched: Int32Array,
): Block {
  let { oldStart, oldEnd, newStart, newEnd } = block;
  while (oldStart < oldEnd && newStart < newEnd && before[oldStart] === after[newStart])
    matched[newStart++] = oldStart++;
  while (oldStart < oldEnd && newStart < newEnd && before[oldEnd - 1] === after[newEnd - 1])
    matched[--newEnd] = --oldEnd;
  return { oldStart, oldEnd, newStart, newEnd };
}

/** Longest common subsequence. */
function matchExactly(
  before: readonly string[],
  after: readonly string[],
  block: Block,
  matched: Int32Array,
): void {
  const rows = block.oldEnd - block.oldStart;
  const columns = block.newEnd - block.newStart;
  const width = columns + 1;
  // longest[r * width + c]: length of the longest common subsequence of old lines from r and new lines from c.
  const longest = new Uint32Array((rows + 1) * width);
  for (let r = rows - 1; r >= 0; r--) {
    for (let c = columns - 1; c >= 0; c--) {
      longest[r * width + c] =
        before[block.oldStart + r] === after[block.newStart + c]
          ? longest[(r + 1) * width + c + 1]! + 1
          : Math.max(longest[(r + 1) * width + c]!, longest[r * width + c + 1]!);
    }
  }
  for (let r = 0, c = 0; r < rows && c < columns;) {
    if (before[block.oldStart + r] === after[block.newStart + c]) {
      matched[block.newStart + c] = block.oldStart + r;
      r++;
      c++;
    } else if (longest[(r + 1) * width + c]! >= longest[r * width + c + 1]!) r++;
    else c++;
  }
}

/** Matches lines that occur once on each side and whose order agrees; returns the blocks between them. */
function splitAtUniqueLines(
  before: readonly string[],
  after: readonly string[],
  block: Block,
  matched: Int32Array,
): Block[] {
  const inOld = uniqueLines(before, block.oldStart, block.oldEnd);
  const inNew = uniqueLines(after, block.newStart, block.newEnd);
  const pairs: { old: number; new: number }[] = [];
  for (const [line, index] of inNew) {
    const old = inOld.get(line);
    if (index >= 0 && old !== undefined && old >= 0) pairs.push({ old, new: index });
  }
  const blocks: Block[] = [];
  let { oldStart, newStart } = block;
  for (const pair of longestAscending(pairs)) {
    matched[pair.new] = pair.old;
    blocks.push({ oldStart, oldEnd: pair.old, newStart, newEnd: pair.new });
    oldStart = pair.old + 1;
    newStart = pair.new + 1;
  }
  // Without an anchor the block would come back for ever.
  if (blocks.length > 0) blocks.push({ oldStart, oldEnd: block.oldEnd, newStart, newEnd: block.newEnd });
  return blocks;
}

/** Each line's index; -1 if it occurs more than once. In the order of first occurrence. */
function uniqueLines(lines: readonly string[], start: number, end: number): Map<string, number> {
  const indexes = new Map<string, number>();
  for (let i = start; i < end; i++) indexes.set(lines[i]!, indexes.has(lines[i]!) ? -1 : i);
  return indexes;
}

/** The longest subsequence with ascending `old`, of pairs sorted by `new` (patience sorting). */
function longestAscending(pairs: { old: number; new: number }[]): { old: number; new: number }[] {
  const piles: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  pairs.forEach((pair, i) => {
    let low = 0;
    let high = piles.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[piles[middle]!]!.old < pair.old) low = middle + 1;
      else high = middle;
    }
    if (low > 0) previous[i] = piles[low - 1]!;
    piles[low] = i;
  });
  const result: { old: number; new: number }[] = [];
  for (let i = piles.at(-1) ?? -1; i >= 0; i = previous[i]!) result.push(pairs[i]!);
  return result.reverse();
}
