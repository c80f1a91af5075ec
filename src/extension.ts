import * as vscode from 'vscode';
import { CodeActions } from './vscode/actions/codeActions';
import { FixAll } from './vscode/actions/fixAll';
import { FixOnSave } from './vscode/actions/fixOnSave';
import { OfferRunner } from './vscode/actions/runner';
import { Analyses } from './vscode/analysis/analyses';
import { EngineHost } from './vscode/analysis/engineHost';
import { Siblings } from './vscode/analysis/siblings';
import { ChangeHistory } from './vscode/change/history';
import { registerCommands } from './vscode/commands';
import { Publisher } from './vscode/diagnostics/publisher';
import { ActiveProgram } from './vscode/documents/activeProgram';
import { OpenPrograms } from './vscode/documents/openPrograms';
import { Log } from './vscode/log';
import { PackageConverter } from './vscode/package/convert';
import { PlanDocuments } from './vscode/plan/planDocuments';
import { registerPlanFeatures } from './vscode/plan/planFeatures';
import { ChangePreview } from './vscode/preview/preview';
import { ProjectScan } from './vscode/project/projectScan';
import { Projects } from './vscode/project/projects';
import { ScanThread } from './vscode/project/scanThread';
import { FactsPage } from './vscode/readiness/factsPage';
import { OpenFindings } from './vscode/readiness/findings';
import { ProjectFacts } from './vscode/readiness/projectFacts';
import { ReadinessView } from './vscode/readiness/view';
import { registerRulePages } from './vscode/rulePages';
import { SettingsFiles } from './vscode/settingsFiles';
import { Verifier } from './vscode/verify/verifier';

export function activate(context: vscode.ExtensionContext): void {
  const log = new Log();
  const host = new EngineHost(vscode.Uri.joinPath(context.extensionUri, 'dist'), log);
  const programs = new OpenPrograms();
  const projects = new Projects(programs, log);
  const settings = new SettingsFiles();
  const analyses = new Analyses(programs, host, projects, settings, log);
  const siblings = new Siblings(programs, analyses, log);
  const publisher = new Publisher(programs, analyses);
  const facts = new ProjectFacts(programs, analyses, log);
  const factsPage = new FactsPage(facts, programs);
  const openFindings = new OpenFindings(programs, publisher);
  const bundle = vscode.Uri.joinPath(context.extensionUri, 'dist').fsPath;
  const scan = new ProjectScan(projects, analyses, log, new ScanThread(bundle));
  const view = new ReadinessView(openFindings, facts, [scan]);
  const active = new ActiveProgram(programs);
  const history = new ChangeHistory(log);
  const preview = new ChangePreview(programs);
  const runner = new OfferRunner(programs, analyses, history, preview, log);
  const verifier = new Verifier(
    active,
    vscode.Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath,
    log,
  );
  const plans = new PlanDocuments(programs, analyses, log);
  const converter = new PackageConverter({
    ...{ programs, analyses, projects, runner, verifier },
    memory: context.workspaceState,
  });
  const fixAll = new FixAll(programs, analyses, runner, log);
  context.subscriptions.push(
    ...[log, programs, projects, settings, analyses, siblings, publisher, openFindings, facts, factsPage],
    ...[scan, view, active, preview, verifier, plans],
    ...registerPlanFeatures(plans),
    registerRulePages(),
    new CodeActions(programs, analyses, siblings, runner, log).register(),
    fixAll.register(),
    new FixOnSave(programs, fixAll),
    ...registerCommands({
      ...{ programs, analyses, siblings, runner, history, preview, log },
      ...{ active, publisher, fixAll, factsPage, verifier, converter, scan, plans },
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const doors = ['graduate.notebooks', 'graduate.exclude'];
      if (doors.some((setting) => event.affectsConfiguration(setting))) programs.refresh();
      if (event.affectsConfiguration('graduate.rules')) analyses.refresh();
      if (event.affectsConfiguration('graduate')) void scan.restart();
    }),
  );
  settings.onDidChange(() => void scan.restart());
  programs.start();
}
