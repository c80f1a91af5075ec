import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type PackageOrder, makePackage } from '../../actions/makePackage';
import type { PackageFile } from '../../packaging/request';
import { MANIFEST, type Manifest, PLAN_FILE, readManifest } from '../../packaging/manifest';
import { isPackageName, packageNameOf } from '../../packaging/name';
import type { PlanDocument } from '../../plan/document';
import { upkeepOf } from '../../packaging/upkeep';
import type { Arguments } from '../args';
import { type Command, FORMAT_OPTION } from '../command';
import { Exit, type ExitStatus, UsageError, systemReason } from '../exit';
import { installedFor } from '../installed';
import { shownPath, toSlashes } from '../paths';
import { readPlanFile } from '../planFile';
import { counted } from '../places';
import { type ProgramFile, findPrograms, reportUnreadable } from '../programs';
import { type ChangeResult, Remarks, printResult, statusOf } from '../results';
import { holdingSignals } from '../signals';
import { statOf } from '../../machine/stat';
import { type FileWrite, writeTogether } from '../write';

export const packageCommand: Command = {
  name: 'package',
  synopsis: 'FILE --out DIR [--name PKG] [--plan FILE] [--python EXE] [--keep-prints] [--format text|json]',
  summary: 'makes an installable package of a notebook or script',
  details: [
    'The original stays as it is. The exit status is 3 if the package would not do the same; then nothing is written and',
    'the reasons are printed. DIR is empty, or was written by this command: then files that nobody has edited since are',
    'replaced, and edited ones are kept and listed. DIR/plan.yaml says which statements went to which stage: edit it, or',
    'give another one with --plan, and convert again. Prints stay prints, with --keep-prints and without.',
  ].join('\n'),
  options: {
    out: { type: 'string', value: 'DIR', help: "the package's folder" },
    name: { type: 'string', value: 'PKG', help: "the package's name (default: the file's)" },
    plan: {
      type: 'string',
      value: 'FILE',
      help: 'a plan to follow (default: DIR/plan.yaml, if there is one)',
    },
    python: {
      type: 'string',
      value: 'EXE',
      help: 'whose installed versions are pinned (default: the active environment, else one beside FILE)',
    },
    'keep-prints': { type: 'boolean', help: 'leaves print as it is' },
    ...FORMAT_OPTION,
  },
  async run(session, args): Promise<ExitStatus> {
    const format = args.choice('format', ['text', 'json']);
    const [target, out] = operands(args);
    const folder = path.resolve(session.io.cwd, out);
    const before = outFolder(folder, out);
    const { programs } = await findPrograms(session, [target]);
    const [program] = programs;
    if (!program) return Exit.error;
    const analysis = await program.project.analyze(program.path);
    const source = await program.project.context.loadProgram(program.path);
    if ('reason' in analysis || !source) {
      reportUnreadable(session, program.shown, 'reason' in analysis ? analysis : { reason: 'no program' });
      return Exit.error;
    }
    const chosen = args.text('plan');
    const beside =
      before && fs.existsSync(path.join(folder, PLAN_FILE)) ? path.join(out, PLAN_FILE) : undefined;
    const file = chosen ?? beside;
    const document =
      file === undefined ? undefined : readPlanFile(session, file, program.path, program.project.root);
    if (file !== undefined && !document) return Exit.error;
    const order: PackageOrder = {
      engine: program.project.engine,
      modules: program.project.modules,
      source,
      name: packageName(args.text('name'), target),
      originalFolder: originalFrom(folder, program),
      plan: document,
      installed: installedFor(args.text('python'), program, session),
    };
    let outcome = makePackage(analysis, order);
    if (outcome.status === 'refused' && chosen === undefined && document && !isEdited(document, before)) {
      // Nobody has decided what stands in the way.
      outcome = makePackage(analysis, { ...order, plan: undefined });
    }
    const remarks = new Remarks(session);
    if (outcome.status === 'refused') {
      remarks.add(program.project, [], outcome.refusals);
      const result = resultOf(remarks, 'refused', []);
      printResult(session, result, format, 'package: refused, nothing was written');
      return statusOf(session, result);
    }
    remarks.add(program.project, outcome.notes, []);
    const { writes, kept } = writesOf(folder, outcome.files, before);
    const failure = holdingSignals(() => writeTogether(writes));
    if (failure) {
      session.problem({
        path: shownPath(session.io.cwd, failure.absolute),
        message: `not written: ${failure.reason}`,
      });
      return Exit.error;
    }
    const shown = (absolute: string): string => shownPath(session.io.cwd, absolute);
    const result: ChangeResult = {
      ...resultOf(remarks, 'done', writes.map(({ absolute }) => shown(absolute)).sort()),
      notes: [
        ...remarks.notes,
        ...kept.map((absolute) => ({
          path: shown(absolute),
          cell: null,
          line: 0,
          message: 'was edited since it was written, and is kept',
        })),
      ],
    };
    printResult(
      session,
      result,
      format,
      `package: wrote ${counted(writes.length, 'file')} to ${shown(folder)}`,
    );
    return statusOf(session, result);
  },
};

