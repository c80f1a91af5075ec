import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { HOST_QUESTION } from '../../semantics/hostQuestions';
import type { Role } from './roles';

/** What an import may look at: it cannot be moved above a change of it. */
const SETTINGS =
  /\b(?:environ|putenv|setenv|matplotlib\.use|rcParams|sys\.path|sys\.modules|sys\.argv|chdir|filterwarnings|simplefilter|set_start_method|basicConfig|pip|install|sys\.stdout|sys\.stderr|redirect_stdout|setlocale)\b|%(?:cd|env|set_env|pip|conda|writefile|file)\b|%load_ext\s+(?!autoreload)|^!/;

/** Whether a statement's text may change something that an import looks at. */
export function mayPrepare(text: string): boolean {
  return SETTINGS.test(text.replace(HOST_QUESTION, ''));
}

/**
 * Keeps statements at module level that prepare an import below them (`matplotlib.use("Agg")`, `sys.path.insert`), as
 * long as nothing else runs above them.
 */
export function keepSetup(facts: ProgramFacts, roles: Map<FactUnit, Role>): void {
  const lastImport = [...facts.units].reverse().find((unit) => roles.get(unit) === 'import');
  for (const unit of facts.units) {
    if (!lastImport || unit.order > lastImport.order) return;
    if (roles.get(unit) !== 'run') continue;
    if (!prepares(unit, facts, roles)) return;
    roles.set(unit, 'setup');
  }
}

function prepares(unit: FactUnit, facts: ProgramFacts, roles: ReadonlyMap<FactUnit, Role>): boolean {
  const { statement } = unit.unit;
  const isPlain =
    (statement.kind === 'Expr' && statement.value.kind === 'Call') ||
    (statement.kind === 'Assign' && statement.targets.every((target) => target.kind !== 'Name'));
  if (!isPlain || !mayPrepare(unit.unit.text) || unit.summary.moduleBindings.length > 0) return false;
  return unit.summary.freeReferences.every(({ name }) =>
    facts.moduleBindings(name).every(({ unit: binder }) => {
      const role = roles.get(binder);
      return binder.order < unit.order && (role === 'import' || role === 'constant');
    }),
  );
}
