import type { Span } from '../text/position';

/**
 * An IPython magic, shell or help line. `span` covers the whole escape in the cell's source (without the line break at
 * its end; for a cell magic with a foreign body up to the end of the cell; for `x = !cmd` from the `!`).
 */
export interface Escape {
  readonly kind: 'line-magic' | 'cell-magic' | 'shell' | 'help' | 'auto-call' | 'auto-magic';
  readonly span: Span;
  /** The magic's name without `%` (`time`, `bash`); the empty string for shell, help and auto-call. */
  readonly name: string;
  /** What follows the name or the `!`, as written, without leading blanks. For a cell magic: the rest of its first line. */
  readonly argument: string;
  /** The foreign body of an opaque cell magic (the lines below the first), else undefined. */
  readonly body?: string;
  /**
   * Transparent: the Python code behind it (`%time f()`) or below it (`%%time`) stays code in `masked`.
   * Opaque: all of `span` is masked.
   */
  readonly isTransparent: boolean;
  /** Names read by the escape itself: `$x`, `{x}`, `obj?`. */
  readonly reads: readonly string[];
  /** Names that it surely or possibly binds: `%%capture out`, `%store -r x`, words of an unknown magic's first line. */
  readonly binds: readonly string[];
  /** It may bind names that nobody can list: `%run`, `%pylab`, `%store -r`, `%load`. */
  readonly bindsUnknown: boolean;
  /** Names bound by the code behind or below it do not reach the notebook's namespace: `%timeit`, `%%timeit`. */
  readonly isolated?: boolean;
}
