/**
 * Names of top-level keys of `config.yaml`. A key becomes a field of a Python dataclass, and an unquoted YAML key
 * that must mean the same text to PyYAML (YAML 1.1) and to editors (YAML 1.2).
 */

/** Plain words that YAML 1.1 or 1.2 reads as a boolean or as null, in the lower case that keys have. */
const YAML_WORDS: ReadonlySet<string> = new Set([
  'on',
  'off',
  'yes',
  'no',
  // PyYAML reads these two as text, other YAML 1.1 readers as booleans.
  'y',
  'n',
  'true',
  'false',
  'null',
]);

/** Python's keywords that are written in lower case (soft keywords are legal field names). */
const PYTHON_KEYWORDS: ReadonlySet<string> = new Set(
  (
    'and as assert async await break class continue def del elif else except finally for from global if import ' +
    'in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** What a key is called when its source has no usable letter, and what stands before a leading digit. */
const FALLBACK = 'value';

/** Longer names are cut: PyYAML takes no unquoted key of more than 1,024 characters, and nobody reads one of 100. */
const MAX_LENGTH = 80;

/** PyYAML gives up on an implicit key after 1,024 characters, its colon included. */
const MAX_YAML_KEY = 1000;

/**
 * Whether `name` may be written as an unquoted top-level key: `[a-z][a-z0-9_]*`, no word of YAML 1.1 or 1.2 (`on`,
 * `yes`, `no`, `off`, `y`, `n`, `true`, `false`, `null`), at most 1,000 characters. Python keywords are keys.
 */
export function isConfigKey(name: string): boolean {
  return /^[a-z][a-z0-9_]*$/.test(name) && name.length <= MAX_YAML_KEY && !YAML_WORDS.has(name);
}

/**
 * A snake_case key made from an identifier, a file name or a path (of which the last part counts, its extension
 * included: `out/My Model.pt` gives `my_model_pt`). camelCase is split; letters outside ASCII are replaced by
 * their ASCII base letter where Unicode (NFKD) names one, else dropped; a leading digit gets `value_` in front;
 * Python keywords and YAML words get a `_` behind, as PEP 8 does it.
 *
 * The result is always a config key that is also a legal Python name, of 1 to 81 characters. Two texts can give the
 * same key: see `uniqueKey`.
 */
export function toConfigKey(text: string): string {
  const part = text.split(/[/\\]/).findLast((piece) => /\S/.test(piece)) ?? '';
  const words = part
    .normalize('NFKD')
    // Dropped, not made a separator: "größe" is one word.
    .replace(/\P{ASCII}/gu, '')
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    // Only before a capitalised word: `resnet50Model` has two, `conv2D` is one.
    .replace(/([0-9])(?=[A-Z][a-z])/g, '$1_')
    // HTTPServer is split before `Server`, but the plural `GPUs` is not split before `Us`.
    .replace(/([A-Z])(?=[A-Z](?!s(?![a-z]))[a-z])/g, '$1_')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const name = words === '' ? FALLBACK : /^[0-9]/.test(words) ? `${FALLBACK}_${words}` : words;
  const cut = name.slice(0, MAX_LENGTH).replace(/_+$/, '');
  return YAML_WORDS.has(cut) || PYTHON_KEYWORDS.has(cut) ? `${cut}_` : cut;
}

/**
 * `wanted` if it is not taken, else `wanted_2`, `wanted_3` and so on, the first that is free. `wanted` must be a
 * config key; then the result is one, too.
 */
export function uniqueKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_+$/, '');
  for (let count = 2; ; count++) {
    const name = `${stem}_${count}`;
    if (!taken.has(name)) return name;
  }
}
