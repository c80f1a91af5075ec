import type { Analysis } from '../../actions/engine';
import { SEVERITIES, type Severity } from '../../rules/rule';
import { type Command, FORMAT_OPTION } from '../command';
import { type Diagnostic, diagnosticsOf } from '../diagnostics';
import { Exit, type ExitStatus, UsageError } from '../exit';
import { placeAt } from '../places';
import { Progress } from '../progress';
import { type ProgramFile, findPrograms, reportUnreadable } from '../programs';
import type { Session } from '../session';
import { checkJson } from '../report/checkJson';
import { checkText } from '../report/checkText';

export const check: Command = {
  name: 'check',
  synopsis: '[PATH ...] [--fail-on SEVERITY] [--format text|json]',
  summary: 'reports prototype patterns in every .py and .ipynb below the paths (default: .)',
  details: [
    'What .gitignore names is left out, and so are virtual environments, node_modules and checkpoints. A file that is',
    'named itself is always checked. A script or cell that is not Python 3 is noted on standard error and left out.',
  ].join('\n'),
  options: {
    'fail-on': {
      type: 'string',
      value: 'SEVERITY',
      help: 'hint, information, warning or error: findings from here on make the exit status 1 (default: error)',
    },
    ...FORMAT_OPTION,
  },
  async run(session, args): Promise<ExitStatus> {
    const format = args.choice('format', ['text', 'json']);
    const threshold = severityOf(args.text('fail-on') ?? 'error');
    const { programs } = await findPrograms(session, args.positionals);
    const diagnostics: Diagnostic[] = [];
    let files = 0;
    const progress = new Progress(session.io, 'checking', programs.length);
    for (const program of programs) {
      progress.step(program.shown);
      const found = await guarded(session, program);
      if (!found) continue;
      files++;
      diagnostics.push(...found);
    }
    progress.end();
    const report = format === 'json' ? checkJson : checkText;
    session.io.out(report({ files, diagnostics }, session.io.outHasColour));
    if (session.hasFailed) return Exit.error;
    return diagnostics.some(({ severity }) => rank(severity) >= rank(threshold)) ? Exit.findings : Exit.ok;
  },
};

function severityOf(text: string): Severity {
  const severity = SEVERITIES.find((each) => each === text && each !== 'off');
  if (severity === undefined) {
    throw new UsageError(`--fail-on is hint, information, warning or error, not "${text}"`);
  }
  return severity;
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** One file that Graduate itself stumbles over must not hide the others. */
async function guarded(session: Session, program: ProgramFile): Promise<readonly Diagnostic[] | undefined> {
  try {
    const analysis = await program.project.analyze(program.path);
    if ('reason' in analysis) {
      reportUnreadable(session, program.shown, analysis);
      return undefined;
    }
    noteProblems(session, program, analysis);
    for (const { error } of analysis.failures) session.internalError(error, program.shown);
    return diagnosticsOf(analysis, program.shown);
  } catch (error) {
    session.internalError(error, program.shown);
    return undefined;
  }
}

/** Old code is no failure, but silence about it would look like praise. */
function noteProblems(session: Session, { shown }: ProgramFile, { facts }: Analysis): void {
  for (const { cell, syntax, lines } of facts.cells) {
    if (!syntax.problem) continue;
    const { message, offset } = syntax.problem;
    session.note(placeAt(shown, cell.index, lines.positionAt(offset)), `${message}, not checked`);
  }
}
