import { textOf } from '../program/program';
import type { SeenProgram } from './probe';

/**
 * What Graduate writes as a place-holder carries one of these in a comment. While it is there the file is a promise:
 * a scaffolded file never proves itself.
 */
const MARKER = /TODO\(readiness\)|\bgraduate: ?scaffold(?:ed)?\b/;

/** Whether a text is a place-holder that nobody has filled in yet. */
export function isScaffolded(text: string): boolean {
  return MARKER.test(text);
}

export function isScaffoldedProgram({ facts }: SeenProgram): boolean {
  return facts.cells.some(({ cell }) => isScaffolded(textOf(cell)));
}
