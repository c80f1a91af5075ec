/**
 * What a command may do with the terminal it runs in. Tests hand in their own.
 */
export interface Io {
  /** The absolute working directory. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results; `text` is written as it is. */
  out(text: string): void;
  /** One line for people: errors, notes, progress. The line break is added. */
  err(line: string): void;
  /** Shows a line that the next one replaces, where standard error is a terminal; undefined takes it away. */
  status(line: string | undefined): void;
  readonly outHasColour: boolean;
}

/** The part of a process's output stream that is used here. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

export interface ProcessParts {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
}

/** The process's own streams. A reader that goes away (`| head`) is no error: what follows is dropped. */
export function processIo(process: ProcessParts): Io {
  const stdout = guarded(process.stdout);
  const stderr = guarded(process.stderr);
  let isShown = false;
  const status = (line: string | undefined): void => {
    if (!process.stderr.isTTY || process.env['TERM'] === 'dumb') return;
    if (line === undefined && !isShown) return;
    const width = (process.stderr.columns ?? 80) - 1;
    stderr(`\r\x1b[K${line === undefined ? '' : [...line].slice(0, width).join('')}`);
    isShown = line !== undefined;
  };
  return {
    cwd: process.cwd(),
    env: process.env,
    out: (text) => {
      status(undefined);
      stdout(text);
    },
    err: (line) => {
      status(undefined);
      stderr(`${line}\n`);
    },
    status,
    outHasColour: hasColour(process.env, process.stdout.isTTY === true),
  };
}

/** https://no-color.org and the variable that Node's own tools read, which wins over it. */
export function hasColour(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR']) return false;
  return isTerminal && env['TERM'] !== 'dumb';
}

function guarded(stream: OutputStream): (text: string) => void {
  let isGone = false;
  stream.on('error', (error) => {
    isGone = true;
    // Anything else (a full disk) must not end as success.
    if (error.code !== 'EPIPE') throw error;
  });
  return (text) => {
    if (!isGone) stream.write(text);
  };
}
