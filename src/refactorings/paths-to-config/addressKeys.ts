import { toConfigKey } from '../../config/keys';
import { partsOf } from '../../rules/configuration/urlText';

const HAS_ROLE = /(^|_)(url|uri|endpoint|address)s?$/;
/** First labels of host names that say nothing about the service. */
const EMPTY_LABELS =
  /^(www\d?|api|apis|data|rest|static|cdn|raw|docs|hooks|storage|download|downloads|files?|app|s3)$/;

/** A key for the address of a service or a bucket: from the name that holds it, else from the file or the host. */
export function addressKey(text: string, name: string | undefined): string {
  const { host, rest, isBucket } = partsOf(text, true) ?? { host: text, rest: '', isBucket: false };
  const role = isBucket ? 'uri' : 'url';
  const key = name ?? toConfigKey(fileOf(rest, isBucket) ?? hostName(host, rest)).replace(/_$/, '');
  return HAS_ROLE.test(key) ? key : `${key}_${role}`;
}

/** The file's name without its ending, with its folder where it is a number; undefined if there is no file. */
function fileOf(rest: string, isBucket: boolean): string | undefined {
  const parts = rest
    .replace(/[?#].*$/s, '')
    .split('/')
    .map((part) => part.replace(/\{[^}]*\}|[*?]+/g, ''))
    .filter((part) => part !== '');
  const last = parts.at(-1);
  if (last === undefined || !(isBucket || /\.[A-Za-z][A-Za-z0-9]{1,9}$/.test(last))) return undefined;
  const stem = last.replace(/(\.[A-Za-z][A-Za-z0-9]{0,9})+$/, '');
  return /[A-Za-z]{2}/.test(stem) || parts.length < 2 ? stem : `${parts.at(-2)}_${stem}`;
}

function hostName(host: string, rest: string): string {
  if (/^[\d.]+$|^\[/.test(host)) {
    const words = rest
      .split(/[/?#:&=]/)
      .filter((part) => /^[A-Za-z][\w-]+$/.test(part) && !/^v\d/.test(part));
    return words.at(-1) ?? 'service';
  }
  const labels = host.split('.');
  if (labels.length > 1) labels.pop();
  const [first = 'service', second] = labels;
  if (second === undefined || !EMPTY_LABELS.test(first)) return first;
  return first === 'api' ? `${second}_api` : second;
}
