import { credentialInOutput } from './configuration/credentialInOutput';
import { hardCodedCredential } from './configuration/hardCodedCredential';
import { hardCodedDevice } from './configuration/hardCodedDevice';
import { hardCodedPath } from './configuration/hardCodedPath';
import { hardCodedUrl } from './configuration/hardCodedUrl';
import { workingDirectoryChange } from './configuration/workingDirectoryChange';
import { broadExcept } from './errors/broadExcept';
import { lostTraceback } from './errors/lostTraceback';
import { swallowedException } from './errors/swallowedException';
import { deviceBoundLoad } from './inference/deviceBoundLoad';
import { directForwardCall } from './inference/directForwardCall';
import { frameIntoTorchModel } from './inference/frameIntoTorchModel';
import { inferenceWithoutEval } from './inference/inferenceWithoutEval';
import { inferenceWithoutNoGrad } from './inference/inferenceWithoutNoGrad';
import { unsafeModelLoad } from './inference/unsafeModelLoad';
import { loggingConfiguredOnImport } from './logging/loggingConfiguredOnImport';
import { printAsLog } from './logging/printAsLog';
import { installInNotebook } from './notebook/installInNotebook';
import { notebookOnlyCode } from './notebook/notebookOnlyCode';
import { outOfOrderExecution } from './notebook/outOfOrderExecution';
import { rerunChangesResult } from './notebook/rerunChangesResult';
import { shellInNotebook } from './notebook/shellInNotebook';
import { undefinedInNotebook } from './notebook/undefinedInNotebook';
import { useBeforeDefinition } from './notebook/useBeforeDefinition';
import type { Rule } from './rule';
import { globalStatement } from './state/globalStatement';
import { hiddenInput } from './state/hiddenInput';
import { mutableGlobal } from './state/mutableGlobal';
import { unusedSuppression } from './unusedSuppression';

/** Every rule, one line each, in the order of the catalogue. */
export const RULES: readonly Rule[] = [
  useBeforeDefinition,
  undefinedInNotebook,
  outOfOrderExecution,
  rerunChangesResult,
  installInNotebook,
  shellInNotebook,
  notebookOnlyCode,
  hardCodedPath,
  hardCodedUrl,
  hardCodedCredential,
  credentialInOutput,
  hardCodedDevice,
  workingDirectoryChange,
  globalStatement,
  mutableGlobal,
  hiddenInput,
  swallowedException,
  broadExcept,
  lostTraceback,
  printAsLog,
  loggingConfiguredOnImport,
  inferenceWithoutEval,
  inferenceWithoutNoGrad,
  unsafeModelLoad,
  deviceBoundLoad,
  frameIntoTorchModel,
  directForwardCall,
  unusedSuppression,
];

export function ruleNamed(name: string): Rule | undefined {
  return RULES.find((rule) => rule.name === name);
}
