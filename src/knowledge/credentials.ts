import { entropy, isPlaceholder, isSecretValue, looksRandom, secretName } from './credentialNames';

/**
 * Where secrets lie in a text: tokens in the formats that their issuers publish, private keys, connection strings with
 * a password, and values that stand beside a name such as `API_KEY=`. Placeholders and documented examples are none.
 * One detector for code and for saved outputs.
 *
 * In code, use `knownSecrets` on a literal's own text, and `secretName(name)` with `isSecretValue(text, kind)`
 * (`./credentialNames`) for a literal that is bound to a name or passed as a keyword.
 */
export interface Secret {
  /** Offset of the secret itself (not of the name beside it), in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** What it is, for a message: `a GitHub token`, `a password in a connection string`. */
  readonly kind: string;
}

interface Format {
  readonly kind: string;
  /** Global; group `secret` is the secret, else the whole match. */
  readonly pattern: RegExp;
  /** Any text without this has no match; lower case is not folded. */
  readonly hint: string;
  /** More than the pattern can say; `match` is the whole match. */
  readonly accepts?: (secret: string, text: string, start: number) => boolean;
}

const format = (kind: string, hint: string, pattern: string, accepts?: Format['accepts']): Format => ({
  kind,
  hint,
  pattern: new RegExp(`(?<![A-Za-z0-9_])(?:${pattern})(?![A-Za-z0-9_])`, 'g'),
  ...(accepts ? { accepts } : {}),
});

