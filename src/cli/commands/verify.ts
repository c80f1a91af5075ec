import path from 'node:path';
import type { Engine } from '../../actions/engine';
import { textOf } from '../../program/program';
import { translatedCells } from '../../verify/cells';
import type { VerifyReport } from '../../verify/report';
import { reportLines } from '../../verify/reportText';
import type { Side } from '../../verify/run';
import { type Setting, parseSetting } from '../../verify/setting';
import { stageOf } from '../../verify/stageOf';
import { verify as compare } from '../../verify/verify';
import type { Arguments } from '../args';
import { type Command, FORMAT_OPTION } from '../command';
import { Exit, type ExitStatus, UsageError } from '../exit';
import { printable, shownPlace } from '../places';
import type { Session } from '../session';
import { type HostOptions, NodeHost, type NotebookCode } from '../verify/host';
import { type Interpreter, findInterpreter } from '../verify/interpreter';
import { endAll } from '../verify/process';
import { type AnalysedFile, type PlacedEffect, analysedFiles, effectsOf } from '../verify/programs';
import { type SettingSide, applySettings } from '../verify/settings';
import { type ProgramSubject, type Subject, subjectAt } from '../verify/subject';
import { Workbench } from '../verify/workbench';

const KINDS = ['network', 'processes', 'files'] as const;

export const verify: Command = {
  name: 'verify',
  synopsis: 'ORIGINAL CONVERTED [--python EXE] [--timeout S] [--set NAME=VALUE ...] [--format text|json]',
  summary: 'runs both in clean processes and clean copies of the folder, and compares what they do',
  details: [
    'Each is a script, a notebook, or (CONVERTED) a folder that "graduate package" wrote. The original runs twice first:',
    'what differs between these runs is left out and listed. Code of yours is run, in a copy of its folder; network,',
    'child processes that may change something and writes outside the copy are held back unless they are allowed.',
    'Exit status: 0 equal, 1 different, 2 not shown to be equal (the report says why) or not run.',
  ].join('\n'),
  options: {
    python: {
      type: 'string',
      value: 'EXE',
      help: 'the interpreter (default: the active environment, else python3)',
    },
    timeout: { type: 'string', value: 'S', help: 'seconds after which a run is ended (default: 600)' },
    set: {
      type: 'string',
      multiple: true,
      value: 'NAME=VALUE',
      help: 'gives a name of the module another literal on both sides, for a shorter run',
      takes: (word) => /^[\p{L}_][\p{L}\p{N}_]*=/u.test(word),
    },
    allow: {
      type: 'string',
      multiple: true,
      value: KINDS.join('|'),
      help: 'what is not held back: connections, child processes, writes outside the copy',
      takes: (word) => (KINDS as readonly string[]).includes(word),
    },
    'copy-limit': { type: 'string', value: 'MB', help: 'how much may be copied (default: 2000)' },
    'dry-run': {
      type: 'boolean',
      help: 'runs nothing and lists what the programs are known to do outside the folder',
    },
    ...FORMAT_OPTION,
  },
  async run(session, args): Promise<ExitStatus> {
    const format = args.choice('format', ['text', 'json']);
    const { cwd } = session.io;
    const [original, converted] = subjects(args, cwd);
    const settings = settingsOf(args);
    const allowed = allowedOf(args);
    const timeoutMs = positive(args, 'timeout', 600) * 1000;
    const megabytes = positive(args, 'copy-limit', 2000);
    const engine = await session.engine();
    const files = {
      original: analysedFiles(original, engine, cwd),
      converted: analysedFiles(converted, engine, cwd),
    };
    const known = effectsOf([...files.original, ...files.converted]);
    if (args.flag('dry-run')) {
      session.io.out(
        format === 'json' ? planJson(known) : known.map((effect) => `${shownEffect(effect)}\n`).join(''),
      );
      return Exit.ok;
    }
    for (const effect of known) session.io.err(shownEffect(effect));
    const stopping = known.find(({ kind }) => kind !== 'processes' && !allowed.includes(kind));
    if (stopping)
      throw new UsageError(`nothing was run, because of ${stopping.detail} (see --allow ${stopping.kind})`);
    const interpreter = findInterpreter(args.text('python'), session.io.env, cwd);
    const bench = new Workbench(original, converted, { megabytes });
    const stopListening = removeWhenSignalled(bench);
    try {
      if (settings.length > 0) setOnBothSides(settings, bench, engine);
      const cells = notebooks(bench, engine, interpreter);
      const report = await runAndCompare(
        session,
        bench,
        files.original,
        {
          ...{ interpreter, timeoutMs, allowed, cells },
          scripts: path.join(session.folder, 'verify'),
          env: session.io.env,
          progress: (message) => session.io.status(`graduate: ${message}`),
        },
        settings,
      );
      session.io.status(undefined);
      if (format === 'json') session.io.out(`${JSON.stringify(report)}\n`);
      else
        session.io.out(
          reportLines(report)
            .map((line) => `${printable(line)}\n`)
            .join(''),
        );
      return { equal: Exit.ok, different: Exit.findings, unknown: Exit.error, failed: Exit.error }[
        report.status
      ];
    } finally {
      stopListening();
      bench.remove();
    }
  },
};

