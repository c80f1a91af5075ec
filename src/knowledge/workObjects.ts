/**
 * What the objects are that an ML program works with, as data: for what a statement does with them and what a stage is
 * called. Dotted names are those that imports resolve to.
 */

/** `loader`: batches of a data set; `trainer`: what runs the training of a network; `axes`: a figure or part of it. */
export type WorkKind =
  | 'frame'
  | 'transformer'
  | 'estimator'
  | 'network'
  | 'optimizer'
  | 'trainer'
  | 'axes'
  | 'loader'
  | 'tokenizer';

/** The kind of what a call gives; the first that matches counts. */
export const KIND_OF_CALL: readonly (readonly [RegExp, WorkKind])[] = [
  [
    /^(?:pandas|modin\.pandas|polars|geopandas|dask\.dataframe|cudf)\.(?:\w+\.)*(?:read_\w+|scan_\w+|DataFrame(?:\.\w+)?|Series|concat|merge|get_dummies|melt|pivot_table|crosstab|to_datetime|to_numeric|cut|json_normalize)$/,
    'frame',
  ],
  [/^seaborn\.load_dataset$/, 'frame'],
  [
    /^sklearn\.(?:preprocessing|impute|feature_extraction|feature_selection|random_projection|compose)\.(?:\w+\.)*\w+$/,
    'transformer',
  ],
  [/^imblearn\.(?:over_sampling|under_sampling|combine)\./, 'transformer'],
  [
    /^sklearn\.(?!metrics\.|datasets\.|utils\.|inspection\.)(?:\w+\.)+(?:[A-Z]\w*|make_\w+)$|^imblearn\.(?:ensemble|pipeline)\./,
    'estimator',
  ],
  [
    /^(?:xgboost|lightgbm|catboost)\.(?:\w+\.)?(?:[A-Z]\w*(?:Classifier|Regressor|Ranker)|CatBoost|train)$/,
    'estimator',
  ],
  [/^statsmodels\.(?:\w+\.)+(?:[A-Z]\w*|ols|logit|glm)$|^prophet\.Prophet$/, 'estimator'],
  [/^(?:tensorflow\.)?keras\.(?:\w+\.)*(?:Sequential|Model|load_model|clone_model)$/, 'network'],
  [/^(?:tensorflow\.)?keras\.applications\./, 'network'],
  [/^(?:tensorflow\.)?keras\.optimizers\.|^torch\.optim\./, 'optimizer'],
  [
    /^torchvision\.models\.(?:\w+\.)*[a-z]\w*$|^timm\.create_model$|^torch\.nn\.(?:Sequential|Linear|LSTM|GRU)$/,
    'network',
  ],
  [
    /^transformers\.(?:\w+\.)*\w*(?:Tokenizer|Processor|FeatureExtractor)\w*(?:\.from_pretrained)?$/,
    'tokenizer',
  ],
  [/^transformers\.(?:\w+\.)*\w*Model\w*(?:\.from_pretrained)?$|^peft\.get_peft_model$/, 'network'],
  [/(?:^|\.)(?:\w*Trainer|Learner|cnn_learner|vision_learner|Study)$|^optuna\.create_study$/, 'trainer'],
  [/^torch\.utils\.data\.DataLoader$|^tensorflow\.data\.|^tensorflow_datasets\.load$/, 'loader'],
  [
    /^matplotlib\.pyplot\.(?:subplots|figure|gca|gcf|axes|subplot|scatter|plot|imshow)$|^seaborn\.\w+$|^plotly\.(?:\w+\.)+\w+$|^matplotlib\.figure\./,
    'axes',
  ],
];
