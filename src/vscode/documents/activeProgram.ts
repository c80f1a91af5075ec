import * as vscode from 'vscode';
import type { OpenPrograms } from './openPrograms';
import type { OpenProgram } from './snapshot';

/** For menus and the walkthrough: a script or notebook is open. */
const HAS_PROGRAM = 'graduate.hasProgram';

/** The program that the user is in, and where. */
export interface ActivePlace {
  readonly program: OpenProgram;
  /** The script, or the cell that is selected. */
  readonly document: vscode.TextDocument | undefined;
  /** Undefined where the cursor is in no editor of it. */
  readonly selection: vscode.Selection | undefined;
}

/**
 * Knows which script or notebook the user is in, or was in last: a tree, a page or the walkthrough that has the focus
 * is about that one.
 */
export class ActiveProgram implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  #last: vscode.Uri | undefined;

  constructor(private readonly programs: OpenPrograms) {
    this.#subscriptions = [
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        const program = editor && programs.of(editor.document);
        if (program) this.#last = program.uri;
      }),
      vscode.window.onDidChangeActiveNotebookEditor((editor) => {
        if (editor) this.#last = editor.notebook.uri;
      }),
      programs.onDidOpen(() => this.#update()),
      programs.onDidClose(() => this.#update()),
    ];
  }

  /** Undefined where no program is open. */
  get place(): ActivePlace | undefined {
    const editor = vscode.window.activeTextEditor;
    const inEditor = editor && this.programs.of(editor.document);
    if (inEditor) return { program: inEditor, document: editor.document, selection: editor.selection };
    const notebookEditor = vscode.window.activeNotebookEditor;
    const active = notebookEditor && this.programs.byUri(notebookEditor.notebook.uri);
    const program = active ?? this.#lastOne();
    return program && { program, document: documentOf(program), selection: undefined };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #lastOne(): OpenProgram | undefined {
    const last = this.#last && this.programs.byUri(this.#last);
    const visible = [
      ...vscode.window.visibleNotebookEditors.map(({ notebook }) => notebook.uri),
      ...vscode.window.visibleTextEditors.map(({ document }) => document.uri),
    ];
    return last ?? visible.map((uri) => this.programs.byUri(uri)).find(Boolean) ?? this.programs.all.at(-1);
  }

  #update(): void {
    void vscode.commands.executeCommand('setContext', HAS_PROGRAM, this.programs.all.length > 0);
  }
}

function documentOf(program: OpenProgram): vscode.TextDocument | undefined {
  if (program.kind === 'script') return program.document;
  const { notebook } = program;
  const editor = vscode.window.visibleNotebookEditors.find((candidate) => candidate.notebook === notebook);
  const [selected] = editor?.selections ?? [];
  return selected && selected.start < notebook.cellCount
    ? notebook.cellAt(selected.start).document
    : undefined;
}
