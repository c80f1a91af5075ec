import path from 'node:path';
import type { Analysis } from '../../actions/engine';
import type { Offer, OfferTarget, Outcome } from '../../actions/offer';
import { actionNamed, resolveOffer } from '../../actions/table';
import type { ShapeChoice } from '../../refactorings/extract-pipeline';
import type { Selected } from '../../refactorings/extract-function/selection';
import type { PlanDocument } from '../../plan/document';
import type { Arguments } from '../args';
import { type Command, FORMAT_OPTION } from '../command';
import { Exit, type ExitStatus, UsageError } from '../exit';
import { counted } from '../places';
import { readPlanFile } from '../planFile';
import { type ProgramFile, findPrograms, reportUnreadable } from '../programs';
import { type ChangeResult, Remarks, diffOf, printResult, statusOf, writeChanges } from '../results';
import { projectRoot } from '../root';
import type { Session } from '../session';
import { statOf } from '../../machine/stat';
import { LATER_REFACTORINGS } from './later';

/** Refactorings that take whole programs, by their name in the actions table. */
const PROGRAM_REFACTORINGS: readonly string[] = [
  'paths-to-config',
  'extract-pipeline',
  'add-main',
  'extract-function',
  'globals-to-class',
];

export const refactor: Command = {
  name: 'refactor',
  synopsis: 'NAME FILE|FOLDER [--lines A-B | --cells A-B] [--diff] [--format text|json]',
  summary: `applies one refactoring: ${PROGRAM_REFACTORINGS.join(', ')}`,
  details: [
    'The exit status is 3 if it would not be safe; then nothing is written and the reasons are printed. Only files of',
    'the project are read and written: those below the nearest folder upwards that has .git, pyproject.toml or the',
    'like, else below the folder of FILE.',
  ].join('\n'),
  options: {
    lines: { type: 'string', value: 'A-B', help: 'extract-function: these lines of a script, one-based' },
    cells: { type: 'string', value: 'A-B', help: 'extract-function: these cells of a notebook, one-based' },
    shape: {
      type: 'string',
      value: 'SHAPE',
      help: 'extract-pipeline: auto, class or functions (default: auto)',
    },
    plan: { type: 'string', value: 'FILE', help: 'extract-pipeline: a plan, see "graduate plan --help"' },
    diff: { type: 'boolean', help: 'writes nothing and prints what would change' },
    ...FORMAT_OPTION,
  },
  unavailable(words) {
    const [name = ''] = words.filter((word) => !word.startsWith('-'));
    return LATER_REFACTORINGS.has(name) ? `refactor ${name} is not available yet` : undefined;
  },
  async run(session, args): Promise<ExitStatus> {
    const format = args.choice('format', ['text', 'json']);
    const [name, target, shape] = operands(args);
    const range = rangeOf(args, name);
    const isFolder = statOf(path.resolve(session.io.cwd, target))?.isDirectory() ?? false;
    // Programs that are changed together share what bounds them, also where a folder below has a project of its own.
    const root = isFolder ? path.resolve(session.io.cwd, target) : undefined;
    const { programs, projects } = await findPrograms(session, [target], {
      root: root && (projectRoot(root) ?? root),
      isWriting: true,
    });
    const analyses = await analyzeAll(session, programs);
    const [first] = analyses;
    if (!first && session.hasFailed) return Exit.error;
    const planFile = args.text('plan');
    const plan =
      planFile === undefined || !first
        ? undefined
        : readPlanFile(session, planFile, first.program.path, first.program.project.root);
    if (planFile !== undefined && first && !plan) return Exit.error;
    const outcome = first ? await resolved(name, first, analyses, { isFolder, shape, range, plan }) : NOTHING;

    const remarks = new Remarks(session);
    const project = first?.program.project;
    const refused = project && outcome.status === 'done' ? project.overlay.apply(outcome.change) : [];
    if (project) remarks.add(project, outcome.notes, [...outcome.refusals, ...refused]);
    const diff = args.flag('diff') ? diffOf(session, projects) : undefined;
    const written = diff === undefined ? writeChanges(session, projects) : [];
    const status = refused.length > 0 ? 'refused' : outcome.status;
    const { notes, refusals } = remarks;
    const result: ChangeResult = {
      status,
      written,
      notes: status === 'refused' ? [] : notes,
      refusals,
      diff,
    };
    // Files could not be written: that was reported, and "done" would be a lie.
    if (status === 'done' && diff === undefined && written.length === 0) return Exit.error;
    printResult(session, result, format, summaryOf(name, result));
    return statusOf(session, result);
  },
};

const NOTHING: Outcome = { status: 'nothing', notes: [], refusals: [] };

interface Analysed {
  readonly program: ProgramFile;
  readonly analysis: Analysis;
}

