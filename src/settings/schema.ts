import { RULES } from '../rules/registry';
import { SEVERITIES } from '../rules/rule';
import { CONFIG_FILE, type KEYS } from './read';

/** The JSON schema of a `.graduate.yaml`, for editors that complete and check YAML by one. */
export function settingsSchema(): object {
  const severities = { type: 'object', additionalProperties: false, properties: ruleProperties() };
  const properties: Readonly<Record<keyof typeof KEYS, object>> = {
    rules: {
      ...severities,
      description:
        'The severity of each rule; off switches it off. A rule that is not named keeps its default.',
    },
    exclude: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description:
        'Scripts, notebooks and folders that are left out: patterns as in .gitignore, relative to this file.',
    },
    notebooks: { type: 'boolean', default: true, description: 'Whether notebooks are checked.' },
    'config-file': {
      type: 'string',
      pattern: CONFIG_FILE.source,
      description: 'The file that paths and other literals are moved to; else config.yaml or graduate.yaml.',
    },
    'per-file': {
      type: 'object',
      additionalProperties: severities,
      description: 'Severities for the files that a pattern names; later patterns win.',
    },
    'defer-to-other-linters': {
      type: 'boolean',
      default: true,
      description: 'Whether the editor leaves out what another linter reports at the same place.',
    },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of Graduate',
    type: 'object',
    additionalProperties: false,
    properties,
  };
}

function ruleProperties(): object {
  return Object.fromEntries(
    RULES.map(({ name, severity, summary }) => [
      name,
      { type: 'string', enum: SEVERITIES, default: severity, description: summary },
    ]),
  );
}
