/**
 * Which argument of a call names a service or a bucket. Sources: the libraries' own API references.
 *
 * An entry is a list of positions and keyword names, as in `fileArguments.ts`.
 */
export interface NetworkArgument {
  readonly positions: readonly number[];
  readonly keywords: readonly string[];
  /** `host:port` without a scheme is an address, too. */
  readonly takesHost: boolean;
}

/** `address | argument spec | names under a common prefix`; `host` takes `host:port` as well as URLs. */
const CALLS = `
url | 0 url | requests. get post put patch delete head options
url | 1 url | requests. request Request
url | 0 url | httpx. get post put patch delete head options
url | 1 url | httpx. request stream
url | base_url | httpx. Client AsyncClient
url | 0 base_url | aiohttp. ClientSession
url | 1 url | aiohttp. request
url | 0 url | urllib.request. urlopen urlretrieve Request
url | 1 url | urllib3. request
url | 0 uri | websockets. connect
url | 0 uri | websockets.client. connect
url | 0 url | websocket. create_connection WebSocketApp
url | 0 uri | mlflow. set_tracking_uri set_registry_uri connect
url | 0 tracking_uri | mlflow. MlflowClient
url | 0 tracking_uri | mlflow.tracking. MlflowClient set_tracking_uri
url | 0 tracking_uri | mlflow.client. MlflowClient
url | 1 artifact_location | mlflow. create_experiment
url | host | wandb. login
url | endpoint_url | boto3. client resource
url | endpoint_url | boto3.session.Session. client resource
url | endpoint_url | s3fs. S3FileSystem
url | 0 uri | smart_open. open
url | 0 urlpath | fsspec. open open_files get_mapper
url | 0 url | fsspec.core. url_to_fs
url | 0 cloud_path | cloudpathlib. S3Path GSPath AzureBlobPath CloudPath AnyPath
url | 0 path | upath. UPath
url | 0 url | sqlalchemy. create_engine
url | 0 url | sqlalchemy.ext.asyncio. create_async_engine
url | 0 url | sqlmodel. create_engine
url | 0 dsn | psycopg2. connect
url | 0 conninfo | psycopg. connect
url | 0 dsn | asyncpg. connect create_pool
url | 0 host | pymongo. MongoClient
url | 0 host | motor.motor_asyncio. AsyncIOMotorClient
url | 0 url | redis. from_url Redis.from_url StrictRedis.from_url
url | 0 url | redis.asyncio. from_url Redis.from_url
url | 0 hosts | elasticsearch. Elasticsearch AsyncElasticsearch
url | 0 hosts | opensearchpy. OpenSearch
url | 0 url | influxdb_client. InfluxDBClient
url | 1 url | qdrant_client. QdrantClient
url | 0 url | weaviate. Client
url | 0 uri | pymilvus. MilvusClient
url | 0 uri | neo4j. GraphDatabase.driver
url | 0 uri | lancedb. connect
url | base_url | openai. OpenAI AsyncOpenAI
url | azure_endpoint base_url | openai. AzureOpenAI AsyncAzureOpenAI
url | base_url | anthropic. Anthropic AsyncAnthropic
url | base_url openai_api_base | langchain_openai. ChatOpenAI OpenAI OpenAIEmbeddings
url | base_url | langchain_ollama. ChatOllama OllamaLLM OllamaEmbeddings
url | host | ollama. Client AsyncClient
url | 0 model base_url | huggingface_hub. InferenceClient AsyncInferenceClient
url | 0 src | gradio_client. Client
url | 0 base_url | label_studio_sdk. Client
url | 0 address | ray. init
url | 0 address | dask.distributed. Client
url | 0 address | distributed. Client
url | 1 broker backend | celery. Celery
url | 0 url | pika. URLParameters
host | 0 target | grpc. insecure_channel secure_channel
host | 0 target | grpc.aio. insecure_channel secure_channel
host | 0 url | tritonclient.http. InferenceServerClient
host | 0 url | tritonclient.grpc. InferenceServerClient
host | bootstrap_servers | kafka. KafkaProducer KafkaConsumer
url | 0 url | sentry_sdk. init
url | 0 endpoint | opentelemetry.exporter.otlp.proto.http.trace_exporter. OTLPSpanExporter
url | 0 gateway | prometheus_client. push_to_gateway pushadd_to_gateway
url | 0 url | torch.hub. load_state_dict_from_url download_url_to_file
url | 0 url | torchvision.datasets.utils. download_url download_and_extract_archive
url | 1 origin | tensorflow.keras.utils. get_file
url | 1 origin | keras.utils. get_file
url | 0 url id | gdown. download cached_download
url | 0 url | wget. download
url | 0 url | pooch. retrieve
url | base_url | pooch. create
url | 0 url | datasets.utils. file_utils.cached_path
url | 0 dataset_url | opendatasets. download
url | 0 url | rdflib.Graph. parse
url | 0 url | feedparser. parse
url | 0 url | newspaper. Article
url | 0 endpoint | SPARQLWrapper. SPARQLWrapper
url | 0 url | owslib.wms. WebMapService
url | 0 url | owslib.wfs. WebFeatureService
url | 0 url | siphon.catalog. TDSCatalog
url | 0 url | pystac_client. Client.open
`;

