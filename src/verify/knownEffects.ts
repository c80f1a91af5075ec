import { installationOf } from '../knowledge/packageCommands';
import { textOf } from '../program/program';
import { fileUsesOf } from '../semantics/fileUses';
import type { FoldedText } from '../semantics/foldedText';
import type { ProgramFacts } from '../semantics/facts';
import type { Folder } from '../semantics/folding';
import { networkUsesOf } from '../semantics/networkUses';
import type { Evaluator } from '../semantics/values';
import type { Effect } from './run';

/** Something that a program is known to do outside its folder, before it is run. */
export interface KnownEffect {
  readonly kind: Extract<Effect['kind'], 'network' | 'processes' | 'files'>;
  readonly detail: string;
  readonly cell: number | null;
  readonly line: number;
}

const PROCESS_CALLS = new Set([
  ...['run', 'Popen', 'call', 'check_call', 'check_output', 'getoutput', 'getstatusoutput'].map(
    (name) => `subprocess.${name}`,
  ),
  ...['system', 'popen', 'execv', 'execvp', 'spawnv', 'startfile', 'posix_spawn'].map((name) => `os.${name}`),
]);

/** What can be told from a program's text; what it does besides is only known when it runs. */
export function knownEffects(
  facts: ProgramFacts,
  evaluator: Evaluator,
  folder: Folder,
): readonly KnownEffect[] {
  const found: KnownEffect[] = [];
  for (const { unit, call, callee, folded } of networkUsesOf(evaluator, folder)) {
    const { line } = facts.rangeOf(unit, call).start;
    for (const address of textsOf(folded)) {
      if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address) && !/^file:/i.test(address)) {
        found.push({
          kind: 'network',
          detail: `${callee} of ${withoutCredentials(address)}`,
          cell: unit.cell.cell.index,
          line,
        });
      }
    }
  }
  for (const { unit, call, callee, use, folded } of fileUsesOf(evaluator, folder)) {
    if (use !== 'write') continue;
    const { line } = facts.rangeOf(unit, call).start;
    for (const path of textsOf(folded)) {
      if (isOutside(path)) {
        found.push({ kind: 'files', detail: `${callee} of ${path}`, cell: unit.cell.cell.index, line });
      }
    }
  }
  for (const unit of facts.units) {
    for (const { node } of unit.summary.calls) {
      const callee = evaluator.calleeOf(node, unit);
      if (callee === undefined || !PROCESS_CALLS.has(callee)) continue;
      const { line } = facts.rangeOf(unit, node).start;
      const text = unit.unit.text.slice(node.start, node.end).split('\n')[0]!;
      found.push({ kind: 'processes', detail: text.slice(0, 100), cell: unit.cell.cell.index, line });
    }
  }
  return [...found, ...commandsOf(facts)];
}

/** Shell lines and magics that run commands. */
function commandsOf(facts: ProgramFacts): KnownEffect[] {
  return facts.program.cells.flatMap((cell) =>
    cell.escapes.flatMap((escape): KnownEffect[] => {
      const { kind, name, argument } = escape;
      const isInstall = kind !== 'shell' && installationOf([name, ...argument.split(/\s+/)]) !== undefined;
      const isScript = kind === 'cell-magic' && /^(?:bash|sh|script|perl|ruby)$/.test(name);
      if (kind !== 'shell' && !isInstall && !isScript) return [];
      const before = textOf(cell).slice(0, Math.max(0, escape.span.start - cell.span.start));
      const detail =
        kind === 'shell' ? `!${argument}` : `${kind === 'cell-magic' ? '%%' : '%'}${name} ${argument}`;
      const line = before.split('\n').length - 1;
      const shown = detail.trim().split('\n')[0]!.slice(0, 100);
      const effect: KnownEffect = { kind: 'processes', detail: shown, cell: cell.index, line };
      return isInstall ? [effect, { ...effect, kind: 'network' }] : [effect];
    }),
  );
}

/** The beginnings that are known. */
function textsOf(folded: readonly FoldedText[]): readonly string[] {
  return folded.flatMap(({ segments: [first] }) => (first?.kind === 'text' ? [first.value] : []));
}

function isOutside(path: string): boolean {
  return /^(?:\/|~|[A-Za-z]:[\\/]|\\\\)/.test(path) && !/^\/(?:tmp|dev)\//.test(path);
}

/** `https://user:secret@host` is shown without what is secret. */
function withoutCredentials(address: string): string {
  return address.replace(/(?<=:\/\/)[^/@\s]*(?=@)/, '...');
}
