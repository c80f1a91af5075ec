/** Calls that run code which a file holds, as data. Dotted names are those that imports resolve to. */

/** What a loader is; it decides on the fix and on what is said about it. */
export type LoaderKind = 'torch' | 'pickle' | 'joblib' | 'numpy' | 'keras' | 'hub';

/** Loaders that are unsafe unless an argument says otherwise. */
export const TORCH_LOAD: ReadonlySet<string> = new Set(['torch.load', 'torch.serialization.load']);

/** Pickle and its kin: unsafe whatever the arguments. */
export const PICKLE_LOADS: ReadonlyMap<string, LoaderKind> = new Map([
  ...[
    'pickle',
    '_pickle',
    'cPickle',
    'pickle5',
    'dill',
    'dill._dill',
    'cloudpickle',
    'cloudpickle.cloudpickle',
  ]
    .flatMap((module) => [`${module}.load`, `${module}.loads`])
    .map((name) => [name, 'pickle'] as const),
  ...['six.moves.cPickle', 'torch.serialization.pickle', 'joblib.externals.cloudpickle']
    .flatMap((module) => [`${module}.load`, `${module}.loads`])
    .map((name) => [name, 'pickle'] as const),
  ['joblib.load', 'joblib'],
  ['joblib.numpy_pickle.load', 'joblib'],
  ['sklearn.externals.joblib.load', 'joblib'],
]);

/** Classes whose `load` is that of pickle. A class derived from them in the program may restrict what it finds. */
export const UNPICKLERS: ReadonlySet<string> = new Set([
  'pickle.Unpickler',
  '_pickle.Unpickler',
  'cPickle.Unpickler',
  'pickle5.Unpickler',
  'dill.Unpickler',
  'cloudpickle.Unpickler',
]);

/** What makes the bytes that a loader may read back without harm. */
export const PICKLE_DUMPS: ReadonlySet<string> = new Set(
  [
    'pickle',
    '_pickle',
    'cPickle',
    'pickle5',
    'dill',
    'cloudpickle',
    'cloudpickle.cloudpickle',
    'six.moves.cPickle',
  ].map((module) => `${module}.dumps`),
);

/** What writes into a buffer that a loader may read back without harm: the buffer's position among the arguments. */
export const BUFFER_WRITERS: ReadonlyMap<string, number> = new Map([
  ['pickle.dump', 1],
  ['_pickle.dump', 1],
  ['cPickle.dump', 1],
  ['dill.dump', 1],
  ['cloudpickle.dump', 1],
  ['joblib.dump', 1],
  ['torch.save', 1],
  ['numpy.save', 0],
  ['numpy.savez', 0],
  ['numpy.savez_compressed', 0],
]);

/** Files in memory. */
export const BUFFERS: ReadonlySet<string> = new Set(['io.BytesIO', 'tempfile.SpooledTemporaryFile']);

/** Functions that give back the bytes they are given, packed or unpacked. */
export const BYTES_HANDED_ON: ReadonlySet<string> = new Set([
  'zlib.compress',
  'zlib.decompress',
  'gzip.compress',
  'gzip.decompress',
  'bz2.compress',
  'bz2.decompress',
  'lzma.compress',
  'lzma.decompress',
  'lz4.frame.compress',
  'lz4.frame.decompress',
  'base64.b64encode',
  'base64.b64decode',
  'base64.urlsafe_b64encode',
  'base64.urlsafe_b64decode',
  'codecs.encode',
  'codecs.decode',
  'builtins.bytes',
  'builtins.bytearray',
  'builtins.memoryview',
  'io.BytesIO',
]);

/** An argument with one value that is unsafe. */
export interface UnsafeArgument {
  readonly kind: LoaderKind;
  readonly callees: RegExp;
  readonly keyword: string;
  /** Its position, where it may be given without its name. */
  readonly position: number | undefined;
  readonly unsafe: boolean;
}

export const UNSAFE_ARGUMENTS: readonly UnsafeArgument[] = [
  {
    kind: 'numpy',
    callees: /^numpy\.(?:lib\.npyio\.)?load$/,
    keyword: 'allow_pickle',
    position: 2,
    unsafe: true,
  },
  {
    kind: 'keras',
    callees:
      /^(?:tensorflow\.)?(?:python\.)?keras\.(?:\w+\.)*(?:load_model|model_from_json|model_from_config|clone_model|deserialize_keras_object|deserialize|from_config)$|^tf_keras\.(?:\w+\.)*load_model$/,
    keyword: 'safe_mode',
    position: undefined,
    unsafe: false,
  },
  {
    kind: 'hub',
    callees:
      /^(?:transformers|sentence_transformers|vllm|diffusers|datasets|evaluate|peft|optimum|auto_gptq|awq|lm_eval|trl|adapters|setfit|langchain\w*|llama_index)\./,
    keyword: 'trust_remote_code',
    position: undefined,
    unsafe: true,
  },
];

/** Methods whose name and argument say enough even where the class is chosen at run time. */
export const HUB_METHODS: ReadonlySet<string> = new Set(['from_pretrained', 'from_config']);

/** Packages one of which a program imports if it loads anything in a way that runs code. */
export const LOADING_PACKAGES: ReadonlySet<string> = new Set([
  ...['torch', 'pickle', '_pickle', 'cPickle', 'pickle5', 'six', 'dill', 'cloudpickle', 'joblib', 'sklearn'],
  ...[
    'numpy',
    'tensorflow',
    'keras',
    'tf_keras',
    'transformers',
    'sentence_transformers',
    'vllm',
    'diffusers',
  ],
  ...['datasets', 'evaluate', 'peft', 'optimum', 'auto_gptq', 'awq', 'trl', 'adapters', 'setfit', 'lm_eval'],
]);
