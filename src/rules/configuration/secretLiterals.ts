import { knownSecrets } from '../../knowledge/credentials';
import { isPlaceholder, isSecretValue, looksRandom, secretName } from '../../knowledge/credentialNames';
import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { UnitSummary } from '../../semantics/summary';
import type { Call, Expression, Str } from '../../syntax/ast';
import { connectionSecret } from './connectionSecrets';

/** What holds a literal, as far as the syntax says. */
export interface Holder {
  /** `setting`: an item of a mapping is set, of the environment for one. */
  readonly kind: 'name' | 'attribute' | 'keyword' | 'entry' | 'setting' | 'default' | 'argument' | 'compared';
  /** `api_key`; empty for an argument without a name. */
  readonly name: string;
  /** The call that the literal is an argument of. */
  readonly call: Call | undefined;
}

/** A string literal that is or holds a secret. */
export interface SecretLiteral {
  readonly node: Str;
  /** What it is, for a message: `a password`, `a GitHub token`. */
  readonly what: string;
  /** The secret within the literal's text; all of it for most. */
  readonly start: number;
  readonly end: number;
  /** The literal's text, holes as `{}`. */
  readonly text: string;
  readonly holder: Holder | undefined;
}

const SECRET_WORD = /pass|pwd|pw|secret|token|key|auth|login|credential/i;

const known = new WeakMap<UnitSummary, readonly SecretLiteral[]>();

