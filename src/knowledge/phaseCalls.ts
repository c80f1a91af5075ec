/**
 * Which phase of an ML program a call belongs to, as data. Dotted names are those that imports resolve to; methods are
 * listed by what kind of object has them (`workObjects.ts`), because `apply`, `map`, `title` or `replace` alone say
 * nothing.
 */
import type { Phase } from './phases';
import type { WorkKind } from './workObjects';

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function each(phase: Phase, names: string): [string, Phase][] {
  return words(names).map((name) => [name, phase]);
}

/** By full dotted name; asked before the patterns. */
export const PHASE_OF_CALL: ReadonlyMap<string, Phase> = new Map([
  ...each(
    'configure',
    `random.seed numpy.random.seed torch.manual_seed torch.cuda.manual_seed torch.cuda.manual_seed_all
tensorflow.random.set_seed keras.utils.set_random_seed tensorflow.keras.utils.set_random_seed
pandas.set_option numpy.set_printoptions warnings.filterwarnings warnings.simplefilter matplotlib.use
matplotlib.use matplotlib.pyplot.switch_backend matplotlib.rc matplotlib.pyplot.rc matplotlib.rcParams.update matplotlib.pyplot.rcParams.update
matplotlib.pyplot.style.use matplotlib.style.use seaborn.set seaborn.set_style seaborn.set_theme seaborn.set_context
seaborn.set_palette logging.basicConfig logging.getLogger os.environ.setdefault torch.set_default_dtype
torch.device torch.set_num_threads torch.backends.cudnn.benchmark transformers.set_seed tensorflow.keras.backend.clear_session
keras.backend.clear_session sklearn.set_config argparse.ArgumentParser os.makedirs os.mkdir
pathlib.Path.mkdir sys.path.append sys.path.insert`,
  ),
  ...each(
    'load',
    `seaborn.load_dataset datasets.load_dataset datasets.load_from_disk tensorflow_datasets.load numpy.load numpy.loadtxt
numpy.genfromtxt numpy.fromfile json.load pickle.load joblib.load torch.load yaml.safe_load yaml.load csv.reader
csv.DictReader urllib.request.urlretrieve urllib.request.urlopen requests.get PIL.Image.open cv2.imread
matplotlib.image.imread matplotlib.pyplot.imread imageio.imread skimage.io.imread scipy.io.loadmat scipy.io.wavfile.read
librosa.load torchaudio.load glob.glob glob.iglob os.listdir os.walk os.scandir nltk.download tarfile.open zipfile.ZipFile
geopandas.read_file h5py.File tensorflow.keras.utils.get_file keras.utils.get_file
tensorflow.keras.utils.image_dataset_from_directory keras.utils.image_dataset_from_directory
tensorflow.io.read_file sqlite3.connect sqlalchemy.create_engine kagglehub.dataset_download
statsmodels.api.datasets.get_rdataset imblearn.datasets.fetch_datasets imblearn.datasets.make_imbalance
gzip.open bz2.open joblib.Memory dowhy.datasets.linear_dataset shutil.unpack_archive`,
  ),
  ...each(
    'split',
    `sklearn.model_selection.train_test_split torch.utils.data.random_split sklearn.model_selection.KFold
sklearn.model_selection.StratifiedKFold sklearn.model_selection.GroupKFold sklearn.model_selection.TimeSeriesSplit
sklearn.model_selection.ShuffleSplit sklearn.model_selection.StratifiedShuffleSplit torch.utils.data.Subset`,
  ),
  ...each(
    'prepare',
    `pandas.merge pandas.concat pandas.get_dummies pandas.to_datetime pandas.to_numeric pandas.cut pandas.qcut pandas.melt
pandas.pivot_table pandas.crosstab pandas.json_normalize pandas.factorize torch.utils.data.DataLoader
torch.utils.data.TensorDataset sklearn.compose.make_column_transformer sklearn.compose.ColumnTransformer
sklearn.utils.shuffle sklearn.utils.resample sklearn.pipeline.FeatureUnion tensorflow.keras.utils.to_categorical
keras.utils.to_categorical tensorflow.data.Dataset.from_tensor_slices numpy.c_ numpy.hstack numpy.vstack
numpy.concatenate numpy.column_stack torch.from_numpy nltk.word_tokenize`,
  ),
  ...each(
    'build',
    `tensorflow.keras.Sequential tensorflow.keras.Model tensorflow.keras.Input keras.Sequential keras.Model keras.Input
sklearn.pipeline.make_pipeline sklearn.pipeline.Pipeline torch.compile torch.jit.script torchsummary.summary
timm.create_model peft.get_peft_model transformers.pipeline transformers.Trainer transformers.TrainingArguments
tensorflow.keras.models.clone_model`,
  ),
  ...each(
    'train',
    `xgboost.train xgboost.cv lightgbm.train lightgbm.cv catboost.train scipy.optimize.curve_fit scipy.optimize.minimize
scipy.optimize.least_squares numpy.polyfit numpy.linalg.lstsq scipy.stats.linregress torch.autograd.grad
statsmodels.formula.api.ols torch.nn.utils.clip_grad_norm_ optuna.create_study scipy.linalg.lstsq`,
  ),
  ...each(
    'evaluate',
    `sklearn.model_selection.cross_val_score sklearn.model_selection.cross_validate
sklearn.model_selection.cross_val_predict sklearn.model_selection.learning_curve
sklearn.model_selection.validation_curve sklearn.inspection.permutation_importance evaluate.load
shap.TreeExplainer shap.Explainer shap.KernelExplainer scipy.stats.ttest_ind scipy.stats.sem`,
  ),
  ...each('predict', 'torch.no_grad torch.inference_mode'),
  ...each(
    'save',
    `json.dump pickle.dump joblib.dump torch.save yaml.dump yaml.safe_dump numpy.save numpy.savez numpy.savez_compressed
numpy.savetxt cv2.imwrite csv.writer csv.DictWriter torch.onnx.export onnx.save mlflow.log_model shutil.copy shutil.move
wandb.save imageio.imwrite mlflow.log_artifact`,
  ),
  ...each('report', 'builtins.print IPython.display.display pprint.pprint builtins.display logging.info'),
]);

