/** Which methods of library objects raise what, as data; see `exceptions.ts`. */
import type { RaisingCall } from './exceptions';

/** A library object by where it came from. */
export type RaisingKind =
  | 'file'
  | 'path'
  | 'response'
  | 'session'
  | 'http-client'
  | 'url-response'
  | 'socket'
  | 'cloud'
  | 'sqlite'
  | 'database'
  | 'engine'
  | 'archive'
  | 'zip'
  | 'process'
  | 'future'
  | 'executor'
  | 'config-parser'
  | 'csv-writer'
  | 'logger'
  | 'frame'
  | 'image'
  | 'estimator'
  | 'lock'
  | 'argument-parser';

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function kinds(kind: RaisingKind, calls: string): readonly (readonly [string, RaisingKind])[] {
  return words(calls).map((call) => [call, kind] as const);
}

/** What calling something gives, or what an object of a class is. */
const KIND_OF_CALL: ReadonlyMap<string, RaisingKind> = new Map([
  ...kinds(
    'file',
    `builtins.open io.open gzip.open bz2.open lzma.open codecs.open tempfile.NamedTemporaryFile tempfile.TemporaryFile
io.StringIO io.BytesIO typing.TextIO typing.BinaryIO typing.IO`,
  ),
  ...kinds('path', 'pathlib.Path pathlib.PosixPath pathlib.WindowsPath pathlib.Path.home pathlib.Path.cwd'),
  ...kinds(
    'response',
    `requests.get requests.post requests.put requests.patch requests.delete requests.head requests.options requests.request
requests.Response`,
  ),
  ...kinds('session', 'requests.Session requests.session requests.sessions.Session'),
  ...kinds('http-client', 'httpx.Client httpx.AsyncClient'),
  ...kinds('url-response', 'urllib.request.urlopen'),
  ...kinds('socket', 'socket.socket socket.create_connection'),
  ...kinds('cloud', 'boto3.client boto3.resource boto3.Session boto3.session.Session'),
  ...kinds('sqlite', 'sqlite3.connect sqlite3.Connection sqlite3.Cursor'),
  ...kinds('database', 'psycopg2.connect'),
  ...kinds('engine', 'sqlalchemy.create_engine sqlalchemy.orm.Session'),
  ...kinds('archive', 'tarfile.open'),
  ...kinds('zip', 'zipfile.ZipFile'),
  ...kinds('process', 'subprocess.Popen'),
  ...kinds(
    'executor',
    'concurrent.futures.ThreadPoolExecutor concurrent.futures.ProcessPoolExecutor concurrent.futures.Executor',
  ),
  ...kinds('future', 'concurrent.futures.Future asyncio.Future'),
  ...kinds('config-parser', 'configparser.ConfigParser configparser.RawConfigParser'),
  ...kinds('csv-writer', 'csv.writer csv.DictWriter'),
  ...kinds('logger', 'logging.getLogger logging.Logger'),
  ...kinds('image', 'PIL.Image.open PIL.Image.Image'),
  ...kinds('lock', 'threading.Lock threading.RLock threading.Event threading.Thread'),
  ...kinds('argument-parser', 'argparse.ArgumentParser'),
  ...kinds(
    'frame',
    `pandas.DataFrame pandas.read_csv pandas.read_table pandas.read_excel pandas.read_json pandas.read_parquet
pandas.read_feather pandas.concat pandas.merge pandas.read_pickle pandas.read_sql`,
  ),
]);

type MethodEntry = readonly [key: string, RaisingCall];

function methods(
  kind: RaisingKind,
  domain: RaisingCall['domain'],
  raises: string,
  names: string,
): readonly MethodEntry[] {
  const entry: RaisingCall = { domain, raises: words(raises) };
  return words(names).map((name) => [`${kind}.${name}`, entry] as const);
}

