/**
 * What names say about a value: whether `DB_PASSWORD`, `hf_token` or `apiKey` hold a secret, and whether a value could
 * be the one that such a name holds. Used for code (variables, keywords, keys) and for printed text alike.
 */

/**
 * What kind of secret a name promises. A `password` may be any text, also a weak one; a `key` or `token` is machine-made
 * and looks it.
 */
export type SecretNameKind = 'password' | 'key' | 'token';

const PASSWORDS = words('password passwd pwd passphrase passcode passwort userpassword dbpassword pw');

/** Words in front of `key` that make it a secret one. */
const SECRET_KEYS = words(`
api secret access private account auth encryption signing master subscription app application service storage admin
license licence client wandb openai anthropic cohere pinecone kaggle comet neptune mapbox stripe azure google gemini
huggingface deepl weather rapidapi serpapi langsmith tavily groq mistral
`);

/** Words in front of `key` that make it an entry's name or something published. */
const PLAIN_KEYS = words(`
public publishable sort cache partition primary foreign row index dict hash object file group join merge lookup column
data feature field state rng prng random map natural surrogate candidate composite search target label metric image
text input output model query config hot press shift sub unique business range distribution idempotency dedup
`);

/** Words in front of `token` that make it a word of a text or a place in a list. */
const PLAIN_TOKENS = words(`
pad bos eos unk sep cls mask special start end stop first last next prev previous max min num n per image oov blank
continuation page csrf xsrf sync resume sentence word sub subword new input output decoder encoder prompt trigger
placeholder separator begin delimiter added unknown padding masked classifier mention entity time audio video
`);

/** Whole names, joined without separators, that are one word to the splitter. */
const JOINED: ReadonlyMap<string, SecretNameKind> = new Map([
  ['apikey', 'key'],
  ['secretkey', 'key'],
  ['accesskey', 'key'],
  ['accountkey', 'key'],
  ['privatekey', 'key'],
  ['authkey', 'key'],
  ['sharedaccesskey', 'key'],
  ['apitoken', 'token'],
  ['accesstoken', 'token'],
  ['authtoken', 'token'],
  ['hftoken', 'token'],
  ['clientsecret', 'token'],
  ['apisecret', 'token'],
]);

/** Last words that say where or how, not what: `API_KEY_PROD` is the key. */
const TRAILERS = words('value str string prod production dev live staging');

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}

/**
 * Whether a name (variable, keyword, attribute, dictionary key, environment variable, header) holds a secret.
 * `api_key`, `HF_TOKEN`, `clientSecret`, `db-password` do; `pad_token`, `max_tokens`, `sort_key`, `password_column`,
 * `token_url`, `key` do not.
 */
export function secretName(name: string): SecretNameKind | undefined {
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((part) => part.replace(/\d+$/, ''))
    .filter((part) => part !== '');
  while (parts.length > 1 && TRAILERS.has(parts.at(-1)!)) parts.pop();
  const last = parts.pop();
  if (last === undefined) return undefined;
  const before = parts.at(-1) ?? '';
  if (PASSWORDS.has(last)) return 'password';
  if (last === 'pass' && parts.length > 0)
    return /^(?:db|smtp|mail|email|user|ftp|ssh|sql|my)$/.test(before) ? 'password' : undefined;
  if (last === 'secret') return 'token';
  if (last === 'token') return PLAIN_TOKENS.has(before) ? undefined : 'token';
  if (last === 'key') {
    if (parts.some((part) => SECRET_KEYS.has(part)) && !PLAIN_KEYS.has(before)) return 'key';
    return before !== '' && name === name.toUpperCase() && !PLAIN_KEYS.has(before) ? 'key' : undefined;
  }
  return JOINED.get(last);
}

/**
 * Whether a text may be the value of a secret of this kind: not empty, no placeholder, no template; keys and tokens
 * must look machine-made.
 */
export function isSecretValue(value: string, kind: SecretNameKind): boolean {
  if (isPlaceholder(value)) return false;
  if (kind === 'password') return value.length >= 4 && value.length <= 200 && !/^\s|\s$|\n/.test(value);
  return looksRandom(value);
}

const DUMMY = `change ?me|replace ?me|fill ?me|example|sample|dummy|fake|placeholder|redacted|removed|hidden|masked|censored|insert|todo|tbd|foo ?bar|lorem|none|null|undefined|not ?set|unset|empty|secret ?here|goes ?here|put ?your|add ?your|enter|your|xxx+|\\*\\*+|\\.\\.\\.+|…|123456|abcdef|qwerty|deadbeef`;
const DUMMY_WORD = new RegExp(`(?:^|[^a-z])(?:${DUMMY.replaceAll(' ?', '[ _-]?')})(?:[^a-z]|$)`, 'i');
const DUMMY_START =
  /^(?:your|my|the|insert|enter|put|add|paste|some|change|replace|example|dummy|fake|sample)[ _-]/i;
const DEFAULTS = words(`
password passwd pass pwd pw secret token key user username admin root postgres mysql redis guest test testing tests
default changeme changeit mypassword mysecret yourpassword minioadmin airflow mlflow neo4j hello string value str int
true false yes no apikey api_key access_token optional required example sa abc abcd qwerty letmein xxx 1234 12345 hidden
`);

/**
 * Empty, a template (`{pw}`, `$PW`, `<your key>`, `%s`, `%(pw)s`), masked (`****`, `sk-...`), a dummy word, or hardly
 * more than one character again and again.
 */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text.length < 4 || DEFAULTS.has(text.toLowerCase())) return true;
  if (/^[<[{(].*[>\]})]$|\{[^{}]*\}|\$\{|^\$[A-Za-z_]|^%\w+%$|%s|%\(\w+\)s|<[^<>]+>/.test(text)) return true;
  if (DUMMY_START.test(text) || DUMMY_WORD.test(text)) return true;
  if (/(.)\1{4,}/.test(text) || /EXAMPLE(?:KEY)?$/.test(text)) return true;
  if (/0123456|1234567|abcdefg/i.test(text)) return true;
  return new Set(text).size < Math.min(5, text.length * 0.5);
}

/**
 * Machine-made: at least 12 characters without blanks, letters and digits well mixed. Not: words joined by dashes, paths,
 * URLs, dotted names, dates, versions, file names.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 12 || value.length > 4_000 || !/^[\w+/=.~!@#$%^&*:-]+$/.test(value)) return false;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (/^(?:[./~]|[A-Za-z]:[\\/]|\w+:\/\/)/.test(value) || /\.[A-Za-z]{2,5}\d?$/.test(value)) return false;
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(value)) return false;
  if (isHex(value)) return value.length >= 16 && entropy(value) >= 2.5;
  return switches(value) >= Math.max(3, Math.min(12, value.length / 7)) && entropy(value) >= 3;
}

function isHex(value: string): boolean {
  return /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(value.replaceAll('-', ''));
}

/** How often the text goes from one of lower case, upper case and digits to another; an initial capital is none. */
function switches(value: string): number {
  let count = 0;
  let previous = '';
  for (const character of value) {
    const now = /\d/.test(character)
      ? 'd'
      : /[a-z]/.test(character)
        ? 'l'
        : /[A-Z]/.test(character)
          ? 'u'
          : '';
    if (now !== '' && previous !== '' && now !== previous && !(previous === 'u' && now === 'l')) count++;
    previous = now;
  }
  return count;
}

/** Shannon's, in bits per character. */
export function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