/** The refactoring and what it is applied to. */
function operands(args: Arguments): [name: string, target: string, shape: ShapeChoice | undefined] {
  const [name, target, ...more] = args.positionals;
  if (name === undefined) throw new UsageError('refactor needs a name and a file');
  if (!PROGRAM_REFACTORINGS.includes(name) || !actionNamed(name)) {
    const known = [...PROGRAM_REFACTORINGS, ...LATER_REFACTORINGS].join(', ');
    throw new UsageError(`there is no refactoring "${name}"; there are: ${known}`);
  }
  if (target === undefined) throw new UsageError(`refactor ${name} needs a file or folder`);
  if (more.length > 0)
    throw new UsageError(`refactor ${name} takes one file or folder, not ${more.length + 1}`);
  const shape = args.text('shape');
  if (shape !== undefined && name !== 'extract-pipeline') {
    throw new UsageError(`refactor ${name} takes no --shape`);
  }
  if (args.text('plan') !== undefined && name !== 'extract-pipeline') {
    throw new UsageError(`refactor ${name} takes no --plan`);
  }
  if (shape !== undefined && !isShape(shape)) {
    throw new UsageError(`--shape is auto, class or functions, not "${shape}"`);
  }
  return [name, target, shape];
}

function isShape(text: string): text is ShapeChoice {
  return ['auto', 'class', 'functions'].includes(text);
}

interface Choices {
  readonly plan: PlanDocument | undefined;
  readonly isFolder: boolean;
  readonly shape: ShapeChoice | undefined;
  readonly range: Range | undefined;
}

interface Range {
  readonly of: 'lines' | 'cells';
  /** Zero-based, both ends included. */
  readonly first: number;
  readonly last: number;
}

/** What `--lines` or `--cells` names; only a refactoring of a selection takes them, and needs one. */
function rangeOf(args: Arguments, name: string): Range | undefined {
  const given = (['lines', 'cells'] as const).filter((option) => args.text(option) !== undefined);
  const [of, second] = given;
  const isOfSelection = name === 'extract-function';
  if (of !== undefined && !isOfSelection) throw new UsageError(`refactor ${name} takes no --${of}`);
  if (!isOfSelection) return undefined;
  if (of === undefined) throw new UsageError(`refactor ${name} needs --lines A-B or --cells A-B`);
  if (second !== undefined) throw new UsageError('--lines and --cells cannot both be given');
  const text = args.text(of) ?? '';
  const [, first = '', last = first] = /^([1-9]\d*)(?:-([1-9]\d*))?$/.exec(text) ?? [];
  if (first === '' || Number(last) < Number(first)) {
    throw new UsageError(`--${of} is a range of numbers from 1, as in 3-8, not "${text}"`);
  }
  return { of, first: Number(first) - 1, last: Number(last) - 1 };
}

/** The selection in a program. */
function selectedBy({ of, first, last }: Range, { shown }: ProgramFile, { facts }: Analysis): Selected {
  const isNotebook = facts.cells.some(({ cell }) => cell.index !== null);
  if (isNotebook !== (of === 'cells')) {
    const kind = isNotebook ? 'a notebook, which takes --cells' : 'no notebook, and takes --lines';
    throw new UsageError(`${shown} is ${kind}`);
  }
  return of === 'cells' ? { type: 'cells', first, last } : { type: 'lines', cell: null, first, last };
}

async function analyzeAll(session: Session, programs: readonly ProgramFile[]): Promise<readonly Analysed[]> {
  const analysed: Analysed[] = [];
  for (const program of programs) {
    const analysis = await program.project.analyze(program.path);
    if ('reason' in analysis) reportUnreadable(session, program.shown, analysis);
    else analysed.push({ program, analysis });
  }
  return analysed;
}

/**
 * Computes the edit. The offer is made here and not asked for: a disabled one has a reason without a place, and the
 * refusals of an edit have both.
 */
function resolved(
  name: string,
  { program, analysis }: Analysed,
  all: readonly Analysed[],
  { isFolder, shape, range, plan }: Choices,
): Promise<Outcome> {
  const paths = all.map((each) => each.program.path);
  const target: OfferTarget = range
    ? { type: 'selection', selected: selectedBy(range, program, analysis) }
    : isFolder
      ? { type: 'programs', paths }
      : { type: 'program', shape, plan };
  const offer: Offer = {
    id: name,
    title: name,
    kind: 'refactor',
    codeActionKind: 'refactor',
    isPreferred: false,
    disabled: undefined,
    findings: analysis.findings,
    target,
  };
  return resolveOffer(offer, analysis, program.project.context);
}

function summaryOf(name: string, { status, written, refusals, diff }: ChangeResult): string {
  if (status === 'refused') return `${name}: refused, nothing was written`;
  if (status === 'nothing') return `${name}: nothing to do here`;
  const left = refusals.length > 0 ? `; ${counted(refusals.length, 'place')} left alone` : '';
  return `${name}: ${diff === undefined ? `wrote ${counted(written.length, 'file')}` : 'nothing was written'}${left}`;
}
