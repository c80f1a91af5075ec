import type { Arguments, OptionSpecs } from './args';
import type { ExitStatus } from './exit';
import type { Session } from './session';

/** One command; a file of its own in `commands/`. */
export interface Command {
  readonly name: string;
  /** What follows the name, as in the help. */
  readonly synopsis: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Further paragraphs of the command's own help. */
  readonly details?: string;
  readonly options: OptionSpecs;
  /** Why these words ask for something that is planned and not built; asked first, since its options are not known. */
  unavailable?(words: readonly string[]): string | undefined;
  run(session: Session, args: Arguments): Promise<ExitStatus>;
}

/** Every command that prints a result has it. */
export const FORMAT_OPTION: OptionSpecs = {
  format: { type: 'string', value: 'text|json', help: 'how the result is printed (default: text)' },
};
