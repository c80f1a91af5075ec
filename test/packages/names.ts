/** Ten programs of all kinds: notebooks and scripts, with tables, models, figures, options and top-level await. */
export const TEN = [
  'alias-append-across-stages',
  'argparse-defaults',
  'groupby-merge-apply',
  'late-bound-threshold',
  'matplotlib-current-figure',
  'multi-line-strings-in-cells',
  'random-state-order',
  'relative-paths-in-many-cells',
  'sklearn-pipeline-notebook',
  'top-level-await',
];

/** Those of them that are tested every time; the others in the long tests. */
export const QUICK = ['argparse-defaults', 'groupby-merge-apply', 'top-level-await'];
