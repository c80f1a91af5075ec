import type { FixKind, Rule } from './rule';

export const RULE_PAGE_SCHEME = 'graduate-rule';

/** The address of a rule's page: the editor opens it, wherever Graduate is installed from. */
export function rulePageAddress(rule: string): string {
  return `${RULE_PAGE_SCHEME}:/${rule}.md`;
}

/** A rule's page as Markdown: the same in the editor, on the command line and under `docs/rules/`. */
export function rulePage({ name, family, severity, summary, page, fixes }: Rule): string {
  const code = (text: string): string => `\`\`\`python\n${text.trim()}\n\`\`\``;
  const sections = [
    `# ${name}`,
    `Reports ${summary}. Family: ${family}. Default severity: ${severity}. Fix: ${fixesText(fixes)}.`,
    `## What it reports\n\n${page.what}`,
    `## Why\n\n${page.why}`,
    `## Example\n\n${code(page.example)}`,
    `## Use instead\n\n${code(page.instead)}`,
    `## Fix safety\n\n${page.fixSafety}`,
    `## When not to use it\n\n${page.whenNot}`,
    `## Suppress\n\n\`# graduate: ignore[${name}]\` at the end of the line, or \`# graduate: ignore-file[${name}]\` at the top of the file or in the first cell.`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** `-` for a rule without a fix. */
export function fixesText(fixes: readonly FixKind[]): string {
  return fixes.length === 0 ? '-' : fixes.join(', ');
}
