import type { Expression } from '../../syntax/ast';

/**
 * Where in a container a value lies, outermost first: an index (`0`, `-1`), a key (`'name`), an attribute (`.name`), or
 * any item (`*`). The empty path is the value itself.
 */
export type FlowPath = readonly string[];

export const ANY = '*';

export function attributeStep(name: string): string {
  return `.${name}`;
}

export function keyStep(key: string): string {
  return `'${key}`;
}

/** The step that an index makes; any item where it is computed. */
export function indexStep(index: Expression): string {
  if (index.kind === 'Str') return index.value === undefined ? ANY : keyStep(index.value);
  if (index.kind === 'Num') return /^[0-9]+$/.test(index.text) ? String(Number(index.text)) : ANY;
  if (index.kind === 'UnaryOp' && index.op === '-' && index.operand.kind === 'Num') {
    return `-${index.operand.text}`;
  }
  return ANY;
}

/**
 * What is left of a path when the step `taken` is followed: undefined where it leads past the value. Counting from the
 * front and from the back may mean the same item.
 */
export function follow(path: FlowPath, taken: string): FlowPath | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return undefined;
  return head === taken || mayBeSame(head, taken) ? rest : undefined;
}

function mayBeSame(head: string, taken: string): boolean {
  if (head.startsWith('.') || taken.startsWith('.')) return false;
  if (head === ANY || taken === ANY) return true;
  return isNumber(head) && isNumber(taken) && head.startsWith('-') !== taken.startsWith('-');
}

function isNumber(step: string): boolean {
  return /^-?[0-9]+$/.test(step);
}

/** Containers deeper than this are given up. */
export const MAX_PATH = 5;

/** Whether the value lies in an attribute of an object, of which nothing more is known. */
export function isInAttribute(path: FlowPath): boolean {
  return path[0]?.startsWith('.') ?? false;
}
