import fs from 'node:fs';
import path from 'node:path';
import { type RunOptions, type RunResult, runCli } from '../support/run';
import { withFolder } from '../support/folders';
import { writeTree } from '../unit/cli/support';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with files in which the built command line is run. */
export class Place {
  constructor(readonly folder: string) {}

  async run(args: readonly string[], options: Partial<RunOptions> = {}): Promise<Answer> {
    const result = await runCli(args, { cwd: this.folder, ...options });
    return new Answer(result);
  }

  read(name: string): string {
    return fs.readFileSync(path.join(this.folder, name), 'utf8');
  }

  has(name: string): boolean {
    return fs.existsSync(path.join(this.folder, name));
  }
}

export class Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;

  constructor(result: RunResult) {
    this.stdout = result.stdout.toString('utf8');
    this.stderr = result.stderr;
    this.status = result.status;
  }

  get json(): unknown {
    return JSON.parse(this.stdout) as unknown;
  }

  /** Lines on standard error, without the empty one behind the last break. */
  get complaints(): readonly string[] {
    return this.stderr.split('\n').filter((line) => line !== '');
  }
}

/** Runs a test in a folder of its own that has no project around it. */
export function inPlace(files: Files, use: (place: Place) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    writeTree(folder, files);
    await use(new Place(folder));
  });
}
