/** What the command line prints with `--format json`, as its contract has it. */
export interface Diagnostic {
  readonly path: string;
  readonly cell: number | null;
  readonly range: { readonly start: Place; readonly end: Place };
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly kind: string }[];
}

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface CheckOutput {
  readonly version: 1;
  readonly files: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ChangeOutput {
  readonly version: 1;
  readonly status: 'done' | 'nothing' | 'refused';
  readonly written: readonly string[];
  readonly notes: readonly { path: string; cell: number | null; line: number; message: string }[];
  readonly refusals: readonly { path: string; cell: number | null; line: number; reason: string }[];
}

/** Parses what a command printed; the error names the command's own message if it is no JSON. */
export function parseOutput<T>(result: { stdout: Buffer; stderr: string; status: number }): T {
  const text = result.stdout.toString('utf8');
  try {
    return JSON.parse(text) as T;
  } catch {
    const shown = `${text.slice(0, 300)}\n${result.stderr.slice(0, 1000)}`;
    throw new Error(`no JSON on standard output, exit status ${result.status}: ${shown}`);
  }
}
