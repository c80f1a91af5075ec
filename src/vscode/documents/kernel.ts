import { kernelOf } from '../../program/notebook/kernel';
import { parseJson } from '../../program/notebook/json';

/**
 * Whether an open notebook's kernel runs Python, told from its metadata as from a file's. The notebook's own metadata
 * lie under `metadata` there; until VS Code 1.94 that was under `custom`.
 */
export function hasPythonKernel(metadata: Readonly<Record<string, unknown>>): boolean {
  const custom = metadata['custom'] as Record<string, unknown> | undefined;
  const text = JSON.stringify(metadata['metadata'] ?? custom?.['metadata'] ?? {});
  const node = parseJson(text, 2);
  return 'reason' in node || kernelOf(text, node).language === 'python';
}
