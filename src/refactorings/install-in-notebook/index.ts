import { type Requirement, installedPackages } from '../../rules/notebook/installedPackages';
import { type ShellUse, shellUses } from '../../rules/notebook/shellUses';
import type { Finding } from '../../rules/rule';
import { EditSet } from '../../text/edit';
import type { Workspace } from '../../text/workspace';
import type { AnalysedProgram, Outcome } from '../outcome';
import { refusalInCell } from '../places';
import { addRequirements } from './dependencyFile';
import { removalOf } from './removal';

/** Why an installation cannot be moved to a dependency file, as far as the notebook tells. */
export function whyNotNamed(finding: Finding): string | undefined {
  const plan = planOf(finding);
  return typeof plan === 'string' ? plan : undefined;
}

/**
 * Names what a line of a notebook installs in the project's dependency file, and removes the line. Changes behaviour:
 * the notebook no longer installs anything.
 */
export async function nameInDependencyFile(
  program: AnalysedProgram,
  finding: Finding,
  workspace: Workspace,
): Promise<Outcome> {
  const refuse = (reason: string): Outcome => ({
    status: 'refused',
    notes: [],
    refusals: [refusalInCell(program.path, finding.cell, finding.span.start, reason)],
  });
  const plan = planOf(finding);
  if (typeof plan === 'string') return refuse(plan);
  const file = await addRequirements(program.path, plan.requirements, workspace);
  if (typeof file === 'string') return refuse(file);
  const { cell } = finding.cell;
  const edits = new EditSet([plan.removal]);
  const notebook = {
    kind: 'notebook' as const,
    path: program.path,
    cells: [{ cell: cell.index ?? 0, before: cell.source, edits }],
  };
  return { status: 'done', change: { files: [notebook, ...(file ? [file] : [])] }, notes: [], refusals: [] };
}

interface Plan {
  readonly requirements: readonly Requirement[];
  readonly removal: Exclude<ReturnType<typeof removalOf>, string>;
}

function planOf(finding: Finding): Plan | string {
  const use = useAt(finding);
  if (!use) return 'the line installs nothing';
  if (finding.cell.cell.index === null) return 'lines of a notebook that is one text file are left alone';
  const requirements = installedPackages(use);
  if (typeof requirements === 'string') return requirements;
  const removal = removalOf(use);
  return typeof removal === 'string' ? removal : { requirements, removal };
}

function useAt({ cell, span }: Finding): ShellUse | undefined {
  return shellUses(cell).find((use) => use.installer !== undefined && use.span.start === span.start);
}