function resultOf(
  remarks: Remarks,
  status: ChangeResult['status'],
  written: readonly string[],
): ChangeResult {
  return { status, written, notes: remarks.notes, refusals: remarks.refusals, diff: undefined };
}

function operands(args: Arguments): [file: string, out: string] {
  const [file, ...more] = args.positionals;
  if (file === undefined) throw new UsageError('package needs a file');
  if (more.length > 0) throw new UsageError(`package takes one file, not ${more.length + 1}`);
  const out = args.text('out');
  if (out === undefined) throw new UsageError('package needs --out DIR');
  return [file, out];
}

/** @throws {UsageError} for a name that Python cannot import. */
function packageName(given: string | undefined, file: string): string {
  if (given !== undefined && !isPackageName(given)) {
    throw new UsageError(`--name is a name that Python can import, not "${given}"`);
  }
  return given ?? packageNameOf(path.basename(file));
}

/**
 * What Graduate has written to the folder before; undefined for a folder that is empty or not there.
 *
 * @throws {UsageError} for anything else.
 */
function outFolder(folder: string, shown: string): Manifest | undefined {
  const stat = statOf(folder);
  if (!stat) return undefined;
  if (!stat.isDirectory()) throw new UsageError(`--out: ${shown} is no folder`);
  try {
    if (fs.readdirSync(folder).length === 0) return undefined;
    const text = fs.readFileSync(path.join(folder, MANIFEST), 'utf8');
    const manifest = readManifest(text);
    if (manifest) return manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new UsageError(`--out: ${shown}: ${systemReason(error)}`);
    }
  }
  throw new UsageError(`--out: ${shown} is not empty, and was not written by graduate package`);
}

/** What is to be written, and what stays because somebody has edited it. */
function writesOf(
  folder: string,
  files: readonly PackageFile[],
  manifest: Manifest | undefined,
): { readonly writes: readonly FileWrite[]; readonly kept: readonly string[] } {
  const absoluteOf = (name: string): string => path.join(folder, ...name.split('/'));
  const bytesOf = (name: string): Buffer | undefined => {
    const absolute = absoluteOf(name);
    return statOf(absolute)?.isFile() ? fs.readFileSync(absolute) : undefined;
  };
  const { writes, kept } = upkeepOf(files, {
    manifest,
    digestOf: (name) => {
      const bytes = bytesOf(name);
      return bytes && digestOf(bytes);
    },
    digestOfText: (content) => digestOf(Buffer.from(content, 'utf8')),
  });
  return {
    writes: writes.map(({ path: name, content }) => ({
      absolute: absoluteOf(name),
      bytes: Buffer.from(content, 'utf8'),
      before: bytesOf(name),
    })),
    kept: kept.map(absoluteOf),
  };
}

/** Whether somebody has changed the plan that was written with a package. */
function isEdited({ text }: PlanDocument, manifest: Manifest | undefined): boolean {
  return manifest?.[PLAN_FILE] !== digestOf(Buffer.from(text, 'utf8'));
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function originalFrom(folder: string, program: ProgramFile): string | undefined {
  const original = path.dirname(path.join(program.project.root, ...program.path.split('/')));
  const relative = path.relative(folder, original);
  return path.isAbsolute(relative) ? undefined : toSlashes(relative);
}
