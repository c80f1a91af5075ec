import { parseArgs } from 'node:util';
import { UsageError } from './exit';

/** One option of a command. */
export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly help: string;
  /** Words that follow the value without the option's name and belong to it: `--rule a b`. */
  readonly takes?: (word: string) => boolean;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** A command line taken apart. Asking for an option that the command does not have is a mistake of ours. */
export class Arguments {
  constructor(
    readonly positionals: readonly string[],
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  flag(name: string): boolean {
    return this.values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === 'string' ? value : undefined;
  }

  list(name: string): readonly string[] {
    const value = this.values[name];
    return Array.isArray(value) ? (value as string[]) : [];
  }

  /** The value of an option that has only these; the first is the default. */
  choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    const value = this.text(name);
    if (value === undefined) return choices[0];
    const found = choices.find((choice) => choice === value);
    if (found === undefined) {
      throw new UsageError(
        `--${name} is ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}, not "${value}"`,
      );
    }
    return found;
  }
}

/** @throws {UsageError} for an option that is unknown, lacks its value or has one too many. */
export function parseArguments(words: readonly string[], specs: OptionSpecs): Arguments {
  try {
    const { positionals, values } = parseArgs({
      args: withNames(words, specs),
      options: Object.fromEntries(
        Object.entries(specs).map(([name, { type, multiple = false }]) => [name, { type, multiple }]),
      ),
      allowPositionals: true,
    });
    return new Arguments(positionals, values);
  } catch (error) {
    if (!(error instanceof Error) || !isArgumentError(error)) throw error;
    throw new UsageError(firstSentence(error.message));
  }
}

/** Puts an option's name before each word that follows its first value and belongs to it. */
function withNames(words: readonly string[], specs: OptionSpecs): string[] {
  const named: string[] = [];
  let option: string | undefined;
  for (const [i, word] of words.entries()) {
    if (word === '--') return [...named, ...words.slice(i)];
    if (word.startsWith('--')) option = word;
    else if (option !== undefined && words[i - 1] !== option) {
      const [name = ''] = option.slice(2).split('=');
      if (specs[name]?.takes?.(word)) named.push(`--${name}`);
      else option = undefined;
    } else if (option?.includes('=')) {
      const [name = ''] = option.slice(2).split('=');
      if (specs[name]?.takes?.(word)) named.push(`--${name}`);
    }
    named.push(word);
  }
  return named;
}

function isArgumentError(error: Error): boolean {
  return String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}

/** Node explains at length, on several lines. */
function firstSentence(message: string): string {
  const [sentence = ''] = message.split(/\.?(?:\s*\n|\s+(?=To specify))/);
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}
