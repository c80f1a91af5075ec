import fs from 'node:fs';
import path from 'node:path';
import type { SeveritySettings } from '../rules/check';
import {
  type FolderOnTheWay,
  type FolderSettings,
  PROJECT_MARKERS,
  type SettingsProblem,
  SettingsSearch,
  type SettingsText,
  TOML_FILE,
  YAML_FILE,
  settingsOf,
} from '../settings/search';
import { Patterns } from '../settings/patterns';
import { isLeftOut, severitiesFor } from '../settings/settings';
import { readContent } from './load';
import { pathWithin } from './paths';

/** Settings and the folder that they lie in. */
export interface FoundSettings {
  /** Absolute. */
  readonly folder: string;
  readonly found: FolderSettings;
}

/** The settings files of one run, each read once. All paths are absolute. */
export class SettingsFiles {
  readonly #onTheWay = new Map<string, FolderOnTheWay>();
  readonly #byFolder = new Map<string, FoundSettings | undefined>();

  /** The settings that hold in a folder. */
  of(folder: string): FoundSettings | undefined {
    if (!this.#byFolder.has(folder)) this.#byFolder.set(folder, this.#search(folder));
    return this.#byFolder.get(folder);
  }

  severitiesOf(file: string): SeveritySettings | undefined {
    const at = this.of(path.dirname(file));
    return at && severitiesFor(at.found.settings, pathWithin(at.folder, file) ?? '');
  }

  /** The name of the file that literals of programs in a folder are moved to, where a setting names it. */
  configFileIn(folder: string): string | undefined {
    return this.of(folder)?.found.settings.configFile;
  }

  /** Whether the settings of a file are wrong, so that nobody can tell what is meant to hold there. */
  areBroken(file: string): boolean {
    return this.of(path.dirname(file))?.found.problems.some(({ severity }) => severity === 'error') ?? false;
  }

  /** What is wrong with the settings files that were met so far, in order of path. */
  problems(): readonly (SettingsProblem & { readonly absolute: string })[] {
    const met = new Map([...this.#byFolder.values()].map((each) => [each?.folder, each]));
    return [...met.values()]
      .flatMap((each) =>
        (each?.found.problems ?? []).map((problem) => ({
          ...problem,
          absolute: path.join(each?.folder ?? '', problem.file),
        })),
      )
      .sort((a, b) => (a.absolute < b.absolute ? -1 : a.absolute > b.absolute ? 1 : 0));
  }

  #search(folder: string): FoundSettings | undefined {
    const search = new SettingsSearch<string>();
    for (let at = folder; !search.add(at, this.#look(at)); at = path.dirname(at)) {
      if (path.dirname(at) === at) break;
    }
    return search.result;
  }

  #look(folder: string): FolderOnTheWay {
    let known = this.#onTheWay.get(folder);
    if (!known) {
      const has = (name: string): boolean => fs.existsSync(path.join(folder, name));
      known = {
        found: settingsOf({ yaml: textOf(folder, YAML_FILE), toml: textOf(folder, TOML_FILE) }),
        isRepository: has('.git'),
        isProject: PROJECT_MARKERS.some(has),
      };
      this.#onTheWay.set(folder, known);
    }
    return known;
  }
}

/** What a walk through folders leaves out because settings say so. */
export class Exclusions {
  /** The folder whose `exclude` names the folder that was asked for: who names it wants to see what is in it. */
  readonly #overruled: string | undefined;

  /** @param start The folder that the walk begins in. */
  constructor(
    private readonly files: SettingsFiles,
    start: string,
  ) {
    const at = files.of(start);
    const isExcluded = at?.found.settings.exclude.matches(pathWithin(at.folder, start) ?? '', true);
    this.#overruled = isExcluded ? at?.folder : undefined;
  }

  /** Whether something that lies directly in a folder is left out. */
  leavesOut(folder: string, absolute: string, isFolder: boolean): boolean {
    const at = this.files.of(folder);
    if (!at) return false;
    const { notebooks } = at.found.settings;
    const exclude = at.folder === this.#overruled ? NO_PATTERNS : at.found.settings.exclude;
    return isLeftOut({ exclude, notebooks }, pathWithin(at.folder, absolute) ?? '', isFolder);
  }
}

const NO_PATTERNS = new Patterns([]);

function textOf(folder: string, name: string): SettingsText | undefined {
  const absolute = path.join(folder, name);
  return fs.existsSync(absolute) ? contentOf(absolute) : undefined;
}

function contentOf(absolute: string): SettingsText {
  const content = readContent(absolute, 'json');
  return 'reason' in content ? content : content.text;
}
