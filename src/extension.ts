import * as vscode from 'vscode';
import { CodeActions } from './vscode/actions/codeActions';
import { OfferRunner } from './vscode/actions/runner';
import { Analyses } from './vscode/analysis/analyses';
import { EngineHost } from './vscode/analysis/engineHost';
import { Siblings } from './vscode/analysis/siblings';
import { ChangeHistory } from './vscode/change/history';
import { registerCommands } from './vscode/commands';
import { Publisher } from './vscode/diagnostics/publisher';
import { OpenPrograms } from './vscode/documents/openPrograms';
import { Log } from './vscode/log';
import { ChangePreview } from './vscode/preview/preview';
import { Projects } from './vscode/project/projects';
import { ReadinessView } from './vscode/readiness/view';
import { registerRulePages } from './vscode/rulePages';

export function activate(context: vscode.ExtensionContext): void {
  const log = new Log();
  const host = new EngineHost(vscode.Uri.joinPath(context.extensionUri, 'dist'), log);
  const programs = new OpenPrograms();
  const projects = new Projects(programs, log);
  const analyses = new Analyses(programs, host, projects, log);
  const siblings = new Siblings(programs, analyses, log);
  const publisher = new Publisher(programs, analyses);
  const view = new ReadinessView(programs, publisher);
  const history = new ChangeHistory(log);
  const preview = new ChangePreview(programs);
  const runner = new OfferRunner(programs, analyses, history, preview, log);
  context.subscriptions.push(
    ...[log, programs, projects, analyses, siblings, publisher, view, preview],
    registerRulePages(),
    new CodeActions(programs, analyses, siblings, runner, log).register(),
    ...registerCommands({ programs, analyses, siblings, runner, history, preview, log }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('graduate.notebooks')) programs.refresh();
      if (event.affectsConfiguration('graduate.rules')) analyses.refresh();
    }),
  );
  programs.start();
}
