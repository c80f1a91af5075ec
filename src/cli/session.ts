import fs from 'node:fs';
import path from 'node:path';
import { Engine } from '../actions/engine';
import { PythonParser } from '../syntax/parser';
import { type FileProblem, messageOf } from './exit';
import type { Io } from './io';
import { type FilePlace, printable, shownPlace } from './places';

/**
 * One run of the command line: its terminal, where it is installed, and whether something went wrong that did not end
 * it.
 */
export class Session {
  #hasFailed = false;
  #engine: Promise<Engine> | undefined;

  /** @param folder Where `cli.js` and the two wasm files lie. */
  constructor(
    readonly io: Io,
    private readonly folder: string,
  ) {}

  /** Something could not be read or done; the run's exit status is 2 in the end. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** The engine, loaded when it is first asked for. */
  engine(): Promise<Engine> {
    this.#engine ??= PythonParser.load({
      runtime: path.join(this.folder, 'web-tree-sitter.wasm'),
      grammar: path.join(this.folder, 'tree-sitter-python.wasm'),
    }).then((parser) => new Engine(parser));
    return this.#engine;
  }

  version(): string {
    const manifest = fs.readFileSync(path.join(this.folder, '..', 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { version: string }).version;
  }

  /** Reports what a file suffers from; the others go on. */
  problem({ path: file, message }: FileProblem): void {
    this.#fail(`${printable(file)}: ${printable(message)}`);
  }

  /** The same, with a place in the file. */
  problemAt(place: FilePlace, message: string): void {
    this.#fail(`${shownPlace(place)}: ${printable(message)}`);
  }

  /** A defect of ours, met at one file (or nowhere in particular); the others go on. */
  internalError(error: unknown, file?: string): void {
    const where = file === undefined ? '' : ` in ${printable(file)}`;
    this.#fail(`internal error${where}: ${printable(messageOf(error))}`);
    const stack = error instanceof Error ? error.stack : undefined;
    if (this.io.env['GRADUATE_DEBUG'] && stack) this.io.err(stack);
  }

  /** Something worth knowing that is nobody's failure. */
  note(place: FilePlace, message: string): void {
    this.io.err(`${shownPlace(place)}: ${printable(message)}`);
  }

  #fail(message: string): void {
    this.#hasFailed = true;
    this.io.err(`graduate: ${message}`);
  }
}