function table(): Map<string, NetworkArgument> {
  const calls = new Map<string, NetworkArgument>();
  for (const line of CALLS.split('\n')) {
    const [address, spec, names] = line.split('|').map((part) => part.trim());
    if (!address || !spec || !names) continue;
    const words = spec.split(' ');
    const [prefix = '', ...rest] = names.split(' ');
    for (const name of rest) {
      calls.set(prefix + name, {
        positions: words.filter((word) => /^[0-9]+$/.test(word)).map(Number),
        keywords: words.filter((word) => !/^[0-9]+$/.test(word)),
        takesHost: address === 'host',
      });
    }
  }
  return calls;
}

/** By the dotted name of the callee. */
export const NETWORK_ARGUMENTS: ReadonlyMap<string, NetworkArgument> = table();

/** Methods of HTTP clients and sessions, and where their URL stands. */
export const HTTP_METHODS: ReadonlyMap<string, number> = new Map([
  ...['get', 'post', 'put', 'patch', 'delete', 'head', 'options'].map((name): [string, number] => [name, 0]),
  ...['request', 'stream', 'urlopen', 'build_request'].map((name): [string, number] => [name, 1]),
  ['ws_connect', 0],
]);

/** Classes whose objects send requests. */
export const HTTP_CLIENTS: ReadonlySet<string> = new Set([
  ...['requests.Session', 'requests.session', 'requests.sessions.Session'],
  ...['httpx.Client', 'httpx.AsyncClient', 'aiohttp.ClientSession', 'aiohttp.client.ClientSession'],
  ...['urllib3.PoolManager', 'urllib3.ProxyManager', 'cloudscraper.create_scraper'],
  ...['requests_cache.CachedSession', 'requests_html.HTMLSession', 'curl_cffi.requests.Session'],
]);

/** Packages whose file systems take URIs in every method. */
export const REMOTE_FILE_SYSTEMS: ReadonlySet<string> = new Set([
  's3fs',
  'gcsfs',
  'adlfs',
  'fsspec',
  'ocifs',
]);

/** Keyword arguments that can be nothing but the address of a service, in whatever imported call. */
export const ENDPOINT_KEYWORDS: ReadonlySet<string> = new Set([
  ...['base_url', 'endpoint_url', 'tracking_uri', 'registry_uri', 'api_base', 'api_url', 'server_url'],
  ...['service_url', 'webhook_url', 'broker_url', 'azure_endpoint', 'artifact_location', 'api_endpoint'],
  ...['openai_api_base', 'artifact_uri', 'storage_options_url', 'data_url', 'model_url'],
]);

/** Methods that read or write data wherever their first argument says, whatever the object is: Spark, Ray, Dask. */
export const BUCKET_METHODS: ReadonlySet<string> = new Set([
  ...['csv', 'json', 'parquet', 'orc', 'text', 'avro', 'delta', 'load', 'save', 'textFile', 'wholeTextFiles'],
  ...['saveAsTextFile', 'read_csv', 'read_parquet', 'read_json', 'write_parquet', 'write_csv', 'option'],
  ...[
    'load_model',
    'download',
    'upload',
    'copy',
    'cp',
    'ls',
    'head',
    'mount',
    'setCheckpointDir',
    'forPath',
    'fit',
  ],
]);
