/**
 * Which calls raise what, as data, from the documentation of each function: what the outside world can make them raise
 * (files, networks, data that is not what it should be), not what a mistake in the calling code would. Dotted names are
 * those that imports resolve to; exceptions are named as in `exceptionClasses.ts`.
 */

/** What a call deals with. `plain`: nothing outside the program. */
export type CallDomain = 'file' | 'network' | 'parse' | 'model' | 'process' | 'plain';

export interface RaisingCall {
  readonly domain: CallDomain;
  /** Empty: nothing but what a mistake in the code would raise. */
  readonly raises: readonly string[];
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function all(domain: CallDomain, raises: string, calls: string): readonly (readonly [string, RaisingCall])[] {
  const entry: RaisingCall = { domain, raises: words(raises) };
  return words(calls).map((call) => [call, entry] as const);
}

/** A pickle runs code: the documentation of pickle names these "including, but not necessarily limited to". */
const UNPICKLING = 'pickle.UnpicklingError AttributeError EOFError ImportError IndexError';

/** What functions raise. */
export const RAISED_BY: ReadonlyMap<string, RaisingCall> = new Map([
  ...all(
    'file',
    'OSError',
    `builtins.open io.open os.open os.listdir os.scandir os.stat os.lstat os.remove os.unlink os.rename os.replace os.mkdir
os.makedirs os.rmdir os.removedirs os.chdir os.chmod os.chown os.link os.symlink os.readlink os.truncate os.utime os.access
os.path.getsize os.path.getmtime os.path.getctime os.path.getatime os.path.samefile os.getcwd shutil.copy shutil.copy2
shutil.copyfile shutil.copyfileobj shutil.copytree shutil.move shutil.rmtree shutil.disk_usage shutil.chown
tempfile.mkdtemp tempfile.mkstemp tempfile.NamedTemporaryFile tempfile.TemporaryFile tempfile.TemporaryDirectory
gzip.open bz2.open codecs.open linecache.getlines filecmp.cmp fileinput.input mmap.mmap numpy.save numpy.savez
numpy.savez_compressed numpy.savetxt numpy.memmap joblib.dump pickle.dump torch.save json.dump yaml.dump yaml.safe_dump
matplotlib.pyplot.savefig soundfile.read soundfile.write cv2.imwrite shelve.open dbm.open imageio.imread imageio.v2.imread
imageio.v3.imread h5py.File`,
  ),
  ...all('file', 'OSError lzma.LZMAError', 'lzma.open'),
  ...all('file', 'OSError zipfile.BadZipFile', 'zipfile.ZipFile'),
  ...all('file', 'OSError tarfile.TarError', 'tarfile.open'),
  ...all('file', 'OSError ValueError shutil.Error', 'shutil.unpack_archive shutil.make_archive'),
  ...all('file', 'OSError wave.Error EOFError', 'wave.open'),
  ...all('file', 'OSError', 'PIL.Image.open matplotlib.pyplot.imread matplotlib.image.imread'),
  ...all(
    'file',
    'OSError ValueError',
    `pandas.read_csv pandas.read_table pandas.read_fwf pandas.read_excel pandas.read_json pandas.read_xml pandas.read_stata
pandas.read_sas pandas.read_parquet pandas.read_feather pandas.read_orc pandas.read_html numpy.loadtxt numpy.genfromtxt
numpy.fromfile xarray.open_dataset xarray.open_mfdataset xarray.open_dataarray xarray.load_dataset pyarrow.parquet.read_table
pyarrow.csv.read_csv pyarrow.parquet.read_pandas torchaudio.load librosa.load skimage.io.imread`,
  ),
  ...all('file', 'OSError KeyError', 'pandas.read_hdf'),
  ...all('file', `OSError ${UNPICKLING}`, 'pandas.read_pickle'),
  ...all('file', 'OSError ValueError EOFError', 'numpy.load scipy.io.loadmat'),
  ...all('model', `OSError ${UNPICKLING}`, 'joblib.load pickle.load dill.load cloudpickle.load'),
  ...all('parse', UNPICKLING, 'pickle.loads dill.loads cloudpickle.loads'),
  ...all(
    'plain',
    'pickle.PicklingError TypeError AttributeError',
    'pickle.dumps dill.dumps cloudpickle.dumps',
  ),
  ...all(
    'model',
    'OSError RuntimeError pickle.UnpicklingError EOFError',
    'torch.load torch.serialization.load',
  ),
  ...all('model', 'OSError RuntimeError ValueError', 'torch.jit.load torch.hub.load'),
  ...all(
    'model',
    'OSError safetensors.SafetensorError',
    'safetensors.torch.load_file safetensors.numpy.load_file',
  ),
  ...all(
    'model',
    'OSError ValueError',
    `keras.models.load_model tensorflow.keras.models.load_model keras.saving.load_model tensorflow.saved_model.load
transformers.pipeline sentence_transformers.SentenceTransformer spacy.load`,
  ),
  ...all('model', 'OSError RuntimeError', 'onnxruntime.InferenceSession'),
  ...all('parse', 'json.JSONDecodeError OSError', 'json.load ujson.load simplejson.load'),
  ...all('parse', 'json.JSONDecodeError', 'json.loads'),
  ...all('parse', 'ValueError', 'orjson.loads ujson.loads simplejson.loads tomli.loads tomllib.loads'),
  ...all('parse', 'ValueError OSError', 'tomllib.load tomli.load toml.load'),
  ...all('plain', 'TypeError ValueError', 'json.dumps'),
  ...all(
    'parse',
    'yaml.YAMLError OSError',
    'yaml.load yaml.safe_load yaml.full_load yaml.unsafe_load yaml.load_all yaml.safe_load_all',
  ),
  ...all('parse', 'ValueError TypeError', 'builtins.int builtins.float builtins.complex fractions.Fraction'),
  ...all('parse', 'ValueError', 'uuid.UUID ipaddress.ip_address ipaddress.ip_network builtins.bytes.fromhex'),
  ...all('parse', 'ArithmeticError', 'decimal.Decimal'),
  ...all('parse', 'ValueError SyntaxError TypeError', 'ast.literal_eval'),
  ...all('parse', 'SyntaxError ValueError', 'ast.parse'),
  ...all(
    'parse',
    'ValueError',
    `datetime.datetime.strptime datetime.datetime.fromisoformat datetime.date.fromisoformat datetime.time.fromisoformat
datetime.datetime.fromtimestamp time.strptime dateutil.parser.parse dateutil.parser.isoparse pandas.to_datetime
pandas.to_timedelta pandas.Timestamp pandas.Timedelta numpy.datetime64 numpy.fromstring`,
  ),
  ...all('parse', 'ValueError TypeError', 'pandas.to_numeric'),
  ...all('parse', 'struct.error', 'struct.unpack struct.unpack_from struct.pack'),
  ...all('parse', 'ValueError', 'base64.b64decode base64.urlsafe_b64decode binascii.unhexlify'),
  ...all('parse', 'zlib.error', 'zlib.decompress'),
  ...all('parse', 'OSError EOFError zlib.error', 'gzip.decompress'),
  ...all('parse', 'csv.Error', 'csv.reader csv.DictReader'),
  ...all(
    'parse',
    'OSError xml.etree.ElementTree.ParseError',
    'xml.etree.ElementTree.parse xml.etree.ElementTree.iterparse',
  ),
  ...all('parse', 'xml.etree.ElementTree.ParseError', 'xml.etree.ElementTree.fromstring'),
  ...all('parse', 're.error', 're.compile'),
  ...all(
    'network',
    'requests.RequestException',
    `requests.get requests.post requests.put requests.patch requests.delete requests.head requests.options requests.request`,
  ),
  ...all(
    'network',
    'httpx.HTTPError httpx.InvalidURL',
    'httpx.get httpx.post httpx.put httpx.patch httpx.delete httpx.head httpx.options httpx.request httpx.stream',
  ),
  ...all(
    'network',
    'OSError http.client.HTTPException ValueError',
    'urllib.request.urlopen urllib.request.urlretrieve wget.download',
  ),
  ...all(
    'network',
    'OSError',
    'socket.create_connection socket.gethostbyname socket.getaddrinfo socket.gethostname',
  ),
  ...all(
    'network',
    'botocore.exceptions.BotoCoreError botocore.exceptions.ClientError',
    'boto3.client boto3.resource boto3.Session',
  ),
  ...all(
    'network',
    'OSError ValueError',
    `huggingface_hub.hf_hub_download huggingface_hub.snapshot_download datasets.load_dataset nltk.download
torch.hub.download_url_to_file torch.hub.load_state_dict_from_url`,
  ),
  ...all('network', 'psycopg2.Error', 'psycopg2.connect'),
  ...all('network', 'pymysql.MySQLError', 'pymysql.connect'),
  ...all('file', 'sqlite3.Error', 'sqlite3.connect'),
  ...all('network', 'sqlalchemy.exc.SQLAlchemyError', 'sqlalchemy.create_engine'),
  ...all(
    'process',
    'OSError subprocess.SubprocessError',
    'subprocess.run subprocess.call subprocess.check_call subprocess.check_output',
  ),
  ...all('process', 'OSError', 'subprocess.Popen os.kill os.killpg os.waitpid os.system os.popen'),
  ...all('process', 'ValueError', 'shlex.split'),
  ...all('plain', 'ImportError', 'importlib.import_module builtins.__import__ importlib.metadata.version'),
  ...all('plain', 'ImportError AttributeError', 'pydoc.locate'),
  ...all(
    'plain',
    'ValueError',
    'builtins.min builtins.max statistics.mean statistics.median statistics.stdev math.sqrt math.log',
  ),
  ...all('plain', 'IndexError', 'random.choice'),
  ...all('plain', 'ValueError', 'random.sample random.randint'),
  ...all('plain', 'AttributeError', 'builtins.getattr builtins.delattr'),
  ...all('plain', 'StopIteration', 'builtins.next'),
  ...all('plain', 'EOFError', 'builtins.input'),
  ...all(
    'plain',
    'ValueError',
    `numpy.concatenate numpy.stack numpy.vstack numpy.hstack numpy.reshape numpy.dot numpy.matmul
pandas.concat pandas.merge sklearn.model_selection.train_test_split sklearn.model_selection.cross_val_score
sklearn.metrics.accuracy_score sklearn.metrics.f1_score sklearn.metrics.roc_auc_score sklearn.metrics.mean_squared_error
sklearn.metrics.classification_report sklearn.metrics.confusion_matrix`,
  ),
  ...all(
    'plain',
    'numpy.linalg.LinAlgError',
    'numpy.linalg.inv numpy.linalg.solve numpy.linalg.cholesky numpy.linalg.svd numpy.linalg.eig',
  ),
  ...all('plain', 'ValueError', 'pandas.DataFrame pandas.Series numpy.array numpy.asarray'),
  ...all(
    'plain',
    'ValueError TypeError RuntimeError',
    'torch.tensor torch.from_numpy torch.as_tensor torch.stack torch.cat',
  ),
  ...all(
    'plain',
    '',
    `builtins.len builtins.print builtins.str builtins.repr builtins.range builtins.enumerate builtins.zip builtins.list
builtins.tuple builtins.set builtins.frozenset builtins.dict builtins.bool builtins.sorted builtins.reversed
builtins.isinstance builtins.issubclass builtins.hasattr builtins.type builtins.id builtins.hash builtins.abs
builtins.round builtins.sum builtins.any builtins.all builtins.map builtins.filter builtins.iter builtins.format
builtins.callable builtins.super builtins.object builtins.setattr builtins.vars builtins.dir builtins.globals
builtins.locals builtins.bytes builtins.bytearray builtins.slice os.path.join os.path.exists os.path.isfile
os.path.isdir os.path.basename os.path.dirname os.path.abspath os.path.splitext os.path.split os.path.expanduser
os.path.normpath os.path.relpath os.path.islink os.getenv os.environ.get os.getpid os.cpu_count os.fspath os.walk
glob.glob glob.iglob pathlib.Path pathlib.PurePath pathlib.Path.home pathlib.Path.cwd io.StringIO io.BytesIO
time.time time.perf_counter time.monotonic time.sleep time.strftime datetime.datetime.now datetime.datetime.utcnow
datetime.datetime.today datetime.date.today datetime.timedelta datetime.datetime random.random random.uniform
random.seed random.shuffle collections.defaultdict collections.OrderedDict collections.Counter collections.deque
collections.namedtuple copy.copy copy.deepcopy functools.partial functools.wraps itertools.chain itertools.product
re.match re.search re.fullmatch re.sub re.findall re.split re.finditer re.escape uuid.uuid4 textwrap.dedent
string.Template traceback.print_exc traceback.format_exc sys.exc_info sys.exit gc.collect warnings.warn
logging.debug logging.info logging.warning logging.error logging.exception logging.critical logging.getLogger
json.JSONEncoder argparse.ArgumentParser threading.Lock threading.Event threading.Thread
requests.Session requests.session httpx.Client tqdm.tqdm tqdm.auto.tqdm pprint.pprint shutil.which tempfile.gettempdir
numpy.zeros numpy.ones numpy.arange numpy.linspace numpy.mean numpy.sum numpy.isnan numpy.sqrt numpy.abs numpy.where
numpy.argmax numpy.unique torch.no_grad torch.inference_mode torch.device torch.manual_seed torch.zeros torch.ones
torch.cuda.is_available torch.cuda.empty_cache matplotlib.pyplot.figure matplotlib.pyplot.subplots matplotlib.pyplot.plot
matplotlib.pyplot.show matplotlib.pyplot.close matplotlib.pyplot.title matplotlib.pyplot.xlabel matplotlib.pyplot.ylabel
contextlib.suppress contextlib.nullcontext contextlib.closing contextlib.ExitStack`,
  ),
]);
