import { DATABASE_PACKAGES, FORMAT_VARIABLES, SERVICE_VARIABLES } from '../../knowledge/services';
import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Evaluator } from '../../semantics/values';
import type { Expression } from '../../syntax/ast';
import { type SecretLiteral, calledName } from './secretLiterals';

/** Names that say that something is secret, and not whose. */
const GENERAL =
  /^(_*)(api_?key|key|token|access_token|auth_token|api_token|password|passwd|pwd|passphrase|secret|pw|auth)$/i;

/**
 * What the environment variable for a secret is called: as the name that holds it, as the service's own client would
 * look it up, or after the kind of secret.
 */
export function environmentName(secret: SecretLiteral, unit: FactUnit, evaluator: Evaluator): string {
  const { holder, text, what } = secret;
  if (/connection string/.test(what)) return connectionVariable(text, holderVariable(secret));
  const byFormat = FORMAT_VARIABLES.find(([word]) => word.test(what))?.[1];
  // What holds a longer text is not called after the secret in it.
  const held = secret.end - secret.start < text.length ? undefined : holderVariable(secret);
  if (held !== undefined && !GENERAL.test(held)) return held;
  const service = serviceOf(secret, unit, evaluator);
  const byService = service === undefined ? undefined : serviceVariable(service, held);
  if (holder?.kind === 'name' && held !== undefined) return held;
  return byService ?? byFormat ?? held ?? 'SECRET';
}

function holderVariable({ holder }: SecretLiteral): string | undefined {
  if (!holder) return undefined;
  const name = holder.name
    .replace(/^-+/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  const isUsable = /^[A-Z][A-Z0-9_]*$/.test(name) && !/^(PROXY_)?AUTHORIZATION$/.test(name);
  return isUsable ? name : undefined;
}

function connectionVariable(text: string, held: string | undefined): string {
  const scheme = /^[a-z]+/i.exec(text)?.[0].toLowerCase() ?? '';
  if (held !== undefined && /(_|^)(URL|URI|DSN)$/.test(held) && !/^(URL|URI)$/.test(held)) return held;
  if (!text.includes('://')) return 'DB_CONNECTION_STRING';
  if (scheme.startsWith('mongo')) return 'MONGODB_URI';
  if (scheme.startsWith('redis')) return 'REDIS_URL';
  if (scheme.startsWith('amqp')) return 'AMQP_URL';
  return /^(https?|ftps?|sftp)$/.test(scheme) ? 'SERVICE_URL' : 'DATABASE_URL';
}

/** The package that the secret is for: of the call that it is given to, or of the attribute that it is set as. */
function serviceOf(
  { holder, node }: SecretLiteral,
  unit: FactUnit,
  evaluator: Evaluator,
): string | undefined {
  if (holder?.call) {
    const callee = evaluator.calleeOf(holder.call, unit);
    if (callee !== undefined) return callee;
    const { func } = holder.call;
    const [value] = func.kind === 'Attribute' ? evaluator.valuesOf(func.value, unit) : [];
    if (value?.kind === 'result') return value.callee;
    return calledName(holder.call) === 'login' ? 'login' : undefined;
  }
  const parent = parentsOf(unit.unit).get(node);
  const target: Expression | undefined = parent?.kind === 'Assign' ? parent.targets[0] : undefined;
  return target?.kind === 'Attribute' ? evaluator.qualifiedName(target.value, unit) : undefined;
}

function serviceVariable(service: string, held: string | undefined): string | undefined {
  const listed = [...SERVICE_VARIABLES].find(([name]) => service === name || service.startsWith(`${name}.`));
  if (listed) return listed[1];
  const [top = ''] = service.split('.', 1);
  const name = held ?? 'SECRET';
  if (DATABASE_PACKAGES.has(top)) return `DB_${/^(PASSWD|PWD|PW)$/.test(name) ? 'PASSWORD' : name}`;
  if (!/^[a-z][\w]*$/i.test(top) || ['builtins', 'os', 'login', 'requests', 'httpx'].includes(top))
    return undefined;
  return `${top.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()}_${name}`;
}
