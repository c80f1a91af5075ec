import { ruleNamed } from '../rules/registry';
import type { SeveritySettings } from '../rules/check';
import { SEVERITIES, type Severity } from '../rules/rule';

/** The value of `graduate.rules`, checked; what is wrong with it goes to the log and counts as not set. */
export function readSeverities(value: unknown): {
  readonly severities: SeveritySettings;
  readonly problems: readonly string[];
} {
  const severities = new Map<string, Severity>();
  const problems: string[] = [];
  if (value === undefined || value === null) return { severities, problems };
  if (typeof value !== 'object' || Array.isArray(value)) {
    return { severities, problems: ['graduate.rules is no object'] };
  }
  for (const [name, severity] of Object.entries(value)) {
    if (!ruleNamed(name)) problems.push(`graduate.rules names "${name}", which is no rule`);
    else if (!isSeverity(severity))
      problems.push(`graduate.rules gives ${name} a severity that there is not`);
    else severities.set(name, severity);
  }
  return { severities, problems };
}

function isSeverity(value: unknown): value is Severity {
  return SEVERITIES.includes(value as Severity);
}