/** For families of names; the first that matches counts. */
export const PHASE_PATTERNS: readonly (readonly [RegExp, Phase])[] = [
  [/^(?:pandas|polars|modin\.pandas|dask\.dataframe|geopandas|cudf)\.(?:\w+\.)*(?:read|scan)_\w+$/, 'load'],
  [/^sklearn\.datasets\.(?:\w+\.)?(?:load|fetch|make)_\w+$/, 'load'],
  [/^torchvision\.datasets\.\w+$|^torchtext\.datasets\.\w+$|^torchaudio\.datasets\.\w+$/, 'load'],
  [
    /^(?:tensorflow\.)?keras\.datasets\.\w+\.load_data$|^statsmodels\.(?:\w+\.)*datasets\.\w+\.load\w*$/,
    'load',
  ],
  [/^shap\.datasets\.\w+$|^vega_datasets\.|^plotly\.\w+\.data\.\w+$|^xarray\.open_\w+$/, 'load'],
  [
    /^sklearn\.(?:preprocessing|impute|feature_extraction|feature_selection|random_projection|compose)\./,
    'prepare',
  ],
  [/^(?:torchvision|albumentations|torchaudio)\.?(?:\w+\.)*(?:transforms|Compose)\b/, 'prepare'],
  [/^imblearn\.(?:over_sampling|under_sampling|combine)\./, 'prepare'],
  [
    /^(?:tensorflow\.)?keras\.preprocessing\.|^transformers\.(?:\w+\.)*\w*Tokenizer\w*(?:\.from_pretrained)?$/,
    'prepare',
  ],
  [/^sklearn\.model_selection\.(?:Halving)?(?:Grid|Randomized|Random)SearchCV$/, 'build'],
  [/^sklearn\.(?!metrics\.|datasets\.|utils\.|inspection\.|model_selection\.)(?:\w+\.)+[A-Z]\w*$/, 'build'],
  [/^(?:xgboost|lightgbm|catboost)\.(?:\w+\.)?[A-Z]\w*(?:Classifier|Regressor|Ranker)$/, 'build'],
  [/^(?:xgboost\.DMatrix|lightgbm\.Dataset|catboost\.Pool)$/, 'prepare'],
  [
    /^(?:tensorflow\.)?keras\.(?:layers|optimizers|losses|metrics|callbacks|applications|models\.Sequential|models\.Model)\b/,
    'build',
  ],
  [/^(?:tensorflow\.)?keras\.models\.load_model$/, 'load'],
  [
    /^torch\.nn\.(?!functional\.|init\.|utils\.)(?:\w+\.)*[A-Z]\w*$|^torch\.optim\.(?:\w+\.)*[A-Z]\w*$/,
    'build',
  ],
  [/^torchvision\.models\.(?:\w+\.)*[a-z]\w*$|^transformers\.(?:\w+\.)*\w*\.from_pretrained$/, 'build'],
  [
    /^(?:imblearn\.(?:ensemble|pipeline)|statsmodels\.(?:\w+\.)+[A-Z]\w*|gpytorch\.(?:\w+\.)+[A-Z]\w*|prophet\.Prophet$)/,
    'build',
  ],
  [/^sklearn\.metrics\.(?:\w+\.)*(?:\w*Display|plot_\w+)\b/, 'plot'],
  [/^(?:sklearn|imblearn)\.metrics\.|^torchmetrics\./, 'evaluate'],
  [
    /^(?:pandas\.plotting|seaborn|plotly|bokeh|altair|mpl_toolkits|graphviz|pydot)\.|^shap\.\w*plot\w*$|^shap\.plots\./,
    'plot',
  ],
  [
    /^matplotlib\.|^sklearn\.tree\.(?:plot_tree|export_\w+)$|^xgboost\.plot_\w+$|^lightgbm\.plot_\w+$/,
    'plot',
  ],
  [/^scipy\.stats\.\w+test\w*$|^statsmodels\.stats\./, 'evaluate'],
];

