/**
 * Operations that give something else when their result goes through them again, as data: what taking the logarithm of a
 * logarithm, shifting what was shifted, or dropping what is dropped does. Dotted names are those that imports resolve to.
 */

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}

function each(prefixes: string, names: string): string[] {
  return prefixes.split(' ').flatMap((prefix) => [...words(names)].map((name) => `${prefix}.${name}`));
}

/** Functions whose first argument is what goes through them. */
export const CHANGING_FUNCTIONS: ReadonlySet<string> = new Set([
  ...each('numpy math torch', 'log log1p log2 log10 exp expm1 sqrt square reciprocal negative'),
  ...each(
    'numpy torch tensorflow',
    'flip roll diff cumsum cumprod transpose expand_dims tile subtract add multiply divide',
  ),
  ...each('numpy', 'append insert delete pad repeat rot90 fliplr flipud swapaxes moveaxis power true_divide'),
  ...each('torch', 'unsqueeze permute swapaxes repeat_interleave mul div sub'),
  ...each('pandas', 'merge get_dummies melt pivot pivot_table'),
  ...each('numpy.random', 'permutation'),
  'sklearn.utils.shuffle',
]);

/** Functions and methods that do what an operator does, by their last name. */
export const ARITHMETIC = words(
  'add sub subtract mul multiply div divide true_divide truediv floordiv radd rsub',
);

/** Functions that join a list of parts, which is their first argument. */
export const JOINING_FUNCTIONS: ReadonlySet<string> = new Set([
  ...each('numpy', 'concatenate vstack hstack dstack stack column_stack row_stack'),
  ...each('torch', 'cat concat stack vstack hstack'),
  ...each('tensorflow', 'concat stack'),
  'pandas.concat',
]);

/** Methods of any object that has one of that name. */
export const CHANGING_METHODS = words('unsqueeze permute transpose swapaxes add_prefix add_suffix');

/** Methods of frames and series of pandas. */
export const CHANGING_FRAME_METHODS = words(`
shift diff pct_change cumsum cumprod sample append melt pivot pivot_table stack unstack merge join
add sub subtract mul multiply div divide truediv floordiv pow radd rsub
`);

/** Methods of lists and deques after which they hold something else each time. */
export const LIST_MUTATIONS = words('append extend insert pop popleft appendleft extendleft reverse rotate');

/** What gives a list or something alike. */
export const LIST_BUILDERS = words('builtins.list builtins.sorted collections.deque');
/** What gives a dictionary, whose values may be lists. */
export const DICT_BUILDERS = words('builtins.dict collections.defaultdict collections.OrderedDict');
