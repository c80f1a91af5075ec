/**
 * A saved output of a cell, as the text in it; pictures and other data without text are left out. Plain data, so that it
 * can be sent to a thread. An adapter gives the same object as long as the output stays, so that what is found out about
 * it may be kept in a WeakMap.
 */
export interface SavedOutput {
  /** In the order in which they are stored. */
  readonly parts: readonly OutputPart[];
}

export interface OutputPart {
  /** `stream`, `error` (name, value and traceback), or the MIME type: `text/plain`, `text/html`, `application/json`. */
  readonly type: string;
  /** Cut off at `LONGEST_TEXT`. */
  readonly text: string;
}

/** In UTF-16 code units. Nobody reads further, and outputs must not fill the memory. */
export const LONGEST_TEXT = 1_000_000;

/** Whether data of a MIME type is text that a person may read in the notebook. */
export function isTextType(mime: string): boolean {
  return mime.startsWith('text/') || mime === 'application/json';
}

/** All text of an output: equal for equal outputs. */
export function textOfOutput({ parts }: SavedOutput): string {
  return parts.map(({ type, text }) => `${type}\n${text}`).join('\n');
}
