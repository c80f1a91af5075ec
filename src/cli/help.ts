import type { Command } from './command';

/** What `graduate --help` prints. */
export function overview(commands: readonly Command[]): string {
  const list = commands.map(({ name, synopsis, summary }) => [
    `  ${name} ${synopsis}`.trimEnd(),
    `      ${summary}`,
  ]);
  return lines([
    'Takes machine-learning notebooks and scripts to production.',
    '',
    'usage: graduate COMMAND [OPTION ...]',
    '',
    ...list.flat(),
    '',
    '  --help       this text; after a command, that command in full',
    '  --version    the version',
    '',
    'exit status: 0 done; 1 findings at or above --fail-on; 2 bad usage, unreadable input or an internal error;',
    '3 refused, because it would not be safe',
  ]);
}

/** What `graduate COMMAND --help` prints. */
export function commandHelp({ name, synopsis, summary, details, options }: Command): string {
  const entries = Object.entries(options).map(([option, { value, help }]): [string, string] => [
    `  --${option}${value === undefined ? '' : ` ${value}`}`,
    help,
  ]);
  const width = Math.max(...entries.map(([left]) => left.length), 0) + 2;
  return lines([
    `usage: graduate ${name} ${synopsis}`.trimEnd(),
    '',
    summary,
    ...(details === undefined ? [] : ['', details]),
    ...(entries.length === 0 ? [] : ['', ...entries.map(([left, right]) => left.padEnd(width) + right)]),
  ]);
}

function lines(list: readonly string[]): string {
  return list.map((line) => `${line}\n`).join('');
}
