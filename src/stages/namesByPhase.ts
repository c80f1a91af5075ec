import type { Phase } from '../knowledge/phases';
import { LOOKS } from '../knowledge/stageWords';
import type { FactUnit } from '../semantics/facts';
import type { Sign } from './phases';
import { stepsOf, titlesIn, writtenNames } from './signs';
import {
  boundNames,
  columnsIn,
  isGeneric,
  modelName,
  readNames,
  rootName,
  stemOf,
  textArgument,
} from './subjects';
import { headingWords, verbOf, wordsOf } from './words';

/** Names of data that a model is made for. */
const OF_DATA = /^(?:x|y|data|features?|labels?|targets?|samples?|inputs?)(?:_\w+)?$/i;

/** Names of what a stage does, the best one first; not yet identifiers. */
export function namesByPhase(
  phase: Phase | undefined,
  signs: readonly Sign[],
  units: readonly FactUnit[],
): readonly string[] {
  const bound = boundNames(units);
  const special = bound.filter((name) => !isGeneric(name));
  switch (phase) {
    case 'configure':
      return configured(signs);
    case 'load':
      return loaded(signs, special, bound.length === 1);
    case 'explore':
      return explored(signs, units);
    case 'split':
      return [
        'split_data',
        ...signs.flatMap(({ call }) => rootName(call?.args[0]) ?? []).map((name) => `split_${name}`),
      ];
    case 'prepare':
      return prepared(signs, special, units);
    case 'build':
    case 'train':
      return modelled(phase, signs, special);
    case 'evaluate':
      return evaluated(signs, special, units);
    case 'predict':
      return predicted(signs, special);
    case 'save':
      return saved(signs, units);
    case 'plot':
      return plotted(signs, units);
    case 'report':
      return reported(signs, units);
    default: {
      const verb = isPlain(units) ? 'define' : 'compute';
      const called = calledFunctions(units);
      const isData = verb === 'compute' && bound.filter((name) => OF_DATA.test(name)).length > 1;
      const results = [...special, ...bound].reverse().map((name) => `${verb}_${name}`);
      const reads = readNames(units).map((name) => `check_${name}`);
      const kinds = new Set(units.map(({ unit }) => unit.statement.kind));
      const others = kinds.has('Assert') ? ['check_requirements'] : kinds.has('Delete') ? ['clean_up'] : [];
      const isImport = [...kinds].every((kind) => kind === 'Import' || kind === 'ImportFrom');
      return isImport
        ? ['import_libraries']
        : [...others, ...(isData ? ['make_data'] : []), ...results, ...called, ...reads];
    }
  }
}

/** Named for what is called: `mount_drive` of `drive.mount()`, `run_step` of `step()`. */
function calledFunctions(units: readonly FactUnit[]): readonly string[] {
  return units
    .flatMap((unit) => unit.summary.calls)
    .filter(({ at }) => at.time === 'now')
    .flatMap(({ node: { func } }) => {
      if (func.kind === 'Name') return [`run_${func.id}`];
      if (func.kind !== 'Attribute') return [];
      const root = rootName(func.value);
      const words = wordsOf(func.attr);
      if (root === undefined || words.length > 2) return [`run_${func.attr}`];
      return verbOf(words[0] ?? '') === words[0] ? [`${func.attr}_${root}`] : [`show_${root}_${func.attr}`];
    })
    .reverse();
}

/** What is printed or shown: `report_scores`, `show_imputer_statistics`. */
function reported(signs: readonly Sign[], units: readonly FactUnit[]): readonly string[] {
  const shown = signs.flatMap(({ call, receiver }) => {
    const root = call === undefined ? rootName(receiver) : undefined;
    const attribute = receiver?.kind === 'Attribute' ? `_${receiver.attr}` : '';
    return root === undefined ? [] : [`show_${root}${attribute}`];
  });
  const verb = signs.some(({ callee }) => callee === 'builtins.print') ? 'report' : 'show';
  const reads = readNames(units);
  const special = reads.filter((name) => !isGeneric(name));
  return [...shown, ...[...special, ...reads].map((name) => `${verb}_${name}`)];
}

