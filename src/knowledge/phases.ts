/**
 * The phases of an ML program, in the words of the field: those of CRISP-DM's modelling part, with what a program does
 * around them. Which call belongs to which phase is in `phaseCalls.ts`.
 */
export type Phase =
  | 'configure'
  | 'load'
  | 'explore'
  | 'prepare'
  | 'split'
  | 'build'
  | 'train'
  | 'evaluate'
  | 'predict'
  | 'save'
  | 'plot'
  | 'report';

/** What says most about a statement that does several things. */
export const PHASE_RANK: readonly Phase[] = [
  'train',
  'split',
  'evaluate',
  'predict',
  'save',
  'load',
  'build',
  'plot',
  'prepare',
  'explore',
  'configure',
  'report',
];

/**
 * How much one statement of a phase says about several statements together: one call of `fit` makes the cell training,
 * saving the figure does not make it saving.
 */
export const PHASE_WEIGHT: Readonly<Record<Phase, number>> = {
  train: 4,
  split: 1.5,
  load: 2.5,
  evaluate: 2,
  predict: 2,
  save: 1.5,
  build: 1.5,
  plot: 1.2,
  prepare: 1,
  explore: 0.8,
  configure: 0.6,
  report: 0.3,
};

/** The name of a stage, where nothing better is known. */
export const STAGE_NAMES: Readonly<Record<Phase, string>> = {
  configure: 'set_options',
  load: 'load_data',
  explore: 'explore_data',
  prepare: 'prepare_features',
  split: 'split_data',
  build: 'build_model',
  train: 'train_model',
  evaluate: 'evaluate_model',
  predict: 'predict',
  save: 'save_results',
  plot: 'plot_results',
  report: 'report_results',
};

/** The verb that a stage of a phase begins with. */
export const STAGE_VERBS: Readonly<Record<Phase, string>> = {
  configure: 'set',
  load: 'load',
  explore: 'explore',
  prepare: 'prepare',
  split: 'split',
  build: 'build',
  train: 'train',
  evaluate: 'evaluate',
  predict: 'predict',
  save: 'save',
  plot: 'plot',
  report: 'report',
};

/** Phases that go into one stage where the author has made no cut between them. */
export const PHASE_GROUPS: Readonly<Record<Phase, string>> = {
  configure: 'configure',
  load: 'load',
  explore: 'load',
  prepare: 'prepare',
  split: 'prepare',
  build: 'model',
  train: 'model',
  evaluate: 'evaluate',
  predict: 'evaluate',
  save: 'save',
  plot: 'plot',
  report: 'report',
};

function verbs(phase: Phase, words: string): [string, Phase][] {
  return words.split(' ').map((word) => [word, phase]);
}

/** What the verb at the beginning of a function's name, or a word of a heading, says. */
export const PHASE_WORDS: ReadonlyMap<string, Phase> = new Map([
  ...verbs('configure', 'seed setup configure configuration settings'),
  ...verbs('load', 'load loading read reading fetch fetching download downloading import importing ingest'),
  ...verbs('explore', 'explore exploring exploration eda inspect inspecting overview'),
  ...verbs(
    'prepare',
    'prepare preparing preparation preprocess preprocessing clean cleaning transform normalize normalise encode encoding tokenize scale scaling impute augment features engineering',
  ),
  ...verbs('split', 'split splitting'),
  ...verbs('build', 'build building create model architecture'),
  ...verbs('train', 'train training fit fitting finetune tune tuning optimize learn'),
  ...verbs('evaluate', 'evaluate evaluating evaluation eval score scoring validate validation test metrics'),
  ...verbs('predict', 'predict predicting prediction predictions infer inference generate'),
  ...verbs('save', 'save saving write export submit submission dump store'),
  ...verbs('plot', 'plot plotting plots draw visualize visualise visualization visualizing show display'),
  ...verbs('report', 'report print summarize summarise summary log'),
]);
