import type { RuleContext } from '../rules/rule';
import type { ProgramFacts } from '../semantics/facts';
import type { Workspace } from '../text/workspace';
import type { ProjectFiles } from './files';

/**
 * What a probe found. `unknown` is never less than `no`: it says that what was looked at proves neither, and the probe
 * says what it would have to see.
 */
export type ProbeOutcome = 'yes' | 'no' | 'unknown' | 'not-applicable';

/** A place that an outcome rests on. */
export interface Evidence {
  readonly path: string;
  /** Zero-based index of the notebook's cell; null in a script or another file. */
  readonly cell: number | null;
  /** Zero-based within the cell or file; null where the whole file, or that it is not there, is the evidence. */
  readonly line: number | null;
  /** What is there, without a full stop. */
  readonly message: string;
}

export interface ProbeResult {
  readonly outcome: ProbeOutcome;
  /** One sentence without a full stop: what is so, with numbers. */
  readonly summary: string;
  /** What the outcome rests on; not all of it where there is much. Never empty for `yes`. */
  readonly evidence: readonly Evidence[];
}

/** A program that was analysed. */
export interface SeenProgram {
  readonly path: string;
  readonly facts: ProgramFacts;
  readonly context: RuleContext;
}

/** What probes look at. Nothing here touches a disk or a clock. */
export interface ProbeInput {
  readonly programs: readonly SeenProgram[];
  /** Programs of the project that were not analysed; their texts can still be looked through. */
  readonly unseen: readonly string[];
  readonly workspace: Workspace;
  readonly files: ProjectFiles;
  /** When a file was changed, in milliseconds of any clock; undefined where nobody can tell. */
  readonly modifiedAt?: ((path: string) => Promise<number | undefined>) | undefined;
}

/** One fact about a project. A file each, under `probes/`. */
export interface Probe {
  readonly id: string;
  /** As it is listed: `Error handling`. */
  readonly title: string;
  /** What `yes` means. */
  readonly question: string;
  /** `files`: without a folder nothing can be said. */
  readonly looksAt: 'code' | 'files';
  /** What files cannot show, for who reads the outcome. */
  readonly cannotSee: string;
  run(input: ProbeInput): Promise<ProbeResult>;
}

/** So much evidence is listed; the summary has the numbers. */
export const MOST_EVIDENCE = 20;