/** Methods by the kind of object that has them. */
export const PHASE_OF_METHOD: Readonly<Record<WorkKind, ReadonlyMap<string, Phase>>> = {
  frame: new Map([
    ...each('explore', 'head tail sample describe info value_counts nunique unique corr memory_usage'),
    ...each(
      'prepare',
      `dropna fillna ffill bfill merge join groupby pivot pivot_table melt astype rename sort_values sort_index drop
drop_duplicates replace assign reset_index set_index apply map applymap transform query explode interpolate clip round
to_numpy select_dtypes stack unstack resample rolling shift diff agg insert filter where mask to_datetime cat str`,
    ),
    ...each('save', 'to_csv to_json to_parquet to_excel to_pickle to_sql to_feather to_hdf to_html to_latex'),
    ...each('plot', 'plot hist boxplot'),
  ]),
  transformer: new Map(
    each('prepare', 'fit transform fit_transform fit_resample inverse_transform set_params'),
  ),
  estimator: new Map([
    ...each('train', 'fit partial_fit fit_predict fit_transform'),
    ...each('evaluate', 'score summary get_params'),
    ...each('predict', 'predict predict_proba decision_function transform forecast apply kneighbors'),
    ...each('save', 'save save_model dump_model'),
  ]),
  network: new Map([
    ...each('build', 'to cuda compile add summary build load_state_dict load_weights'),
    ...each('train', 'fit train_on_batch fit_generator train_step'),
    ...each('evaluate', 'evaluate eval'),
    ...each('predict', 'predict generate forward predict_on_batch'),
    ...each('save', 'save save_weights save_pretrained export'),
  ]),
  optimizer: new Map(each('train', 'step zero_grad apply_gradients minimize')),
  trainer: new Map([
    ...each('train', 'train fit optimize'),
    ...each('evaluate', 'evaluate test validate'),
    ...each('predict', 'predict'),
    ...each('save', 'save_model'),
  ]),
  axes: new Map(
    each(
      'plot',
      `plot scatter hist bar barh imshow set_title set_xlabel set_ylabel legend set set_xlim set_ylim axhline axvline text
annotate fill_between contour contourf pcolormesh boxplot violinplot grid tick_params savefig suptitle tight_layout
colorbar show update_layout add_trace add_subplot add_patch pie errorbar set_xticks set_yticks set_xticklabels`,
    ),
  ),
  loader: new Map([
    ...each('explore', 'class_names'),
    ...each('prepare', 'batch map shuffle prefetch cache repeat take'),
  ]),
  tokenizer: new Map(each('prepare', 'encode tokenize texts_to_sequences fit_on_texts batch_encode_plus')),
};

/** Methods whose name says enough, whatever has them. */
export const TELLING_METHODS: ReadonlyMap<string, Phase> = new Map([
  ...each('load', 'read_text read_bytes readlines extractall'),
  ...each('explore', 'head describe value_counts'),
  ...each('prepare', 'dropna fillna drop_duplicates fit_transform get_dummies fit_resample'),
  ...each('train', 'fit partial_fit backward fit_generator'),
  ...each('evaluate', 'evaluate'),
  ...each('predict', 'predict predict_proba decision_function'),
  ...each(
    'save',
    'to_csv to_parquet to_excel to_pickle savetxt write_text write_bytes to_sql save_model save_weights save_pretrained to_json write_csv write_parquet',
  ),
  ...each(
    'plot',
    'scatter imshow savefig set_title set_xlabel set_ylabel set_xlim set_ylim plot plot_surface suptitle barh axhline axvline fill_between contourf legend',
  ),
]);
