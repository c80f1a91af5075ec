import { joinContinuations } from './lines';
import { magics, type MagicFacts } from './magics';
import { expandedNames, isName, namesIn } from './names';
import { readArguments, type Arguments } from './options';

/** What an escape does to names; see `Escape` for each. */
export interface Effects {
  readonly reads: readonly string[];
  readonly binds: readonly string[];
  readonly bindsUnknown: boolean;
}

/**
 * The effects of a magic on names, not of Python code that stays visible behind or below it.
 *
 * - `line`: what follows its name on its line, but without a Python statement behind its options.
 * - `body`: the lines below an opaque cell magic.
 *
 * Of an unknown magic every word may be read and bound, and an unknown cell magic may run its body as Python in the
 * notebook's namespace, hence bind anything.
 */
export function effectsOfMagic(name: string, line: string, body?: string): Effects {
  const facts = magics.get(name);
  const reads = new Set(facts?.noExpansion ? [] : expandedNames(line));
  const binds = new Set<string>();
  if (facts === undefined) {
    for (const word of line.split(/[\s,;=]+/)) {
      if (!isName(word)) continue;
      reads.add(word);
      binds.add(word);
    }
    return { reads: [...reads], binds: [...binds], bindsUnknown: body !== undefined };
  }
  const given = readArguments(line, 0, line.length, facts, false);
  addOptions(given, facts, reads, binds);
  addWords(given, facts, reads, binds);
  let bindsUnknown = facts.bindsUnknown ?? false;
  if (facts.syntax === 'sql') addSql(joinContinuations(line), body ?? '', given, reads, binds);
  else if (facts.syntax === 'shell-capture') {
    const target = given.words.join(' ').split('=', 1)[0]?.trim() ?? '';
    if (isName(target)) binds.add(target);
  } else if (facts.syntax === 'store') {
    const has = (option: string): boolean => given.options.some(({ name: one }) => one === option);
    const names = given.words.filter(isName);
    if (has('r')) {
      for (const one of names) binds.add(one);
      bindsUnknown = given.words.length === 0;
    } else if (!has('d') && !has('z')) for (const one of names) reads.add(one);
  }
  return { reads: [...reads], binds: [...binds], bindsUnknown };
}

/** The effects of Python code that is masked with its magic: it reads every name it mentions and may bind any. */
export function effectsOfHiddenCode(code: string, isolated: boolean): Effects {
  const reads = namesIn(code);
  return { reads, binds: [], bindsUnknown: reads.length > 0 && !isolated };
}

/** Both effects together, each name once. */
export function joined(a: Effects, b: Effects): Effects {
  return {
    reads: [...new Set([...a.reads, ...b.reads])],
    binds: [...new Set([...a.binds, ...b.binds])],
    bindsUnknown: a.bindsUnknown || b.bindsUnknown,
  };
}

function addOptions(given: Arguments, facts: MagicFacts, reads: Set<string>, binds: Set<string>): void {
  for (const { name, value } of given.options) {
    if (facts.bindingOptions?.includes(name)) {
      for (const target of value.split(',')) if (isName(target.trim())) binds.add(target.trim());
    }
    if (facts.readingOptions?.includes(name)) for (const one of namesIn(value)) reads.add(one);
  }
}

function addWords(given: Arguments, facts: MagicFacts, reads: Set<string>, binds: Set<string>): void {
  const words = given.words;
  if (facts.words === 'reads' || facts.words === 'reads-and-binds') {
    for (const one of words.flatMap(namesIn)) reads.add(one);
  }
  const targets = facts.words === 'binds-first' ? words.slice(0, 1) : words;
  if (facts.words !== undefined && facts.words !== 'reads') {
    for (const one of targets.flatMap((word) => word.split(','))) if (isName(one)) binds.add(one);
  }
}

const IDENTIFIER = '[A-Za-z_]\\w*';
const ASSIGNED = new RegExp(`(?:^|\\s)(${IDENTIFIER})\\s*(?:=\\s*)?<<`);
/** `:name` (no cast `::type`), `{name}`, `{{name}}`, `$name`, and tables, which DuckDB looks up among the variables. */
const SQL_READS = new RegExp(
  `(?<![:\\w]):(${IDENTIFIER})|\\{\\{?\\s*(${IDENTIFIER})|\\$(${IDENTIFIER})|\\b(?:from|join)\\s+(${IDENTIFIER})`,
  'gi',
);

/** `%sql res << SELECT`, `%%sql engine res <<`, `%sql --persist df`, and the names in the query. */
function addSql(line: string, body: string, given: Arguments, reads: Set<string>, binds: Set<string>): void {
  const target = ASSIGNED.exec(line)?.[1];
  if (target !== undefined && isName(target)) binds.add(target);
  // The first word may be a variable that holds the connection.
  const connection = given.words[0] ?? '';
  if (
    isName(connection) &&
    connection !== target &&
    !/^(?:select|with|insert|update|delete|create|drop)$/i.test(connection)
  ) {
    reads.add(connection);
  }
  if (given.options.some(({ name }) => /^(?:p|A|append|persist(?:-replace)?)$/.test(name))) {
    for (const one of given.words.filter(isName)) reads.add(one);
  }
  for (const text of [line, body]) {
    for (const match of text.matchAll(SQL_READS)) {
      const name = match.slice(1).find((group) => group !== undefined) ?? '';
      if (isName(name)) reads.add(name);
    }
  }
}
