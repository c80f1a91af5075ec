import { type Installer, installationOf } from '../../knowledge/packageCommands';
import { type ShellCommand, type ShellLine, shellLine, shellLines } from '../../program/escapes/shell';
import type { Escape } from '../../program/program';
import type { CodeCell } from '../../semantics/facts';
import type { Span } from '../../text/position';

/** A line of a notebook that a shell or a package manager runs. */
export interface ShellUse {
  readonly cell: CodeCell;
  readonly escape: Escape;
  /** What is reported: the escape, its first line for a cell magic, or a line in the body of one. */
  readonly span: Span;
  /** Of the command line; undefined for a cell magic as a whole. Its offsets count from `lineStart` on. */
  readonly line: ShellLine | undefined;
  readonly lineStart: number;
  /** Who installs packages on this line; undefined if nobody does. */
  readonly installer: Installer | undefined;
  readonly isInBody: boolean;
}

const SHELLS = new Set([
  'bash',
  'sh',
  'zsh',
  'fish',
  'shell',
  'cmd',
  'powershell',
  'pwsh',
  'system',
  'sx',
  '!',
]);
const PACKAGE_MAGICS = new Set(['pip', 'conda', 'mamba', 'micromamba', 'uv']);
const SHELL_MAGICS = new Set(['sx', 'system', 'sc', '!']);
/** Commands that matter only for what stands beside them. */
const TRIVIAL = /^(?:set|echo|export|:|true|cd|source|\.|date)$/;

/** The shell's lines of a cell, in order. */
export function shellUses(cell: CodeCell): readonly ShellUse[] {
  return cell.cell.escapes.flatMap((escape) => usesOf(escape, cell));
}

/** The commands of a line that install packages. */
export function installations({ commands }: ShellLine): readonly ShellCommand[] {
  return commands.filter((command) => installerOf(command) !== undefined);
}

export function installerOf({ words }: ShellCommand): Installer | undefined {
  return installationOf(words.map(({ text }) => text))?.installer;
}

function usesOf(escape: Escape, cell: CodeCell): ShellUse[] {
  const { kind, name, argument, span } = escape;
  if (kind === 'shell') return [lineUse(escape, cell, argument, span.end - argument.length)];
  if (kind === 'cell-magic') return isShell(escape) ? bodyUses(escape, cell) : [];
  if (kind !== 'line-magic' && kind !== 'auto-magic') return [];
  if (SHELL_MAGICS.has(name)) return [lineUse(escape, cell, argument, span.end - argument.length)];
  if (!PACKAGE_MAGICS.has(name)) return [];
  // The magic's name is the command's.
  const from = cell.cell.source.indexOf(name, span.start);
  return [lineUse(escape, cell, cell.cell.source.slice(from, span.end), from)];
}

function lineUse(escape: Escape, cell: CodeCell, command: string, lineStart: number): ShellUse {
  const line = shellLine(command);
  const [first] = installations(line);
  const installer = first && installerOf(first);
  return { cell, escape, span: escape.span, line, lineStart, installer, isInBody: false };
}

/** `%%bash`, `%%script sh`; not `%%script false`, which keeps a cell from running. */
function isShell({ name, argument }: Escape): boolean {
  if (name !== 'script') return SHELLS.has(name);
  const program = argument.split(/\s+/).find((word) => !word.startsWith('-')) ?? '';
  return SHELLS.has(program.replace(/^.*\//, ''));
}

function bodyUses(escape: Escape, cell: CodeCell): ShellUse[] {
  const { body = '', span } = escape;
  const lineStart = span.end - body.length;
  const uses: ShellUse[] = [];
  let isOnlyInstalling = true;
  for (const line of shellLines(body)) {
    const [first] = installations(line);
    const own = { cell, escape, line, lineStart, isInBody: true };
    if (first) {
      const start = lineStart + line.commands[0]!.start;
      uses.push({ ...own, span: { start, end: lineStart + line.end }, installer: installerOf(first) });
    }
    const others = line.commands.filter(({ words }) => !TRIVIAL.test(words[0]?.text ?? ''));
    if (others.some((command) => installerOf(command) === undefined)) isOnlyInstalling = false;
  }
  if (isOnlyInstalling && uses.length > 0) return uses;
  const end = span.start + /^[^\r\n]*/.exec(cell.cell.source.slice(span.start, span.end))![0].length;
  const whole = { line: undefined, lineStart, installer: undefined, isInBody: false };
  return [{ cell, escape, span: { start: span.start, end }, ...whole }, ...uses];
}
