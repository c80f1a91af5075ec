import path from 'node:path';
import { EditSet } from '../../text/edit';
import { applyCellEdits } from '../../program/notebook/cell-edits';
import type { Side } from '../../verify/run';
import { type Setting, type SettingEdit, setInConfig, settingEdits } from '../../verify/setting';
import { UsageError } from '../exit';
import { isNotebookPath } from '../load';
import type { FolderCopy } from './folderCopy';
import type { AnalysedFile } from './programs';
import { Workbench } from './workbench';

/** One side whose values are set: its files, and where they lie in the copies. */
export interface SettingSide {
  readonly shown: string;
  readonly files: readonly AnalysedFile[];
  /** The copy that a file is in and its name there. */
  placeOf(absolute: string): { readonly copy: FolderCopy; readonly name: string };
  /** Where its configuration may be, in a copy. */
  readonly config: { readonly copy: FolderCopy; readonly name: string };
}

/**
 * Sets values in the copies of both programs, by editing the literals that give names their values.
 *
 * @param activate Puts a side's copy into its place.
 * @throws {UsageError} if one of the programs has no such literal.
 */
export function applySettings(
  settings: readonly Setting[],
  original: SettingSide,
  converted: SettingSide,
  activate: (side: Side) => void,
): void {
  const edits = new Map<AnalysedFile, SettingEdit[]>();
  const sides: readonly SettingSide[] = [original, converted];
  const collected = settings.map((setting) => {
    const [program] = original.files;
    const own = settingEdits(program!.analysis.facts, setting);
    const before = own.map((edit) => edit.before);
    return sides.map((side, i) => {
      activate(i === 0 ? 'original' : 'converted');
      let count = 0;
      for (const [position, file] of side.files.entries()) {
        // Of modules beside the program, only those literals that it would have had.
        const found = settingEdits(file.analysis.facts, setting, i === 0 ? undefined : before);
        if (position > 0 && i === 0 && own.length > 0) continue;
        if (found.length > 0) edits.set(file, [...(edits.get(file) ?? []), ...found]);
        count += found.length;
      }
      const isConfigured = Workbench.edit(side.config.copy, side.config.name, (text) =>
        setInConfig(text, setting),
      );
      return count > 0 || isConfigured;
    });
  });
  for (const [i, results] of collected.entries()) {
    const missing = results.findIndex((isSet) => !isSet);
    if (missing >= 0) {
      const { name } = settings[i]!;
      throw new UsageError(
        `${sides[missing]!.shown}: nothing gives ${name} a literal that --set could change`,
      );
    }
  }
  for (const [i, side] of sides.entries()) {
    activate(i === 0 ? 'original' : 'converted');
    for (const file of side.files) {
      const own = edits.get(file);
      if (own) applyEdits(side, file, own);
    }
  }
}

function applyEdits(side: SettingSide, file: AnalysedFile, edits: readonly SettingEdit[]): void {
  const { copy, name } = side.placeOf(file.absolute);
  Workbench.edit(copy, name, (text) => {
    if (!isNotebookPath(name)) return new EditSet(edits.map(({ edit }) => edit)).apply(text);
    const cells = new Map<number, SettingEdit[]>();
    for (const edit of edits) cells.set(edit.cell ?? 0, [...(cells.get(edit.cell ?? 0) ?? []), edit]);
    const changed = applyCellEdits(
      text,
      [...cells].map(([cell, own]) => ({
        cell,
        newSource: new EditSet(own.map(({ edit }) => edit)).apply(sourceOf(file, cell)),
      })),
    );
    if (typeof changed === 'string') return changed;
    throw new UsageError(`${path.basename(name)}: ${changed.reason}`);
  });
}

function sourceOf({ analysis }: AnalysedFile, cell: number): string {
  return analysis.facts.program.cells[cell]?.source ?? '';
}
