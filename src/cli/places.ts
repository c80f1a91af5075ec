import type { Position } from '../text/position';

/** A place in a file, as results carry it: zero-based, `cell` null in a script. */
export interface FilePlace {
  readonly path: string;
  readonly cell: number | null;
  readonly line: number;
  readonly character?: number | undefined;
}

/** A place for people: `path:line:column`, in a notebook `path:cell N:line:column`, all one-based. */
export function shownPlace({ path, cell, line, character }: FilePlace): string {
  const parts = [printable(path)];
  if (cell !== null) parts.push(`cell ${cell + 1}`);
  parts.push(String(line + 1));
  if (character !== undefined) parts.push(String(character + 1));
  return parts.join(':');
}

export function placeAt(path: string, cell: number | null, position: Position): FilePlace {
  return { path, cell, line: position.line, character: position.character };
}

/** Text from files on one line, without what a terminal would take for a command. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (c) => {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[c];
    return known ?? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

/** `1 file`, `2 files`. */
export function counted(count: number, word: string, plural = `${word}s`): string {
  return `${count} ${count === 1 ? word : plural}`;
}
