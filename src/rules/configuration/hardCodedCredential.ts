import type { FactUnit } from '../../semantics/facts';
import type { Evaluator } from '../../semantics/values';
import { type Finding, type Rule, type RuleContext, findingAt } from '../rule';
import { environmentName } from './environmentName';
import { type SecretLiteral, secretLiteralsOf } from './secretLiterals';

export const hardCodedCredential: Rule = {
  name: 'hard-coded-credential',
  family: 'configuration',
  severity: 'error',
  summary: 'a key, token, password or connection string with a secret in the code',
  fixes: ['changes'],
  page: {
    what: 'A string literal that is a secret: by its format (tokens of GitHub, AWS, OpenAI, Hugging Face and others, private keys, connection strings with a password, `Authorization` headers), or by the name that holds it (`password=`, `api_key = `, `"token": `) where the value looks like one.',
    why: 'Who can read the code, or any old version of it, can use the secret. It cannot be changed without a release, and it travels with every copy of the notebook.',
    example: `import psycopg2

db = psycopg2.connect(host="db", user="svc", password="Vq7-tundra-81")
`,
    instead: `import os

import psycopg2

db = psycopg2.connect(host="db", user="svc", password=os.environ["DB_PASSWORD"])
`,
    fixSafety:
      'The fix changes behaviour: the program reads the secret from the environment, and ends with a KeyError where the variable is not set. The secret stays in the history of the repository, so it has to be revoked as well. Refused where the literal is put together from parts, or sets the variable itself.',
    whenNot:
      'Not reported: empty values and placeholders (`<your-api-key>`, `changeme`, `...`), words that only look like a secret by their name (`pad_token`, `sort_key`, `password_column`), reads of the environment, docstrings, tests and their fixtures.',
  },
  *check(context) {
    if (context.isTest) return;
    for (const credential of credentialsOf(context)) yield report(credential);
  },
};

/** A secret in the code, and the environment variable that it should be in. */
export interface Credential {
  readonly secret: SecretLiteral;
  readonly unit: FactUnit;
  readonly variable: string;
}

/** The secrets in a program's literals. */
export function* credentialsOf(context: RuleContext): Iterable<Credential> {
  const names = new Names(context);
  for (const unit of context.facts.units) {
    for (const secret of secretLiteralsOf(unit)) {
      yield { secret, unit, variable: names.nameFor(secret, unit, context.evaluator) };
    }
  }
}

/** Environment variables by secret: one value, one variable; two values never share one. */
class Names {
  readonly #byValue = new Map<string, string>();
  #taken: Set<string> | undefined;

  constructor(private readonly context: RuleContext) {}

  nameFor(secret: SecretLiteral, unit: FactUnit, evaluator: Evaluator): string {
    const value = secret.text.slice(secret.start, secret.end);
    const known = this.#byValue.get(value);
    if (known !== undefined) return known;
    this.#taken ??= new Set(variablesRead(this.context));
    const wanted = variableOfDefault(secret) ?? environmentName(secret, unit, evaluator);
    let name = wanted;
    // The default of a variable that is read already is for that variable.
    if (variableOfDefault(secret) === undefined) {
      for (let i = 2; this.#taken.has(name); i++) name = `${wanted}_${i}`;
    }
    this.#taken.add(name);
    this.#byValue.set(value, name);
    return name;
  }
}

/** `os.getenv("API_KEY", "...")` has its variable. */
export function variableOfDefault({ holder }: SecretLiteral): string | undefined {
  const { call, name = '' } = holder ?? {};
  if (!call || holder?.kind !== 'argument' || call.args[0]?.kind !== 'Str') return undefined;
  const { func } = call;
  const isRead =
    (func.kind === 'Attribute' && func.attr === 'getenv') ||
    (func.kind === 'Name' && func.id === 'getenv') ||
    (func.kind === 'Attribute' && func.attr === 'get' && /environ$/.test(nameOf(func.value)));
  return isRead ? name : undefined;
}

function nameOf(node: { readonly kind: string }): string {
  const { attr, id } = node as { attr?: string; id?: string };
  return attr ?? id ?? '';
}

/** Variables that the program reads already; another secret must not take their names. */
function* variablesRead({ facts }: RuleContext): Iterable<string> {
  for (const { unit } of facts.units) {
    if (!/environ|getenv/.test(unit.text)) continue;
    for (const match of unit.text.matchAll(/["']([A-Z][A-Z0-9_]*)["']/g)) yield match[1] ?? '';
  }
}

function report({ secret, unit, variable }: Credential): Finding {
  const { what, node } = secret;
  const shown = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  const title = `Read from the environment variable ${variable} (set it, and revoke this secret)`;
  return findingAt(hardCodedCredential, unit, node, `${shown} is in the code`, {
    fixes: [{ id: 'hard-coded-credential', kind: 'changes', title }],
  });
}
