import type { Analysis } from '../actions/engine';
import {
  type Applied,
  FIX_TABLE,
  type FixSelection,
  type FixTable,
  type FixableProgram,
  Fixer as EngineFixer,
} from '../actions/fixing/fixer';
import type { ActionContext } from '../actions/offer';
import type { Change } from '../text/change';
import type { Progress } from './progress';
import { type ProgramFile, reportUnreadable } from './programs';
import { Remarks } from './results';
import type { Session } from './session';

export type { FixSelection, FixTable } from '../actions/fixing/fixer';

/** Applies fixes to the programs of a run, in the memory of their projects. */
export class Fixer {
  readonly #remarks: Remarks;
  readonly #fixer: EngineFixer<FixableFile>;
  #progress: Progress | undefined;

  constructor(
    private readonly session: Session,
    selection: FixSelection,
    table: FixTable = FIX_TABLE,
  ) {
    const remarks = new Remarks(session);
    this.#remarks = remarks;
    this.#fixer = new EngineFixer<FixableFile>(
      selection,
      {
        started: ({ file }) => this.#progress?.step(file.shown),
        roundStarted: () => remarks.forgetRefusals(),
        remarked: ({ file }, notes, refusals) => remarks.add(file.project, notes, refusals),
        failed: ({ file }, error) => session.internalError(error, file.shown),
      },
      table,
    );
  }

  /** Findings mended. */
  get fixed(): number {
    return this.#fixer.fixed;
  }

  /** Notes of what was done, and the refusals that are left. */
  get remarks(): Pick<Remarks, 'notes' | 'refusals'> {
    return this.#remarks;
  }

  async fix(programs: readonly ProgramFile[], progress: Progress): Promise<void> {
    this.#progress = progress;
    await this.#fixer.fix(programs.map((program) => new FixableFile(this.session, program)));
    progress.end();
  }
}

class FixableFile implements FixableProgram {
  constructor(
    private readonly session: Session,
    readonly file: ProgramFile,
  ) {}

  get context(): ActionContext {
    return this.file.project.context;
  }

  async analyze(): Promise<Analysis | undefined> {
    const { project, path, shown } = this.file;
    const analysis = await project.analyze(path);
    if (!('reason' in analysis)) return analysis;
    reportUnreadable(this.session, shown, analysis);
    return undefined;
  }

  apply(change: Change): Applied {
    const { overlay } = this.file.project;
    const { version } = overlay;
    const refusals = overlay.apply(change);
    return { isChanged: overlay.version > version, refusals };
  }
}
