import type { Phase } from '../knowledge/phases';
import type { Span } from '../text/position';

export type PlanShape = 'auto' | 'class' | 'functions';

/**
 * What is to become of a program: the document that Graduate proposes, people edit and refactorings follow. It says
 * nothing about how; names and cuts are decisions, everything else is found again in the program.
 */
export interface Plan {
  /** The program's file name. */
  readonly program: string;
  /** Of all its statements; where it differs, the program has changed since the plan was made. */
  readonly fingerprint: string;
  readonly shape: PlanShape;
  readonly className: string | undefined;
  readonly stages: readonly PlannedStage[];
  /** What stays in the notebook. */
  readonly keep: readonly Part[];
  /** Looks that are left out. */
  readonly drop: readonly Part[];
  /** Keys of configuration values, by the value. */
  readonly configuration: ReadonlyMap<string, string>;
}

export interface PlannedStage {
  readonly name: string;
  /** Without a full stop. */
  readonly title: string | undefined;
  /** For the reader: it decides nothing. */
  readonly phase: Phase | undefined;
  readonly parts: readonly Part[];
  /** Where the name stands in the document; undefined for a plan that was read from none. */
  readonly nameSpan: Span | undefined;
}

/** Statements that stand one below the other. */
export interface Part {
  /** One-based, text cells counted, as messages name it; undefined in a script. */
  readonly cell: number | undefined;
  /** One-based, within the cell or file; undefined: the whole cell. */
  readonly lines: LineRange | undefined;
  /** Of its first statement; undefined where somebody wrote the part by hand. */
  readonly id: string | undefined;
  /** The first line, for the reader. */
  readonly code: string | undefined;
  readonly span: Span | undefined;
}

export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** What is wrong with a plan, and where: in its document, in the program, or both. */
export interface PlanProblem {
  /** One sentence for the user without a full stop. */
  readonly message: string;
  /** In the plan's document. */
  readonly span: Span | undefined;
  /** What small edit would mend it. */
  readonly hint?: string | undefined;
}

/** How a message names a part. */
export function partName({ cell, lines }: Part): string {
  const range =
    lines && (lines.first === lines.last ? `line ${lines.first}` : `lines ${lines.first}-${lines.last}`);
  if (cell === undefined) return range ?? 'a statement';
  return range === undefined ? `cell ${cell}` : `cell ${cell}, ${range}`;
}
