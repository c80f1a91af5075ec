import fs from 'node:fs';
import path from 'node:path';
import { filesBelow, writeFile } from '../support/folders';

/** One small program, and what it prints; `README.md` beside the cases says what the fields mean. */
export interface BehaviourCase {
  readonly name: string;
  readonly folder: string;
  /** The file that the command changes: `input.py` or `input.ipynb`. */
  readonly input: string;
  /** The file that is run, and the folder to run it from; mostly the input, and the case's own folder. */
  readonly program: string;
  readonly runFrom: string;
  /** How often it is run in the same folder, output joined. */
  readonly runs: number;
  readonly needs: readonly string[];
  readonly commands: readonly string[];
  readonly mayRefuse: Readonly<Record<string, string>>;
  readonly mustRefuse: Readonly<Record<string, string>>;
  /** Written by the program; only that they are there counts. */
  readonly existsOnly: ReadonlySet<string>;
  readonly expectedFiles: readonly string[];
  readonly exitStatus: number;
  readonly expected: Buffer;
}

interface CaseJson {
  readonly needs?: string[];
  readonly commands?: string[];
  readonly may_refuse?: Record<string, string>;
  readonly must_refuse?: Record<string, string>;
  readonly expected_files?: string[];
  readonly exit_status?: number;
  readonly run?: string;
  readonly run_from?: string;
  readonly runs?: number;
}

/** About the program, not part of it. */
const DESCRIPTION: ReadonlySet<string> = new Set(['case.json', 'expected.txt', 'optional.json']);
const PLACEHOLDER = '{{CASE_DIR}}';

export function readCases(root: string): BehaviourCase[] {
  return fs
    .readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readCase(path.join(root, entry.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readCase(folder: string): BehaviourCase {
  const json = JSON.parse(fs.readFileSync(path.join(folder, 'case.json'), 'utf8')) as CaseJson;
  const input = fs.existsSync(path.join(folder, 'input.ipynb')) ? 'input.ipynb' : 'input.py';
  const files = json.expected_files ?? [];
  return {
    name: path.basename(folder),
    folder,
    input,
    program: json.run ?? input,
    runFrom: json.run_from ?? '.',
    runs: json.runs ?? 1,
    needs: json.needs ?? [],
    commands: json.commands ?? [],
    mayRefuse: json.may_refuse ?? {},
    mustRefuse: json.must_refuse ?? {},
    existsOnly: new Set(files.flatMap((name) => /^exists:(.*)$/.exec(name)?.[1] ?? [])),
    expectedFiles: files.map((name) => name.replace(/^exists:/, '')),
    exitStatus: json.exit_status ?? 0,
    expected: fs.readFileSync(path.join(folder, 'expected.txt')),
  };
}

/** Copies the program to a folder, and writes that folder's path where its files name it. */
export function copyProgram(from: BehaviourCase, to: string): void {
  fs.mkdirSync(to, { recursive: true });
  for (const name of filesBelow(from.folder)) {
    if (DESCRIPTION.has(name)) continue;
    const bytes = fs.readFileSync(path.join(from.folder, name));
    writeFile(path.join(to, name), replaceBytes(bytes, PLACEHOLDER, to));
  }
}

/** Puts the placeholder back, so that what two copies wrote can be compared. */
export function withPlaceholder(bytes: Buffer, folder: string): Buffer {
  return replaceBytes(bytes, folder, PLACEHOLDER);
}

function replaceBytes(bytes: Buffer, what: string, by: string): Buffer {
  const pattern = Buffer.from(what, 'utf8').toString('latin1');
  const text = bytes.toString('latin1');
  if (!text.includes(pattern)) return bytes;
  return Buffer.from(text.replaceAll(pattern, Buffer.from(by, 'utf8').toString('latin1')), 'latin1');
}
