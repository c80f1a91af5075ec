/** Exit statuses, as the command line's contract has them. */
export const Exit = {
  /** Done; nothing to report at or above `--fail-on`. */
  ok: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Bad usage, unreadable input or an internal error. */
  error: 2,
  /** The refactoring would not be safe here. */
  refused: 3,
} as const;

export type ExitStatus = (typeof Exit)[keyof typeof Exit];

/** The user's call is wrong; the message is one line without a full stop. Ends the command with status 2. */
export class UsageError extends Error {}

/** What went wrong with one file while the others are still done. */
export interface FileProblem {
  /** As it is shown: relative to the working directory, with `/`. */
  readonly path: string;
  /** One line without a full stop. */
  readonly message: string;
}

/** An error's message on one line. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\s*[\r\n]+\s*/g, ' ');
}

/** What went wrong with a file, in the operating system's terms where it has any. */
export function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  switch (code) {
    case 'ENOENT':
      return 'no such file or folder';
    case 'EACCES':
    case 'EPERM':
      return 'no permission';
    case 'EEXIST':
      return 'the file is there already';
    case 'EISDIR':
      return 'is a folder';
    case 'ENOTDIR':
      return 'a part of the path is no folder';
    case 'ENOSPC':
      return 'no space left on the device';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ELOOP':
      return 'links lead in a circle';
    case 'ENAMETOOLONG':
      return 'the name is too long';
    default:
      return code ?? messageOf(error);
  }
}
