import type { Note, Refusal } from '../text/refusal';
import { colouredDiff, unifiedDiff } from './diff';
import { type ExitStatus, Exit } from './exit';
import { shownPath } from './paths';
import { counted, printable, shownPlace } from './places';
import type { Project } from './project';
import { type Projects, shownIn } from './programs';
import type { Session } from './session';
import { holdingSignals } from './signals';
import { writeTogether } from './write';

/** What a command that changes files did; paths are shown ones. */
export interface ChangeResult {
  readonly status: 'done' | 'nothing' | 'refused';
  readonly written: readonly string[];
  readonly notes: readonly Note[];
  readonly refusals: readonly Refusal[];
  /** With `--diff`: what would be written. */
  readonly diff: string | undefined;
}

/** Notes and refusals of one project with shown paths; each is kept once. */
export class Remarks {
  readonly #notes = new Map<string, Note>();
  readonly #refusals = new Map<string, Refusal>();

  constructor(private readonly session: Session) {}

  get notes(): readonly Note[] {
    return [...this.#notes.values()];
  }

  get refusals(): readonly Refusal[] {
    return [...this.#refusals.values()];
  }

  forgetRefusals(): void {
    this.#refusals.clear();
  }

  add(project: Project, notes: readonly Note[], refusals: readonly Refusal[]): void {
    for (const { path, cell, line, message } of notes) {
      const note = { path: shownIn(this.session, project, path), cell, line, message };
      this.#notes.set(JSON.stringify(note), note);
    }
    for (const { path, cell, line, reason } of refusals) {
      const refusal = { path: shownIn(this.session, project, path), cell, line, reason };
      this.#refusals.set(JSON.stringify(refusal), refusal);
    }
  }
}

/** Writes what changed in memory. What cannot be written is reported, with all files that belong to it. */
export function writeChanges(session: Session, projects: Projects): readonly string[] {
  const groups = projects.all().flatMap((project) => project.overlay.writes());
  return holdingSignals(() =>
    groups.flatMap((group) => {
      const failure = writeTogether(group);
      if (!failure) return group.map(({ absolute }) => shownPath(session.io.cwd, absolute));
      const others =
        group.length > 1 ? `; nor were the ${counted(group.length - 1, 'file')} it belongs to` : '';
      const message = `not written: ${failure.reason}${others}`;
      session.problem({ path: shownPath(session.io.cwd, failure.absolute), message });
      return [];
    }),
  ).sort();
}

/** All changes as one diff, the files in order of path. */
export function diffOf(session: Session, projects: Projects): string {
  return projects
    .all()
    .flatMap((project) =>
      project.overlay.changes().map((file) => ({ file, shown: shownIn(session, project, file.path) })),
    )
    .sort((a, b) => (a.shown < b.shown ? -1 : 1))
    .map(({ file, shown }) => unifiedDiff(file, shown))
    .join('');
}

/** Prints a result. With `--diff` the diff alone is on standard output, so that it can be piped into `git apply`. */
export function printResult(
  session: Session,
  result: ChangeResult,
  format: 'text' | 'json',
  summary: string,
): void {
  const { io } = session;
  const { status, written, notes, refusals, diff } = result;
  if (format === 'json') {
    const shown = diff === undefined ? {} : { diff };
    io.out(`${JSON.stringify({ version: 1, status, written, notes, refusals, ...shown })}\n`);
    return;
  }
  const lines = [
    ...written.map((file) => `wrote ${printable(file)}`),
    ...notes.map((note) => `${shownPlace(note)}: note: ${printable(note.message)}`),
    ...refusals.map((refusal) => `${shownPlace(refusal)}: refused: ${printable(refusal.reason)}`),
    summary,
  ];
  if (diff === undefined) io.out(lines.map((line) => `${line}\n`).join(''));
  else {
    io.out(io.outHasColour ? colouredDiff(diff) : diff);
    lines.forEach((line) => io.err(line));
  }
}

/** The exit status of a command that changes files; a file that could not be read or written outweighs a refusal. */
export function statusOf(session: Session, result: ChangeResult): ExitStatus {
  if (session.hasFailed) return Exit.error;
  return result.status === 'refused' ? Exit.refused : Exit.ok;
}