/** Whether the statements only write values down. */
function isPlain(units: readonly FactUnit[]): boolean {
  return units.every((unit) => unit.summary.calls.length === 0);
}

function configured(signs: readonly Sign[]): readonly string[] {
  const names = signs.map(({ callee }) => callee ?? '');
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  const found = [
    ...(has(/switch_backend/) ? ['choose_backend'] : []),
    ...(has(/seed$/) ? ['set_seeds'] : []),
    ...(has(/seaborn\.|style|rc$|rcParams/) ? ['set_plot_style'] : []),
    ...(has(/logging/) ? ['set_up_logging'] : []),
    ...(has(/mkdir|makedirs/) ? ['make_folders'] : []),
    ...(has(/ArgumentParser/) ? ['parse_arguments'] : []),
    ...(has(/torch\.device/) ? ['choose_device'] : []),
    ...(has(/warnings/) ? ['silence_warnings'] : []),
    ...(has(/set_option|set_printoptions/) ? ['set_display_options'] : []),
  ];
  return found.length > 1 ? ['set_options', ...found] : [...found, 'set_options'];
}

function loaded(signs: readonly Sign[], special: readonly string[], isAlone: boolean): readonly string[] {
  const stems = signs.flatMap(({ call }) => stemOf(textArgument(call, 0, 'filepath_or_buffer')) ?? []);
  const kinds = signs.flatMap(({ callee }) => /\.(?:load|fetch|make)_(\w+)$/.exec(callee ?? '')?.[1] ?? []);
  const isWritten =
    signs.length > 0 &&
    signs.every(({ callee }) => /^(?:pandas|polars)\.\w+$/.test(callee ?? '') && !/read_/.test(callee!));
  if (isWritten) {
    const defined = special.map((name) => `define_${name}`);
    return special.length === 1 && isAlone ? [...defined, 'make_data'] : ['make_data', ...defined];
  }
  const isModel = signs.some(({ callee }) => /(?:joblib|torch|pickle|keras\.\w+)\.load/.test(callee ?? ''));
  const subjects = [...special, ...kinds, ...stems].map((name) => `load_${name}`);
  if (isModel && special.length === 0) return ['load_model', ...subjects];
  // A single thing is named; several are the data.
  // The names that libraries give their loaders are taken: `load_iris`.
  const more = subjects.map((name) => `${name}_data`);
  return special.length === 1 ? [...subjects, ...more] : ['load_data', ...subjects, ...more];
}

function explored(signs: readonly Sign[], units: readonly FactUnit[]): readonly string[] {
  const columns = columnsIn(units);
  const found = signs.flatMap(({ method, receiver }) => {
    const root = rootName(receiver);
    const look = LOOKS.get(method ?? '')?.name;
    if (root === undefined) return [];
    if (/(?:isna|isnull)/.test(units.map(({ unit }) => unit.text).join('\n')))
      return [`count_missing_${root}`];
    const isColumn = ['value_counts', 'unique', 'nunique'].includes(method ?? '');
    if (look) return [look(isColumn ? (columns[0] ?? root) : root), look(root)];
    const attribute = receiver?.kind === 'Attribute' ? `_${receiver.attr}` : '';
    return [`show_${root}${attribute}`];
  });
  return found.length > 3 ? ['explore_data', ...found] : found;
}

