/** Which of the two programs a run is of. */
export type Side = 'original' | 'converted';

/** Where in a program something was printed: zero-based; `cell` is null for a script. */
export interface RunPlace {
  readonly cell: number | null;
  readonly line: number | null;
}

/** What a run printed, as lines without their breaks; the last is empty if the output ends with a break. */
export interface PrintedOutput {
  readonly lines: readonly string[];
  /** The place that each line begins at; undefined where the run was not asked for it. */
  readonly places: readonly (RunPlace | undefined)[];
  /** What came after the part that is kept, as a digest; undefined if all is kept. */
  readonly rest: { readonly bytes: number; readonly digest: string } | undefined;
}

/** Something that a run did to the world outside its folder. */
export interface Effect {
  /** `files`: a write outside; `reads`: a read outside; `harmless`: a child process that is known to change nothing. */
  readonly kind: 'network' | 'processes' | 'files' | 'reads' | 'cache' | 'harmless';
  readonly detail: string;
  /** It was not allowed, and the program got an error in its place. */
  readonly held: boolean;
}

/** A value that a run left behind. */
export interface FinalValue {
  /**
   * `main` for a name of the main module, `imported` for one that is only a library's there, `random` for a generator's
   * state, else what the name is an attribute of.
   */
  readonly scope: string;
  readonly name: string;
  readonly type: string;
  readonly digest: string;
  /** A few words for people. */
  readonly shown: string;
  /** What was not looked into; null if everything was. */
  readonly partial: string | null;
}

/** A file that a run wrote or removed; the path is relative to the folder it ran in, with `/`. */
export interface WrittenFile {
  readonly path: string;
  /** Of its bytes; undefined for a file that was removed. */
  readonly digest: string | undefined;
  readonly size: number;
}

/** All that is known of one run. */
export interface ProgramRun {
  /** Names the run for the host. */
  readonly id: string;
  /** Exit status; null if a signal ended it. */
  readonly status: number | null;
  readonly signal: string | null;
  /** Why it was ended from outside. */
  readonly ended: 'timeout' | 'output' | undefined;
  readonly output: PrintedOutput;
  /** The exception that left the program. */
  readonly exception:
    { readonly name: string; readonly text: string; readonly cell: number | null } | undefined;
  readonly effects: readonly Effect[];
  readonly values: readonly FinalValue[];
  /** Values that a notebook's cells showed. */
  readonly displays: readonly { readonly cell: number; readonly text: string }[];
  readonly files: readonly WrittenFile[];
  /** The record goes to the program's end: the final values are all there. */
  readonly isRecorded: boolean;
  /** The end of standard error, for people. */
  readonly errorText: string;
}

/** What a file holds, by its digest. */
export interface FileContent {
  readonly digest: string;
  readonly shown: string;
  readonly partial: string | null;
}

/** What verify needs of the machine. */
export interface VerifyHost {
  /**
   * Runs one of the programs in a clean process and a clean copy of its folder.
   *
   * @param locates The places of printed lines are asked for, which may cost time.
   */
  run(side: Side, locates: boolean): Promise<ProgramRun>;
  /** A file that a run wrote, as text; undefined if it is no text or a large one. */
  readText(run: ProgramRun, path: string): Promise<string | undefined>;
  /** What files that a run wrote hold; a file that cannot be loaded is left out. */
  contents(run: ProgramRun, paths: readonly string[]): Promise<ReadonlyMap<string, FileContent>>;
  /** Tells what is being done. */
  progress(message: string): void;
}
