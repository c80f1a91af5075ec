import * as vscode from 'vscode';
import { type PackageOrder, makePackage } from '../../actions/makePackage';
import type { PlanDocument } from '../../plan/document';
import type { PackageFile } from '../../packaging/request';
import type { Note } from '../../text/refusal';
import { baseName } from '../../text/workspace';
import type { OfferRunner } from '../actions/runner';
import type { Analyses, AnalyzedProgram } from '../analysis/analyses';
import type { OpenPrograms } from '../documents/openPrograms';
import type { Projects } from '../project/projects';
import type { Verifier } from '../verify/verifier';
import { type PackageTarget, askTarget } from './ask';
import { folderChange, folderState, keptPlan } from './folder';
import { installedFor } from './installed';

/** Where the answers are kept, by program. */
const ANSWERS = 'graduate.packages';

/** What a conversion works with. */
export interface ConversionParts {
  readonly programs: OpenPrograms;
  readonly analyses: Analyses;
  readonly projects: Projects;
  readonly runner: OfferRunner;
  readonly verifier: Verifier;
  readonly memory: vscode.Memento;
}

type Answers = Readonly<Record<string, { readonly name: string; readonly folder: string }>>;

/** Makes packages of programs: shown before anything is written, and compared with the original when it is. */
export class PackageConverter {
  constructor(private readonly parts: ConversionParts) {}

  /**
   * Asks for what is not given, and shows the package.
   *
   * @param plan What decides about stages, names and keys; undefined: the plan in the package's folder, if there is one.
   */
  async run(analyzed: AnalyzedProgram, plan?: PlanDocument, target?: PackageTarget): Promise<void> {
    const { uri, path } = analyzed.snapshot.program;
    if (!vscode.workspace.getWorkspaceFolder(uri)) {
      void vscode.window.showWarningMessage(
        `Graduate: ${baseName(path)} is in no folder of this window, so nobody knows which modules are its own. Open its folder first.`,
      );
      return;
    }
    const chosen = target ?? (await askTarget(uri, this.#known(uri)));
    if (!chosen) return;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: `Graduate: converting ${baseName(path)}`,
      cancellable: true,
    };
    const show = await vscode.window.withProgress(options, (_, token) =>
      this.#convert(analyzed, chosen, plan, token),
    );
    await show?.();
  }

  /** @returns How the result is shown; undefined if there is none. */
  async #convert(
    { snapshot: { program } }: AnalyzedProgram,
    { name, folder }: PackageTarget,
    plan: PlanDocument | undefined,
    token: vscode.CancellationToken,
  ): Promise<(() => Promise<void>) | undefined> {
    const { programs, analyses, projects, runner } = this.parts;
    const state = await folderState(folder);
    if (state.kind === 'taken') {
      return async () => void vscode.window.showWarningMessage(`Graduate: ${state.reason}.`);
    }
    // Which modules are the program's own has to be known, not guessed.
    await projects.load();
    const engine = await analyses.engine();
    const analyzed = await analyses.current(program);
    if (!analyzed || token.isCancellationRequested) return undefined;
    const title = `Convert ${baseName(program.path)} to the package ${name}`;
    const kept = plan || state.kind !== 'ours' ? undefined : await keptPlan(folder, state.manifest, programs);
    if (kept && 'obstacle' in kept) return async () => void vscode.window.showWarningMessage(kept.obstacle);
    const order: PackageOrder = {
      engine,
      modules: projects.modulesOf(program.uri, engine),
      source: analyzed.snapshot.source,
      name,
      originalFolder: wayBetween(folder, vscode.Uri.joinPath(program.uri, '..')),
      plan: plan ?? kept?.plan,
      installed: await installedFor(program.uri),
    };
    let outcome = makePackage(analyzed.analysis, order);
    if (outcome.status === 'refused' && kept && !kept.isEdited) {
      // Nobody has decided what stands in the way.
      outcome = makePackage(analyzed.analysis, { ...order, plan: undefined });
    }
    if (token.isCancellationRequested) return undefined;
    if (outcome.status === 'refused') {
      return async () => runner.explain({ notes: [], refusals: outcome.refusals }, title, analyzed);
    }
    const manifest = state.kind === 'ours' ? state.manifest : undefined;
    const { files, kept: edited } = await folderChange(
      folder,
      inReadingOrder(outcome.files),
      manifest,
      (uri) => programs.pathOf(uri),
    );
    if (token.isCancellationRequested) return undefined;
    await this.#remember(program.uri, { name, folder });
    const notes = [...outcome.notes, ...edited.map(keptNote)];
    if (files.length === 0) {
      return async () =>
        void vscode.window.showInformationMessage(
          `Graduate: ${vscode.workspace.asRelativePath(folder)} is what ${baseName(program.path)} becomes already.`,
        );
    }
    const done = { status: 'done' as const, change: { files }, notes, refusals: [] };
    const verify = {
      label: 'Verify',
      run: () => this.parts.verifier.run(program.uri, folder),
    };
    return () => runner.preview(done, title, verify);
  }

  #known(program: vscode.Uri): PackageTarget | undefined {
    const found = this.parts.memory.get<Answers>(ANSWERS)?.[program.toString()];
    return found && { name: found.name, folder: vscode.Uri.parse(found.folder) };
  }

  async #remember(program: vscode.Uri, { name, folder }: PackageTarget): Promise<void> {
    const known = this.parts.memory.get<Answers>(ANSWERS);
    const answer = { name, folder: folder.toString() };
    await this.parts.memory.update(ANSWERS, { ...known, [program.toString()]: answer });
  }
}

/** What one wants to see first of a package, and what last; modules of stages stand between. */
const FIRST = [/^src\/[^/]+\/pipeline\.py$/, /^notebooks\//];
const LAST = [
  /\/config\.yaml$/,
  /\/(?:config|state|__main__|__init__)\.py$/,
  /^tests\//,
  /^[^/]+$/,
  /\/py\.typed$/,
];

function inReadingOrder(files: readonly PackageFile[]): readonly PackageFile[] {
  const rank = ({ path }: PackageFile): number =>
    FIRST.some((pattern) => pattern.test(path)) ? -1 : 1 + LAST.findIndex((pattern) => pattern.test(path));
  return [...files].sort((a, b) => rank(a) - rank(b));
}

function keptNote(path: string): Note {
  return { path, cell: null, line: 0, message: 'was edited since it was written, and is kept' };
}

/** From one folder to another, with `/`; undefined where there is no such way. */
function wayBetween(from: vscode.Uri, to: vscode.Uri): string | undefined {
  if (from.scheme !== to.scheme || from.authority !== to.authority) return undefined;
  const [start, end] = [from, to].map(({ path }) => path.split('/').filter(Boolean)) as [string[], string[]];
  let shared = 0;
  while (shared < start.length && start[shared] === end[shared]) shared++;
  return [...start.slice(shared).map(() => '..'), ...end.slice(shared)].join('/') || '.';
}
