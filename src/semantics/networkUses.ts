import {
  BUCKET_METHODS,
  ENDPOINT_KEYWORDS,
  HTTP_CLIENTS,
  HTTP_METHODS,
  NETWORK_ARGUMENTS,
  type NetworkArgument,
  REMOTE_FILE_SYSTEMS,
} from '../knowledge/networkArguments';
import type { Call, Expression } from '../syntax/ast';
import type { FactUnit } from './facts';
import type { FoldedText } from './foldedText';
import { fileUsesOf, mayBeImported } from './fileUses';
import type { Folder } from './folding';
import type { UnitSummary } from './summary';
import type { Evaluator, Value } from './values';

/** A call that goes to a service or a bucket, and what is known of its address. */
export interface NetworkUseFact {
  readonly call: Call;
  readonly unit: FactUnit;
  /** Dotted name of the callee, or the method's name. */
  readonly callee: string;
  readonly folded: readonly FoldedText[];
  /**
   * What the call says about the address: `service` takes nothing else; `host` takes `host:port`, too; `http` and
   * `bucket` count with such an address only, because the call may be another one of that name.
   */
  readonly use: 'service' | 'host' | 'http' | 'bucket';
}

interface Use {
  readonly use: NetworkUseFact['use'];
  readonly callee: string;
  readonly addresses: readonly Expression[];
}

