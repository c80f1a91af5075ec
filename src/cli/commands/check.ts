import { RULES } from '../../rules/registry';
import { SEVERITIES, type Severity } from '../../rules/rule';
import type { Arguments } from '../args';
import { checkAll } from '../checking/checkAll';
import type { Command } from '../command';
import { Exit, type ExitStatus, UsageError } from '../exit';
import { findPrograms } from '../programs';
import { checkJson } from '../report/checkJson';
import { checkText } from '../report/checkText';
import { sarif } from '../report/sarif';

export const check: Command = {
  name: 'check',
  synopsis: '[PATH ...] [--fail-on SEVERITY] [--jobs N] [--format text|json|sarif]',
  summary: 'reports prototype patterns in every .py and .ipynb below the paths (default: .)',
  details: [
    'What .gitignore or the settings exclude is left out, and so are virtual environments, node_modules and checkpoints.',
    'A file that is named itself is always checked. A script or cell that is not Python 3 is noted on standard error and',
    'left out. Settings are in .graduate.yaml or in [tool.graduate] of pyproject.toml.',
  ].join('\n'),
  options: {
    'fail-on': {
      type: 'string',
      value: 'SEVERITY',
      help: 'hint, information, warning, error (default) or off: from where on findings make the exit status 1',
    },
    jobs: {
      type: 'string',
      value: 'N',
      help: 'so many files at a time (default: one, in big projects several)',
    },
    format: { type: 'string', value: 'text|json|sarif', help: 'how the result is printed (default: text)' },
  },
  async run(session, args): Promise<ExitStatus> {
    const format = args.choice('format', ['text', 'json', 'sarif']);
    const threshold = severityOf(args.text('fail-on') ?? 'error');
    const jobs = jobsOf(args);
    const found = await findPrograms(session, args.positionals);
    const results = await checkAll(session, found, { jobs, wantsDetails: format === 'sarif' });
    const checked = results.filter(({ diagnostics }) => diagnostics !== undefined);
    const diagnostics = checked.flatMap((result) => result.diagnostics ?? []);
    const report = { files: checked.length, diagnostics };
    if (format === 'json') session.io.out(checkJson(report));
    else if (format === 'text') session.io.out(checkText(report, session.io.outHasColour));
    else {
      const details = checked.flatMap((result) => result.details ?? []);
      session.io.out(sarif({ session, rules: RULES, diagnostics, details }));
    }
    if (session.hasFailed) return Exit.error;
    return diagnostics.some(({ severity }) => isAtLeast(severity, threshold)) ? Exit.findings : Exit.ok;
  },
};

function severityOf(text: string): Severity {
  const severity = SEVERITIES.find((each) => each === text);
  if (severity === undefined) {
    throw new UsageError(`--fail-on is hint, information, warning, error or off, not "${text}"`);
  }
  return severity;
}

function jobsOf(args: Arguments): number | undefined {
  const text = args.text('jobs');
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError(`--jobs is a number from 1 on, not "${text}"`);
  return Number(text);
}

/** With the threshold `off` no finding is bad enough. */
function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return threshold !== 'off' && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(threshold);
}
