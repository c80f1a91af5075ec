import { knownSecrets } from '../../knowledge/credentials';
import type { FoldedText, TextOrigin } from '../../semantics/foldedText';
import { connectionSecret } from './connectionSecrets';

/** The literal with which an address begins. */
export interface UrlStart {
  readonly origin: TextOrigin;
  /** The address up to the first stretch that is not known. */
  readonly text: string;
  readonly isBucket: boolean;
}

const BUCKETS = /^(s3[an]?|gs|gcs|az|abfss?|wasbs?|adl|hdfs|webhdfs|oss|cos|obs)$/i;
const SERVICES =
  /^(https?|wss?|ftps?|sftp|grpcs?|tcp|tls|ray|postgres(ql)?|mysql|mariadb|mssql|oracle|redshift|snowflake|clickhouse|trino|presto|hive|mongodb|rediss?|amqps?|nats|mqtts?|kafka|bolt|neo4j|ldaps?)$/i;
/** Scheme with its driver, user, host, and what follows the host. */
const ADDRESS =
  /^([a-z][a-z0-9]*)(?:\+[a-z0-9+_]+)?:\/\/(?:[^/?#@\s]*@)?(\[[0-9a-f:]+\]|[\w.-]+)([/?#:,].*)?$/is;
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|testserver)$/i;
const HOST_AND_PORT = /^([a-z0-9][\w.-]*):\d{2,5}$/i;

/**
 * Where the address of a service or a bucket begins in the code, if its host is written there. Not: this machine, a
 * connection string with a password (that is `hard-coded-credential`).
 */
export function urlStart(folded: FoldedText, takesHost = false): UrlStart | undefined {
  let origin: TextOrigin | undefined;
  let text = '';
  let isWhole = true;
  for (const segment of folded.segments) {
    if (segment.kind === 'hole') {
      isWhole = false;
      break;
    }
    origin ??= segment.value === '' ? undefined : segment.origin;
    if (!origin && segment.value !== '') return undefined;
    text += segment.value;
  }
  if (!origin || text.length > 1000 || /\s/.test(text)) return undefined;
  const address = partsOf(text, takesHost && isWhole);
  if (!address || LOOPBACK.test(address.host)) return undefined;
  // `f"https://api{n}.x.org"`: the host is made at run time.
  if (!isWhole && address.rest === '') return undefined;
  for (const _secret of knownSecrets(text)) return undefined;
  if (connectionSecret(text)) return undefined;
  return { origin, text, isBucket: address.isBucket };
}

/** The parts of an address; undefined if the text is none, or one whose host is not known. */
export function partsOf(
  text: string,
  takesHost = false,
): { readonly host: string; readonly rest: string; readonly isBucket: boolean } | undefined {
  const match = ADDRESS.exec(text);
  if (match) {
    const [, scheme = '', host = '', rest = ''] = match;
    const isBucket = BUCKETS.test(scheme);
    return isBucket || SERVICES.test(scheme) ? { host, rest, isBucket } : undefined;
  }
  const bare = takesHost ? HOST_AND_PORT.exec(text) : null;
  return bare ? { host: bare[1]!, rest: '', isBucket: false } : undefined;
}
