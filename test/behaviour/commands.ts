import { selectionIn } from './selections';

/** A command of the command line that has to keep what a program does. */
export interface Command {
  /** As the cases name it. */
  readonly name: string;
  /** The arguments that apply it, run in the program's folder. */
  args(input: string, folder: string): readonly string[];
  /** Exit statuses of success. `fix` also tells, as `check` does, whether findings stay. */
  readonly successes: readonly number[];
  /** Whether what it writes has the shape of production code: stages, and nothing else that runs at module level. */
  readonly makesStages?: boolean;
  /** Every shared case is put to it, also those that do not name it; our own only with `GRADUATE_EVERY`. */
  readonly isForAll?: boolean;
  /** It changes what is selected, whatever was changed before. */
  readonly isRepeatable?: boolean;
}

/** `GRADUATE_COMMANDS=a,b` judges these alone. */
const chosen = process.env['GRADUATE_COMMANDS']?.split(',');

/** `GRADUATE_EVERY=1`, as in the long tests: every case is put to every command, and more is selected. */
export const isEvery = process.env['GRADUATE_EVERY'] === '1';

/** Where selections begin in a program, and how many statements they take. */
const SELECTIONS = (
  [
    [0.3, 4],
    [0.55, 3],
    [0.9, 1],
  ] as const
).slice(0, isEvery ? 3 : 1);

/** What is judged; a new refactoring is one line here. */
export const COMMANDS: readonly Command[] = [
  refactoring('paths-to-config'),
  { ...refactoring('extract-pipeline'), makesStages: true },
  { ...refactoring('add-main'), isForAll: true },
  { ...refactoring('globals-to-class'), isForAll: true },
  ...SELECTIONS.map(([share, length], i) => extracting(i, share, length)),
  fix(),
].filter(({ name }) => chosen?.includes(name.replace(/ \d+$/, '')) ?? true);

function refactoring(name: string): Command {
  return { name, args: (input) => ['refactor', name, input, '--format', 'json'], successes: [0] };
}

function extracting(index: number, share: number, length: number): Command {
  return {
    name: `extract-function ${index + 1}`,
    args: (input, folder) => [
      ...['refactor', 'extract-function', input, '--format', 'json'],
      ...selectionIn(folder, input, share, length),
    ],
    successes: [0],
    isForAll: true,
    isRepeatable: true,
  };
}

function fix(): Command {
  return { name: 'fix', args: () => ['fix', '.', '--format', 'json'], successes: [0, 1] };
}
