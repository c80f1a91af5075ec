/**
 * Types of what functions and methods give, as data, as far as every call gives an object of the type: for annotations,
 * which say only what is known. Dotted names are those that imports resolve to; builtins stand without a module. Behind a
 * type, `?` says that type checkers do not see it: the library has no annotations, or overloads that leave it open.
 */

function each(type: string, names: string): [string, string][] {
  return names
    .split(/\s+/)
    .filter((name) => name !== '')
    .map((name) => [name, type]);
}

const ARRAY = 'numpy.ndarray?';
const FRAME = 'pandas.DataFrame';
const SERIES = 'pandas.Series';
const TENSOR = 'torch.Tensor';
const PATH = 'pathlib.Path';

/** A type, whether type checkers see it or not. */
export function plain(type: string): string {
  return type.replaceAll('?', '');
}

/** What calling something by its dotted name gives. */
export const RESULT_TYPES: ReadonlyMap<string, string> = new Map([
  ...each('int', 'builtins.int builtins.len builtins.ord builtins.hash builtins.id os.getpid'),
  ...each(
    'float',
    'builtins.float time.time time.perf_counter time.monotonic time.process_time random.random random.uniform random.gauss math.sqrt math.exp math.log math.log2 math.log10 math.sin math.cos math.tan math.radians math.degrees',
  ),
  ...each('int', 'math.comb math.factorial math.gcd random.randint random.randrange'),
  ...each('int?', 'math.floor math.ceil'),
  ...each(
    'str',
    `builtins.str builtins.repr builtins.input builtins.chr builtins.hex builtins.bin builtins.oct builtins.format
builtins.ascii os.getcwd json.dumps
platform.node platform.system platform.python_version textwrap.dedent time.strftime`,
  ),
  ...each(
    'bool',
    'builtins.bool builtins.isinstance builtins.issubclass builtins.callable builtins.any builtins.all',
  ),
  ...each('bool', 'builtins.hasattr os.path.exists os.path.isfile os.path.isdir torch.cuda.is_available'),
  ...each('bytes', 'builtins.bytes'),
  ...each('range', 'builtins.range'),
  ...each('list[Any]', 'builtins.list builtins.sorted builtins.dir'),
  ...each('list[str]?', 'os.listdir glob.glob'),
  ...each('dict[Any, Any]', 'builtins.dict'),
  ...each('set[Any]', 'builtins.set'),
  ...each('frozenset[Any]', 'builtins.frozenset'),
  ...each(
    ARRAY,
    `numpy.array numpy.zeros numpy.ones numpy.empty numpy.full numpy.arange numpy.linspace numpy.logspace
numpy.geomspace numpy.zeros_like numpy.ones_like numpy.empty_like numpy.full_like numpy.eye numpy.identity
numpy.concatenate numpy.stack numpy.vstack numpy.hstack numpy.column_stack numpy.dstack numpy.loadtxt numpy.tile
numpy.random.permutation sklearn.metrics.confusion_matrix sklearn.model_selection.cross_val_score`,
  ),
  ...each(
    FRAME,
    `pandas.DataFrame pandas.read_csv pandas.read_parquet pandas.read_excel pandas.read_feather pandas.read_table
pandas.read_fwf pandas.read_sql pandas.read_sql_query pandas.read_sql_table pandas.read_orc pandas.read_stata
pandas.merge pandas.get_dummies pandas.pivot_table pandas.crosstab pandas.json_normalize pandas.melt
seaborn.load_dataset`,
  ),
  ...each(SERIES, 'pandas.Series'),
  ...each('pandas.DatetimeIndex', 'pandas.date_range'),
  ...each(
    TENSOR,
    `torch.tensor torch.zeros torch.ones torch.empty torch.full torch.arange torch.linspace torch.rand torch.randn
torch.randint torch.eye torch.from_numpy torch.as_tensor torch.cat torch.stack torch.zeros_like torch.ones_like
torch.empty_like torch.randn_like torch.rand_like torch.FloatTensor torch.LongTensor torch.randperm`,
  ),
  ...each('torch.device', 'torch.device'),
  ...each('numpy.random.Generator', 'numpy.random.default_rng'),
  ...each('datetime.datetime', 'datetime.datetime.now datetime.datetime.today datetime.datetime.strptime'),
  ...each('datetime.date', 'datetime.date.today'),
  ...each(PATH, 'pathlib.Path.cwd pathlib.Path.home'),
  ...each(
    'float?',
    `sklearn.metrics.accuracy_score sklearn.metrics.f1_score sklearn.metrics.precision_score
sklearn.metrics.recall_score sklearn.metrics.roc_auc_score sklearn.metrics.mean_squared_error
sklearn.metrics.mean_absolute_error sklearn.metrics.r2_score sklearn.metrics.balanced_accuracy_score`,
  ),
  ...each('str?', 'sklearn.metrics.classification_report'),
  ...each(
    `tuple[${ARRAY}, ${ARRAY}]`,
    'sklearn.datasets.make_classification sklearn.datasets.make_regression sklearn.datasets.make_moons sklearn.datasets.make_circles sklearn.datasets.make_blobs',
  ),
  ...each(
    `tuple[${ARRAY}, ${ARRAY}, ${ARRAY}]`,
    'sklearn.metrics.roc_curve sklearn.metrics.precision_recall_curve',
  ),
]);

