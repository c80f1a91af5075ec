import { isConfigKey, toConfigKey, uniqueKey } from '../../config/keys';
import type { Call, Expression } from '../../syntax/ast';
import { parentsOf } from '../../semantics/parents';
import { addressKey } from './addressKeys';
import type { ConfigLiteral } from './literals';

const HAS_ROLE =
  /(^|_)(path|paths|file|files|filename|dir|dirs|folder|root|directory|pattern|glob|template)$/;
/** Names that say nothing about what the file is for. */
const EMPTY_NAMES = new Set(
  'a b c d e f fn fp fname file filename filepath file_name file_path folder g h i in_file infile input inp item j k m n name out output outfile out_file p path pth q r s src source t target tmp u url v value w x y z'.split(
    ' ',
  ),
);

/** A key for a value: from the name that holds it, else from what the value says; with its role behind it. */
export function keyFor(literal: ConfigLiteral, taken: ReadonlySet<string>): string {
  const held = holderOf(literal);
  const name = held === undefined ? undefined : toConfigKey(held).replace(/_$/, '');
  const isTelling = name !== undefined && name !== '' && !EMPTY_NAMES.has(name) && isConfigKey(name);
  const candidates = candidatesFor(literal, isTelling ? name : undefined);
  return candidates.find((key) => !taken.has(key)) ?? uniqueKey(candidates[0] ?? 'value', taken);
}

/** Keys in the order of preference, the first for numbering. */
function candidatesFor(literal: ConfigLiteral, name: string | undefined): readonly string[] {
  switch (literal.kind) {
    case 'device':
      return [name !== undefined && /(^|_)device(_|$)/.test(name) ? name : 'device'];
    case 'url':
      return [addressKey(literal.value, name)];
    case 'path': {
      const role = roleOf(literal);
      // Two files of one name differ in their folders.
      const longer = withRole(stemKey(literal.value, 1), role);
      return [withRole(name ?? stemKey(literal.value, 0), role), longer];
    }
  }
}

function withRole(key: string, role: string): string {
  return HAS_ROLE.test(key) ? key : `${key}_${role}`;
}

function roleOf(literal: ConfigLiteral): string {
  if (literal.isPrefix) return 'dir';
  if (/[*?]/.test(literal.value)) return 'pattern';
  if (/%[sd]|\{[^}]*\}/.test(literal.value)) return 'template';
  return /\.[A-Za-z0-9]{1,8}$/.test(literal.value.replace(/^.*[/\\]/, '')) ? 'path' : 'dir';
}

/** The last part of a path without extension and wildcards, and as many parts before it as asked for. */
function stemKey(path: string, more: number): string {
  const extension = /\.([A-Za-z0-9]+)$/.exec(path)?.[1];
  const parts = path
    .replace(/\{[^}]*\}|%[sd]|[*?]+/g, '')
    .replace(/\.[A-Za-z0-9.]{1,12}$/, '')
    .split(/[/\\]+/)
    .map((part) => part.replace(/^[\W_]+|[\W_]+$/g, ''))
    .filter((part) => part !== '');
  return toConfigKey(parts.slice(-1 - more).join('_') || extension || 'data').replace(/_$/, '');
}

/** The name that is bound to the literal as it stands: variable, attribute, parameter, keyword or key of a dict. */
function holderOf(literal: ConfigLiteral): string | undefined {
  const parents = parentsOf(literal.unit.unit);
  const node: Expression = literal.node;
  let parent = parents.get(node);
  let child: Expression = node;
  // Looking through `Path("...")` and `os.path.join("...", ...)`.
  while (
    parent?.kind === 'Call' &&
    parent.args[0] === child &&
    /Path$|join$/.test(nameOfFunction(parent.func))
  ) {
    child = parent;
    parent = parents.get(parent);
  }
  switch (parent?.kind) {
    case 'Assign': {
      const [target] = parent.targets;
      if (parent.value !== child || parent.targets.length !== 1) return undefined;
      return target?.kind === 'Name' ? target.id : target?.kind === 'Attribute' ? target.attr : undefined;
    }
    case 'AnnAssign':
      return parent.target.kind === 'Name' ? parent.target.id : undefined;
    case 'FunctionDef':
    case 'Lambda':
      return parent.params.find((parameter) => parameter.default === child)?.name;
    case 'Call':
      return literal.kind === 'url' ? nameInCall(parent, child) : undefined;
    case 'Dict': {
      const key = parent.entries.find((entry) => entry.value === child)?.key;
      return key?.kind === 'Str' ? key.value : undefined;
    }
    default:
      return undefined;
  }
}

function nameOfFunction(func: Expression): string {
  return func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '';
}

/** What a call says about its argument: `tracking_uri=...`, `set_tracking_uri(...)`. */
function nameInCall(call: Call, argument: Expression): string | undefined {
  const keyword = call.keywords.find(({ value }) => value === argument)?.name;
  return keyword ?? /^set_(\w+_ur[il])$/.exec(nameOfFunction(call.func))?.[1];
}
