import fs from 'node:fs';
import path from 'node:path';
import { packageCorpus } from '../corpus/corpus';
import { filesBelow } from '../support/folders';
import { ROOT } from '../support/run';
import { MUTATIONS } from './mutations';
import { mutatedNotebook } from './notebookMutations';
import { Random } from './random';

/** An input: a file's name and bytes, and how it was made. */
export interface FuzzInput {
  readonly seed: number;
  readonly name: string;
  readonly bytes: Buffer;
  readonly made: string;
}

/** Longer files would be most of the time, and show nothing that shorter ones do not. */
const MAX_BASE_BYTES = 60_000;

/** Makes the inputs of all seeds from real programs: public ones, and the labelled cases, in which many rules fire. */
export async function inputMaker(): Promise<(seed: number) => FuzzInput> {
  const corpus = await packageCorpus();
  const cases = path.join(ROOT, 'test', 'data', 'rules-cases');
  const own = filesBelow(cases).filter((name) => name.endsWith('.py'));
  const isShort = (file: string): boolean => fs.statSync(file).size <= MAX_BASE_BYTES;
  const pools = [
    corpus.scripts.map(({ absolute }) => absolute).filter(isShort),
    corpus.notebooks.map(({ absolute }) => absolute),
    own.map((name) => path.join(cases, name)),
  ];
  return (seed) => {
    const random = new Random(seed);
    const base = random.pick(random.pick(pools));
    const other = fs.readFileSync(random.pick(pools[2 * random.below(2)]!), 'utf8');
    const bytes = fs.readFileSync(base);
    const { result, made } = mutated(bytes, base.endsWith('.ipynb'), random, other);
    return {
      seed,
      name: path.basename(base),
      bytes: result,
      made: `${path.basename(base)}: ${made.join(', ')}`,
    };
  };
}

function mutated(
  bytes: Buffer,
  isNotebook: boolean,
  random: Random,
  other: string,
): { result: Buffer; made: readonly string[] } {
  const made: string[] = [];
  let text = bytes.toString('utf8');
  const outputs = isNotebook ? withoutImages(text) : text;
  text = outputs;
  if (isNotebook && random.chance(0.85)) {
    made.push('other cells');
    text = mutatedNotebook(text, random, other);
  }
  const count = isNotebook ? Number(random.chance(0.2)) : 1 + random.below(3);
  for (let i = 0; i < count; i++) {
    const [name, mutation] = random.pick(Object.entries(MUTATIONS));
    made.push(name);
    text = mutation(text, random, other);
  }
  const result = Buffer.from(text, 'utf8');
  if (random.chance(0.15)) {
    made.push('other bytes');
    for (let i = 1 + random.below(8); i > 0 && result.length > 0; i--)
      result[random.below(result.length)] = random.below(256);
  }
  return { result, made };
}

/** Pictures in outputs are most of a notebook's bytes. */
function withoutImages(text: string): string {
  return text.replace(/"(image\/[a-z+]+)": "[^"]{200,}"/g, '"$1": "iVBORw0KGgo="');
}
