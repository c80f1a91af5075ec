import { fixesText, rulePage } from '../../rules/page';
import { RULES, ruleNamed } from '../../rules/registry';
import type { Rule } from '../../rules/rule';
import { type Command, FORMAT_OPTION } from '../command';
import { Exit, type ExitStatus, UsageError } from '../exit';

export const rules: Command = {
  name: 'rules',
  synopsis: '[NAME] [--format text|json]',
  summary: 'the catalogue of rules, or the page of one',
  options: FORMAT_OPTION,
  run(session, args): Promise<ExitStatus> {
    const format = args.choice('format', ['text', 'json']);
    const [name, ...more] = args.positionals;
    if (more.length > 0) throw new UsageError('rules takes one name');
    const one = name === undefined ? undefined : ruleNamed(name);
    if (name !== undefined && !one)
      throw new UsageError(`there is no rule "${name}"; "graduate rules" lists them`);
    const listed = one ? [one] : RULES;
    if (format === 'json') session.io.out(json(listed, one !== undefined));
    else session.io.out(one ? listed.map(rulePage).join('') : table(listed));
    return Promise.resolve(Exit.ok);
  },
};

function json(listed: readonly Rule[], hasPage: boolean): string {
  const list = listed.map(({ name, family, severity, summary, page, fixes }) => ({
    ...{ name, family, severity, summary, fixes },
    ...(hasPage ? { page } : {}),
  }));
  return `${JSON.stringify({ version: 1, rules: list })}\n`;
}

function table(listed: readonly Rule[]): string {
  const rows = [
    ['rule', 'severity', 'fix', 'reports'],
    ...listed.map((rule) => [rule.name, rule.severity, fixesText(rule.fixes), rule.summary]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