/** The secrets in the literals of a statement. Depends on the statement alone. */
export function secretLiteralsOf(unit: FactUnit): readonly SecretLiteral[] {
  let found = known.get(unit.summary);
  if (!found) {
    found = /["']/.test(unit.unit.text) ? findSecrets(unit) : [];
    known.set(unit.summary, found);
  }
  return found;
}

function findSecrets(unit: FactUnit): SecretLiteral[] {
  const found: SecretLiteral[] = [];
  const { text } = unit.unit;
  const isNaming = SECRET_WORD.test(text);
  const hasPassword = /passw|passphrase/i.test(text);
  for (const node of unit.summary.locate.keys()) {
    if (node.kind !== 'Str' || node.end - node.start < 6) continue;
    // Cheap: most literals are words.
    const { value } = node;
    const isWord = value !== undefined && /^[A-Za-z_ .-]*$/.test(value);
    if (isWord ? !hasPassword : !isNaming && node.end - node.start < 14) continue;
    const parent = parentsOf(unit.unit).get(node);
    // A docstring, or a text that stands alone: examples.
    if (parent?.kind === 'Expr') continue;
    const secret = secretOf(node, unit);
    if (secret) found.push(secret);
  }
  return found;
}

function secretOf(node: Str, unit: FactUnit): SecretLiteral | undefined {
  const text = textOf(node, unit);
  const holder = holderOf(node, unit);
  for (const { start, end, kind } of knownSecrets(text))
    return { node, what: kind, start, end, text, holder };
  const connected = connectionSecret(text);
  if (connected)
    return { node, what: connected.kind, start: connected.start, end: connected.end, text, holder };
  if (node.value === undefined || !holder) return undefined;
  const header = /^(?:Bearer|Token|ApiKey|Api-Key|Key)\s+(\S+)$/i.exec(text);
  if (header && /^(proxy-)?authorization$/i.test(holder.name)) {
    const value = header[1] ?? '';
    if (!looksRandom(value) || isPlaceholder(value)) return undefined;
    const start = text.length - value.length;
    return { node, what: 'a token in a header', start, end: text.length, text, holder };
  }
  const what = namedSecret(text, holder);
  return what === undefined ? undefined : { node, what, start: 0, end: text.length, text, holder };
}

/** The decoded text with `{}` for holes; what `+` adds behind the literal is a hole as well. */
function textOf(node: Str, unit: FactUnit): string {
  const pieces = node.tokens.flatMap((token) => token.pieces);
  const text =
    node.value ?? pieces.map((piece) => (piece.kind === 'text' ? (piece.value ?? '') : '{}')).join('');
  const parent = parentsOf(unit.unit).get(node);
  const isContinued = parent?.kind === 'BinOp' && parent.op === '+' && parent.left === node;
  return isContinued ? `${text}{}` : text;
}

/** What a text is by the name that holds it; undefined: no secret. */
function namedSecret(text: string, holder: Holder): string | undefined {
  if (/\s/.test(text) || text.length > 400) return undefined;
  const kind = secretName(holder.name);
  if (kind === undefined) {
    // `wandb.login(key="...")`
    const isKey = holder.kind === 'keyword' && /^(key|auth|credentials?)$/.test(holder.name);
    return isKey && text.length >= 24 && looksRandom(text) && !isPlaceholder(text) ? 'a key' : undefined;
  }
  if (!isSecretValue(text, kind)) return undefined;
  if (kind !== 'password') return kind === 'key' ? 'a key' : 'a token';
  return isPassword(text, holder) ? 'a password' : undefined;
}

/** A password may be any text: what shows that it is none is that it is a path, a URL, a name or a word of a form. */
function isPassword(text: string, { name, kind }: Holder): boolean {
  if (/^(?:[.~]?\/|[A-Za-z]:[\\/]|\w+:\/\/|--?\w)/.test(text) || secretName(text) !== undefined) return false;
  const isMixed = /[A-Za-z]/.test(text) && /[\d!@#$%^&*+?~]/.test(text);
  if (isMixed) return true;
  if (/^\d+$/.test(text)) return kind === 'keyword' && text.length >= 4;
  if (!/^[A-Za-z-]+$/.test(text) || text.length < 6) return false;
  // A plain word counts where nothing but the password itself can stand.
  return (kind === 'keyword' || kind === 'name') && /passw(or)?d$|passphrase$/i.test(name);
}

/** What the literal is bound to or passed as. */
function holderOf(node: Str, unit: FactUnit): Holder | undefined {
  const parents = parentsOf(unit.unit);
  let child: Expression = node;
  let parent = parents.get(child);
  // `SecretStr("...")`, `"..." if x else y`, `"...".encode()`
  for (;;) {
    const isWrapper =
      parent?.kind === 'Call' &&
      parent.args[0] === child &&
      /^(SecretStr|Secret|str|bytes)$/.test(calledName(parent));
    const isChoice = parent?.kind === 'IfExp' || parent?.kind === 'BoolOp' || parent?.kind === 'NamedExpr';
    const isMethod = parent?.kind === 'Attribute' && /^(encode|strip)$/.test(parent.attr);
    const isCalled = parent?.kind === 'Call' && parent.func === child;
    if (!isWrapper && !isChoice && !isMethod && !isCalled) break;
    if (parent?.kind === 'NamedExpr') return { kind: 'name', name: parent.target.id, call: undefined };
    child = parent as Expression;
    parent = parents.get(child);
  }
  switch (parent?.kind) {
    case 'Assign':
      return parent.value === child ? targetOf(parent.targets[0]) : undefined;
    case 'AnnAssign':
      return parent.value === child ? targetOf(parent.target) : undefined;
    case 'FunctionDef':
    case 'Lambda': {
      const name = parent.params.find((parameter) => parameter.default === child)?.name;
      return name === undefined ? undefined : { kind: 'default', name, call: undefined };
    }
    case 'Dict': {
      const key = parent.entries.find(({ value }) => value === child)?.key;
      if (key?.kind !== 'Str') return undefined;
      // `{"username": "me", "key": "..."}`, as Kaggle has it.
      const isPair = key.value === 'key' && parent.entries.some((one) => isText(one.key, 'username'));
      return { kind: 'entry', name: isPair ? 'api_key' : (key.value ?? ''), call: undefined };
    }
    case 'Compare': {
      const other = parent.operands.find((operand) => operand !== child);
      const isEqual = parent.ops.length === 1 && /^[=!]=$/.test(parent.ops[0] ?? '');
      return isEqual && other ? withKind(targetOf(other), 'compared') : undefined;
    }
    case 'Tuple':
    case 'List':
      return pairHolder(parent, child, unit);
    case 'Call':
      return argumentHolder(parent, child);
    default:
      return undefined;
  }
}

function isText(node: Expression | undefined, text: string): boolean {
  return node?.kind === 'Str' && node.value === text;
}

function withKind(holder: Holder | undefined, kind: Holder['kind']): Holder | undefined {
  return holder && { ...holder, kind };
}

function targetOf(target: Expression | undefined): Holder | undefined {
  switch (target?.kind) {
    case 'Name':
      return { kind: 'name', name: target.id, call: undefined };
    case 'Attribute':
      return { kind: 'attribute', name: target.attr, call: undefined };
    case 'Subscript': {
      const name = target.index.kind === 'Str' ? target.index.value : undefined;
      return name === undefined ? undefined : { kind: 'setting', name, call: undefined };
    }
    default:
      return undefined;
  }
}

/** `auth=("user", "password")` */
function pairHolder(
  pair: Expression & { elements: readonly Expression[] },
  child: Expression,
  unit: FactUnit,
) {
  const parent = parentsOf(unit.unit).get(pair);
  const keyword =
    parent?.kind === 'Call' ? parent.keywords.find(({ value }) => value === pair)?.name : undefined;
  const isAuth = keyword !== undefined && /^(basic_|http_)?auth$/.test(keyword) && pair.elements.length === 2;
  if (!isAuth || pair.elements[1] !== child || parent?.kind !== 'Call') return undefined;
  return { kind: 'argument', name: 'password', call: parent } as const;
}

/** Calls whose second argument is the password or secret. */
const SECOND_IS_SECRET = /^(login|HTTPBasicAuth|HTTPDigestAuth|BasicAuth)$/;

function argumentHolder(call: Call, child: Expression): Holder | undefined {
  const keyword = call.keywords.find(({ value }) => value === child)?.name;
  const called = calledName(call);
  const [first] = call.args;
  const option = first?.kind === 'Str' ? first.value : undefined;
  if (/^(add_argument|option|getenv|get|setdefault|DEFINE_string)$/.test(called) && option !== undefined) {
    const isDefault = keyword === 'default' || call.args[1] === child;
    return isDefault
      ? { kind: called === 'setdefault' ? 'setting' : 'argument', name: option, call }
      : undefined;
  }
  if (keyword !== undefined) return { kind: 'keyword', name: keyword, call };
  const isSecond = call.args[1] === child && SECOND_IS_SECRET.test(called);
  return isSecond ? { kind: 'argument', name: 'password', call } : undefined;
}

export function calledName({ func }: Call): string {
  return func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
}
