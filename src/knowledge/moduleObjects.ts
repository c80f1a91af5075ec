/**
 * What a module-level variable may hold without being hidden state: objects that are made to be one per process, and
 * what is a constant although a call computes it. Dotted names are those that imports resolve to.
 */

/** Loggers, metrics, locks, applications, routers, clients, command line parsers: one per process by design. */
export const SHARED_BY_DESIGN: readonly RegExp[] = [
  /^logging\.(?:getLogger|Logger|LoggerAdapter|\w*Handler|Formatter|handlers\.\w+)$/,
  /(?:^|\.)(?:get_logger|getLogger|get_task_logger|getChild)$/,
  /^(?:loguru|structlog|absl\.logging|warnings)\./,
  /^(?:prometheus_client|statsd|datadog|opentelemetry|opencensus|newrelic|sentry_sdk|aioprometheus)\./,
  /^(?:threading|multiprocessing|asyncio)\.(?:R?Lock|Semaphore|BoundedSemaphore|Event|Condition|Barrier|local)$/,
  /^contextvars\.ContextVar$/,
  /^(?:flask|fastapi|starlette|quart|sanic|dash|bottle|aiohttp\.web|falcon|litestar|tornado|gradio|streamlit|chainlit|celery|dramatiq|huey|rq|typer|click|cyclopts|fire|mcp|modal|ray\.serve|bentoml|slowapi|socketio|flask_\w+|fastapi_\w+|django|rest_framework|nicegui|panel|shiny|connexion|apscheduler|prefect|airflow|dagster)\./,
  /^(?:sqlalchemy|sqlmodel|databases|peewee|mongoengine|pymongo|motor|redis|aioredis|psycopg2?|psycopg_pool|asyncpg|pymysql|MySQLdb|cassandra|elasticsearch|opensearchpy|kafka|confluent_kafka|aiokafka|pika|boto3|botocore|aiobotocore|google\.cloud|azure|openai|anthropic|cohere|mistralai|groq|pinecone|qdrant_client|weaviate|chromadb|pymilvus|snowflake|duckdb|supabase|stripe|twilio|slack_sdk|telegram|discord|paramiko|docker|kubernetes|wandb|mlflow|neptune|comet_ml|clearml|langfuse|langsmith|tweepy|praw|jinja2|rich|colorama|pint|faker|tenacity|pybreaker|cachetools|diskcache|joblib\.Memory)(?:\.|$)/,
  /^(?:requests\.(?:sessions\.)?Session|httpx\.(?:Async)?Client|aiohttp\.ClientSession|urllib3\.PoolManager)$/,
  /(?:^|\.)[A-Z]\w*(?:Client|Connection|Pool|Engine|Router|Blueprint|Logger|Lock)$/,
];

/** Calls that give what is as good as a definition: types, compiled patterns, functions made of functions, markers. */
export const DEFINITIONS: readonly RegExp[] = [
  /^(?:re|regex)\.(?:compile|template)$/,
  /^(?:typing|typing_extensions)\.\w+$/,
  /^collections\.namedtuple$|^enum\.\w+$|^dataclasses\.(?:make_dataclass|field)$|^types\.\w+$/,
  /^functools\.(?:partial|partialmethod|lru_cache|cache|wraps|singledispatch|cmp_to_key)$/,
  /(?:^|\.)(?:module_available|is_\w+_available|importorskip|get_lapack_funcs|get_blas_funcs)$/,
  /^operator\.(?:itemgetter|attrgetter|methodcaller)$/,
  /^(?:pydantic|attr|attrs|marshmallow|factory|ctypes|cffi|struct|numba|jax|sympy|string)\.\w+(?:\.\w+)*$/,
  /^builtins\.(?:object|type|property|staticmethod|classmethod)$/,
  /^torch\.(?:device|compile|jit\.script|vmap|get_default_dtype|cuda\.is_available|backends\.\w+(?:\.\w+)*)$/,
  /^torch\.nn\.(?:modules\.loss\.)?\w*Loss$/,
  /^(?:torchvision\.transforms|albumentations|monai\.transforms|torchaudio\.transforms)\./,
  /^numpy\.(?:vectorize|dtype|frompyfunc|finfo|iinfo|errstate)$/,
  /^(?:importlib|pkg_resources|packaging|platform|sysconfig|gettext|locale|inspect)\.\w+(?:\.\w+)*$/,
  /^os\.(?:getenv|getcwd|getpid|cpu_count|environ(?:\.\w+)*|environb(?:\.\w+)*|path\.\w+|name|sep|fspath|uname)$/,
  /^(?:environ|decouple|dotenv|environs)\.\w+(?:\.\w+)*$|^distutils\.\w+(?:\.\w+)*$/,
  /^argparse\.(?:ArgumentParser|Namespace)$|^optparse\.OptionParser$/,
  /^pytest\.\w+(?:\.\w+)*$|^unittest\.\w+(?:\.\w+)*$|^sys\.(?:getdefaultencoding|version_info|platform)$/,
  /^matplotlib\.(?:colors|cm|ticker|patheffects|font_manager)\.\w+(?:\.\w+)*$|^matplotlib\.(?:pyplot|cm)\.get_cmap$/,
  /^(?:seaborn)\.(?:color_palette|husl_palette|cubehelix_palette|light_palette|dark_palette|diverging_palette)$/,
];

