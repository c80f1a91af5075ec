import { spawn } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import type { VerifyReport } from '../../verify/report';
import { reportPage } from '../../verify/reportText';
import type { ActiveProgram } from '../documents/activeProgram';
import type { Log } from '../log';
import { selectedInterpreter } from './interpreter';

const SCHEME = 'graduate-verify';
const PAGE = vscode.Uri.from({ scheme: SCHEME, path: '/Verify.md' });

/** What was known before the run, as the command line prints it. */
interface Plan {
  readonly effects: readonly { readonly kind: string; readonly detail: string }[];
}

/** Runs two programs through the command line, which the extension brings along, and shows the report as a page. */
export class Verifier implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #provider: vscode.Disposable;
  #page = '';

  /** @param cli The path of `cli.js`. */
  constructor(
    private readonly active: ActiveProgram,
    private readonly cli: string,
    private readonly log: Log,
  ) {
    this.#provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () => this.#page,
    });
  }

  /**
   * Asks for what is not given, and compares.
   *
   * @param original Undefined for a file that the user chooses.
   * @param converted Undefined for the program that the user is in.
   */
  async run(original?: vscode.Uri, converted?: vscode.Uri): Promise<VerifyReport | undefined> {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage(
        'Graduate: Verify runs your code, so it needs a trusted workspace.',
      );
      return undefined;
    }
    const second =
      converted ?? this.active.place?.program.uri ?? (await choose('The converted program', true));
    const first =
      original ?? (second && (await choose(`The original of ${vscode.workspace.asRelativePath(second)}`)));
    if (!first || !second) return undefined;
    if ([first, second].some(({ scheme }) => scheme !== 'file')) {
      void vscode.window.showWarningMessage('Graduate: Verify runs programs that are files on this machine.');
      return undefined;
    }
    if (!(await saved([first, second]))) return undefined;
    const programs = [first.fsPath, second.fsPath];
    const plan = JSON.parse(
      await this.#cli(['verify', ...programs, '--dry-run', '--format', 'json'], first),
    ) as Plan;
    const allowed = await askedFor(plan);
    if (!allowed) return undefined;
    const python = await selectedInterpreter(first);
    const options = [
      ...allowed.flatMap((kind) => ['--allow', kind]),
      ...(python ? ['--python', python] : []),
    ];
    const answer = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Graduate: running both programs',
        cancellable: true,
      },
      (_, token) => this.#cli(['verify', ...programs, ...options, '--format', 'json'], first, token),
    );
    if (answer === '') return undefined;
    const report = JSON.parse(answer) as VerifyReport;
    this.#page = reportPage(report);
    this.#changed.fire(PAGE);
    await vscode.commands.executeCommand('markdown.showPreview', PAGE);
    return report;
  }

  dispose(): void {
    this.#provider.dispose();
    this.#changed.dispose();
  }

  /** Runs the command line. Cancelled, it ends what it runs and gives nothing. */
  #cli(args: readonly string[], near: vscode.Uri, token?: vscode.CancellationToken): Promise<string> {
    const cwd =
      vscode.workspace.getWorkspaceFolder(near)?.uri.fsPath ?? vscode.Uri.joinPath(near, '..').fsPath;
    return new Promise((resolve, reject) => {
      // The host's own program is Electron, which runs scripts like Node when it is told to.
      const child = spawn(process.execPath, [this.cli, ...args], {
        cwd,
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, err, isCancelled] = ['', '', false];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
      const listener = token?.onCancellationRequested(() => {
        isCancelled = true;
        child.kill('SIGTERM');
      });
      child.once('error', reject);
      child.once('close', () => {
        listener?.dispose();
        if (err !== '') this.log.debug(err.trimEnd());
        if (isCancelled) resolve('');
        else if (out !== '') resolve(out);
        else
          reject(
            new Error(
              err
                .trimEnd()
                .split('\n')
                .at(-1)
                ?.replace(/^graduate: /, '') || 'it gave no answer',
            ),
          );
      });
    });
  }
}

/** Whether what is on the disk is what the editors show of the programs; asks whether it is to be saved. */
async function saved(programs: readonly vscode.Uri[]): Promise<boolean> {
  const isPartOf = ({ uri }: { readonly uri: vscode.Uri }): boolean =>
    programs.some(({ fsPath }) => uri.fsPath === fsPath || uri.fsPath.startsWith(`${fsPath}${path.sep}`));
  const documents = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'file');
  const unsaved = [...documents, ...vscode.workspace.notebookDocuments].filter(
    (document) => document.isDirty && isPartOf(document),
  );
  if (unsaved.length === 0) return true;
  const save = 'Save and Verify';
  const names = unsaved.map(({ uri }) => vscode.workspace.asRelativePath(uri));
  const answer = await vscode.window.showWarningMessage(
    `Graduate: Verify runs what is on the disk. ${unsaved.length} of the programs' files have unsaved changes: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' ...' : ''}`,
    save,
  );
  if (answer !== save) return false;
  for (const document of unsaved) if (!(await document.save())) return false;
  return true;
}

/** Asks before anything known is done outside the folder. @returns what is allowed; undefined to run nothing. */
async function askedFor({ effects }: Plan): Promise<readonly string[] | undefined> {
  if (effects.length === 0) return [];
  const shown = effects.slice(0, 15).map(({ kind, detail }) => `${kind}: ${detail}`);
  const more = effects.length > shown.length ? [`and ${effects.length - shown.length} more`] : [];
  const run = 'Run and Allow';
  const answer = await vscode.window.showWarningMessage(
    'Verify runs both programs, which reach outside the copy of their folder.',
    { modal: true, detail: [...shown, ...more].join('\n') },
    run,
  );
  return answer === run ? [...new Set(effects.map(({ kind }) => kind))] : undefined;
}

async function choose(title: string, mayBeFolder = false): Promise<vscode.Uri | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title,
      canSelectFolders: mayBeFolder,
      filters: { 'Scripts and notebooks': ['py', 'ipynb'] },
    })) ?? [];
  return chosen;
}
