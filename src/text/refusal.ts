/** Why something is not done, and where. A value, never an exception. */
export interface Refusal {
  readonly path: string;
  /** Zero-based index of the notebook's cell; null in a script. */
  readonly cell: number | null;
  /** Zero-based line within the cell or file. */
  readonly line: number;
  /** One sentence for the user, without a full stop, that names what stands in the way. */
  readonly reason: string;
}

/** Something that the user should know about a change that was made. Same fields, other meaning. */
export interface Note {
  readonly path: string;
  readonly cell: number | null;
  readonly line: number;
  readonly message: string;
}

/** Each refusal once, in their order. */
export function uniqueRefusals(refusals: readonly Refusal[]): readonly Refusal[] {
  return [...new Map(refusals.map((each) => [JSON.stringify(each), each])).values()];
}
