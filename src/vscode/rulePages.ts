import * as vscode from 'vscode';
import { RULE_PAGE_SCHEME, rulePage } from '../rules/page';
import { ruleNamed } from '../rules/registry';

/** Where a rule's page is: a document that is made from the rule itself, so it never disagrees with what runs. */
export function rulePageUri(rule: string): vscode.Uri {
  return vscode.Uri.from({ scheme: RULE_PAGE_SCHEME, path: `/${rule}.md` });
}

/** Opens a rule's page as rendered Markdown. */
export async function openRulePage(rule: string): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', rulePageUri(rule));
}

export function registerRulePages(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(RULE_PAGE_SCHEME, {
    provideTextDocumentContent: ({ path }) => {
      const name = path.replace(/^\//, '').replace(/\.md$/, '');
      const rule = ruleNamed(name);
      return rule ? rulePage(rule) : `# ${name}\n\nThere is no such rule.\n`;
    },
  });
}