/** By `kind.method`; `kind.*` stands for every other method. */
const METHODS: ReadonlyMap<string, RaisingCall> = new Map([
  ...methods('file', 'file', 'OSError UnicodeDecodeError', 'read readline readlines readinto'),
  ...methods('file', 'file', 'OSError', 'write writelines flush close seek tell truncate fileno'),
  ...methods(
    'path',
    'file',
    'OSError',
    `open read_bytes write_bytes write_text unlink mkdir rmdir rename replace stat lstat touch chmod symlink_to iterdir
readlink samefile owner group exists is_file is_dir`,
  ),
  ...methods('path', 'file', 'OSError UnicodeDecodeError', 'read_text'),
  ...methods(
    'estimator',
    'model',
    'ValueError',
    'fit predict predict_proba transform fit_transform fit_predict score',
  ),
  ...methods('estimator', 'plain', 'ValueError', 'get_params set_params'),
  ...methods(
    'path',
    'plain',
    '',
    `resolve absolute expanduser with_suffix with_name with_stem joinpath as_posix glob rglob relative_to is_absolute`,
  ),
  ...methods('response', 'parse', 'requests.RequestException ValueError', 'json'),
  ...methods('response', 'network', 'requests.RequestException', 'raise_for_status iter_content iter_lines'),
  ...methods('response', 'plain', '', 'close'),
  ...methods(
    'session',
    'network',
    'requests.RequestException',
    'get post put patch delete head options request send',
  ),
  ...methods('session', 'plain', '', 'close mount'),
  ...methods(
    'http-client',
    'network',
    'httpx.HTTPError httpx.InvalidURL',
    'get post put patch delete head request stream',
  ),
  ...methods('url-response', 'network', 'OSError http.client.HTTPException', '*'),
  ...methods('socket', 'network', 'OSError', '*'),
  ...methods('cloud', 'network', 'botocore.exceptions.BotoCoreError botocore.exceptions.ClientError', '*'),
  ...methods('sqlite', 'file', 'sqlite3.Error', '*'),
  ...methods('database', 'network', 'psycopg2.Error', '*'),
  ...methods('engine', 'network', 'sqlalchemy.exc.SQLAlchemyError', '*'),
  ...methods('archive', 'file', 'OSError tarfile.TarError', '*'),
  ...methods('zip', 'file', 'OSError zipfile.BadZipFile KeyError', '*'),
  ...methods('process', 'process', 'OSError subprocess.SubprocessError', 'communicate wait'),
  ...methods('process', 'process', 'OSError', 'kill terminate send_signal poll'),
  ...methods('executor', 'plain', '', 'shutdown'),
  ...methods('config-parser', 'file', 'OSError configparser.Error', 'read read_file read_string'),
  ...methods('config-parser', 'parse', 'configparser.Error ValueError', 'get getint getfloat getboolean'),
  ...methods('csv-writer', 'file', 'csv.Error OSError ValueError', 'writerow writerows writeheader'),
  ...methods('logger', 'plain', '', '*'),
  ...methods('lock', 'plain', '', 'acquire release set clear wait is_set start join'),
  ...methods('image', 'file', 'OSError', 'load verify save convert resize crop thumbnail'),
  ...methods('frame', 'file', 'OSError', 'to_csv to_parquet to_json to_excel to_feather to_pickle'),
  ...methods('frame', 'plain', '', 'head tail copy info describe reset_index to_dict iterrows itertuples'),
  ...methods('frame', 'plain', 'KeyError', 'drop set_index sort_values groupby dropna'),
]);

/** Objects that other objects' methods give, by `kind.method`. */
const KIND_OF_METHOD: ReadonlyMap<string, RaisingKind> = new Map([
  ...words('get post put patch delete head options request send').map(
    (name) => [`session.${name}`, 'response'] as const,
  ),
  ...words('with_suffix with_name with_stem joinpath resolve absolute expanduser rename replace').map(
    (name) => [`path.${name}`, 'path'] as const,
  ),
  ...words('copy drop dropna fillna head tail reset_index set_index sort_values').map(
    (name) => [`frame.${name}`, 'frame'] as const,
  ),
  ['path.open', 'file'],
  ['zip.open', 'file'],
  ['executor.submit', 'future'],
]);

/** Kinds whose methods give objects that raise the same: cursors of connections, clients of sessions. */
const SAME_KIND: ReadonlySet<RaisingKind> = new Set([
  'sqlite',
  'database',
  'engine',
  'cloud',
  'url-response',
]);

/** What a method of an object of a kind gives; undefined: not known. */
export function kindOfMethod(kind: RaisingKind, method: string): RaisingKind | undefined {
  return KIND_OF_METHOD.get(`${kind}.${method}`) ?? (SAME_KIND.has(kind) ? kind : undefined);
}

/** What calling something gives: a listed function or class, or an estimator of scikit-learn. */
export function kindOfCallee(callee: string): RaisingKind | undefined {
  return KIND_OF_CALL.get(callee) ?? (/^sklearn\.[\w.]+\.[A-Z]\w+$/.test(callee) ? 'estimator' : undefined);
}

/** What a method of an object of a kind raises; undefined: not known. */
export function raisedByMethod(kind: RaisingKind, method: string): RaisingCall | undefined {
  return METHODS.get(`${kind}.${method}`) ?? METHODS.get(`${kind}.*`);
}

/** Methods that text alone has, and that raise nothing whatever the text is. */
export const TEXT_METHODS: ReadonlySet<string> = new Set(
  words(
    `split rsplit strip lstrip rstrip splitlines lower upper casefold title capitalize startswith endswith partition
rpartition zfill ljust rjust swapcase removeprefix removesuffix isdigit isalpha isnumeric`,
  ),
);

/** Methods of the built-in containers that raise nothing whatever is in them. */
export const CONTAINER_METHODS: ReadonlySet<string> = new Set(
  words(
    'append extend insert add update items keys values get setdefault copy clear count sort reverse discard',
  ),
);

/** Methods of containers that raise where something is missing. */
export const LOOKUP_METHODS: ReadonlyMap<string, readonly string[]> = new Map([
  ['pop', ['IndexError', 'KeyError']],
  ['remove', ['KeyError', 'ValueError']],
  ['index', ['ValueError']],
  ['popitem', ['KeyError']],
  ['popleft', ['IndexError']],
]);
