import { ANY, type FlowPath, follow, keyStep } from './paths';

/** Calls that give back what they are given, or a container of the same items. */
const SAME: ReadonlySet<string> = new Set([
  'builtins.sorted',
  'builtins.reversed',
  'copy.copy',
  'copy.deepcopy',
  'asyncio.run',
  'tqdm.tqdm',
  'tqdm.auto.tqdm',
  'tqdm.notebook.tqdm',
]);

const CONTAINERS: ReadonlySet<string> = new Set([
  'builtins.list',
  'builtins.tuple',
  'builtins.set',
  'builtins.frozenset',
  'builtins.iter',
  'collections.deque',
]);

/**
 * Where a value lies in the result of a builtin that hands it on.
 *
 * @param position Of the argument; undefined for a keyword argument, whose name is then `keyword`.
 * @returns Undefined if it does not hand it on.
 */
export function handedOn(
  callee: string,
  path: FlowPath,
  position: number | undefined,
  keyword: string | undefined,
): FlowPath | undefined {
  if (SAME.has(callee)) return path;
  // Of a value that is no container of ours, the items are the value as well.
  const inside = follow(path, ANY) ?? path;
  if (CONTAINERS.has(callee)) return [ANY, ...inside];
  switch (callee) {
    case 'builtins.enumerate':
      return [ANY, '1', ...inside];
    case 'builtins.zip':
      return position === undefined ? undefined : [ANY, String(position), ...inside];
    case 'builtins.next':
      return inside;
    case 'builtins.dict':
      return keyword === undefined ? path : [keyStep(keyword), ...path];
    default:
      return undefined;
  }
}

/** Where a value lies in the result of a container's method; undefined if it is not in it. */
export function methodResult(method: string, path: FlowPath, key: string | undefined): FlowPath | undefined {
  const inside = follow(path, ANY);
  if (!inside) return undefined;
  switch (method) {
    case 'values':
    case '__iter__':
      return [ANY, ...inside];
    case 'items':
      return [ANY, '1', ...inside];
    case 'copy':
      return path;
    case 'get':
    case 'pop':
    case 'setdefault':
    case 'popleft':
      return follow(path, key ?? ANY);
    case 'popitem':
      return ['1', ...inside];
    default:
      return undefined;
  }
}

/** Methods of containers that neither give an item back nor hand one to anybody. */
export const CONTAINER_METHODS: ReadonlySet<string> = new Set(
  (
    'values items copy get pop setdefault popleft popitem keys append appendleft add insert extend update remove ' +
    'discard clear index count sort reverse __len__ __contains__ move_to_end'
  ).split(' '),
);

/** Methods that put an argument into their receiver: where it then lies, and at which position it is given. */
export const STORING_METHODS: ReadonlyMap<string, { readonly position: number; readonly isItems: boolean }> =
  new Map([
    ['append', { position: 0, isItems: false }],
    ['appendleft', { position: 0, isItems: false }],
    ['add', { position: 0, isItems: false }],
    ['insert', { position: 1, isItems: false }],
    ['setdefault', { position: 1, isItems: false }],
    ['extend', { position: 0, isItems: true }],
    ['update', { position: 0, isItems: true }],
  ]);
