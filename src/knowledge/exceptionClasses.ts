/** Exception classes as data: what they derive from, and the names they go by. Builtins stand without a module. */

/** Each class with the class that it derives from, as the documentation of its library has it. */
const BASES: Readonly<Record<string, string>> = {
  ...children('BaseException', 'Exception KeyboardInterrupt SystemExit GeneratorExit'),
  ...children(
    'Exception',
    `ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError
OSError ReferenceError RuntimeError StopIteration StopAsyncIteration SyntaxError SystemError TypeError ValueError
Warning queue.Empty queue.Full`,
  ),
  ...children('ArithmeticError', 'FloatingPointError OverflowError ZeroDivisionError'),
  ...children('LookupError', 'IndexError KeyError'),
  ...children('KeyError', 'zoneinfo.ZoneInfoNotFoundError'),
  ...children('TimeoutError', 'concurrent.futures.TimeoutError'),
  ...children('ImportError', 'ModuleNotFoundError'),
  ...children('NameError', 'UnboundLocalError'),
  ...children('RuntimeError', 'NotImplementedError RecursionError'),
  ...children('SyntaxError', 'IndentationError'),
  ...children('ValueError', 'UnicodeError'),
  ...children('UnicodeError', 'UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError'),
  ...children(
    'OSError',
    `BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError
IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError`,
  ),
  ...children(
    'ConnectionError',
    'BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError http.client.RemoteDisconnected',
  ),
  // Files and their formats.
  ...children(
    'OSError',
    `shutil.Error gzip.BadGzipFile PIL.UnidentifiedImageError socket.gaierror socket.herror ssl.SSLError
urllib.error.URLError`,
  ),
  ...children('urllib.error.URLError', 'urllib.error.HTTPError'),
  ...children('shutil.Error', 'shutil.SameFileError'),
  ...children(
    'ValueError',
    `json.JSONDecodeError tomllib.TOMLDecodeError tomli.TOMLDecodeError binascii.Error plistlib.InvalidFileException
pandas.errors.EmptyDataError pandas.errors.ParserError numpy.linalg.LinAlgError pyarrow.ArrowInvalid
sklearn.exceptions.NotFittedError pydantic.ValidationError`,
  ),
  ...children('SyntaxError', 'xml.etree.ElementTree.ParseError'),
  ...children(
    'Exception',
    `pickle.PickleError zipfile.BadZipFile zipfile.LargeZipFile tarfile.TarError lzma.LZMAError zlib.error csv.Error
struct.error configparser.Error yaml.YAMLError sqlite3.Error wave.Error re.error copy.Error subprocess.SubprocessError
http.client.HTTPException httpx.HTTPError httpx.InvalidURL aiohttp.ClientError botocore.exceptions.BotoCoreError
botocore.exceptions.ClientError sqlalchemy.exc.SQLAlchemyError psycopg2.Error pymysql.MySQLError redis.RedisError
pymongo.errors.PyMongoError google.api_core.exceptions.GoogleAPIError grpc.RpcError openai.OpenAIError
safetensors.SafetensorError duckdb.Error smtplib.SMTPResponseException concurrent.futures.CancelledError
jsonschema.ValidationError`,
  ),
  ...children('pickle.PickleError', 'pickle.UnpicklingError pickle.PicklingError'),
  ...children('tarfile.TarError', 'tarfile.ReadError tarfile.CompressionError tarfile.ExtractError'),
  ...children('yaml.YAMLError', 'yaml.scanner.ScannerError yaml.parser.ParserError'),
  ...children('configparser.Error', 'configparser.NoSectionError configparser.NoOptionError'),
  ...children('sqlite3.Error', 'sqlite3.DatabaseError'),
  ...children('sqlite3.DatabaseError', 'sqlite3.OperationalError sqlite3.IntegrityError'),
  ...children('subprocess.SubprocessError', 'subprocess.CalledProcessError subprocess.TimeoutExpired'),
  ...children('RuntimeError', 'torch.cuda.OutOfMemoryError concurrent.futures.BrokenExecutor'),
  // Networks. A RequestException is an IOError.
  ...children('OSError', 'requests.RequestException'),
  ...children(
    'requests.RequestException',
    `requests.ConnectionError requests.HTTPError requests.Timeout requests.TooManyRedirects requests.JSONDecodeError
requests.exceptions.ChunkedEncodingError requests.exceptions.InvalidURL requests.exceptions.MissingSchema`,
  ),
  ...children(
    'requests.ConnectionError',
    'requests.exceptions.SSLError requests.exceptions.ProxyError requests.ConnectTimeout',
  ),
  ...children('requests.Timeout', 'requests.ReadTimeout'),
  ...children('httpx.HTTPError', 'httpx.RequestError httpx.HTTPStatusError'),
  ...children('httpx.RequestError', 'httpx.TransportError httpx.DecodingError httpx.TooManyRedirects'),
  ...children('httpx.TransportError', 'httpx.TimeoutException httpx.NetworkError'),
  ...children('httpx.NetworkError', 'httpx.ConnectError httpx.ReadError'),
  ...children(
    'aiohttp.ClientError',
    'aiohttp.ClientResponseError aiohttp.ClientConnectionError aiohttp.ClientPayloadError',
  ),
  ...children('openai.OpenAIError', 'openai.APIError openai.RateLimitError'),
};