function prepared(
  signs: readonly Sign[],
  special: readonly string[],
  units: readonly FactUnit[],
): readonly string[] {
  const columns = columnsIn(units);
  const stored = signs
    .filter(({ call, receiver }) => call === undefined && receiver?.kind === 'Subscript')
    .flatMap(({ receiver }) =>
      receiver?.kind === 'Subscript' && receiver.index.kind === 'Str' ? [receiver.index.value!] : [],
    );
  const named = stepsOf(signs);
  return [
    ...(named.length === 1 && units.length < 3 ? named : []),
    ...(stored.length === 1 && units.length < 3 ? [`prepare_${stored[0]!}`] : []),
    ...(signs.length > 3 ? ['prepare_features'] : []),
    ...special.map((name) => `prepare_${name}`),
    'prepare_features',
    ...named,
    ...columns.map((name) => `prepare_${name}`),
  ];
}

function modelled(
  phase: 'build' | 'train',
  signs: readonly Sign[],
  special: readonly string[],
): readonly string[] {
  const verb = phase === 'build' ? 'build' : 'train';
  const models = [
    ...new Set(
      signs.flatMap(({ thing, callee, receiver }) => {
        const library = /^(xgboost|lightgbm|catboost)\./.exec(callee ?? '')?.[1];
        const made = /(?:^|\.)([A-Z]\w*)$/.exec(phase === 'build' ? (callee ?? '') : '')?.[1];
        const name =
          library ??
          modelName(thing) ??
          modelName(made === undefined ? undefined : { kind: undefined, label: made, made: undefined });
        const root = rootName(receiver);
        return name ?? (root !== undefined && !isGeneric(root) ? root : []);
      }),
    ),
  ].filter(
    (name) =>
      !/^(?:adam|sgd|loss|dense|input|linear|optimizer|.*loss|.*scheduler|.*pooling.*|conv\dd|flatten|dropout|embedding|activation|batch_norm.*)$/.test(
        name,
      ),
  );
  const isSearch = models.some((name) => /_search$/.test(name));
  const fit = (name: string): string =>
    phase === 'build' ? `build_${name}` : /_search$/.test(name) ? `run_${name}` : `fit_${name}`;
  const named = models.map(fit);
  const roots = signs.flatMap(({ receiver }) => rootName(receiver) ?? []).filter((name) => !isGeneric(name));
  return [
    ...(models.length === 1 || isSearch ? named : []),
    ...(models.length === 0 && special.length === 1 && phase === 'build' ? [`build_${special[0]!}`] : []),
    phase === 'train'
      ? models.length > 1
        ? 'train_models'
        : 'train_model'
      : models.length > 1
        ? 'build_models'
        : 'build_model',
    ...named,
    ...[...roots, ...special].map((name) => `${verb}_${name}`),
  ];
}

function evaluated(
  signs: readonly Sign[],
  special: readonly string[],
  units: readonly FactUnit[],
): readonly string[] {
  const metrics = signs.flatMap(({ callee }) => {
    const name = /(?:sklearn|imblearn|torchmetrics)\.(?:metrics\.)?(?:\w+\.)*(\w+)$/.exec(callee ?? '')?.[1];
    return name === undefined ? [] : [name.replace(/_score$/, '')];
  });
  const models = signs.flatMap(({ thing, receiver, call }) => {
    const root = rootName(receiver ?? call?.args[0]);
    return modelName(thing) ?? (root !== undefined && !isGeneric(root) && !/^y_|pred/.test(root) ? root : []);
  });
  const [model] = models;
  const isCross = signs.some(({ callee }) => /cross_val/.test(callee ?? ''));
  return [
    ...(isCross ? [model === undefined ? 'cross_validate' : `cross_validate_${model}`] : []),
    ...(new Set(metrics).size === 1 && units.length === 1 ? [`compute_${metrics[0]!}`] : []),
    ...(model === undefined ? [] : [`evaluate_${model}`]),
    'evaluate_model',
    ...metrics.map((name) => `compute_${name}`),
    ...special.map((name) => `evaluate_${name}`),
  ];
}

