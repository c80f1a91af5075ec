import * as vscode from 'vscode';
import type { Change } from '../../text/change';
import { type AppliedChange, effectOf } from '../change/applied';
import { applyBound } from '../change/apply';
import { type BoundChange, bindChange } from '../change/bind';
import type { OpenPrograms } from '../documents/openPrograms';
import { type FileSides, sidesOf } from './sides';

const SCHEME = 'graduate-preview';
const IS_SHOWN = 'graduate.isPreviewing';

interface Shown {
  readonly title: string;
  readonly tabTitle: string;
  readonly bound: BoundChange;
  readonly onApplied: (change: AppliedChange) => void;
}

/** Shows a change in VS Code's multi-file diff editor, and applies it when the user says so. One at a time. */
export class ChangePreview implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: vscode.Disposable[];
  #count = 0;
  #shown: Shown | undefined;

  constructor(private readonly programs: OpenPrograms) {
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        const shown = this.#shown;
        if (shown && closed.some((tab) => isTabOf(tab, shown))) this.#forget();
      }),
    ];
  }

  /** @param onApplied Called when the user has applied it. */
  async show(change: Change, title: string, onApplied: (change: AppliedChange) => void): Promise<void> {
    await this.discard();
    const bound = await bindChange(change, this.programs);
    if ('obstacle' in bound) {
      void vscode.window.showWarningMessage(`Graduate: nothing to preview: ${bound.obstacle}.`);
      return;
    }
    const number = ++this.#count;
    const tabTitle = `Preview: ${title}`;
    this.#shown = { title, tabTitle, bound, onApplied };
    const resources = sidesOf(bound).map((sides) => this.#resource(sides, number));
    await vscode.commands.executeCommand('setContext', IS_SHOWN, true);
    await vscode.commands.executeCommand('vscode.changes', tabTitle, resources);
    void this.#ask(this.#shown);
  }

  async apply(): Promise<void> {
    const shown = this.#shown;
    if (!shown) return;
    const applied = await applyBound(shown.bound, shown.title);
    await this.discard();
    if ('obstacle' in applied) {
      void vscode.window.showWarningMessage(
        `Graduate: "${shown.title}" was not applied: ${applied.obstacle}. Preview it again.`,
      );
    } else shown.onApplied(applied);
  }

  /** Closes the preview and changes nothing. */
  async discard(): Promise<void> {
    const shown = this.#shown;
    if (!shown) return;
    this.#forget();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter((tab) => isTabOf(tab, shown)));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #resource(sides: FileSides, number: number): [vscode.Uri, vscode.Uri | undefined, vscode.Uri] {
    const side = (which: string, text: string): vscode.Uri => {
      // The same path on both sides: VS Code would take another one for a renamed file.
      const folder = vscode.workspace.asRelativePath(sides.uri).replace(/[^/]*$/, '');
      const path = `/${folder}${sides.name}`.replace(/^\/+/, '/');
      const uri = vscode.Uri.from({ scheme: SCHEME, path, query: `${number}-${which}` });
      this.#texts.set(uri.toString(), text);
      return uri;
    };
    const before = sides.before === undefined ? undefined : side('before', sides.before);
    return [sides.uri, before, side('after', sides.after)];
  }

  async #ask(shown: Shown): Promise<void> {
    const [apply, discard] = ['Apply', 'Discard'];
    const effect = effectOf(shown.bound, ['change', 'create']);
    const choice = await vscode.window.showInformationMessage(
      `Graduate: "${shown.title}" would ${effect}. Nothing is written yet.`,
      apply,
      discard,
    );
    if (this.#shown !== shown) return;
    if (choice === apply) await this.apply();
    else if (choice === discard) await this.discard();
  }

  #forget(): void {
    this.#shown = undefined;
    this.#texts.clear();
    void vscode.commands.executeCommand('setContext', IS_SHOWN, false);
  }
}

/** VS Code does not say what a multi-file diff shows; it appends the number of files to the title. */
function isTabOf(tab: vscode.Tab, { tabTitle }: Shown): boolean {
  return tab.label.startsWith(tabTitle);
}
