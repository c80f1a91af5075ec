import { LINE_LENGTH } from '../../refactorings/extract-pipeline/layout';
import type { ConfiguredValue } from '../configuration';

/** The module of the configuration: its fields, and how it is read. */
export function configText(values: readonly ConfiguredValue[]): string {
  const fields = values.map(({ key }) => `    ${key}: str`).join('\n');
  const said = values.map(({ key, value }) => `        ${key}: ${originally(key, value)}`).join('\n');
  return `"""The configuration: what differs from one run to the next."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import yaml


class ConfigError(Exception):
    """The configuration is missing, is no YAML, or lacks or misnames a value."""


@dataclass(frozen=True)
class Config:
    """What a run needs to know.

    Attributes:
${said}
    """

${fields}

    @classmethod
    def from_file(cls, path: Path) -> Config:
        """Reads the configuration from a YAML file.

        Raises:
            ConfigError: If the file cannot be read or does not fit.
        """
        try:
            values = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise ConfigError(f"{path}: {error}") from error
        if not isinstance(values, dict):
            raise ConfigError(f"{path}: there are no keys and values")
        names = {field.name for field in fields(cls)}
        if unknown := sorted(str(name) for name in values.keys() - names):
            raise ConfigError(f"{path}: unknown keys: {', '.join(unknown)}")
        if missing := sorted(names - values.keys()):
            raise ConfigError(f"{path}: missing keys: {', '.join(missing)}")
        for name, value in values.items():
            if not isinstance(value, str):
                raise ConfigError(f"{path}: {name} is no text")
        return cls(**values)
`;
}

/** What the original has, as far as a line of a docstring can say it. */
function originally(key: string, value: string): string {
  const plain = value.replace(/[\\"`\r\n\t]/g, ' ').trim();
  const room = Math.max(LINE_LENGTH - `        ${key}: \`\`\`\` in the original.`.length, 10);
  const short = plain.length > room ? `...${plain.slice(3 - room)}` : plain;
  return `\`\`${short}\`\` in the original.`;
}
