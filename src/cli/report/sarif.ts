import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rulePage, rulePageAddress } from '../../rules/page';
import type { Rule, Severity } from '../../rules/rule';
import type { Range } from '../../text/position';
import type { FindingDetail, RelatedDetail } from '../checking/details';
import type { Diagnostic } from '../diagnostics';
import type { Notice, Session } from '../session';

/** What goes into a SARIF log: https://docs.oasis-open.org/sarif/sarif/v2.1.0/. */
export interface SarifInput {
  readonly session: Pick<Session, 'io' | 'notices' | 'hasFailed' | 'version'>;
  readonly rules: readonly Rule[];
  readonly diagnostics: readonly Diagnostic[];
  /** One for each diagnostic. */
  readonly details: readonly FindingDetail[];
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** Stands for the working directory, which the log does not tell: it differs from machine to machine. */
const ROOT = '%SRCROOT%';

type Level = 'none' | 'note' | 'warning' | 'error';

const LEVELS: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
  off: 'none',
};

/**
 * `check --format sarif`. Regions count in the file itself, for a notebook in its JSON, so that a viewer that knows
 * nothing of notebooks shows the right line; the cell is a logical location with the place within it.
 */
export function sarif({ session, rules, diagnostics, details }: SarifInput): string {
  const version = session.version();
  const places = new Places(session.io.cwd);
  const indices = new Map(rules.map(({ name }, index) => [name, index]));
  const run = {
    tool: {
      driver: {
        name: 'Graduate',
        version,
        semanticVersion: version,
        rules: rules.map(descriptorOf),
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [ROOT]: { description: { text: 'The working directory' } } },
    invocations: [
      {
        executionSuccessful: !session.hasFailed,
        toolExecutionNotifications: session.notices.map((notice) => notificationOf(notice, places)),
      },
    ],
    results: diagnostics.map((diagnostic, i) => resultOf(diagnostic, details[i]!, indices, places)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function descriptorOf(rule: Rule): object {
  const { name, family, severity, summary, page } = rule;
  return {
    id: name,
    shortDescription: { text: `Reports ${plain(summary)}` },
    fullDescription: { text: plain(page.what), markdown: page.what },
    help: { text: plain(`${page.what}\n\n${page.why}\n\n${page.whenNot}`), markdown: rulePage(rule) },
    helpUri: rulePageAddress(name),
    defaultConfiguration: severity === 'off' ? { enabled: false } : { level: LEVELS[severity] },
    properties: { tags: [family] },
  };
}

function resultOf(
  { path: file, cell, range, rule, severity, message, fixes }: Diagnostic,
  { region, fingerprint, related }: FindingDetail,
  indices: ReadonlyMap<string, number>,
  places: Places,
): object {
  const ruleIndex = indices.get(rule);
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: message },
    locations: [places.location(file, region, cell, range)],
    ...(related.length > 0
      ? { relatedLocations: related.map((each, id) => relatedOf(each, id, file, places)) }
      : {}),
    partialFingerprints: { 'graduate/v1': fingerprint },
    properties: { severity, ...(fixes.length > 0 ? { fixes } : {}) },
  };
}

function relatedOf(
  { cell, range, region, message }: RelatedDetail,
  id: number,
  file: string,
  places: Places,
): object {
  return { id, ...places.location(file, region, cell, range), message: { text: message } };
}

function notificationOf({ level, place, message }: Notice, places: Places): object {
  const at = place && { line: place.line ?? 0, character: place.character ?? 0 };
  const range = at && place.line !== undefined ? { start: at, end: at } : undefined;
  return {
    level,
    message: { text: message },
    // Where a cell's text stands in the notebook is known of findings only.
    ...(place
      ? {
          locations: [
            places.location(place.path, place.cell === null ? range : undefined, place.cell, range),
          ],
        }
      : {}),
  };
}

/** Files and places in them, as SARIF has them. */
class Places {
  constructor(private readonly cwd: string) {}

  /**
   * @param region Within the file.
   * @param range Within the cell.
   */
  location(file: string, region: Range | undefined, cell: number | null, range: Range | undefined): object {
    const physicalLocation = {
      artifactLocation: this.#artifact(file),
      ...(region ? { region: regionOf(region) } : {}),
    };
    if (cell === null) return { physicalLocation };
    const logical = {
      name: `cell ${cell + 1}`,
      fullyQualifiedName: `/cells/${cell}`,
      kind: 'cell',
      ...(range ? { properties: regionOf(range) } : {}),
    };
    return { physicalLocation, logicalLocations: [logical] };
  }

  /** Below the working directory a path relative to it; elsewhere there is no relative one without `..`. */
  #artifact(file: string): object {
    if (file.startsWith('../') || path.isAbsolute(file)) {
      return { uri: pathToFileURL(path.resolve(this.cwd, file)).href };
    }
    return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
  }
}

/** Lines and columns from one on; the end column is that behind the last character. */
function regionOf({ start, end }: Range): object {
  const isEmpty = start.line === end.line && start.character === end.character;
  const from = { startLine: start.line + 1, startColumn: start.character + 1 };
  // An empty region would stand for the whole line without its end.
  return isEmpty
    ? { ...from, endColumn: start.character + 1 }
    : { ...from, endLine: end.line + 1, endColumn: end.character + 1 };
}

/** Markdown as plain text, for viewers that show no Markdown. */
function plain(markdown: string): string {
  return markdown.replace(/`([^`]+)`/g, '$1').replace(/\*\*([^*]+)\*\*/g, '$1');
}
