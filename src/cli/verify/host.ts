import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { HARMLESS_COMMANDS, LOCAL_WRITERS } from '../../knowledge/harmlessCommands';
import type { TranslatedCell } from '../../verify/cells';
import type { FileContent, ProgramRun, Side, VerifyHost, WrittenFile } from '../../verify/run';
import type { FolderCopy } from './folderCopy';
import type { Interpreter } from './interpreter';
import { OutputReader } from './output';
import { type ProcessEnd, runProcess } from './process';
import { type RunRecord, parseRecord } from './record';
import type { PackageSubject } from './subject';
import type { LaidOut, Workbench } from './workbench';

/** How programs are run. */
export interface HostOptions {
  readonly interpreter: Interpreter;
  /** Where the Python files of verify lie. */
  readonly scripts: string;
  readonly timeoutMs: number;
  /** Effects that are not held back. */
  readonly allowed: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The code of notebooks: what the interpreter's IPython takes, or what it was translated to without one. */
  readonly cells: Readonly<Record<Side, NotebookCode | undefined>>;
  progress(message: string): void;
}

export interface NotebookCode {
  /** Index and source of each Python cell. */
  readonly sources: readonly (readonly [number, string])[];
  /** Undefined where IPython runs them. */
  readonly translated: readonly TranslatedCell[] | undefined;
}

/** More output than this ends a run. */
const MOST_OUTPUT = 500e6;
const LARGEST_TEXT = 4e6;
/** Loading the files of one run. */
const LOAD_MS = 120_000;
/** What may change how Python behaves, and is not the program's. */
const DROPPED =
  /^(?:PYTHON(?!PATH$)\w*|ELECTRON_\w+|VSCODE_\w+|NODE_OPTIONS|GRADUATE_\w+|COLUMNS|LINES|PWD|OLDPWD)$/;

/** Runs programs on this machine. */
export class NodeHost implements VerifyHost {
  #runs = 0;

  constructor(
    private readonly bench: Workbench,
    private readonly options: HostOptions,
  ) {}

  progress(message: string): void {
    this.options.progress(message);
  }

