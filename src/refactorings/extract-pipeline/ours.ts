import { BUILTIN_NAMES } from '../../knowledge/builtins';
import type { ProgramFacts } from '../../semantics/facts';
import type { Stage } from '../../stages/stages';
import { baseName } from '../../text/workspace';
import type { Roles } from './roles';

/** Names that nothing of ours may have. */
export function takenNames(facts: ProgramFacts): ReadonlySet<string> {
  const taken = new Set([...facts.moduleNames(), ...BUILTIN_NAMES]);
  for (const unit of facts.units) {
    for (const scope of unit.summary.scopeOf.values()) for (const name of scope.names()) taken.add(name);
    for (const { name } of unit.summary.freeReferences) taken.add(name);
  }
  return taken;
}

/** What the class, the functions that call the stages, and a method's object are called. */
export function namesOfOurs(
  path: string,
  facts: ProgramFacts,
  roles: Roles,
  stages: readonly Stage[],
  className?: string,
) {
  const taken = new Set([...takenNames(facts), ...stages.map(({ name }) => name)]);
  const free = (...candidates: string[]): string => {
    const [last = 'it'] = candidates.slice(-1);
    for (const name of [...candidates, ...Array.from({ length: 50 }, (_, i) => `${last}_${i + 2}`)]) {
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
    return `${last}_${taken.size}`;
  };
  const stem = baseName(path).replace(/\.(?:py|ipynb)$/, '');
  const words = stem.split(/[^A-Za-z0-9]+/).filter((word) => /^[A-Za-z]/.test(word));
  const camel = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return {
    className: free(...(className === undefined ? [] : [className]), `${camel}Pipeline`, 'Pipeline'),
    mainName: free('main', 'run_pipeline'),
    runName: free('run', 'run_all'),
    receiver: receiverFor(facts, roles),
    summary: `What ${baseName(path).replaceAll('\\', '/')} does, stage by stage`,
  };
}

/** `self`, unless moved code has a `self` of its own. */
function receiverFor(facts: ProgramFacts, roles: Roles): string {
  const moved = facts.units.filter((unit) => ['run', 'method'].includes(roles.of.get(unit)!));
  const isUsed = (name: string): boolean =>
    moved.some((unit) => new RegExp(`\\b${name}\\b`).test(unit.unit.text));
  return ['self', 'pipeline', 'this_pipeline'].find((name) => !isUsed(name)) ?? 'the_pipeline_';
}
