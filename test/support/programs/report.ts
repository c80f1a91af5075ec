import { mapLimited } from '../run';
import { type Conversion, type Judgement, type Kind, type Verdict, judge } from './differential';
import type { Subject } from './program';

const KINDS: readonly Kind[] = ['equal', 'refused', 'nothing', 'wrong', 'unsupported', 'unsteady'];
const AT_ONCE = 2;

/** Judges programs two at a time; `tell` hears of each as it is ready. */
export function judgeAll(
  subjects: readonly Subject[],
  conversions: readonly Conversion[],
  minimum?: number,
  tell: (judgement: Judgement) => void = () => undefined,
): Promise<Judgement[]> {
  return mapLimited(subjects, AT_ONCE, async (subject) => {
    const judgement = await judge(subject, conversions, minimum);
    tell(judgement);
    return judgement;
  });
}

export function verdictsOf(judgements: readonly Judgement[]): readonly Verdict[] {
  return judgements.flatMap((each) => ('verdicts' in each ? each.verdicts : []));
}

/** What is wrong, a line each. */
export function wrongOf(judgements: readonly Judgement[]): string[] {
  return verdictsOf(judgements)
    .filter(({ kind }) => kind === 'wrong')
    .map(({ subject, title, details }) => `${title} of ${subject.name}: ${details.join('; ')}`);
}

/** Attempts by command, refusals by reason, what cannot be compared and why. */
export function reportOf(judgements: readonly Judgement[]): string {
  const verdicts = verdictsOf(judgements);
  const unusable = judgements.flatMap((each) => ('unusable' in each ? [each.unusable] : []));
  const titles = [...new Set(verdicts.map(({ title }) => title))];
  const lines = [`${judgements.length} programs, ${judgements.length - unusable.length} can be compared`];
  lines.push(...tally(unusable.map(general), 8).map((line) => `  left out: ${line}`));
  for (const title of titles) {
    const own = verdicts.filter((each) => each.title === title);
    const counts = KINDS.map((kind) => `${own.filter((each) => each.kind === kind).length} ${kind}`);
    const shapes = own.flatMap(({ shape }) => (shape ? [shape] : []));
    const running = shapes.reduce((sum, shape) => sum + shape.running, 0);
    const staged = shapes.reduce((sum, shape) => sum + shape.staged, 0);
    const values = own.reduce((sum, each) => sum + each.values, 0);
    const observable = own.filter((each) => each.values > 0).length;
    const share = running > 0 ? `, ${((staged / running) * 100).toFixed(1)} % of statements in stages` : '';
    lines.push(
      `${title}: ${own.length} attempts: ${counts.join(', ')}; ${values} final values of ${observable} programs compared${share}`,
    );
    const reasons = own
      .filter(({ kind }) => kind === 'refused')
      .flatMap(({ details }) => [...new Set(details.map(general))]);
    lines.push(...tally(reasons, 15).map((line) => `  refused: ${line}`));
  }
  lines.push(...wrongOf(judgements).map((text) => `WRONG: ${text}`));
  return lines.join('\n');
}

/** Names, numbers and texts left out. */
function general(text: string): string {
  return text.replace(/"[^"]*"|'[^']*'|[0-9]+|^\w+ (?=is |may )|(?<=reads )\w+/g, '_').slice(0, 110);
}

function tally(texts: readonly string[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([text, count]) => `${count} x ${text}`);
}
