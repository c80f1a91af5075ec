import type { Probe, ProbeInput, ProbeResult } from './probe';
import { configuration } from './probes/configuration';
import { dataVersions } from './probes/dataVersions';
import { dependencies } from './probes/dependencies';
import { errorHandling } from './probes/errorHandling';
import { logging } from './probes/logging';
import { notebookOutputs } from './probes/notebookOutputs';
import { tests } from './probes/tests';

/** The project facts, in the order in which they are shown. */
export const PROBES: readonly Probe[] = [
  errorHandling,
  logging,
  configuration,
  tests,
  dependencies,
  dataVersions,
  notebookOutputs,
];

export interface ProjectFact extends ProbeResult {
  readonly probe: Probe;
  /** What a probe threw: an internal error, for the log. Its outcome is then `unknown`. */
  readonly error?: unknown;
}

/** Runs all probes; one that fails is unknown, and the others have still answered. */
export async function projectFacts(
  input: ProbeInput,
  probes: readonly Probe[] = PROBES,
): Promise<readonly ProjectFact[]> {
  const facts: ProjectFact[] = [];
  for (const probe of probes) {
    if (probe.looksAt === 'files' && input.files.paths.length === 0 && input.programs.length > 0) {
      facts.push({
        probe,
        outcome: 'unknown',
        summary: 'the program lies in no folder of this window',
        evidence: [],
      });
      continue;
    }
    try {
      facts.push({ probe, ...(await probe.run(input)) });
    } catch (error) {
      facts.push({ probe, outcome: 'unknown', summary: 'it could not be found out', evidence: [], error });
    }
  }
  return facts;
}
