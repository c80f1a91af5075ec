import fs from 'node:fs';
import { notebookSource } from '../program/notebook/toSource';
import { readNotebook } from '../program/notebook/read';
import { type ProgramSource, scriptSource } from '../program/source';
import { type TextEncoding, type TextKind, decode } from '../text/encoding';
import { systemReason } from './exit';

/** A file as it is on the disk. */
export interface FileContent {
  readonly bytes: Uint8Array;
  /** Decoded, without byte-order mark. */
  readonly text: string;
  /** What is needed to write it back. */
  readonly encoding: TextEncoding;
}

/** Why a file cannot be read; one sentence without a full stop. Line and character are zero-based. */
export interface Unreadable {
  readonly reason: string;
  readonly line?: number | undefined;
  readonly character?: number | undefined;
}

export function isNotebookPath(path: string): boolean {
  return path.endsWith('.ipynb');
}

export function isProgramPath(path: string): boolean {
  return path.endsWith('.py') || isNotebookPath(path);
}

/** Python source may name its encoding, also in a script without a suffix; everything else is UTF-8. */
export function textKindOf(path: string): TextKind {
  return /(?:\.pyw?|(?:^|\/)[^./]+)$/.test(path) ? 'python' : 'json';
}

/** Reads and decodes a file. */
export function readContent(absolute: string, kind: TextKind): FileContent | Unreadable {
  let bytes: Uint8Array;
  try {
    bytes = fs.readFileSync(absolute);
  } catch (error) {
    return { reason: systemReason(error) };
  }
  const decoded = decode(bytes, kind);
  if ('reason' in decoded) return decoded;
  const { text, encoding, bom } = decoded;
  return { bytes, text, encoding: { kind, encoding, bom } };
}

/** The program in a file's text: a notebook by its suffix, else a script. */
export function programOf(path: string, text: string): ProgramSource | Unreadable {
  if (!isNotebookPath(path)) return scriptSource(path, text);
  const notebook = readNotebook(text);
  return 'reason' in notebook ? notebook : notebookSource(path, notebook);
}
