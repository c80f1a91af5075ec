import type { ProgramSource } from '../../program/source';
import type { Severity } from '../../rules/rule';
import type { Range } from '../../text/position';

/** What the scanning thread is told. It reads no files: the extension host has them, wherever they are. */
export type ScanRequest =
  /** Programs that are new or have changed; undefined for one that is gone. */
  | {
      readonly type: 'programs';
      readonly root: string;
      readonly programs: readonly (readonly [path: string, source: ProgramSource | undefined])[];
    }
  /** Analyse these programs and say when it is done. */
  | {
      readonly type: 'scan';
      readonly id: number;
      readonly root: string;
      readonly paths: readonly ScanPath[];
    }
  | { readonly type: 'cancel'; readonly id: number };

/** A program to look at, with the severities that are set for it. */
export interface ScanPath {
  readonly path: string;
  readonly severities: ReadonlyMap<string, Severity>;
}

export type ScanAnswer =
  | {
      readonly type: 'scanned';
      readonly id: number;
      readonly path: string;
      readonly findings: readonly ScannedFinding[];
    }
  | { readonly type: 'failed'; readonly id: number; readonly path: string; readonly message: string }
  | { readonly type: 'done'; readonly id: number };

/** A finding in a file that is not open. */
export interface ScannedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Zero-based index of the notebook's cell; null in a script. */
  readonly cell: number | null;
  /** Zero-based lines, characters in UTF-16 code units. */
  readonly range: Range;
}
