/**
 * Which phase of an ML program a call belongs to. Names of calls as they end (`read_csv` of `pandas.read_csv`), for
 * calls that resolve to a library or are methods; the phases are those of CRISP-DM's modelling part, in the words of
 * the field.
 */
export type Phase = 'load' | 'prepare' | 'train' | 'evaluate' | 'predict' | 'save' | 'plot' | 'report';

const NAMES: Readonly<Record<Phase, string>> = {
  load: 'read_csv read_table read_json read_parquet read_excel read_feather read_pickle read_sql read_hdf read_html loadtxt genfromtxt fromfile load_dataset load_iris load_wine load_digits load_diabetes load_breast_cancer fetch_openml fetch_california_housing make_classification make_regression make_blobs make_moons read_text read_bytes urlretrieve imread ImageFolder',
  prepare:
    'dropna fillna merge join concat groupby pivot pivot_table melt astype rename sort_values drop drop_duplicates get_dummies cut qcut train_test_split StandardScaler MinMaxScaler OneHotEncoder LabelEncoder SimpleImputer ColumnTransformer fit_transform transform to_datetime replace assign reset_index set_index DataLoader TensorDataset random_split apply map',
  train:
    'fit partial_fit backward GridSearchCV RandomizedSearchCV fit_generator train_step curve_fit minimize',
  evaluate:
    'score accuracy_score f1_score precision_score recall_score roc_auc_score mean_squared_error mean_absolute_error r2_score classification_report confusion_matrix cross_val_score cross_validate evaluate log_loss',
  predict: 'predict predict_proba decision_function no_grad inference_mode',
  save: 'to_csv to_json to_parquet to_excel to_pickle savetxt savez dump save save_model write write_text write_bytes to_sql savefig',
  plot: 'plot scatter hist bar barh imshow subplots figure show title xlabel ylabel legend heatmap boxplot pairplot countplot lineplot scatterplot',
  report: 'print display',
};

const BY_NAME: ReadonlyMap<string, Phase> = new Map(
  (Object.entries(NAMES) as [Phase, string][]).flatMap(([phase, names]) =>
    names.split(' ').map((name): [string, Phase] => [name, phase]),
  ),
);

/** The phase of a call by the last part of its name; undefined where it tells nothing. */
export function phaseOfCall(name: string): Phase | undefined {
  return BY_NAME.get(name);
}

/** What says most about a statement that does several things. */
export const PHASE_RANK: readonly Phase[] = [
  'train',
  'evaluate',
  'predict',
  'save',
  'load',
  'plot',
  'prepare',
  'report',
];

/** The name of a stage, where nothing better is known. */
export const STAGE_NAMES: Readonly<Record<Phase, string>> = {
  load: 'load_data',
  prepare: 'prepare_data',
  train: 'train_model',
  evaluate: 'evaluate_model',
  predict: 'predict',
  save: 'save_results',
  plot: 'plot_results',
  report: 'report_results',
};
