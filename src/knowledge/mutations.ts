/**
 * Which calls change an object in place, as data. Methods are listed by the kind of object that has them, functions by
 * the dotted names that imports resolve to. What kind of object a call gives is in `objectKinds.ts`.
 */
import type { ObjectKind } from './objectKinds';

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}

/** Methods that change their receiver, whatever their arguments, by the kind of the receiver. */
export const MUTATING_METHODS: Readonly<Record<ObjectKind, ReadonlySet<string>>> = {
  immutable: words(''),
  list: words('append extend insert pop remove clear sort reverse __setitem__ __delitem__ __iadd__ __imul__'),
  dict: words('update setdefault pop popitem clear move_to_end subtract __setitem__ __delitem__ __ior__'),
  set: words(`
add update remove discard pop clear difference_update intersection_update symmetric_difference_update
`),
  deque: words('append appendleft extend extendleft insert pop popleft remove clear rotate reverse'),
  bytearray: words('append extend insert pop remove clear reverse'),
  queue: words('put put_nowait get get_nowait task_done'),
  iterator: words('send throw close __next__'),
  file: words('write writelines read readline readlines seek truncate flush close'),
  generator: words(''),
  array: words('sort fill put partition resize setflags setfield itemset byteswap_inplace'),
  frame: words('insert pop update __setitem__ __delitem__'),
  series: words('update pop __setitem__ __delitem__'),
  tensor: words('backward requires_grad_ zero_ share_memory_'),
  module: words(`
train eval load_state_dict add_module register_buffer register_parameter register_module
register_forward_hook register_full_backward_hook zero_grad requires_grad_ half float double bfloat16 to cuda cpu
apply append extend insert
`),
  optimizer: words('step zero_grad load_state_dict add_param_group'),
  estimator: words('fit fit_transform fit_predict fit_resample partial_fit set_params'),
  other: words(''),
};

/** Methods that change their receiver when they are called with `inplace=True`: pandas, and `torch.nn.functional`. */
export const INPLACE_KEYWORD = 'inplace';

/** Attributes of a frame or series whose items are its own: `df.loc[i] = x` changes `df`. */
export const ITEM_VIEWS = words('loc iloc at iat');

/** Attributes of an array or tensor that show the same memory: `a.T[0] = 1` changes `a`. */
export const VIEWS = words('T flat real imag data values grad mT H');

/**
 * Methods that say by their name alone that they change the receiver: whatever of the above kinds has a method of this
 * name changes by it. For receivers of which nothing is known. Not `add`, `update`, `pop`, `sort`, `insert`, `put`,
 * `fit`, `step`: other objects have methods of these names that change nothing, or something else.
 */
export const TELLING_METHODS = words(`
append appendleft extend extendleft setdefault popleft popitem difference_update intersection_update
symmetric_difference_update partial_fit load_state_dict
`);

/** `tensor.add_(1)`: methods of a tensor that end in one underscore work in place. */
export const IN_PLACE_SUFFIX = /^[a-z](?:\w*[a-z0-9])?_$/;

/** Which arguments of a function it changes. */
export interface ChangedArguments {
  readonly positions: readonly number[];
  readonly keywords: readonly string[];
}

function first(names: string, ...keywords: string[]): [string, ChangedArguments][] {
  return [...words(names)].map((name) => [name, { positions: [0], keywords }]);
}

function at(position: number, names: string, ...keywords: string[]): [string, ChangedArguments][] {
  return [...words(names)].map((name) => [name, { positions: [position], keywords }]);
}