function predicted(signs: readonly Sign[], special: readonly string[]): readonly string[] {
  const models = signs.flatMap(({ thing, receiver }) => modelName(thing) ?? rootName(receiver) ?? []);
  const on = signs.flatMap(({ call }) => rootName(call?.args[0]) ?? []);
  return [
    'predict',
    ...models.filter((name) => !isGeneric(name)).map((name) => `predict_with_${name}`),
    ...special.map(
      (name) =>
        `predict_${
          wordsOf(name)
            .filter((word) => !/^(?:y|pred\w*)$/.test(word))
            .join('_') || 'target'
        }`,
    ),
    ...on.map((name) => `predict_${name}`),
    'make_predictions',
  ];
}

function saved(signs: readonly Sign[], units: readonly FactUnit[]): readonly string[] {
  const whats = writtenNames(signs).filter((name) => !isGeneric(name) || name === 'model');
  const stems = signs
    .flatMap(({ call }) => [stemOf(textArgument(call, 0)) ?? [], stemOf(textArgument(call, 1)) ?? []])
    .flat();
  const subjects = [...new Set([...whats, ...stems, ...readNames(units).filter((name) => !isGeneric(name))])];
  return whats.length > 2
    ? ['save_results', ...subjects.map((name) => `save_${name}`)]
    : [...subjects.map((name) => `save_${name}`), 'save_results'];
}

const CHARTS: readonly (readonly [RegExp, string])[] = [
  [/hist|distplot|displot|kdeplot/, 'distribution'],
  [/heatmap/, 'heatmap'],
  [/countplot/, 'counts'],
  [/boxplot|violin/, 'boxplot'],
  [/pairplot|scatter_matrix/, 'pairs'],
  [/confusion/, 'confusion_matrix'],
  [/roc/, 'roc_curve'],
  [/precision_recall/, 'precision_recall_curve'],
  [/plot_tree|export_/, 'tree'],
  [/imshow/, 'image'],
];

function plotted(signs: readonly Sign[], units: readonly FactUnit[]): readonly string[] {
  const called = signs.flatMap(({ callee, method }) => callee?.split('.').at(-1) ?? method ?? []);
  const own = units
    .flatMap((unit) => unit.summary.calls.map(({ node }) => node.func))
    .flatMap((func) =>
      func.kind === 'Name' && /^(?:plot|draw|show|visuali[sz]e|display)_\w/.test(func.id) ? [func.id] : [],
    )
    .map((name) => `plot_${name.replace(/^[a-z]+_/, '')}`);
  const titles = titlesIn(signs).flatMap((text) => {
    const words = headingWords(text).filter((word) => !['plot', 'plots', 'chart', 'graph'].includes(word));
    return words.length > 0 ? [`plot_${words.slice(0, 4).join('_')}`] : [];
  });
  const labels = signs.flatMap(({ call, callee, method }) =>
    /(?:^|\.)(?:set_)?ylabel$/.test(callee ?? method ?? '') ? (textArgument(call, 0) ?? []) : [],
  );
  const label = labels.map((text) => headingWords(text).slice(0, 3).join('_')).find((text) => text !== '');
  const chart = CHARTS.find(([pattern]) => called.some((name) => pattern.test(name)))?.[1];
  const columns = columnsIn(units).slice(0, 2);
  const reads = readNames(units).filter((name) => !isGeneric(name));
  const [shown] = reads;
  const subjects = [
    ...(columns.length > 0 && chart ? [`plot_${columns[0]!}_${chart}`] : []),
    ...(columns.length > 1 ? [`plot_${columns.join('_and_')}`] : columns.map((name) => `plot_${name}`)),
    ...(label === undefined ? [] : [`plot_${label}`]),
    ...(chart && shown !== undefined ? [`plot_${shown}_${chart}`] : []),
    ...(chart ? [`plot_${chart}`] : []),
    ...reads.map((name) => `plot_${name}`),
    ...readNames(units).map((name) => `plot_${name}`),
  ];
  const titled = new Set(titles);
  return titled.size === 1 ? [...own, ...titles, ...subjects] : [...own, ...subjects, ...titled];
}