/** Other names of the same class. */
const ALIASES: Readonly<Record<string, string>> = {
  IOError: 'OSError',
  EnvironmentError: 'OSError',
  WindowsError: 'OSError',
  'socket.error': 'OSError',
  'os.error': 'OSError',
  'select.error': 'OSError',
  'socket.timeout': 'TimeoutError',
  'asyncio.TimeoutError': 'TimeoutError',
  '_pickle.UnpicklingError': 'pickle.UnpicklingError',
  '_pickle.PicklingError': 'pickle.PicklingError',
  'json.decoder.JSONDecodeError': 'json.JSONDecodeError',
  'urllib3.exceptions.HTTPError': 'Exception',
  'PIL.Image.UnidentifiedImageError': 'PIL.UnidentifiedImageError',
  'numpy.linalg.linalg.LinAlgError': 'numpy.linalg.LinAlgError',
  'torch.OutOfMemoryError': 'torch.cuda.OutOfMemoryError',
  'pyarrow.lib.ArrowInvalid': 'pyarrow.ArrowInvalid',
  'requests.exceptions.RequestException': 'requests.RequestException',
  'requests.exceptions.ConnectionError': 'requests.ConnectionError',
  'requests.exceptions.HTTPError': 'requests.HTTPError',
  'requests.exceptions.Timeout': 'requests.Timeout',
  'requests.exceptions.ConnectTimeout': 'requests.ConnectTimeout',
  'requests.exceptions.ReadTimeout': 'requests.ReadTimeout',
  'requests.exceptions.TooManyRedirects': 'requests.TooManyRedirects',
  'requests.exceptions.JSONDecodeError': 'requests.JSONDecodeError',
  'aiohttp.client_exceptions.ClientError': 'aiohttp.ClientError',
  'openai.error.OpenAIError': 'openai.OpenAIError',
  'xml.etree.cElementTree.ParseError': 'xml.etree.ElementTree.ParseError',
  'psycopg.Error': 'psycopg2.Error',
};

/** Classes with a second base. */
const MORE_BASES: ReadonlyMap<string, string> = new Map([
  ['requests.JSONDecodeError', 'json.JSONDecodeError'],
  ['requests.exceptions.InvalidURL', 'ValueError'],
  ['requests.exceptions.MissingSchema', 'ValueError'],
  ['sklearn.exceptions.NotFittedError', 'AttributeError'],
]);

function children(base: string, names: string): Record<string, string> {
  return Object.fromEntries(
    names
      .split(/\s+/)
      .filter((name) => name !== '')
      .map((name) => [name, base]),
  );
}

/** The one name under which a class is listed here, without `builtins.`; other names come back as they are. */
export function exceptionName(dotted: string): string {
  const name = dotted.startsWith('builtins.') ? dotted.slice('builtins.'.length) : dotted;
  return Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name;
}

/** Whether a class is listed, that is, what it derives from is known. */
export function isKnownException(name: string): boolean {
  return name === 'BaseException' || Object.hasOwn(BASES, name);
}

/** Whether an exception of one class is caught by `except` with the other. Names as `exceptionName` gives them. */
export function isException(name: string, of: string): boolean {
  for (let at: string | undefined = name; at !== undefined; at = BASES[at]) {
    if (at === of) return true;
    const second = MORE_BASES.get(at);
    if (second !== undefined && isException(second, of)) return true;
  }
  return false;
}

/** All listed classes with their bases, for tests against the libraries themselves. */
export function listedExceptions(): readonly (readonly [name: string, base: string])[] {
  return [...Object.entries(BASES), ...MORE_BASES];
}
