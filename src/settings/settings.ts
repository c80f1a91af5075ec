import type { SeveritySettings } from '../rules/check';
import { RULES } from '../rules/registry';
import type { Severity } from '../rules/rule';
import { Patterns } from './patterns';

/** What a settings file says; what it leaves open is undefined or empty. Shared by the editor and the command line. */
export interface Settings {
  readonly rules: SeveritySettings;
  readonly exclude: Patterns;
  /** Whether notebooks are checked. */
  readonly notebooks: boolean | undefined;
  /** The file that literals are moved to, by its name; it lies where `config.yaml` would. */
  readonly configFile: string | undefined;
  /** In the file's order: later ones win. */
  readonly perFile: readonly FileRules[];
  /** Whether the editor leaves out what another linter shows at the same place. */
  readonly deferToOtherLinters: boolean | undefined;
}

/** Severities for some files. */
export interface FileRules {
  readonly files: Patterns;
  readonly rules: SeveritySettings;
}

export const NO_SETTINGS: Settings = {
  rules: new Map(),
  exclude: new Patterns([]),
  notebooks: undefined,
  configFile: undefined,
  perFile: [],
  deferToOtherLinters: undefined,
};

/**
 * The severities that hold in a file.
 *
 * @param path Relative to the settings file's folder, with `/`.
 * @param beneath Severities that hold where the file says nothing: the user's own.
 */
export function severitiesFor(
  { rules, perFile }: Settings,
  path: string,
  beneath: SeveritySettings = new Map(),
): SeveritySettings {
  const own = perFile.filter(({ files }) => files.matches(path, false));
  if (own.length === 0 && beneath.size === 0) return rules;
  return new Map([...beneath, ...rules, ...own.flatMap((each) => [...each.rules])]);
}

/** Whether a file or folder is left out where it is met, not named. Paths as for `severitiesFor`. */
export function isLeftOut(
  { exclude, notebooks }: Pick<Settings, 'exclude' | 'notebooks'>,
  path: string,
  isFolder: boolean,
): boolean {
  if (!isFolder && notebooks === false && path.endsWith('.ipynb')) return true;
  return exclude.matches(path, isFolder);
}

/** For files that are left out and are open all the same. */
export const ALL_OFF: SeveritySettings = new Map(RULES.map(({ name }): [string, Severity] => [name, 'off']));
