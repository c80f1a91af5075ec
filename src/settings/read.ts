import type { SeveritySettings } from '../rules/check';
import { RULES } from '../rules/registry';
import { SEVERITIES, type Severity } from '../rules/rule';
import type { Span } from '../text/position';
import { Patterns, patternProblem } from './patterns';
import { type PlacedProblem, type PlacedValue, kindWord } from './placed';
import type { FileRules, Settings } from './settings';
import { suggestion } from './suggest';

/** The keys of a settings file, and what each is, for messages and for the schema. */
export const KEYS = {
  rules: 'maps names of rules to severities',
  exclude: 'is a list of patterns',
  notebooks: 'is true or false',
  'config-file': 'is the name of a YAML file',
  'per-file': 'maps patterns to rules and their severities',
  'defer-to-other-linters': 'is true or false',
} as const;

type Key = keyof typeof KEYS;

const RULE_NAMES = RULES.map(({ name }) => name);
export const CONFIG_FILE = /^(?!\.graduate\.ya?ml$)[\w-][\w.-]*\.ya?ml$/;

/** What is right counts; of what is wrong each is a problem with its place. */
export function readSettings(value: PlacedValue): {
  readonly settings: Settings;
  readonly problems: readonly PlacedProblem[];
} {
  const reader = new Reader();
  const settings = reader.read(value);
  return { settings, problems: reader.problems };
}

class Reader {
  readonly problems: PlacedProblem[] = [];

  read(value: PlacedValue): Settings {
    const values = this.#keys(value);
    const found = <T>(key: Key, read: (value: PlacedValue) => T): T | undefined => {
      const of = values.get(key);
      // A key with nothing behind it, as YAML allows, is one that is not there.
      return of === undefined || of.kind === 'nothing' ? undefined : read(of);
    };
    return {
      rules: found('rules', (of) => this.#rules(of, 'rules')) ?? new Map(),
      exclude: new Patterns(found('exclude', (of) => this.#patterns(of)) ?? []),
      notebooks: found('notebooks', (of) => this.#flag(of, 'notebooks')),
      configFile: found('config-file', (of) => this.#configFile(of)),
      perFile: found('per-file', (of) => this.#perFile(of)) ?? [],
      deferToOtherLinters: found('defer-to-other-linters', (of) => this.#flag(of, 'defer-to-other-linters')),
    };
  }

  #keys(value: PlacedValue): ReadonlyMap<string, PlacedValue> {
    const values = new Map<string, PlacedValue>();
    const known = Object.keys(KEYS);
    if (value.kind !== 'map') {
      this.#problem(`the settings are a table with ${known.join(', ')}, not ${kindWord(value)}`, value.span);
      return values;
    }
    for (const { key, keySpan, value: of } of value.entries) {
      if (known.includes(key)) values.set(key, of);
      else this.#unknown(`there is no setting "${key}"`, key, known, keySpan, 'there are');
    }
    return values;
  }

  #rules(value: PlacedValue, what: string): SeveritySettings {
    const rules = new Map<string, Severity>();
    if (value.kind !== 'map') {
      this.#problem(`${what} ${KEYS.rules}; this is ${kindWord(value)}`, value.span);
      return rules;
    }
    for (const { key, keySpan, value: of } of value.entries) {
      const severity = SEVERITIES.find((each) => of.kind === 'text' && each === of.value);
      if (!RULE_NAMES.includes(key)) {
        this.#unknown(`there is no rule "${key}"`, key, RULE_NAMES, keySpan);
      } else if (severity === undefined) {
        const choices = `${SEVERITIES.slice(0, -1).join(', ')} or ${SEVERITIES.at(-1)}`;
        this.#problem(`the severity of ${key} is ${choices}, not ${kindWord(of)}`, of.span);
      } else rules.set(key, severity);
    }
    return rules;
  }

  #patterns(value: PlacedValue): readonly string[] {
    if (value.kind !== 'list') {
      this.#problem(`exclude ${KEYS.exclude}; this is ${kindWord(value)}`, value.span);
      return [];
    }
    return value.items.flatMap((item) => {
      if (item.kind !== 'text' || typeof item.value !== 'string') {
        this.#problem(`a pattern is a text, not ${kindWord(item)}`, item.span);
        return [];
      }
      return this.#isPattern(item.value, item.span) ? [item.value] : [];
    });
  }

  #perFile(value: PlacedValue): readonly FileRules[] {
    if (value.kind !== 'map') {
      this.#problem(`per-file ${KEYS['per-file']}; this is ${kindWord(value)}`, value.span);
      return [];
    }
    return value.entries.flatMap(({ key, keySpan, value: of }) => {
      const rules = this.#rules(of, JSON.stringify(key));
      return this.#isPattern(key, keySpan) ? [{ files: new Patterns([key]), rules }] : [];
    });
  }

  #isPattern(pattern: string, span: Span): boolean {
    const problem = patternProblem(pattern);
    if (problem !== undefined) this.#problem(problem, span);
    return problem === undefined;
  }

  #flag(value: PlacedValue, key: Key): boolean | undefined {
    if (value.kind === 'flag') return value.value === true;
    this.#problem(`${key} ${KEYS[key]}, not ${kindWord(value)}`, value.span);
    return undefined;
  }

  #configFile(value: PlacedValue): string | undefined {
    if (value.kind === 'text' && typeof value.value === 'string' && CONFIG_FILE.test(value.value)) {
      return value.value;
    }
    const example = 'such as "settings.yaml", without a folder';
    this.#problem(`config-file ${KEYS['config-file']} ${example}, not ${kindWord(value)}`, value.span);
    return undefined;
  }

  /** @param all What comes before the list of all words, where it is short enough to be told. */
  #unknown(what: string, word: string, known: readonly string[], span: Span, all?: string): void {
    const near = suggestion(word, known);
    if (near !== undefined) this.#problem(`${what}; did you mean "${near}"?`, span);
    else if (all !== undefined) this.#problem(`${what}; ${all}: ${known.join(', ')}`, span);
    else this.#problem(what, span);
  }

  #problem(message: string, span: Span): void {
    this.problems.push({ message, span });
  }
}