/** Keywords with which a call gives something else: several tables, an iterator, nothing, one figure for each class. */
export const CHANGING_KEYWORDS: ReadonlySet<string> = new Set(
  'sheet_name chunksize iterator typ squeeze lines inplace average multioutput output_dict normalize coef return_centers multi_class retbins return_X_y as_frame'.split(
    ' ',
  ),
);

/** Methods of a type, with what they give; `same` is an object of the receiver's own type. */
export const METHOD_TYPES: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  str: new Map([
    ...each(
      'str',
      'strip lstrip rstrip lower upper title capitalize replace format join center ljust rjust zfill',
    ),
    ...each('list[str]', 'split rsplit splitlines'),
    ...each('bool', 'startswith endswith isdigit isalpha isspace isupper islower'),
    ...each('int', 'count find index rfind'),
    ...each('bytes', 'encode'),
  ]),
  [FRAME]: new Map([
    ...each(
      FRAME,
      `copy astype dropna fillna drop rename reset_index set_index sort_values sort_index assign query head tail sample
reindex round clip abs drop_duplicates nlargest nsmallest shift merge join describe corr cov isna isnull notna
notnull melt pivot pivot_table select_dtypes cumsum transpose interpolate ffill bfill`,
    ),
    ...each(ARRAY, 'to_numpy'),
  ]),
  [SERIES]: new Map([
    ...each(
      SERIES,
      'copy astype dropna fillna sort_values sort_index head tail sample round clip abs drop_duplicates nlargest nsmallest shift isna isnull notna notnull value_counts map replace interpolate ffill bfill',
    ),
    ...each(FRAME, 'to_frame'),
    ...each(ARRAY, 'to_numpy'),
  ]),
  [plain(ARRAY)]: new Map([...each(ARRAY, 'copy astype reshape ravel flatten transpose repeat')]),
  [TENSOR]: new Map([
    ...each(
      TENSOR,
      'to cpu cuda clone detach float long double half view reshape permute unsqueeze squeeze contiguous transpose t mean sum exp log softmax argmax requires_grad_ flatten',
    ),
    ...each(ARRAY, 'numpy'),
  ]),
  [PATH]: new Map([
    ...each(PATH, 'resolve absolute joinpath with_suffix with_name expanduser'),
    ...each('str', 'read_text as_posix'),
    ...each('bytes', 'read_bytes'),
    ...each('bool', 'exists is_file is_dir'),
  ]),
};

/** Attributes of a type. */
export const ATTRIBUTE_TYPES: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  [FRAME]: new Map([
    ['columns', 'pandas.Index'],
    ['index', 'pandas.Index'],
    ['shape', 'tuple[int?, int?]'],
    ['values', ARRAY],
    ['T', FRAME],
  ]),
  [SERIES]: new Map([['index', 'pandas.Index']]),
  [plain(ARRAY)]: new Map([['T', ARRAY]]),
  [TENSOR]: new Map([['T', TENSOR]]),
  [PATH]: new Map([['parent', PATH], ...each('str', 'name stem suffix')]),
};

/** Types that take over whatever they are added to or multiplied with, the strongest first. */
export const ABSORBING: readonly string[] = [FRAME, SERIES, TENSOR, plain(ARRAY)];

/** Types that part of them has as well: `values[10:20]`. */
export const SLICED_TO_THEMSELVES: ReadonlySet<string> = new Set([
  ...[FRAME, SERIES, TENSOR, plain(ARRAY), 'str', 'bytes', 'list[Any]', 'list[str]', 'range'],
]);

/** Generic classes, with the parameters that mypy wants of them. */
export const GENERIC_CLASSES: ReadonlyMap<string, string> = new Map([
  ...each('Any', 'collections.Counter collections.deque queue.Queue queue.SimpleQueue queue.LifoQueue'),
  ...each(
    'Any',
    'torch.utils.data.DataLoader torch.utils.data.Dataset torch.utils.data.Subset functools.partial',
  ),
  ['collections.defaultdict', 'Any, Any'],
  ['collections.OrderedDict', 'Any, Any'],
  ['collections.ChainMap', 'Any, Any'],
]);

/** Other generic classes, by their last name: nothing is said of them. */
export const OTHER_GENERICS: ReadonlySet<string> = new Set(
  'Counter defaultdict deque OrderedDict ChainMap DataLoader Dataset TensorDataset Subset ConcatDataset Queue SimpleQueue Popen CompletedProcess Future Task partial TemporaryDirectory array'.split(
    ' ',
  ),
);
