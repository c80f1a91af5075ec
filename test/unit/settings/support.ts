import { type FolderSettings, settingsOf } from '../../../src/settings/search';

/** The settings in the text of a `.graduate.yaml`. */
export function fromYaml(yaml: string): FolderSettings {
  return settingsOf({ yaml, toml: undefined })!;
}

/** The settings in the text of a `pyproject.toml`. */
export function fromToml(toml: string): FolderSettings | undefined {
  return settingsOf({ yaml: undefined, toml });
}

/** Problems as `line:column message`, one-based. */
export function told(found: FolderSettings | undefined): string[] {
  return (found?.problems ?? []).map(
    ({ range: { start }, message }) => `${start.line + 1}:${start.character + 1} ${message}`,
  );
}