  async run(side: Side, locates: boolean): Promise<ProgramRun> {
    const id = String(++this.#runs);
    const laidOut = this.bench.activate(side);
    const job = this.#job(side, laidOut, id, locates);
    const jobFile = path.join(this.bench.base, `j${id}`);
    fs.writeFileSync(jobFile, JSON.stringify(job));
    const reader = new OutputReader(job.token, (mark) =>
      laidOut.subject.kind === 'notebook'
        ? { cell: Number(mark), line: null }
        : { cell: null, line: Number(mark) },
    );
    const end = await this.#start(['graduate_run.py', jobFile], laidOut, (chunk) => {
      reader.write(chunk);
      return reader.bytes > MOST_OUTPUT;
    });
    const record = this.#recordOf(job.record, end);
    const files = this.#collect(laidOut, id);
    const { exception, effects, values, displays, isRecorded } = record;
    return {
      id,
      ...end,
      output: reader.end(),
      ...{ exception, effects, values, displays, isRecorded, files },
    };
  }

  async readText(run: ProgramRun, name: string): Promise<string | undefined> {
    const file = this.#kept(run, name);
    if (file === undefined || fs.statSync(file).size > LARGEST_TEXT) return undefined;
    const bytes = fs.readFileSync(file);
    try {
      return bytes.includes(0) ? undefined : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return undefined;
    }
  }

  async contents(run: ProgramRun, names: readonly string[]): Promise<ReadonlyMap<string, FileContent>> {
    const files = new Map(
      names.flatMap((name) => {
        const file = this.#kept(run, name);
        return file === undefined ? [] : [[file, name] as const];
      }),
    );
    const [list, answer] = ['l', 'a'].map((kind) => path.join(this.bench.base, `${kind}${run.id}`)) as [
      string,
      string,
    ];
    fs.writeFileSync(list, JSON.stringify([...files.keys()]));
    fs.rmSync(answer, { force: true });
    const laidOut = this.bench.activate('original');
    await this.#start(['graduate_files.py', list, answer], laidOut, () => false, LOAD_MS);
    if (!fs.existsSync(answer)) return new Map();
    const answers = JSON.parse(fs.readFileSync(answer, 'utf8')) as Record<
      string,
      Partial<FileContent> | null
    >;
    return new Map(
      Object.entries(answers).flatMap(([file, content]) =>
        content?.digest === undefined ? [] : [[files.get(file)!, content as FileContent] as const],
      ),
    );
  }

  #start(
    [script, ...args]: readonly [string, ...string[]],
    laidOut: LaidOut,
    onOutput: (chunk: Buffer) => boolean,
    timeoutMs = this.options.timeoutMs,
  ): Promise<ProcessEnd> {
    const { interpreter, scripts } = this.options;
    const isPackage = laidOut.subject.kind === 'package';
    return runProcess(interpreter.executable, [path.join(scripts, script), ...args], {
      cwd: isPackage ? this.bench.empty : laidOut.folder,
      env: this.#environment(laidOut),
      timeoutMs,
      onOutput,
    });
  }

  #environment({ subject, folder }: LaidOut): Record<string, string | undefined> {
    const kept = Object.entries(this.options.env).filter(([name]) => !DROPPED.test(name));
    const env: Record<string, string | undefined> = {
      ...Object.fromEntries(kept),
      PYTHONHASHSEED: '0',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONIOENCODING: 'utf-8',
      MPLBACKEND: 'Agg',
      // Dates that libraries write into files.
      SOURCE_DATE_EPOCH: '315532800',
      TMPDIR: this.bench.temporary,
      TEMP: this.bench.temporary,
      TMP: this.bench.temporary,
    };
    if (subject.kind !== 'package') return env;
    const source = path.join(this.bench.packaged!.root, 'src');
    const others = this.options.env['PYTHONPATH'];
    const prefix = subject.module.toUpperCase();
    return {
      ...env,
      PYTHONPATH: others ? `${source}${path.delimiter}${others}` : source,
      [`${prefix}_DATA_ROOT`]: folder,
      [`${prefix}_LOG_FORMAT`]: 'plain',
    };
  }

  #job(side: Side, { subject, copy, program, folder }: LaidOut, id: string, locates: boolean): Job {
    const { base, temporary, empty, packaged } = this.bench;
    const code = this.options.cells[side];
    return {
      kind: subject.kind,
      program: program === undefined ? null : path.join(copy.root, program),
      shown: program === undefined ? null : path.relative(folder, path.join(copy.root, program)),
      module: subject.kind === 'package' ? subject.module : null,
      arguments: subject.kind === 'package' ? packageArguments(subject, folder) : [],
      sources: code?.sources ?? [],
      cells: code?.translated ?? null,
      locate: locates && subject.kind === 'script',
      hidden: [],
      own: [copy.root, ...(packaged ? [packaged.root] : [])],
      writable: [copy.root, temporary, empty, ...(packaged ? [packaged.root] : [])],
      allowed: this.options.allowed,
      harmless: HARMLESS_COMMANDS,
      localWriters: LOCAL_WRITERS,
      record: path.join(base, `r${id}`),
      token: randomBytes(12).toString('hex'),
    };
  }

  #recordOf(file: string, end: ProcessEnd): RunRecord {
    const record = parseRecord(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');
    if (record.defect !== undefined)
      throw new Error(`what the program does could not be watched (${record.defect})`);
    if (record.hasStarted || end.ended) return record;
    const last = end.errorText.trimEnd().split('\n').at(-1) ?? '';
    throw new Error(`the program could not be started: ${last || `exit status ${end.status}`}`);
  }

  /** Takes away what a run wrote. What a package writes beside the data is named for where it lies. */
  #collect({ copy, folder, subject }: LaidOut, id: string): readonly WrittenFile[] {
    const files = [...copy.collect(folder, this.#keptFolder(id, 'f'))];
    if (subject.kind !== 'package') return files;
    const named = (where: string, list: readonly WrittenFile[]): WrittenFile[] =>
      list.map((file) => ({ ...file, path: `${where}/${file.path}` }));
    const packaged = this.bench.packaged as FolderCopy;
    files.push(...named(IN_PACKAGE, packaged.collect(packaged.root, this.#keptFolder(id, 'p'))));
    const names = fs.readdirSync(this.bench.empty);
    files.push(...names.map((name) => ({ path: `${IN_EMPTY}/${name}`, digest: 'unread', size: 0 })));
    return files;
  }

  #keptFolder(id: string, kind: string): string {
    return path.join(this.bench.base, 'k', id, kind);
  }

  #kept(run: ProgramRun, name: string): string | undefined {
    const { copy, folder } = this.bench.original;
    const file = name.startsWith(`${IN_PACKAGE}/`)
      ? path.join(this.#keptFolder(run.id, 'p'), name.slice(IN_PACKAGE.length + 1))
      : path.join(this.#keptFolder(run.id, 'f'), path.relative(copy.root, path.join(folder, name)));
    return fs.existsSync(file) && fs.lstatSync(file).isFile() ? file : undefined;
  }
}

const IN_PACKAGE = '(package)';
const IN_EMPTY = '(start folder)';

/** What `graduate_run.py` is told. */
interface Job {
  readonly kind: string;
  readonly program: string | null;
  readonly shown: string | null;
  readonly module: string | null;
  readonly arguments: readonly string[];
  readonly sources: NotebookCode['sources'];
  readonly cells: readonly TranslatedCell[] | null;
  readonly locate: boolean;
  readonly hidden: readonly string[];
  readonly own: readonly string[];
  readonly writable: readonly string[];
  readonly allowed: readonly string[];
  readonly harmless: readonly string[];
  readonly localWriters: readonly string[];
  readonly record: string;
  readonly token: string;
}

function packageArguments({ hasDataRoot, hasLogFormat }: PackageSubject, folder: string): readonly string[] {
  return [
    ...(hasDataRoot ? ['--data-root', folder] : []),
    ...(hasLogFormat ? ['--log-format', 'plain'] : []),
  ];
}