/** Formats with a prefix or a shape of their own, as their issuers document them. */
const FORMATS: readonly Format[] = [
  format('an AWS access key id', 'A', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}', (secret, text, start) => {
    // A pre-signed URL names the key of who signed it; that is for everybody to see and useless without its secret.
    return !/(?:Credential|AWSAccessKeyId)(?:=|%3D)$/i.test(text.slice(Math.max(0, start - 24), start));
  }),
  format('a GitHub token', 'gh', 'gh[pousr]_[A-Za-z0-9]{36,251}'),
  format('a GitHub token', 'github_pat_', 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}'),
  format('a GitLab token', 'gl', 'gl(?:pat|dt|rt|ptt|cbt|ft|soat|agent|imt|oas)-[\\w-]{20,}'),
  format('a Slack token', 'xox', 'xox[abposre](?:\\.xox[bp])?-(?:\\d+-)?[\\w-]{10,}'),
  format('a Slack token', 'xapp-', 'xapp-\\d-[A-Z0-9]+-\\d+-[a-z0-9]+'),
  format(
    'a Slack webhook',
    'hooks.slack.com',
    'https://hooks\\.slack\\.com/(?:services|workflows)/(?<secret>T\\w{6,}/[AB]\\w{6,}/\\w{16,})',
  ),
  format(
    'a Discord webhook',
    '/api/webhooks/',
    'https://(?:\\w+\\.)?discord(?:app)?\\.com/api/webhooks/(?<secret>\\d{17,20}/[\\w-]{60,})',
  ),
  format('a Google API key', 'AIza', 'AIza[\\w-]{35}'),
  format('a Google OAuth secret', 'GOCSPX-', 'GOCSPX-[\\w-]{28}'),
  format('a Google OAuth token', 'ya29.', 'ya29\\.[\\w-]{20,}'),
  format('an Anthropic key', 'sk-ant-', 'sk-ant-[a-z]+\\d*-[\\w-]{20,}'),
  format('an OpenRouter key', 'sk-or-', 'sk-or-v1-[0-9a-f]{64}'),
  format('an OpenAI key', 'sk-', 'sk-(?:proj|svcacct|admin|None)-[\\w-]{20,}'),
  format('an OpenAI key', 'sk-', 'sk-[A-Za-z0-9]{32,64}'),
  format('a Hugging Face token', 'hf_', 'hf_[A-Za-z0-9]{30,40}'),
  format('a Hugging Face token', 'api_org_', 'api_org_[A-Za-z0-9]{34}'),
  format('a Stripe key', '_live_', '(?:sk|rk)_live_[A-Za-z0-9]{16,}'),
  format('a Databricks token', 'dapi', 'dapi[0-9a-f]{32}(?:-\\d)?'),
  format('an npm token', 'npm_', 'npm_[A-Za-z0-9]{36}'),
  format('a PyPI token', 'pypi-AgE', 'pypi-AgE[\\w-]{50,}'),
  format('a DigitalOcean token', '_v1_', 'do[opr]_v1_[0-9a-f]{64}'),
  format('a Groq key', 'gsk_', 'gsk_[A-Za-z0-9]{52}'),
  format('a Replicate token', 'r8_', 'r8_[A-Za-z0-9]{37}'),
  format('a Kaggle token', 'KGAT_', 'KGAT_[0-9a-f]{32}'),
  format('a Weights & Biases key', 'wandb_v1_', 'wandb_v1_\\w{60,}'),
  format('a Weights & Biases key', 'wandb login', 'wandb login (?:--relogin )?(?<secret>[0-9a-f]{40})'),
  format('a LangSmith key', 'lsv2_', 'lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}'),
  format('a Pinecone key', 'pcsk_', 'pcsk_\\w{50,}'),
  format('a Tavily key', 'tvly-', 'tvly-(?:dev-|prod-)?[A-Za-z0-9]{32}'),
  format('a Perplexity key', 'pplx-', 'pplx-[A-Za-z0-9]{48}'),
  format('an xAI key', 'xai-', 'xai-[A-Za-z0-9]{80}'),
  format('an NVIDIA key', 'nvapi-', 'nvapi-[\\w-]{60,70}'),
  format('a SendGrid key', 'SG.', 'SG\\.[\\w-]{22}\\.[\\w-]{43}'),
  format('a Mailgun key', 'key-', 'key-[0-9a-f]{32}'),
  format('a Telegram bot token', ':AA', '\\d{8,10}:AA[\\w-]{33}'),
  format('a Shopify token', 'shp', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'),
  format('a Docker token', 'dckr_pat_', 'dckr_pat_[\\w-]{27,}'),
  format('a Vault token', 'hvs.', 'hvs\\.[\\w-]{24,}'),
  format('a Grafana token', 'gl', 'glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}'),
  format('a Notion token', 'ntn_', 'ntn_[A-Za-z0-9]{40,}'),
  format('an Atlassian token', 'ATATT3', 'ATATT3[\\w=-]{100,}'),
  format('a Mapbox secret token', 'sk.eyJ', 'sk\\.eyJ[\\w-]{20,}\\.[\\w-]{20,}'),
  format('an Azure client secret', 'Q~', '[\\w~.]{3}\\dQ~[\\w~.-]{31,34}'),
  format(
    'an Azure account key',
    'Key=',
    '(?:Account|SharedAccess)Key=(?<secret>[A-Za-z0-9+/]{42,86}={1,2})',
    (secret) => {
      // The storage emulator's key is the same for everybody.
      return !secret.startsWith('Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6');
    },
  ),
  format(
    'an Azure shared access signature',
    'sig=',
    '[?&]?s[vs]=[^\\s"\']*?&sig=(?<secret>[A-Za-z0-9%+/]{43,}(?:%3[dD]|=))',
    // A link to one blob is short-lived, made for downloading it.
    (_secret, text, start) => !/[?&]sr=b(?:&|$)/.test(text.slice(Math.max(0, start - 400), start + 200)),
  ),
  format(
    'a JSON web token',
    'eyJ',
    'eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]{20,}',
    (secret, text, start) =>
      // The example of jwt.io; and what signed links to downloads carry.
      !secret.endsWith('.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c') &&
      !/[?&]jwt=$/.test(text.slice(Math.max(0, start - 5), start)),
  ),
  format(
    'credentials of a service account',
    '"private_key_id"',
    '"private_key_id":\\s*"(?<secret>[0-9a-f]{40})"',
  ),
];

