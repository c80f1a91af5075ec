import type { Rule } from '../rules/rule';

/** A rule's page. */
export function ruleMarkdown({ name, family, severity, summary, page }: Rule): string {
  const sections: readonly (readonly [string, string])[] = [
    ['What it reports', page.what],
    ['Why', page.why],
    ['Example', python(page.example)],
    ['Use instead', python(page.instead)],
    ['Fix', page.fixSafety],
    ['When not to use it', page.whenNot],
    [
      'Suppress',
      `\`# graduate: ignore[${name}]\` at the end of the line, or \`# graduate: ignore-file[${name}]\` at the top.`,
    ],
  ];
  const body = sections.map(([title, text]) => `## ${title}\n\n${text.trim()}\n`).join('\n');
  return `# ${name}\n\nReports ${summary}.\n\nFamily: ${family}. Default severity: ${severity}.\n\n${body}`;
}

function python(code: string): string {
  return `\`\`\`python\n${code.trim()}\n\`\`\``;
}
