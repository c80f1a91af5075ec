import fs from 'node:fs';
import path from 'node:path';
import type { Engine } from '../actions/engine';
import { loadEngine } from './engine';
import { type FileProblem, messageOf } from './exit';
import type { Io } from './io';
import { type FilePlace, printable, shownPlace } from './places';

/** Something that was told on standard error. */
export interface Notice {
  readonly level: 'error' | 'note';
  /** Undefined where it is about no file; a place without a line is the whole file. */
  readonly place: (Omit<FilePlace, 'line'> & { readonly line: number | undefined }) | undefined;
  readonly message: string;
}

/**
 * One run of the command line: its terminal, where it is installed, and whether something went wrong that did not end
 * it.
 */
export class Session {
  #hasFailed = false;
  readonly #notices: Notice[] = [];
  #engine: Promise<Engine> | undefined;

  /** @param folder Where `cli.js` and the two wasm files lie. */
  constructor(
    readonly io: Io,
    readonly folder: string,
  ) {}

  /** Something could not be read or done; the run's exit status is 2 in the end. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** What was told on standard error so far. */
  get notices(): readonly Notice[] {
    return this.#notices;
  }

  /** The engine, loaded when it is first asked for. */
  engine(): Promise<Engine> {
    this.#engine ??= loadEngine(this.folder);
    return this.#engine;
  }

  version(): string {
    const manifest = fs.readFileSync(path.join(this.folder, '..', 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  }

  /** Reports what a file suffers from; the others go on. */
  problem({ path: file, message }: FileProblem): void {
    this.#fail(
      `${printable(file)}: ${printable(message)}`,
      { path: file, cell: null, line: undefined },
      message,
    );
  }

  /** The same, with a place in the file. */
  problemAt(place: FilePlace, message: string): void {
    this.#fail(`${shownPlace(place)}: ${printable(message)}`, place, message);
  }

  /** A defect of ours, met at one file (or nowhere in particular); the others go on. */
  internalError(error: unknown, file?: string): void {
    const where = file === undefined ? '' : ` in ${printable(file)}`;
    const place = file === undefined ? undefined : { path: file, cell: null, line: undefined };
    const message = messageOf(error);
    this.#fail(`internal error${where}: ${printable(message)}`, place, `internal error: ${message}`);
    const stack = error instanceof Error ? error.stack : undefined;
    if (this.io.env['GRADUATE_DEBUG'] && stack) this.io.err(stack);
  }

  /** Something worth knowing that is nobody's failure. */
  note(place: FilePlace, message: string): void {
    this.#notices.push({ level: 'note', place, message });
    this.io.err(`${shownPlace(place)}: ${printable(message)}`);
  }

  #fail(line: string, place: Notice['place'], message: string): void {
    this.#hasFailed = true;
    this.#notices.push({ level: 'error', place, message });
    this.io.err(`graduate: ${line}`);
  }
}