const PRIVATE_KEY =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|\\r)+(?<body>[A-Za-z0-9+/=:,\s\\-]{60,})/g;
const CONNECTION =
  /\b[a-z][a-z0-9+.-]{1,30}:\/\/(?<user>[^\s:/?#@"'<>]{0,80}):(?<secret>[^\s/@"'<>]{1,120})@[\w[{$%.-]/gi;
const BEARER = /\bBearer\s+(?<secret>[A-Za-z0-9._~+/-]{20,}=*)/g;
const BASIC = /\bAuthorization["']?\s*[:=]\s*["']?Basic\s+(?<secret>[A-Za-z0-9+/]{8,}={0,2})/gi;

/**
 * Secrets that show by themselves, whatever stands beside them: formats of issuers, private keys, connection strings
 * with a password, authorization headers. Not in order; two may overlap.
 */
export function* knownSecrets(text: string): Generator<Secret> {
  for (const { kind, pattern, hint, accepts } of FORMATS) {
    if (!text.includes(hint)) continue;
    for (const match of text.matchAll(pattern)) {
      const secret = place(match, kind);
      const value = text.slice(secret.start, secret.end);
      if (isMadeUp(value) || accepts?.(value, text, secret.start) === false) continue;
      yield secret;
    }
  }
  if (text.includes('PRIVATE KEY')) {
    for (const match of text.matchAll(PRIVATE_KEY)) {
      if (entropy(match.groups!['body']!) >= 4) yield { ...place(match, 'a private key') };
    }
  }
  if (text.includes('://')) {
    for (const match of text.matchAll(CONNECTION)) {
      const password = match.groups!['secret']!;
      if (
        password === match.groups!['user'] ||
        isPlaceholder(password) ||
        !isSecretValue(password, 'password')
      )
        continue;
      const start = match.index + match[0].indexOf('://') + 3 + match.groups!['user']!.length + 1;
      yield { start, end: start + password.length, kind: 'a password in a connection string' };
    }
  }
  if (text.includes('Bearer')) {
    for (const match of text.matchAll(BEARER)) {
      if (looksRandom(match.groups!['secret']!) && !isPlaceholder(match.groups!['secret']!)) {
        yield place(match, 'a bearer token');
      }
    }
  }
  if (/basic/i.test(text)) {
    for (const match of text.matchAll(BASIC)) {
      if (isBasicPair(match.groups!['secret']!)) yield place(match, 'a password in a header');
    }
  }
}

/** Words that are followed by the value itself: `API_KEY=`, `'token': `, `--password `. */
const NAMED =
  /(?:key|token|secret|passw(?:or)?d|passphrase|passcode|pwd)(?:_?\d{1,2})?(?:_(?:prod|dev|live|staging|value))?(?:["'\]]{0,2}[ \t]{0,4}(?::=|=>|={1,2}(?!=)|:)[ \t]{0,4}|[ \t]+(?=["']))/gi;

/**
 * All secrets of a running text (a printed output, a log, a file): what `knownSecrets` finds and values beside a name
 * that holds a secret. Not in order; two may overlap.
 */
export function* secretsIn(text: string): Generator<Secret> {
  yield* knownSecrets(text);
  for (const match of text.matchAll(NAMED)) {
    const named = namedValue(text, match.index, match.index + match[0].length);
    if (named) yield named;
  }
}

/** The first secret of a running text, as `secretsIn` finds them. */
export function secretIn(text: string): Secret | undefined {
  let first: Secret | undefined;
  for (const secret of secretsIn(text)) if (!first || secret.start < first.start) first = secret;
  return first;
}

/** The value at `at` if the name that ends around `wordAt` holds a secret and the value can be one. */
function namedValue(text: string, wordAt: number, at: number): Secret | undefined {
  let start = wordAt;
  while (start > 0 && wordAt - start < 60 && /[\w.-]/.test(text[start - 1]!)) start--;
  const separator = text.slice(wordAt, at);
  let name = text.slice(start, wordAt) + /^\w+/.exec(separator)![0];
  // Prose: "API key: ..."
  const prose = /(?:^|[^\w])(api|access|secret|auth|private|account)[ -]$/i.exec(
    text.slice(Math.max(0, start - 9), start),
  );
  if (prose && start === wordAt) name = `${prose[1]}_${name}`;
  const kind = secretName(name);
  if (kind === undefined || isLoopback(text, start)) return undefined;
  const quote = /["'`]/.exec(text[at] ?? '')?.[0];
  const from = quote ? at + 1 : at;
  const value = valueAt(text, from, quote);
  if (value === undefined || !isSecretValue(value, kind)) return undefined;
  const isClear = quote !== undefined || (name === name.toUpperCase() && /=$/.test(separator));
  if (kind === 'password' && !isPasswordLike(value, isClear)) return undefined;
  if (/^\w+$/.test(name) && name === 'token' && value.length < 16) return undefined;
  const noun = kind === 'password' ? 'a password' : kind === 'key' ? 'a key' : 'a token';
  return { start: from, end: from + value.length, kind: noun };
}

function valueAt(text: string, from: number, quote: string | undefined): string | undefined {
  const rest = text.slice(from, from + 400);
  const value = quote
    ? rest.slice(0, Math.max(0, rest.indexOf(quote)))
    : /^[^\s"'`,;&<>()[\]{}\\]+/.exec(rest)?.[0];
  return value === undefined || value === '' ? undefined : quote ? value : value.replace(/[.:]+$/, '');
}

/** In printed text "password" often introduces a word about passwords; a password shows by its mixture. */
function isPasswordLike(value: string, isClear: boolean): boolean {
  if (/\s/.test(value)) return false;
  const isMixed = /[A-Za-z]/.test(value) && /[\d!@#$%^&*+?~]/.test(value);
  if (isClear) return isMixed && value.length >= 6 && !/^[A-Za-z_]\w*[([.]/.test(value);
  return (
    isMixed && value.length >= 8 && !/^[A-Za-z_][A-Za-z_.]*\d*$/.test(value) && !/^[A-Za-z_]\w*\./.test(value)
  );
}

/** `http://localhost:8888/?token=...`: a notebook server's own address, of use on that machine alone. */
function isLoopback(text: string, at: number): boolean {
  return /(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?\/\S*$/.test(
    text.slice(Math.max(0, at - 200), at),
  );
}

/** A text in an issuer's format that nobody would be given: masked, counted up, a word. */
function isMadeUp(value: string): boolean {
  if (value.includes('/')) return /(.)\1{5,}/.test(value) || /EXAMPLE|XXXX|xxxx/.test(value);
  const random = value.replace(/^[A-Za-z]{1,6}[_-]/, '');
  return (
    /(.)\1{4,}|EXAMPLE|example|xxxx|XXXX|your|YOUR|dummy|placeholder|1234567|abcdefgh|ABCDEFGH|\.\.\./.test(
      value,
    ) ||
    new Set(random).size < 8 ||
    entropy(random) < 2.5
  );
}

function isBasicPair(value: string): boolean {
  let pair: string;
  try {
    pair = atob(value);
  } catch {
    return false;
  }
  const colon = pair.indexOf(':');
  return colon > 0 && /^[\x20-\x7e]+$/.test(pair) && !isPlaceholder(pair.slice(colon + 1));
}

function place(match: RegExpExecArray, kind: string): Secret {
  const secret = match.groups?.['secret'];
  const start = match.index + (secret === undefined ? 0 : match[0].lastIndexOf(secret));
  return { start, end: start + (secret ?? match[0]).length, kind };
}
