import type { CheckReport } from '../diagnostics';

/** `check --format json`, as the command line's contract has it. */
export function checkJson({ files, diagnostics }: CheckReport): string {
  return `${JSON.stringify({ version: 1, files, diagnostics })}\n`;
}
