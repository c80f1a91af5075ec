import type { ModuleView } from '../../semantics/project';
import { evaluatesPurely, isPure } from './purity';

/** What a module of the project does when it is imported; undefined: nothing but define. */
export function modulePurity(module: ModuleView, seen = new Set<string>()): string | undefined {
  if (seen.has(module.path)) return undefined;
  seen.add(module.path);
  for (const unit of module.facts.units) {
    const { statement } = unit.unit;
    switch (statement.kind) {
      case 'FunctionDef':
      case 'ClassDef':
        if (!evaluatesPurely(unit, module.evaluator)) return 'may do something';
        break;
      case 'Import':
      case 'ImportFrom':
      case 'Pass':
      case 'TypeAlias':
        break;
      case 'Expr':
        if (statement.value.kind !== 'Str') return 'does something';
        break;
      case 'Assign':
        if (!isPure(statement.value)) return 'may do something';
        break;
      case 'If':
        // The guard of a script is false in an import.
        if (!/^if\s+__name__\s*==\s*['"]__main__['"]\s*:/.test(unit.unit.text)) return 'may do something';
        break;
      default:
        return 'may do something';
    }
  }
  return undefined;
}
