import { isPlaceholder, isSecretValue, looksRandom } from '../../knowledge/credentialNames';
import type { Secret } from '../../knowledge/credentials';

/** `Server=db;UID=sa;PWD=...`, `host=db user=svc password=...`: settings of a connection in one text. */
const SETTING = /(?:^|[;\s])(?:pwd|password)\s*=\s*'?(?<secret>[^;\s']+)/i;
const PLACE =
  /(?:^|[;\s])(?:server|host|hostaddr|data source|driver|dsn|uid|user(?: id)?|dbname|database)\s*=/i;
/** `https://a.example/x?api_key=...` */
const QUERY =
  /[?&](?<name>api_?key|key|token|access_token|auth|apikey|appid|secret|sig|code)=(?<secret>[^&#\s]+)/i;

/** A secret among the settings of a connection, or in the query of a URL. `text` has `{}` for what is not known. */
export function connectionSecret(text: string): Secret | undefined {
  const setting = PLACE.test(text) ? SETTING.exec(text) : null;
  const password = setting?.groups?.['secret'] ?? '';
  const isMixed = /[A-Za-z]/.test(password) && /[\d!@#$%^&*+?~]/.test(password);
  if (setting && isMixed && isSecretValue(password, 'password')) {
    const end = setting.index + setting[0].length;
    return { start: end - password.length, end, kind: 'a password in a connection string' };
  }
  const query = /^https?:\/\//i.test(text) ? QUERY.exec(text) : null;
  const value = query?.groups?.['secret'] ?? '';
  if (!query || value.includes('{') || !looksRandom(value) || isPlaceholder(value)) return undefined;
  const end = query.index + query[0].length;
  return { start: end - value.length, end, kind: 'a key in an address' };
}
