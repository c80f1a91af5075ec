import type { ProgramSource } from '../../program/source';
import type { Finding } from '../../rules/rule';
import type { Change } from '../../text/change';
import type { Note, Refusal } from '../../text/refusal';
import type { Analysis } from '../engine';
import type { ActionContext } from '../offer';
import { Draft } from './draft';
import { FIX_TABLE, type FixTable, Fixer } from './fixer';

/** How far fixing a program may reach. */
export type FixScope =
  /** The script, or this one cell. Zero-based index in the notebook. */
  | { readonly type: 'document'; readonly cell: number | null }
  /** The script or notebook, and no other file. */
  | { readonly type: 'program' }
  /** The program, and what its fixes make or edit beside it. */
  | { readonly type: 'project' };

export interface FixAllOptions {
  readonly scope: FixScope;
  /** Undefined: those of every rule. */
  readonly rules?: ReadonlySet<string> | undefined;
  /** Analyses a version of the program as the adapter does: with its settings, and with what it knows of the project. */
  readonly analyze: (source: ProgramSource) => Analysis;
}

export interface FixAllResult {
  /** Everything as one change of the program as it is; has no files if there is nothing to do. */
  readonly change: Change;
  /** Findings mended. */
  readonly fixed: number;
  readonly notes: readonly Note[];
  readonly refusals: readonly Refusal[];
  /** Internal errors, for the log. */
  readonly failures: readonly unknown[];
}

/** All fixes of one program that keep behaviour, until nothing more applies. Nothing is written. */
export async function fixAll(
  path: string,
  context: ActionContext,
  { scope, rules, analyze }: FixAllOptions,
  table: FixTable = FIX_TABLE,
): Promise<FixAllResult> {
  const draft = new Draft(context);
  const notes: Note[] = [];
  const failures: unknown[] = [];
  let refusals: Refusal[] = [];
  const isWanted =
    scope.type === 'document' ? (finding: Finding) => finding.cell.cell.index === scope.cell : undefined;
  const program = {
    context: draft.context,
    analyze: async () => {
      const source = await draft.loadProgram(path);
      return source && analyze(source);
    },
    apply: (change: Change) => ({
      isChanged: staysWithin(change, path, scope) && draft.apply(change),
      refusals: [],
    }),
  };
  const fixer = new Fixer(
    { kinds: new Set(['keeps']), rules, isWanted },
    {
      roundStarted: () => (refusals = []),
      remarked: (_, newNotes, newRefusals) => {
        notes.push(...newNotes);
        refusals.push(...newRefusals);
      },
      failed: (_, error) => failures.push(error),
    },
    table,
  );
  await fixer.fix([program]);
  return { change: draft.change(), fixed: fixer.fixed, notes, refusals, failures };
}

function staysWithin({ files }: Change, path: string, scope: FixScope): boolean {
  if (scope.type === 'project') return true;
  return files.every((file) => {
    if (file.path !== path || file.kind === 'create') return false;
    if (scope.type === 'program' || file.kind === 'text') return true;
    // VS Code lets outputs be changed by putting another cell in the place of this one: no edit of its document.
    if (file.outputs) return false;
    return file.cells.every(({ cell }) => cell === scope.cell);
  });
}
