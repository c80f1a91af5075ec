import { ACTIONS } from '../../actions/table';

/** What a graduate.* code action kind may start with; the rest is the action's id in camel case. */
const PREFIXES = ['quickfix.graduate', 'refactor.extract.graduate', 'refactor.rewrite.graduate'];

/** Kinds that an action has beside those. */
const OTHERS = ['quickfix.graduate.pathsToConfigInFolder'];

/** The leaf kinds of all actions: what VS Code decides by whether to ask. */
export function leafKinds(): readonly string[] {
  const byId = ACTIONS.flatMap(({ id }) => PREFIXES.map((prefix) => `${prefix}.${camelCase(id)}`));
  return [...byId, ...OTHERS];
}

function camelCase(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
