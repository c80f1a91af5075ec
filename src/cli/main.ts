import { parseArguments } from './args';
import type { Command } from './command';
import { check } from './commands/check';
import { fix } from './commands/fix';
import { LATER_COMMANDS } from './commands/later';
import { packageCommand } from './commands/package';
import { plan } from './commands/plan';
import { refactor } from './commands/refactor';
import { rules } from './commands/rules';
import { verify } from './commands/verify';
import { Exit, type ExitStatus, UsageError } from './exit';
import { commandHelp, overview } from './help';
import type { Io } from './io';
import { printable } from './places';
import { Session } from './session';

const COMMANDS: readonly Command[] = [check, fix, plan, refactor, packageCommand, verify, rules];

/**
 * Runs the command line. Never throws: whatever goes wrong is one line on standard error and exit status 2.
 *
 * @param folder Where `cli.js` and the two wasm files lie.
 */
export async function main(words: readonly string[], io: Io, folder: string): Promise<ExitStatus> {
  const session = new Session(io, folder);
  try {
    return await dispatch(words, session);
  } catch (error) {
    if (error instanceof UsageError) io.err(`graduate: ${printable(error.message)}`);
    else session.internalError(error);
    return Exit.error;
  }
}

async function dispatch([name, ...words]: readonly string[], session: Session): Promise<ExitStatus> {
  const { io } = session;
  if (name === undefined) throw new UsageError('a command is missing; "graduate --help" lists them');
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(overview(COMMANDS));
    return Exit.ok;
  }
  if (name === '--version') {
    io.out(`${session.version()}\n`);
    return Exit.ok;
  }
  if (name.startsWith('-'))
    throw new UsageError(`unknown option '${name}'; options stand behind the command`);
  if (LATER_COMMANDS.has(name)) throw new UsageError(`the command ${name} is not available yet`);
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) throw new UsageError(`there is no command "${name}"; "graduate --help" lists them`);
  if (asksForHelp(words)) {
    io.out(commandHelp(command));
    return Exit.ok;
  }
  const unavailable = command.unavailable?.(words);
  if (unavailable !== undefined) throw new UsageError(unavailable);
  return command.run(session, parseArguments(words, command.options));
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return words.slice(0, end < 0 ? undefined : end).some((word) => word === '--help' || word === '-h');
}
