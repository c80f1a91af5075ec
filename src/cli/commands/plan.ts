import fs from 'node:fs';
import path from 'node:path';
import type { PlanDocument } from '../../plan/document';
import { readPlan } from '../../plan/read';
import { planText } from '../../plan/write';
import { type PipelineReport, reportPipeline } from '../../refactorings/extract-pipeline/report';
import type { Arguments } from '../args';
import { type Command, FORMAT_OPTION } from '../command';
import { Exit, type ExitStatus, UsageError } from '../exit';
import { printable, shownPlace } from '../places';
import { shownPath } from '../paths';
import { readPlanFile } from '../planFile';
import { type ProgramFile, findPrograms, reportUnreadable } from '../programs';
import { hinted, planTable } from '../report/planReport';
import { Remarks } from '../results';
import type { Session } from '../session';
import { writeTogether } from '../write';

export const plan: Command = {
  name: 'plan',
  synopsis: 'FILE [--plan FILE] [--out FILE] [--format text|json]',
  summary: 'shows which statements would become which stage, and what stands against it',
  details: [
    '--out writes the plan as a YAML document to edit; "refactor extract-pipeline FILE --plan PLAN" follows it. If the',
    'document is there already, its decisions are kept: it is written anew only where the program has changed, and never',
    'where somebody has put comments into it.',
  ].join('\n'),
  options: {
    plan: { type: 'string', value: 'FILE', help: 'a plan that has decided already' },
    out: { type: 'string', value: 'FILE', help: 'where the plan is written' },
    ...FORMAT_OPTION,
  },
  async run(session, args): Promise<ExitStatus> {
    const format = args.choice('format', ['text', 'json']);
    const target = operand(args);
    const { programs } = await findPrograms(session, [target]);
    const [program] = programs;
    const analysis = await program?.project.analyze(program.path);
    if (program && analysis && 'reason' in analysis) reportUnreadable(session, program.shown, analysis);
    if (!program || !analysis || 'reason' in analysis) return Exit.error;

    const out = args.text('out');
    const isThere = out !== undefined && fs.existsSync(path.resolve(session.io.cwd, out));
    const file = args.text('plan') ?? (isThere ? out : undefined);
    const document =
      file === undefined ? undefined : readPlanFile(session, file, program.path, program.project.root);
    if (file !== undefined && !document) return Exit.error;

    const report = reportPipeline(analysis, undefined, document);
    if (report && 'reason' in report) return refused(session, program, report, format);
    if (!report) return nothing(session, program, format);
    const written = out === undefined ? [] : write(session, out, planText(report.plan));
    if (!written) return Exit.error;
    print(session, program, { report, written, document }, format);
    return session.hasFailed ? Exit.error : Exit.ok;
  },
};

function operand({ positionals }: Arguments): string {
  const [target, ...more] = positionals;
  if (target === undefined) throw new UsageError('plan needs a file');
  if (more.length > 0) throw new UsageError(`plan takes one file, not ${more.length + 1}`);
  return target;
}

/** Writes the document, unless it says what it has to say already. @returns What was written; undefined: a failure. */
function write(session: Session, out: string, text: string): readonly string[] | undefined {
  const absolute = path.resolve(session.io.cwd, out);
  const shown = shownPath(session.io.cwd, absolute);
  const before = fs.existsSync(absolute) ? fs.readFileSync(absolute) : undefined;
  const old = before?.toString('utf8');
  if (old === text) return [];
  const known = old === undefined ? undefined : readPlan(old).plan;
  if (old !== undefined && (!known || planText(known) !== old)) {
    const message = 'somebody has edited it beyond its values; write the plan to another file';
    session.problem({ path: shown, message });
    return undefined;
  }
  const failure = writeTogether([{ absolute, bytes: Buffer.from(text, 'utf8'), before }]);
  if (!failure) return [shown];
  session.problem({ path: shown, message: `not written: ${failure.reason}` });
  return undefined;
}

interface Result {
  readonly report: PipelineReport;
  readonly written: readonly string[];
  readonly document: PlanDocument | undefined;
}

function print(
  session: Session,
  { project }: ProgramFile,
  { report, written }: Result,
  format: 'text' | 'json',
): void {
  const remarks = new Remarks(session);
  remarks.add(project, report.notes, report.refusals);
  const { notes } = remarks;
  const refusals = hinted(remarks.refusals);
  if (format === 'json') {
    const { shape, shared, statements, plan: made } = report;
    const stages = report.stages.map(({ stage, cells, parameters, returns }, i) => ({
      name: stage.name,
      title: stage.title ?? null,
      phase: stage.phase ?? null,
      statements: stage.units.length,
      cells,
      parts: made.stages[i]?.parts.map(({ cell, lines, id, code }) => ({ cell, lines, id, code })),
      parameters,
      returns,
    }));
    const result = { version: 1, status: 'done', written, shape, className: made.className ?? null, stages };
    session.io.out(`${JSON.stringify({ ...result, shared, statements, notes, refusals })}\n`);
    return;
  }
  const lines = [...planTable(report, notes, refusals), ...written.map((file) => `wrote ${printable(file)}`)];
  session.io.out(lines.map((line) => `${line}\n`).join(''));
}

function refused(
  session: Session,
  { project }: ProgramFile,
  refusal: PipelineReport['refusals'][number],
  format: 'text' | 'json',
): ExitStatus {
  const remarks = new Remarks(session);
  remarks.add(project, [], [refusal]);
  const refusals = hinted(remarks.refusals);
  if (format === 'json') {
    session.io.out(
      `${JSON.stringify({ version: 1, status: 'refused', written: [], notes: [], refusals })}\n`,
    );
  } else {
    const lines = refusals.map((each) => `${shownPlace(each)}: refused: ${printable(each.reason)}\n`);
    session.io.out(`${lines.join('')}plan: refused, nothing was written\n`);
  }
  return Exit.refused;
}

function nothing(session: Session, { shown }: ProgramFile, format: 'text' | 'json'): ExitStatus {
  if (format === 'json') {
    session.io.out(
      `${JSON.stringify({ version: 1, status: 'nothing', written: [], notes: [], refusals: [] })}\n`,
    );
  } else session.io.out(`${printable(shown)}: nothing runs here that could become a stage\n`);
  return Exit.ok;
}
