// `worker.ts FROM COUNT`: fuzzes these seeds; one line of JSON before each input, and one with what came of it.
import { Engine } from '../../src/actions/engine';
import { testParser } from '../support/parser';
import { fuzzOne } from './fuzzOne';
import { inputMaker } from './inputs';

async function main(): Promise<void> {
  const [from, count] = process.argv.slice(2).map(Number);
  const make = await inputMaker();
  const parser = await testParser();
  const engine = new Engine(parser);
  const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  for (let seed = from!; seed < from! + count!; seed++) {
    const input = make(seed);
    say({ seed, made: input.made });
    say(await fuzzOne(input, parser, engine));
  }
}

void main();
