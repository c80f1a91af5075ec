import type { FixKind, Rule } from '../rules/rule';

/** A rule's page as Markdown. */
export function rulePage(rule: Rule, fixes: readonly FixKind[]): string {
  const { name, family, severity, summary, page } = rule;
  const code = (text: string): string => `\`\`\`python\n${text.replace(/\n*$/, '\n')}\`\`\``;
  const sections = [
    `# ${name}`,
    `*${family}*, ${severity}, fix: ${fixesText(fixes)}. Reports ${summary}.`,
    page.what,
    `## Why\n\n${page.why}`,
    `## Example\n\n${code(page.example)}`,
    `## Use instead\n\n${code(page.instead)}`,
    `## Fix safety\n\n${page.fixSafety}`,
    `## When not to use it\n\n${page.whenNot}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

export function fixesText(fixes: readonly FixKind[]): string {
  return fixes.length === 0 ? '-' : fixes.join(', ');
}