function runAndCompare(
  session: Session,
  bench: Workbench,
  files: readonly AnalysedFile[],
  options: HostOptions,
  settings: readonly Setting[],
): Promise<VerifyReport> {
  const { original, converted } = bench;
  const [program] = files;
  return compare(
    {
      original: original.subject.shown,
      converted: converted.subject.shown,
      hasDisplays: original.subject.kind === 'notebook' && converted.subject.kind === 'notebook',
      settings: settings.map(({ name, value }) => `${name}=${value}`),
      stageAt: (place) => stageOf(program!.analysis.facts, place),
    },
    new NodeHost(bench, options),
  );
}

function subjects({ positionals }: Arguments, cwd: string): [ProgramSubject, Subject] {
  const [first, second, ...more] = positionals;
  if (first === undefined || second === undefined)
    throw new UsageError('verify needs the original and the converted program');
  if (more.length > 0) throw new UsageError(`verify takes two programs, not ${more.length + 2}`);
  const original = subjectAt(first, cwd);
  if (original.kind === 'package')
    throw new UsageError(`${original.shown}: the original is a script or a notebook`);
  return [original, subjectAt(second, cwd)];
}

function settingsOf(args: Arguments): readonly Setting[] {
  return args.list('set').map((text) => {
    const setting = parseSetting(text);
    if ('reason' in setting) throw new UsageError(`--set: ${setting.reason}`);
    return setting;
  });
}

function allowedOf(args: Arguments): readonly string[] {
  return args.list('allow').map((kind) => {
    if (!(KINDS as readonly string[]).includes(kind))
      throw new UsageError(`--allow is ${KINDS.join(', ')}, not "${kind}"`);
    return kind;
  });
}

function positive(args: Arguments, name: string, usual: number): number {
  const text = args.text(name);
  if (text === undefined) return usual;
  const value = Number(text);
  if (!(value > 0 && value < 1e6)) throw new UsageError(`--${name} is a positive number, not "${text}"`);
  return value;
}

function shownEffect({ path: file, cell, line, kind, detail }: PlacedEffect): string {
  return `${shownPlace({ path: file, cell, line })}: ${kind}: ${printable(detail)}`;
}

function planJson(effects: readonly PlacedEffect[]): string {
  return `${JSON.stringify({ version: 1, status: 'planned', effects })}\n`;
}

/** What of a notebook is run. @throws {UsageError} if the interpreter has no IPython, and a cell needs it. */
function notebookCode(
  subject: Subject,
  [file]: readonly AnalysedFile[],
  interpreter: Interpreter,
): NotebookCode | undefined {
  if (subject.kind !== 'notebook' || !file) return undefined;
  const { program } = file.analysis.facts;
  const sources = program.cells.flatMap((cell, i) =>
    cell.kind === 'code' ? [[cell.index ?? i, textOf(cell)] as const] : [],
  );
  if (interpreter.hasIPython) return { sources, translated: undefined };
  const translated = translatedCells(program);
  if ('escape' in translated) {
    const { cell, escape } = translated;
    throw new UsageError(
      `${subject.shown}: cell ${cell + 1}: ${escape} needs IPython, which ${interpreter.executable} does not have`,
    );
  }
  return { sources, translated };
}

function setOnBothSides(settings: readonly Setting[], bench: Workbench, engine: Engine): void {
  const sides = (['original', 'converted'] as const).map((side): SettingSide => {
    const { copy, folder } = bench.activate(side);
    const at = bench.subjectInCopy(side);
    const own = at.kind === 'package' ? bench.packaged! : copy;
    const configFolder = at.kind === 'package' ? path.join(own.root, 'src', at.module) : folder;
    return {
      shown: at.shown,
      files: analysedFiles(at, engine, copy.root),
      placeOf: (absolute) => ({ copy: own, name: path.relative(own.root, absolute) }),
      config: { copy: own, name: path.relative(own.root, path.join(configFolder, 'config.yaml')) },
    };
  });
  applySettings(settings, sides[0]!, sides[1]!, (side) => void bench.activate(side));
}

/** The code of notebooks as it is in the copies, where paths and values may have been set. */
function notebooks(bench: Workbench, engine: Engine, interpreter: Interpreter): HostOptions['cells'] {
  const of = (side: Side): NotebookCode | undefined => {
    const { copy } = bench.activate(side);
    const at = bench.subjectInCopy(side);
    return at.kind === 'notebook'
      ? notebookCode(at, analysedFiles(at, engine, copy.root), interpreter)
      : undefined;
  };
  return { original: of('original'), converted: of('converted') };
}

/** A signal ends what is running and takes the copies away. @returns what stops listening. */
function removeWhenSignalled(bench: Workbench): () => void {
  const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
  const names = Object.keys(numbers) as (keyof typeof numbers)[];
  const listen = (signal: keyof typeof numbers): void => {
    endAll();
    bench.remove();
    process.exit(128 + numbers[signal]);
  };
  for (const name of names) process.on(name, listen as () => void);
  return () => {
    for (const name of names) process.off(name, listen as () => void);
  };
}
