import { hardCodedPath } from './configuration/hardCodedPath';
import { useBeforeDefinition } from './notebook/useBeforeDefinition';
import type { Rule } from './rule';
import { unusedSuppression } from './unusedSuppression';

/** Every rule, one line each, in the order of the catalogue. */
export const RULES: readonly Rule[] = [useBeforeDefinition, hardCodedPath, unusedSuppression];

export function ruleNamed(name: string): Rule | undefined {
  return RULES.find((rule) => rule.name === name);
}