/** Functions whose result is a constant if all their arguments are. */
export const PURE_FUNCTIONS: readonly RegExp[] = [
  /^builtins\.(?:abs|all|any|ascii|bin|bool|bytearray|bytes|chr|complex|dict|divmod|enumerate|filter|float|format|frozenset|getattr|hasattr|hex|int|isinstance|issubclass|len|list|map|max|min|oct|ord|pow|range|repr|reversed|round|set|slice|sorted|str|sum|tuple|zip)(?:\.\w+)?$/,
  /^(?:math|cmath|statistics|fractions|decimal|itertools|collections|functools|copy|textwrap|unicodedata|hashlib|base64|ipaddress|posixpath|ntpath)\.\w+(?:\.\w+)*$/,
  /^datetime\.(?!\w*\.?(?:now|today|utcnow)$)\w+(?:\.\w+)*$/,
  /^(?:zoneinfo|pytz|dateutil)\.\w+(?:\.\w+)*$/,
  /^pathlib\.\w+$/,
  /^numpy\.(?!random\.|load|fromfile|genfromtxt|memmap|DataSource|lib\.)\w+(?:\.\w+)*$/,
  /^pandas\.(?!read_|HDFStore|io\.)\w+(?:\.\w+)*$/,
  /^torch\.(?:tensor|as_tensor|zeros|ones|full|arange|linspace|eye|zeros_like|ones_like|Size)$/,
  /^scipy\.(?:special|constants|stats)\.\w+(?:\.\w+)*$/,
];

/** Attributes of imported modules that are inputs of the run. */
export const RUN_INPUTS: ReadonlySet<string> = new Set(['sys.argv', 'sys.stdin', 'sys.orig_argv']);

/** Calls that read a file, the network, a data base or the command line, beside those that take a file argument. */
export const READS_OUTSIDE: readonly RegExp[] = [
  /^builtins\.(?:open|input)$/,
  /(?:^|\.)(?:from_pretrained|parse_args|parse_known_args|load_dataset|read_text|read_bytes|urlopen|urlretrieve|load_model|safe_load|load_state_dict_from_url|hf_hub_download|snapshot_download)$/,
  /^(?:pickle|dill|cloudpickle|joblib|json|yaml|toml|tomllib|tomli|marshal|shelve)\.(?:load|load_all|full_load|open)$/,
  /^torch\.(?:load|jit\.load|hub\.load)$|^numpy\.(?:load|loadtxt|genfromtxt|fromfile|memmap)$/,
  /^(?:pandas|polars|geopandas|dask\.dataframe|modin\.pandas|xarray)\.(?:read_\w+|scan_\w+|open_\w+|load_dataset)$/,
  /^requests\.(?:get|post|put|request)$|^httpx\.(?:get|post|request|stream)$|^urllib\.request\.\w+$/,
  /^sklearn\.datasets\.(?:fetch_|load_)\w+$|^seaborn\.load_dataset$|^torchvision\.datasets\.\w+$/,
  /^(?:tensorflow\.)?keras\.(?:datasets\.\w+\.load_data|models\.load_model|applications\.\w+(?:\.\w+)*)$/,
  /^(?:transformers\.pipeline|spacy\.load|cv2\.imread|PIL\.Image\.open|imageio\.(?:v\d\.)?imread|librosa\.load|skimage\.io\.imread)$/,
  /^subprocess\.(?:run|check_output|Popen|getoutput)$|^os\.(?:listdir|popen|scandir|walk|stat|path\.getmtime)$|^glob\.i?glob$/,
  /^getpass\.getpass$|^socket\.\w+$/,
];
