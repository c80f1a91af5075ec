import { type ProgramSource, scriptSource } from '../../program/source';
import type { CellChange, Change, FileChange, NotebookChange, OutputRemoval } from '../../text/change';
import { composeEdits } from '../../text/compose';
import type { EditSet } from '../../text/edit';
import { type Workspace, baseName, folderOf } from '../../text/workspace';
import type { ActionContext } from '../offer';

/** A text as it was, and what was done to it since. */
interface DraftText {
  readonly before: string;
  readonly sets: EditSet[];
  text: string;
}

/** The saved outputs of a cell. */
interface DraftOutputs {
  /** How many there were. */
  readonly count: number;
  /** Those that are left, by their index at first. */
  left: readonly number[];
  readonly removed: { readonly index: number; readonly text: string }[];
}

/**
 * A workspace with changes that are in memory only, so that one may build upon another; in the end it says what came of
 * them as one change of the workspace below. Cells of notebooks are kept apart, as adapters edit them.
 */
export class Draft implements Workspace {
  readonly #texts = new Map<string, DraftText>();
  readonly #cells = new Map<string, Map<number, DraftText>>();
  readonly #created = new Map<string, string>();
  readonly #outputs = new Map<string, Map<number, DraftOutputs>>();

  constructor(private readonly base: ActionContext) {}

  get root(): string | undefined {
    return this.base.workspace.root;
  }

  /** What actions work with when they build upon this draft. */
  get context(): ActionContext {
    return { ...this.base, workspace: this, loadProgram: (path) => this.loadProgram(path) };
  }

  async read(path: string): Promise<string | undefined> {
    return this.#created.get(path) ?? this.#texts.get(path)?.text ?? this.base.workspace.read(path);
  }

  async exists(path: string): Promise<boolean> {
    const isMade = [...this.#created.keys()].some((made) => made === path || made.startsWith(`${path}/`));
    return isMade || this.base.workspace.exists(path);
  }

  async list(folder: string): Promise<readonly string[]> {
    const names = new Set(await this.base.workspace.list(folder));
    for (const path of this.#created.keys()) {
      if (folderOf(path) === folder) names.add(baseName(path));
      else if (folder === '' || path.startsWith(`${folder}/`)) {
        const rest = folder === '' ? path : path.slice(folder.length + 1);
        names.add(rest.slice(0, rest.indexOf('/') + 1));
      }
    }
    return [...names].sort();
  }

  /** A program with what was done to it. */
  async loadProgram(path: string): Promise<ProgramSource | undefined> {
    const source = await this.base.loadProgram(path);
    if (!source) return undefined;
    const text = this.#texts.get(path)?.text;
    if (text !== undefined) return scriptSource(path, text);
    const cells = this.#cells.get(path);
    const outputs = this.#outputs.get(path);
    return {
      ...source,
      cells: source.cells.map((cell) => {
        if (cell.index === null) return cell;
        const now = cells?.get(cell.index)?.text ?? cell.source;
        const left = outputs?.get(cell.index)?.left;
        if (!left) return { ...cell, source: now };
        return { ...cell, source: now, outputs: left.flatMap((index) => cell.outputs?.[index] ?? []) };
      }),
    };
  }

  /**
   * Applies a change, all of it or nothing.
   *
   * @returns Whether anything is now other than it was.
   * @throws {Error} if the change was computed on other texts than the present ones.
   */
  apply(change: Change): boolean {
    for (const file of change.files) this.#check(file);
    return change.files.map((file) => this.#applyFile(file)).includes(true);
  }

  /** Everything that was applied, as one change; what was changed back is left out. */
  change(): Change {
    const files: FileChange[] = [];
    for (const [path, text] of this.#texts) {
      const edits = editsOf(text);
      if (edits) files.push({ kind: 'text', path, before: text.before, edits });
    }
    for (const path of new Set([...this.#cells.keys(), ...this.#outputs.keys()])) {
      const notebook = this.#notebookChange(path);
      if (notebook.cells.length > 0 || notebook.outputs) files.push(notebook);
    }
    for (const [path, content] of this.#created) files.push({ kind: 'create', path, content });
    return { files };
  }

  #notebookChange(path: string): NotebookChange {
    const cells = [...(this.#cells.get(path) ?? [])].flatMap(([cell, text]): CellChange[] => {
      const edits = editsOf(text);
      return edits ? [{ cell, before: text.before, edits }] : [];
    });
    const outputs = [...(this.#outputs.get(path) ?? [])].map(([cell, { count, removed }]): OutputRemoval => ({
      ...{ cell, count },
      removed: [...removed].sort((a, b) => a.index - b.index),
    }));
    const change: NotebookChange = { kind: 'notebook', path, cells: cells.sort(byCell) };
    return outputs.length > 0 ? { ...change, outputs: outputs.sort(byCell) } : change;
  }

  #check(file: FileChange): void {
    const refuse = (what: string): never => {
      throw new Error(`${file.path}${what} is not the text that the change was made for`);
    };
    if (file.kind === 'create') {
      if (this.#created.has(file.path)) throw new Error(`${file.path} is there already`);
    } else if (file.kind === 'text') {
      const present = this.#created.get(file.path) ?? this.#texts.get(file.path)?.text;
      if (present !== undefined && present !== file.before) refuse('');
    } else {
      const cells = this.#cells.get(file.path);
      for (const { cell, before } of file.cells) {
        const present = cells?.get(cell)?.text;
        if (present !== undefined && present !== before) refuse(`, cell ${cell + 1},`);
      }
    }
  }

  #applyFile(file: FileChange): boolean {
    switch (file.kind) {
      case 'create':
        this.#created.set(file.path, file.content);
        return true;
      case 'text': {
        const made = this.#created.get(file.path);
        if (made === undefined) return edit(this.#texts, file.path, file.before, file.edits);
        const text = file.edits.apply(made);
        this.#created.set(file.path, text);
        return text !== made;
      }
      case 'notebook': {
        const cells = this.#cells.get(file.path) ?? new Map<number, DraftText>();
        this.#cells.set(file.path, cells);
        const edited = file.cells.map(({ cell, before, edits }) => edit(cells, cell, before, edits));
        const outputs = this.#outputs.get(file.path) ?? new Map<number, DraftOutputs>();
        this.#outputs.set(file.path, outputs);
        return [...edited, ...(file.outputs ?? []).map((removal) => remove(outputs, removal))].includes(true);
      }
    }
  }
}

function byCell(a: { readonly cell: number }, b: { readonly cell: number }): number {
  return a.cell - b.cell;
}

function remove(cells: Map<number, DraftOutputs>, { cell, count, removed }: OutputRemoval): boolean {
  const all = Array.from({ length: count }, (_, index) => index);
  const draft = cells.get(cell) ?? { count, left: all, removed: [] };
  cells.set(cell, draft);
  for (const { index, text } of removed) {
    const first = draft.left[index];
    if (first !== undefined) draft.removed.push({ index: first, text });
  }
  const gone = new Set(removed.map(({ index }) => index));
  draft.left = draft.left.filter((_, index) => !gone.has(index));
  return removed.length > 0;
}

function edit<Key>(texts: Map<Key, DraftText>, key: Key, before: string, edits: EditSet): boolean {
  const draft = texts.get(key) ?? { before, sets: [], text: before };
  const text = edits.apply(before);
  texts.set(key, draft);
  draft.sets.push(edits);
  draft.text = text;
  return text !== before;
}

function editsOf({ before, sets, text }: DraftText): EditSet | undefined {
  return text === before ? undefined : composeEdits(before.length, sets);
}
