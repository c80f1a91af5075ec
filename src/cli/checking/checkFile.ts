import type { Analysis } from '../../actions/engine';
import { type Diagnostic, diagnosticsOf } from '../diagnostics';
import { messageOf } from '../exit';
import type { Unreadable } from '../load';
import { type FilePlace, placeAt } from '../places';
import { type ProgramFile, reportUnreadable } from '../programs';
import type { Session } from '../session';
import { type FindingDetail, detailsOf } from './details';

/** What came of one file. Plain data, so that it can come from another thread. */
export interface FileResult {
  /** Undefined if the file could not be checked. */
  readonly diagnostics: readonly Diagnostic[] | undefined;
  /** One for each diagnostic; undefined if nobody wants them. */
  readonly details: readonly FindingDetail[] | undefined;
  /** What is told on standard error, in order. */
  readonly remarks: readonly FileRemark[];
}

export type FileRemark =
  | { readonly kind: 'unreadable'; readonly why: Unreadable }
  | { readonly kind: 'note'; readonly place: FilePlace; readonly message: string }
  | { readonly kind: 'internal'; readonly message: string; readonly stack: string | undefined };

/** Checks one file. Never throws: one file that Graduate itself stumbles over must not hide the others. */
export async function checkFile(program: ProgramFile, wantsDetails: boolean): Promise<FileResult> {
  try {
    const analysis = await program.project.analyze(program.path);
    if ('reason' in analysis) return notChecked({ kind: 'unreadable', why: plain(analysis) });
    const text = wantsDetails ? ((await program.project.overlay.read(program.path)) ?? '') : undefined;
    return {
      diagnostics: diagnosticsOf(analysis, program.shown),
      details: text === undefined ? undefined : detailsOf(analysis, text),
      remarks: [...problemsOf(program, analysis), ...analysis.failures.map(({ error }) => internal(error))],
    };
  } catch (error) {
    return failedFile(error);
  }
}

/** The result of a file at which Graduate itself failed. */
export function failedFile(error: unknown): FileResult {
  return notChecked(internal(error));
}

/** Tells what there is to tell of a file. */
export function tellRemarks(session: Session, shown: string, remarks: readonly FileRemark[]): void {
  for (const remark of remarks) {
    switch (remark.kind) {
      case 'unreadable':
        reportUnreadable(session, shown, remark.why);
        break;
      case 'note':
        session.note(remark.place, remark.message);
        break;
      case 'internal':
        session.internalError(Object.assign(new Error(remark.message), { stack: remark.stack }), shown);
        break;
    }
  }
}

function notChecked(remark: FileRemark): FileResult {
  return { diagnostics: undefined, details: undefined, remarks: [remark] };
}

function internal(error: unknown): FileRemark {
  return {
    kind: 'internal',
    message: messageOf(error),
    stack: error instanceof Error ? error.stack : undefined,
  };
}

function plain({ reason, line, character }: Unreadable): Unreadable {
  return { reason, line, character };
}

/** Old code is no failure, but silence about it would look like praise. */
function problemsOf({ shown }: ProgramFile, { facts }: Analysis): FileRemark[] {
  return facts.cells.flatMap(({ cell, syntax, lines }): FileRemark[] => {
    if (!syntax.problem) return [];
    const { message, offset } = syntax.problem;
    const place = placeAt(shown, cell.index, lines.positionAt(offset));
    return [{ kind: 'note', place, message: `${message}, not checked` }];
  });
}
