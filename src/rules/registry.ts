import { hardCodedPath } from './configuration/hardCodedPath';
import { inferenceWithoutNoGrad } from './inference/inferenceWithoutNoGrad';
import { unsafeModelLoad } from './inference/unsafeModelLoad';
import { useBeforeDefinition } from './notebook/useBeforeDefinition';
import type { Rule } from './rule';
import { unusedSuppression } from './unusedSuppression';

/** Every rule, one line each, in the order of the catalogue. */
export const RULES: readonly Rule[] = [
  useBeforeDefinition,
  hardCodedPath,
  inferenceWithoutNoGrad,
  unsafeModelLoad,
  unusedSuppression,
];

export function ruleNamed(name: string): Rule | undefined {
  return RULES.find((rule) => rule.name === name);
}