/** All network uses of a program, files read from a URL included. Nothing where no text has a scheme or a port. */
export function networkUsesOf(evaluator: Evaluator, folder: Folder): readonly NetworkUseFact[] {
  const { units } = evaluator.facts;
  const hasBucket = units.some(({ unit }) => BUCKET_TEXT.test(unit.text));
  if (!units.some(({ unit }) => /:\/\/|:\d{2,5}["']/.test(unit.text))) return [];
  const found: NetworkUseFact[] = [];
  for (const unit of units) {
    for (const call of hasBucket ? allCalls(unit.summary) : candidatesOf(unit.summary)) {
      for (const { use, callee, addresses } of usesOf(call, unit, evaluator)) {
        for (const address of addresses) {
          if (cannotBeAddress(address)) continue;
          found.push({ call, unit, callee, use, folded: folder.fold(address, unit) });
        }
      }
    }
  }
  for (const { call, unit, callee, folded, isConfiguration } of fileUsesOf(evaluator, folder)) {
    if (!isConfiguration && !LOCAL_ONLY.test(callee))
      found.push({ call, unit, callee, folded, use: 'service' });
  }
  return found;
}

const BUCKET_TEXT = /(s3[an]?|gs|gcs|az|abfss?|wasbs?|hdfs|adl|oss|cos|obs):\/\//;

function allCalls(summary: UnitSummary): readonly Call[] {
  return summary.calls.map(({ node }) => node);
}

/** Calls for files that know nothing of URLs. */
const LOCAL_ONLY = /^(builtins|io|os|pathlib|posixpath|shutil|glob|codecs|gzip|bz2|lzma|zipfile|tarfile)\./;

function cannotBeAddress(node: Expression): boolean {
  return node.kind === 'Str' && node.value !== undefined && !node.value.includes(':');
}

const CALL_NAMES: ReadonlySet<string> = new Set([...NETWORK_ARGUMENTS.keys()].map(lastPart));
const candidates = new WeakMap<UnitSummary, readonly Call[]>();

/** The calls of a statement that may go to the network, by their names alone. */
function candidatesOf(summary: UnitSummary): readonly Call[] {
  const known = candidates.get(summary);
  if (known) return known;
  const calls = summary.calls.map(({ node }) => node).filter(isCandidate);
  candidates.set(summary, calls);
  return calls;
}

function isCandidate({ func, args, keywords }: Call): boolean {
  if (args.length === 0 && keywords.length === 0) return false;
  if (keywords.some(({ name }) => name !== undefined && ENDPOINT_KEYWORDS.has(name))) return true;
  if (func.kind === 'Name') return true;
  if (func.kind !== 'Attribute') return false;
  const { attr } = func;
  return (
    CALL_NAMES.has(attr) || HTTP_METHODS.has(attr) || BUCKET_METHODS.has(attr) || REMOTE_METHODS.has(attr)
  );
}

const REMOTE_METHODS: ReadonlySet<string> = new Set(
  'open ls glob find exists isdir isfile info cat get put rm walk du get_file put_file cat_file download upload'.split(
    ' ',
  ),
);

function usesOf(call: Call, unit: FactUnit, evaluator: Evaluator): readonly Use[] {
  const { func } = call;
  const uses: Use[] = [];
  if (func.kind === 'Name' && !mayBeImported(func.id, call, unit)) return [];
  const values = evaluator.valuesOf(func, unit);
  // What the program defines itself is looked into, at the calls within.
  if (values.some(({ kind }) => kind === 'function' || kind === 'class')) return [];
  const qualified = evaluator.calleeOf(call, unit);
  const listed = qualified === undefined ? undefined : NETWORK_ARGUMENTS.get(qualified);
  if (listed) {
    const use = listed.takesHost ? 'host' : 'service';
    return [{ use, callee: qualified ?? '', addresses: argumentsOf(call, listed) }];
  }
  const isImported = qualified !== undefined && !qualified.startsWith('builtins.');
  if (isImported || func.kind === 'Attribute') {
    const endpoints = call.keywords.filter(({ name }) => name !== undefined && ENDPOINT_KEYWORDS.has(name));
    if (endpoints.length > 0) {
      const addresses = endpoints.map(({ value }) => value);
      uses.push({ use: 'service', callee: endpoints[0]?.name ?? '', addresses });
    }
  }
  if (isImported && !NO_STORAGE.test(qualified)) {
    const given = [...call.args, ...call.keywords.map(({ value }) => value)].flatMap(itemsOf);
    uses.push({ use: 'bucket', callee: qualified, addresses: given });
  }
  if (func.kind === 'Attribute')
    uses.push(...methodUses(call, func.attr, evaluator.valuesOf(func.value, unit)));
  return uses;
}

/** Modules that go nowhere with a bucket's URI. */
const NO_STORAGE =
  /^(os|re|sys|logging|loguru|warnings|urllib|posixpath|pathlib|typing|pytest|unittest|argparse|click|typer|string|json|yaml|textwrap|pprint|hashlib|collections|dataclasses|rich|IPython|pydantic)\b/;

/** The values of a dict, the elements of a list: `fit({"train": "s3://..."})`. */
function itemsOf(node: Expression): readonly Expression[] {
  if (node.kind === 'Dict') return node.entries.map(({ value }) => value);
  return node.kind === 'List' || node.kind === 'Tuple' ? node.elements : [node];
}

function methodUses(call: Call, method: string, receivers: readonly Value[]): readonly Use[] {
  const [first] = call.args;
  const position = HTTP_METHODS.get(method);
  if (position !== undefined) {
    const isClient = receivers.some(
      (value) => value.kind !== 'unknown' && HTTP_CLIENTS.has(originOf(value) ?? ''),
    );
    const isTestClient = receivers.some((value) =>
      /\b(testclient|test|testing)\./i.test(originOf(value) ?? ''),
    );
    const address = call.keywords.find(({ name }) => name === 'url')?.value ?? call.args[position];
    if (address && !isTestClient) {
      return [{ use: isClient ? 'service' : 'http', callee: method, addresses: [address] }];
    }
  }
  if (!first) return [];
  if (BUCKET_METHODS.has(method)) return [{ use: 'bucket', callee: method, addresses: itemsOf(first) }];
  const isRemote = receivers.some((value) =>
    REMOTE_FILE_SYSTEMS.has((originOf(value) ?? '').split('.', 1)[0] ?? ''),
  );
  return isRemote && REMOTE_METHODS.has(method)
    ? [{ use: 'service', callee: method, addresses: [first] }]
    : [];
}

/** What made an object, by its dotted name. */
function originOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'qualified':
      return value.name;
    case 'result':
      return value.callee;
    case 'instance':
      return value.of;
    default:
      return undefined;
  }
}

function argumentsOf(call: Call, { positions, keywords }: NetworkArgument): readonly Expression[] {
  const splatAt = call.args.findIndex(({ kind }) => kind === 'Starred');
  const given = positions.flatMap((position) => {
    const argument = call.args[position];
    return argument && (splatAt < 0 || position < splatAt) ? [argument] : [];
  });
  const named = call.keywords.filter(({ name }) => name !== undefined && keywords.includes(name));
  return [...given, ...named.map(({ value }) => value)].flatMap(itemsOf);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
