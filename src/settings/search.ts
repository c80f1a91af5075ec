import { LineIndex, type Range } from '../text/position';
import type { PlacedProblem, PlacedValue } from './placed';
import { readSettings } from './read';
import { NO_SETTINGS, type Settings } from './settings';
import { readToolTable } from './toml';
import { readYaml } from './yaml';

export const YAML_FILE = '.graduate.yaml';
export const TOML_FILE = 'pyproject.toml';

/** What lies in the topmost folder of a project. */
export const PROJECT_MARKERS = [
  ...['.git', 'pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt'],
  ...['environment.yml', 'environment.yaml', 'Pipfile'],
] as const;

/** Something that a settings file should not say. */
export interface SettingsProblem {
  readonly file: typeof YAML_FILE | typeof TOML_FILE;
  readonly message: string;
  readonly range: Range;
  /** `warning`: nothing is lost by it, and the settings hold. */
  readonly severity: 'error' | 'warning';
}

/** The settings of one folder. */
export interface FolderSettings {
  /** The file that they are from. */
  readonly file: typeof YAML_FILE | typeof TOML_FILE;
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
}

/** A settings file as it can be read: its text, or why it cannot be. */
export type SettingsText = string | { readonly reason: string; readonly line?: number | undefined };

/** The two files that a folder's settings may be in; undefined where there is none. */
export interface FolderFiles {
  readonly yaml: SettingsText | undefined;
  readonly toml: SettingsText | undefined;
}

/** A folder on the way up from a file. */
export interface FolderOnTheWay {
  readonly found: FolderSettings | undefined;
  readonly isRepository: boolean;
  readonly isProject: boolean;
}

/** The settings in a folder; undefined if neither of its files has any. `.graduate.yaml` wins over `pyproject.toml`. */
export function settingsOf({ yaml, toml }: FolderFiles): FolderSettings | undefined {
  // A `pyproject.toml` that cannot be read is told by those who need it.
  const text = typeof toml === 'string' ? toml : '';
  const table = readToolTable(text);
  if (yaml === undefined) return table && folderSettings(TOML_FILE, text, table);
  const found = typeof yaml === 'string' ? folderSettings(YAML_FILE, yaml, readYaml(yaml)) : unreadable(yaml);
  if (!table) return found;
  const message = `[tool.graduate] does not count: ${YAML_FILE} in the same folder wins`;
  const shadowed = problemIn(TOML_FILE, text, { message, span: table.span }, 'warning');
  return { ...found, problems: [...found.problems, shadowed] };
}

/**
 * Finds the settings that hold in a folder: those of the nearest folder upwards that has any, within its repository;
 * outside of repositories within its project; and where there is no project either, anywhere above.
 */
export class SettingsSearch<Folder> {
  #isAboveProject = false;
  #held: { readonly folder: Folder; readonly found: FolderSettings } | undefined;
  #result: { readonly folder: Folder; readonly found: FolderSettings } | undefined;

  /** What was found; asked for when the search is over or there is no folder above. */
  get result(): { readonly folder: Folder; readonly found: FolderSettings } | undefined {
    return this.#result;
  }

  /**
   * @param folder The next folder upwards, the first time the one in question.
   * @returns Whether the search is over.
   */
  add(folder: Folder, { found, isRepository, isProject }: FolderOnTheWay): boolean {
    if (found) this.#held ??= { folder, found };
    // Above the project it counts only if a repository holds both.
    if (isRepository || (this.#held && !this.#isAboveProject)) {
      this.#result = this.#held;
      return true;
    }
    this.#isAboveProject ||= isProject;
    return false;
  }
}

function folderSettings(
  file: FolderSettings['file'],
  text: string,
  value: PlacedValue | PlacedProblem | undefined,
): FolderSettings {
  if (!value) return { file, settings: NO_SETTINGS, problems: [] };
  const { settings, problems } =
    'message' in value ? { settings: NO_SETTINGS, problems: [value] } : readSettings(value);
  const inOrder = [...problems].sort((a, b) => a.span.start - b.span.start);
  return { file, settings, problems: inOrder.map((problem) => problemIn(file, text, problem, 'error')) };
}

function unreadable({ reason, line = 0 }: Exclude<SettingsText, string>): FolderSettings {
  const start = { line, character: 0 };
  const problem = {
    file: YAML_FILE,
    message: reason,
    range: { start, end: start },
    severity: 'error',
  } as const;
  return { file: YAML_FILE, settings: NO_SETTINGS, problems: [problem] };
}

function problemIn(
  file: SettingsProblem['file'],
  text: string,
  { message, span }: PlacedProblem,
  severity: SettingsProblem['severity'],
): SettingsProblem {
  return { file, message, range: new LineIndex(text).rangeOf(span), severity };
}
