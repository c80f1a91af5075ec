import { EditSet, type TextEdit } from '../text/edit';
import { LineIndex } from '../text/position';
import { isConfigKey } from './keys';
import { MARKER, parseConfig, readBySchema, topLevelMap, type ConfigFile } from './parse';
import { sameValue, writeValue, type ConfigValue } from './scalar';

export { MARKER, parseConfig, type ConfigEntry, type ConfigFile } from './parse';
export type { Ambiguity } from './nodes';
export type { ConfigProblem } from './source';

/** A key to add at the top level. */
export interface NewEntry {
  /** See `isConfigKey`. */
  readonly key: string;
  readonly value: ConfigValue;
  /** Put behind the value; line breaks and control characters in it become blanks. */
  readonly comment?: string;
}

/** The new text and how it comes from the old one, or why nothing is added. */
export type Added =
  | { readonly text: string; readonly edits: readonly TextEdit[] }
  /** `line` is zero-based, and there if a line of the file stands in the way. */
  | { readonly reason: string; readonly line?: number };

/**
 * Adds keys at the end of a configuration file, one line each, before a `...` that ends the document.
 *
 * @param text The file's text, or undefined for a new file, which starts with the marker comment; its one edit
 *   inserts all of it. An existing file must be one that Graduate writes to (`ConfigFile.isOurs`); every character
 *   of it is kept, and new lines end as its last one does.
 * @returns A reason, and no text, if the file is not Graduate's or has a problem, if a key is there already, is
 *   given twice or is no config key, if a value cannot be written, if the top level stands in braces, or if the
 *   result does not read back as meant under PyYAML's rules and under YAML 1.1 and 1.2. Never throws.
 */
export function addEntries(text: string | undefined, entries: readonly NewEntry[]): Added {
  const before = text ?? '';
  const file: ConfigFile = text === undefined ? { isOurs: true, values: new Map() } : parseConfig(text);
  if (!file.isOurs) return { reason: 'the file was not written by Graduate', line: 0 };
  if (file.problem) return file.problem;
  const indent = indentOf(before);
  if (indent === undefined) return { reason: 'the keys of the file stand in braces', line: 0 };

  const lines: string[] = text === undefined ? [MARKER] : [];
  const keys = new Set<string>();
  for (const { key, value, comment } of entries) {
    if (!isConfigKey(key))
      return { reason: `${JSON.stringify(key)} is no key that every YAML reader takes for text` };
    if (keys.has(key)) return { reason: `the key ${key} is to be added twice` };
    const existing = file.values.get(key);
    if (existing) {
      const { line } = new LineIndex(before).positionAt(existing.keySpan.start);
      return { reason: `the key ${key} is in the file already`, line };
    }
    keys.add(key);
    const written = writeValue(value);
    if ('reason' in written) return { reason: `${key} cannot be written: ${written.reason}` };
    lines.push(`${indent}${key}: ${written.text}${commentOf(comment)}`);
  }
  if (lines.length === 0) return { text: before, edits: [] };

  const breaks = before.match(/\r?\n/g);
  const lineBreak = breaks?.at(-1) ?? '\n';
  // Three dots in the first column end a document wherever they stand; in a file without problems that is once.
  const end = before.search(/^\.\.\.(?=[ \r\n]|$(?![^]))/m);
  const at = end < 0 ? before.length : end;
  const isLineStart = at === 0 || before[at - 1] === '\n';
  const newText = (isLineStart ? '' : lineBreak) + lines.map((line) => line + lineBreak).join('');
  const edits = [{ span: { start: at, end: at }, newText }];
  const after = new EditSet(edits).apply(before);
  if (!readsAsMeant(after, file, entries)) {
    return { reason: 'what would be written does not read back as it was meant' };
  }
  return { text: after, edits };
}

/** The blanks before each top-level key; undefined if the keys stand in braces. */
function indentOf(text: string): string | undefined {
  const map = topLevelMap(text);
  if (!map) return '';
  const start = map.range?.[0];
  if (map.flow || start === undefined) return undefined;
  return ' '.repeat(new LineIndex(text).positionAt(start).character);
}

/** What PyYAML might refuse or take for a line break, and what an editor might not show; emoji's joiners stay. */
const NOT_IN_COMMENTS =
  /(?:\s|(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{Noncharacter_Code_Point})+/gu;

function commentOf(comment: string | undefined): string {
  const text = (comment ?? '').replace(NOT_IN_COMMENTS, ' ').replace(/^[# ]+| +$/g, '');
  return text === '' ? '' : `  # ${text}`;
}

/** Whether the new text holds the old entries as they were, and the new ones behind them, whoever reads it. */
function readsAsMeant(text: string, before: ConfigFile, added: readonly NewEntry[]): boolean {
  const after = parseConfig(text);
  if (!after.isOurs || after.problem || after.values.size !== before.values.size + added.length) return false;
  const found = [...after.values.values()];
  const isKept = [...before.values.values()].every((old, index) => {
    const now = found[index]!;
    const isSame = old.value && now.value ? sameValue(old.value, now.value) : old.value === now.value;
    return isSame && old.key === now.key && old.ambiguous.length === now.ambiguous.length;
  });
  const schemas = [readBySchema(text, '1.1'), readBySchema(text, '1.2')];
  return (
    isKept &&
    added.every(({ key, value }, index) => {
      const now = found[before.values.size + index]!;
      const readings = [now.value, ...schemas.map((schema) => schema?.get(key))];
      return now.key === key && readings.every((read) => read !== undefined && sameValue(read, value));
    })
  );
}
