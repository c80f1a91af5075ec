/**
 * What other linters say about the same thing, as data: `rule | their source | their codes`. Only codes that report what
 * the rule reports, where it reports it; a code that says more or other things is not here.
 */
const TABLE = `
undefined-in-notebook | ruff flake8 | F821
undefined-in-notebook | pylance pyright basedpyright | reportUndefinedVariable
undefined-in-notebook | pylint | E0602 undefined-variable
use-before-definition | ruff flake8 | F821
use-before-definition | pylance pyright basedpyright | reportUndefinedVariable reportUnboundVariable
use-before-definition | pylint | E0601 used-before-assignment E0602 undefined-variable
hard-coded-credential | ruff flake8 bandit | S105 S106 S107 B105 B106 B107
hard-coded-credential | sonar | S2068 S6418
global-statement | ruff | PLW0603
global-statement | pylint | W0603 global-statement
swallowed-exception | ruff | S110 S112
swallowed-exception | bandit | B110 B112
broad-except | ruff | BLE001 E722
broad-except | flake8 | E722 B001 BLE001
broad-except | pylint | W0718 W0702 W0703 broad-exception-caught bare-except broad-except
broad-except | sonar | S5754
lost-traceback | ruff | TRY400
assert-as-validation | ruff | S101
assert-as-validation | bandit | B101
request-without-timeout | ruff | S113
request-without-timeout | bandit | B113
request-without-timeout | pylint | W3101 missing-timeout
print-as-log | ruff flake8 | T201
eager-log-message | ruff | G001 G002 G003 G004
eager-log-message | pylint | W1201 W1202 W1203 logging-not-lazy logging-format-interpolation logging-fstring-interpolation
unsafe-model-load | ruff | S301
unsafe-model-load | bandit | B301 B614
unsafe-model-load | sonar | S6985
inference-without-eval | sonar | S6982
unseeded-randomness | sonar | S6709
nan-comparison | ruff | PLW0177
nan-comparison | pylint | W0177 nan-comparison
nan-comparison | sonar | S6725
merge-without-keys | sonar | S6735
whole-file-read | sonar | S6740
`;

/** Names under which editors show a linter's diagnostics. */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ['sonarqube', 'sonar'],
  ['sonarlint', 'sonar'],
  ['sonarqube for ide', 'sonar'],
]);

const RULES_BY_CODE: ReadonlyMap<string, ReadonlySet<string>> = readTable();

/**
 * The rules of ours that report the same thing as another linter's diagnostic.
 *
 * @param source As the editor shows it: `Ruff`, `Pylance`, `sonarqube`.
 * @param code As the editor shows it; a prefix before a colon (`python:S6985`) does not matter.
 */
export function rulesSaidBy(source: string, code: string): ReadonlySet<string> {
  const name = source.toLowerCase();
  const plain = code.slice(code.lastIndexOf(':') + 1);
  return RULES_BY_CODE.get(`${SOURCES.get(name) ?? name} ${plain}`) ?? NONE;
}

/** The names of all our rules that some other linter has, too. */
export function rulesOfOthers(): ReadonlySet<string> {
  return new Set([...RULES_BY_CODE.values()].flatMap((rules) => [...rules]));
}

const NONE: ReadonlySet<string> = new Set();

function readTable(): Map<string, Set<string>> {
  const rules = new Map<string, Set<string>>();
  for (const line of TABLE.trim().split('\n')) {
    const [rule = '', sources = '', codes = ''] = line.split('|').map((part) => part.trim());
    for (const source of sources.split(' ')) {
      for (const code of codes.split(' ')) {
        const key = `${source} ${code}`;
        rules.set(key, (rules.get(key) ?? new Set()).add(rule));
      }
    }
  }
  return rules;
}
