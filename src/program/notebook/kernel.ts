import { memberOf, stringOf, type JsonNode } from './json';

/** What a notebook's metadata says about the kernel that runs it. */
export interface Kernel {
  /** `python` for every kernel that runs plain Python; else the kernel's language in lower case. */
  readonly language: string;
  /** `language_info.version`, such as `3.11.7`: that of the kernel that ran last. */
  readonly languageVersion: string | undefined;
  /** `kernelspec.name`, such as `python3`. */
  readonly kernelName: string | undefined;
}

/** Names that kernels of plain Python give as their language. */
const PYTHON = new Set([
  'python',
  'ipython',
  'python3',
  'ipython3',
  'python2',
  'ipython2',
  'xpython',
  'xeus-python',
  'pypy',
  'pypy3',
]);

/** Kernel names that tell the language where the metadata does not; the first match counts. */
const BY_KERNEL_NAME: readonly (readonly [RegExp, string])[] = [
  [/^i?julia\b/, 'julia'],
  [/^(?:ir|irkernel|xr|r)$/, 'r'],
  [/^(?:sparkkernel|spylon-kernel|almond|scala|apache_toree_scala)/, 'scala'],
  [/^sparkrkernel/, 'r'],
  [/^pyspark/, 'pyspark'],
  [/^(?:bash|calysto_bash|xonsh)/, 'bash'],
  [/^(?:javascript|jslab|nodejs|xjavascript)/, 'javascript'],
  [/^(?:tslab|deno|typescript)/, 'typescript'],
  [/^\.net-csharp/, 'c#'],
  [/^\.net-fsharp|^ifsharp/, 'f#'],
  [/^\.net-powershell/, 'powershell'],
  [/^(?:x?cpp\d*|xcling|xeus-cling)/, 'c++'],
  [/^(?:rust|evcxr)/, 'rust'],
  [/^gophernotes|^go$/, 'go'],
  [/^(?:octave|xoctave)/, 'octave'],
  [/^matlab|^imatlab/, 'matlab'],
  [/^i?ruby/, 'ruby'],
  [/^(?:stata|nbstata)/, 'stata'],
  [/^(?:sas|sas_kernel)$/, 'sas'],
  [/^i?haskell/, 'haskell'],
  [/^(?:kotlin)/, 'kotlin'],
  [/^i?java$/, 'java'],
  [/^(?:xsqlite|xsql|sql)/, 'sql'],
  [/^sos$/, 'sos'],
];

/**
 * The kernel of a notebook's `metadata` (undefined if it has none). In this order: what the kernel's specification says
 * its language is, what the kernel that ran last said, the kernel's name, else Python.
 *
 * Sage is not Python, though its kernel says so: `2^3` and `1/2` mean something else there. Neither is a PySpark kernel
 * (sparkmagic), which runs cells on a cluster that sees none of the files beside the notebook. A kernel name that says
 * nothing (virtual environments have such names) is Python.
 */
export function kernelOf(text: string, metadata: JsonNode | undefined): Kernel {
  const string = (node: JsonNode | undefined, name: string): string | undefined => {
    const value = memberOf(node, name);
    const read = value?.kind === 'string' ? stringOf(text, value).trim() : '';
    return read === '' ? undefined : read;
  };
  const kernelspec = memberOf(metadata, 'kernelspec');
  const info = memberOf(metadata, 'language_info') ?? memberOf(metadata, 'kernel_info');
  const kernelName = string(kernelspec, 'name');
  const name = (kernelName ?? '').toLowerCase();
  const said = (
    string(kernelspec, 'language') ??
    string(info, 'name') ??
    string(info, 'language') ??
    string(metadata, 'language')
  )?.toLowerCase();
  let language = said ?? BY_KERNEL_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'python';
  if (PYTHON.has(language)) language = /^sage(?:math|[-_ .\d]|$)/.test(name) ? 'sage' : 'python';
  return { language, languageVersion: string(info, 'version'), kernelName };
}
