/**
 * What kind of object a call gives, as data: what matters for who can change it and how. Dotted names are those that
 * imports resolve to.
 */

/**
 * `immutable`: nothing can change it (numbers, text, tuples of them, paths, dates, compiled patterns); `iterator`: is
 * used up by reading it; `generator`: of random numbers, whose draws change it; `other`: known to be none of these.
 */
export type ObjectKind =
  | 'immutable'
  | 'list'
  | 'dict'
  | 'set'
  | 'deque'
  | 'bytearray'
  | 'queue'
  | 'iterator'
  | 'file'
  | 'generator'
  | 'array'
  | 'frame'
  | 'series'
  | 'tensor'
  | 'module'
  | 'optimizer'
  | 'estimator'
  | 'other';

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function all(kind: ObjectKind, names: string): [string, ObjectKind][] {
  return words(names).map((name) => [name, kind]);
}

/** The kind of object that calling something gives. */
export const KIND_OF_RESULT: ReadonlyMap<string, ObjectKind> = new Map([
  ...all('list', 'builtins.list builtins.sorted builtins.dir os.listdir glob.glob re.findall re.split'),
  ...all(
    'dict',
    `builtins.dict collections.defaultdict collections.OrderedDict collections.Counter builtins.vars json.load json.loads
yaml.safe_load yaml.load tomllib.load tomllib.loads weakref.WeakValueDictionary weakref.WeakKeyDictionary`,
  ),
  ...all('set', 'builtins.set weakref.WeakSet'),
  ...all('deque', 'collections.deque'),
  ...all('bytearray', 'builtins.bytearray array.array'),
  ...all(
    'queue',
    'queue.Queue queue.LifoQueue queue.PriorityQueue queue.SimpleQueue multiprocessing.Queue asyncio.Queue',
  ),
  ...all(
    'iterator',
    'builtins.iter builtins.map builtins.filter builtins.zip builtins.enumerate builtins.reversed csv.reader csv.DictReader',
  ),
  ...all(
    'file',
    'builtins.open io.open gzip.open bz2.open lzma.open io.StringIO io.BytesIO codecs.open tempfile.NamedTemporaryFile tempfile.TemporaryFile',
  ),
  ...all(
    'generator',
    'random.Random numpy.random.default_rng numpy.random.RandomState numpy.random.Generator torch.Generator',
  ),
  ...all(
    'immutable',
    `builtins.int builtins.float builtins.str builtins.bool builtins.bytes builtins.complex builtins.len builtins.sum
builtins.frozenset builtins.range builtins.abs builtins.round builtins.repr builtins.chr builtins.ord builtins.hash
builtins.id builtins.isinstance builtins.issubclass builtins.any builtins.all builtins.format builtins.input
builtins.divmod builtins.pow builtins.hasattr builtins.callable builtins.hex builtins.bin builtins.oct
builtins.ascii builtins.object pathlib.Path pathlib.PurePath pathlib.PosixPath
pathlib.Path.home pathlib.Path.cwd datetime.datetime datetime.date datetime.timedelta datetime.datetime.now
datetime.datetime.today datetime.datetime.utcnow datetime.date.today time.time time.perf_counter time.monotonic
fractions.Fraction decimal.Decimal uuid.uuid4 re.compile os.getcwd os.getenv os.path.join os.path.dirname
os.path.abspath os.path.basename os.path.exists os.path.realpath os.path.expanduser os.cpu_count torch.device
torch.cuda.is_available torch.cuda.device_count torch.Size numpy.float64 numpy.float32 numpy.int64 numpy.int32
numpy.dtype pandas.Timestamp pandas.Timedelta json.dumps operator.itemgetter operator.attrgetter
platform.system platform.python_version`,
  ),
  ...all(
    'array',
    `numpy.array numpy.asarray numpy.zeros numpy.ones numpy.empty numpy.full numpy.arange numpy.linspace numpy.logspace
numpy.zeros_like numpy.ones_like numpy.empty_like numpy.full_like numpy.eye numpy.identity numpy.concatenate
numpy.stack numpy.vstack numpy.hstack numpy.column_stack numpy.load numpy.loadtxt numpy.genfromtxt numpy.random.rand
numpy.random.randn numpy.random.randint numpy.random.random numpy.random.normal numpy.random.uniform
numpy.random.permutation numpy.where numpy.sort numpy.argsort numpy.cumsum numpy.dot numpy.matmul numpy.reshape
numpy.fromfile numpy.memmap numpy.copy numpy.diag numpy.tile numpy.repeat numpy.clip numpy.exp numpy.log numpy.sqrt`,
  ),
  ...all(
    'frame',
    `pandas.DataFrame pandas.read_csv pandas.read_parquet pandas.read_excel pandas.read_json pandas.read_feather
pandas.read_table pandas.read_fwf pandas.read_sql pandas.read_sql_query pandas.read_sql_table pandas.read_pickle
pandas.read_hdf pandas.read_orc pandas.read_stata pandas.read_sas pandas.read_spss pandas.read_gbq pandas.merge
pandas.get_dummies pandas.pivot_table pandas.crosstab pandas.json_normalize seaborn.load_dataset`,
  ),
  ...all('series', 'pandas.Series pandas.cut pandas.to_numeric'),
  ...all(
    'tensor',
    `torch.tensor torch.zeros torch.ones torch.empty torch.full torch.arange torch.linspace torch.rand torch.randn
torch.randint torch.eye torch.from_numpy torch.as_tensor torch.cat torch.stack torch.zeros_like torch.ones_like
torch.empty_like torch.randn_like torch.rand_like torch.Tensor torch.FloatTensor torch.LongTensor
torch.nn.Parameter torch.nn.parameter.Parameter`,
  ),
]);

/** The same for whole families of names; the first that matches counts. */
export const KIND_PATTERNS: readonly (readonly [RegExp, ObjectKind])[] = [
  [/^torch\.optim\.lr_scheduler\.[A-Z]\w*$/, 'optimizer'],
  [/^torch\.optim\.(?:\w+\.)?[A-Z]\w*$/, 'optimizer'],
  [/^torch\.nn\.(?:modules\.\w+\.)?[A-Z]\w*$/, 'module'],
  [/^torchvision\.models\.(?:\w+\.)?[a-z]\w*$/, 'module'],
  [/^sklearn\.(?!metrics\.|datasets\.|utils\.)(?:\w+\.)+[A-Z]\w*$/, 'estimator'],
  [/^sklearn\.pipeline\.make_pipeline$|^sklearn\.compose\.make_column_transformer$/, 'estimator'],
  [/^(?:xgboost|lightgbm|catboost)\.(?:sklearn\.)?[A-Z]\w*(?:Classifier|Regressor|Ranker)$/, 'estimator'],
  [/^math\.\w+$|^os\.path\.\w+$/, 'immutable'],
];

/** Methods whose result is an object of the receiver's own kind. */
export const SAME_KIND_METHODS: ReadonlySet<string> = new Set(
  words(`
copy astype dropna fillna drop rename reset_index set_index sort_values sort_index assign query head tail sample
reindex round clip abs replace drop_duplicates filter where mask interpolate ffill bfill nlargest nsmallest shift
reshape ravel flatten transpose squeeze repeat cumsum union intersection difference symmetric_difference to cpu cuda
clone detach float long double half view permute unsqueeze contiguous eval train fit
`),
);
