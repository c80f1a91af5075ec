import type { Span } from '../text/position';

/** A value of a settings file and where it stands, whichever language the file is written in. */
export type PlacedValue = PlacedMap | PlacedList | PlacedScalar;

export interface PlacedMap {
  readonly kind: 'map';
  /** In the order of the file; no key twice. */
  readonly entries: readonly PlacedEntry[];
  readonly span: Span;
}

export interface PlacedEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: PlacedValue;
}

export interface PlacedList {
  readonly kind: 'list';
  readonly items: readonly PlacedValue[];
  readonly span: Span;
}

export interface PlacedScalar {
  /** `nothing`: YAML's null; `other`: what no setting is, with what it is as its value. */
  readonly kind: 'text' | 'flag' | 'nothing' | 'other';
  readonly value: string | boolean;
  readonly span: Span;
}

/** What is wrong with a text, and where. */
export interface PlacedProblem {
  /** Without a full stop. */
  readonly message: string;
  readonly span: Span;
}

/** What a value is, for messages. */
export function kindWord(value: PlacedValue): string {
  switch (value.kind) {
    case 'map':
      return 'a table';
    case 'list':
      return 'a list';
    case 'text':
      return JSON.stringify(value.value);
    case 'flag':
      return String(value.value);
    case 'nothing':
      return 'nothing';
    case 'other':
      return String(value.value);
  }
}
