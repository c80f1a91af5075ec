import type { Effect, RunPlace } from './run';

/** What the two programs were found to be. */
export type VerifyStatus = 'equal' | 'different' | 'unknown' | 'failed';

/** One thing in which the converted program is not like the original. */
export interface Difference {
  readonly kind:
    'output' | 'exit-status' | 'exception' | 'file' | 'value' | 'random' | 'display' | 'effect' | 'end';
  /** The file, name or stream that it is about. */
  readonly name: string;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly expected: string | null;
  readonly actual: string | null;
  /** Where in the original it shows first, where that is known. */
  readonly place: Stage | null;
}

/** A place in the original, and the stage that it is part of. */
export interface Stage extends RunPlace {
  /** Undefined where the program has no headings and no known phase there. */
  readonly stage: string | null;
}

/** Something that two runs of the original did not agree on, and that was therefore left out. */
export interface Masked {
  readonly kind: 'output' | 'exit-status' | 'exception' | 'file' | 'value' | 'random' | 'display' | 'effect';
  readonly name: string;
  /** What the two runs had. */
  readonly seen: readonly [string, string];
}

/** Something that could not be compared, and why. */
export interface NotCompared {
  readonly what: string;
  readonly reason: string;
}

/** How much was compared and found equal or different. */
export interface Compared {
  readonly lines: number;
  readonly files: number;
  readonly values: number;
  readonly randomStates: number;
  readonly displays: number;
  readonly exitStatus: number | null;
  readonly exception: string | null;
}

export interface VerifyReport {
  readonly version: 1;
  readonly status: VerifyStatus;
  /** Why the status is what it is; one sentence without a full stop. */
  readonly reason: string;
  readonly original: string;
  readonly converted: string;
  readonly compared: Compared;
  readonly differences: readonly Difference[];
  readonly firstDivergingStage: Stage | null;
  readonly masked: readonly Masked[];
  readonly notCompared: readonly NotCompared[];
  /** Each effect with the sides that had it. */
  readonly effects: readonly (Effect & { readonly sides: readonly string[] })[];
  /** What was set on both sides before the runs. */
  readonly settings: readonly string[];
}