/** Functions that change an object which they are given. */
export const MUTATING_FUNCTIONS: ReadonlyMap<string, ChangedArguments> = new Map([
  ...first('random.shuffle numpy.random.shuffle', 'x'),
  ...first(`
heapq.heappush heapq.heappop heapq.heapify heapq.heapreplace heapq.heappushpop
bisect.insort bisect.insort_left bisect.insort_right
operator.setitem operator.delitem operator.iadd operator.iconcat operator.isub operator.imul operator.ior
builtins.setattr builtins.delattr builtins.next
builtins.list.append builtins.list.extend builtins.list.insert builtins.list.pop builtins.list.remove
builtins.list.sort builtins.list.reverse builtins.list.clear
builtins.dict.update builtins.dict.pop builtins.dict.setdefault builtins.dict.clear builtins.dict.popitem
builtins.set.add builtins.set.update builtins.set.discard builtins.set.remove
builtins.object.__setattr__
`),
  ...first('numpy.copyto', 'dst'),
  ...first('numpy.put numpy.place numpy.putmask numpy.put_along_axis numpy.fill_diagonal', 'a', 'arr'),
  ...first('numpy.add.at numpy.subtract.at numpy.multiply.at numpy.maximum.at numpy.minimum.at', 'a'),
  ...first(`
torch.nn.utils.clip_grad_norm_ torch.nn.utils.clip_grad_value_ torch.nn.utils.clip_grad.clip_grad_norm_
torch.nn.utils.clip_grad.clip_grad_value_ torch.nn.utils.prune.l1_unstructured torch.nn.utils.weight_norm
`),
  ...first('builtins.exec', 'globals').map(([name]): [string, ChangedArguments] => [
    name,
    { positions: [1, 2], keywords: ['globals', 'locals'] },
  ]),
  ...at(1, 'json.dump pickle.dump marshal.dump yaml.dump yaml.safe_dump', 'fp', 'file', 'stream'),
]);

/** `torch.nn.init.normal_(t)` and its kin change their first argument. */
export const MUTATING_FUNCTION_PATTERNS: readonly RegExp[] = [
  /^torch\.nn\.init\.\w+_$/,
  /^torch\.nn\.functional\.\w+_$/,
  /^torch\.[a-z]\w*_$/,
];

/** Packages whose functions write their result into the argument `out=` where one is given. */
export const OUT_PACKAGES: readonly string[] = ['numpy.', 'torch.', 'scipy.', 'cupy.', 'jax.numpy.'];
export const OUT_KEYWORD = 'out';

/**
 * Functions that change none of their arguments and keep none (iterators apart: `list(it)` uses `it` up). Whatever is
 * neither here, nor below, nor known to change something may change anything that it is given.
 */
export const READING_FUNCTIONS: ReadonlySet<string> = new Set(
  [
    ...words(`
abs all any ascii bin bool bytes callable chr complex dict dir divmod enumerate filter float format frozenset getattr
hasattr hash hex id input int isinstance issubclass iter len list map max memoryview min oct open ord pow print range
repr reversed round set slice sorted str sum super tuple type vars zip
`),
  ]
    .map((name) => `builtins.${name}`)
    .concat([
      ...words(`
copy.copy copy.deepcopy json.dumps pickle.dumps pprint.pprint pprint.pformat collections.Counter collections.deque
collections.OrderedDict functools.reduce torch.is_tensor torch.stack torch.cat torch.tensor torch.from_numpy
torch.as_tensor torch.save torch.no_grad torch.zeros_like torch.ones_like torch.randn_like torch.matmul
`),
    ]),
);

/** Packages all of whose functions only read what they are given, but for `out=` and what is listed above. */
export const READING_PACKAGES: readonly string[] = [
  'math.',
  'cmath.',
  'statistics.',
  'os.path.',
  'pathlib.',
  'string.',
  'operator.',
  'itertools.',
  'datetime.',
  're.',
  'time.',
  'numpy.',
  'pandas.',
  'scipy.stats.',
  'scipy.special.',
  'sklearn.metrics.',
  'sklearn.model_selection.train_test_split',
  'torch.nn.functional.',
];

/** Methods that only read their receiver, whatever has them. */
export const READING_METHODS = words(`
keys values items get copy count index format join split strip lstrip rstrip startswith endswith lower upper title
replace encode decode splitlines isdigit isalpha issubset issuperset union intersection difference most_common
mean sum std var min max median quantile describe head tail info abs round astype isna isnull notna notnull
nunique unique value_counts groupby merge join corr cov sample tolist to_list to_numpy to_dict to_string item numpy
detach clone cpu any all argmax argmin argsort shape reshape ravel flatten squeeze transpose cumsum size dim numel
exists is_file is_dir read_text read_bytes glob iterdir with_suffix as_posix
`);
