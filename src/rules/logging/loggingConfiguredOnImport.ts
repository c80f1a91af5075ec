import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { isUnderMainGuard } from '../../semantics/mainGuard';
import type { Located } from '../../semantics/summary';
import type { Call, FunctionDef } from '../../syntax/ast';
import { type Rule, type RuleContext, findingAt } from '../rule';
import { loggerKind } from './loggers';

/** Calls that configure logging for the whole process. */
const CONFIGURING: ReadonlySet<string> = new Set([
  'logging.basicConfig',
  'logging.config.dictConfig',
  'logging.config.fileConfig',
  'coloredlogs.install',
  'loguru.logger.add',
  'loguru.logger.configure',
]);
const CONFIGURING_NAMES = [
  'basicConfig',
  'dictConfig',
  'fileConfig',
  'addHandler',
  'install',
  'add',
  'configure',
];

export const loggingConfiguredOnImport: Rule = {
  name: 'logging-configured-on-import',
  family: 'logging',
  severity: 'warning',
  summary: 'logging that is set up by importing a module',
  fixes: [],
  page: {
    what: '`logging.basicConfig`, `dictConfig`, `fileConfig` or `addHandler` that run when a module is imported which is no entry point: another program of the project imports it, or it can only be part of a package. A function of the module that does so, called at module level, is reported at that call.',
    why: "Logging belongs to the program that runs. A module that sets it up when imported overrides the program's own set-up, or makes it do nothing (`basicConfig` works once), writes files nobody asked for, and doubles lines.",
    example: `import logging

from . import settings

logging.basicConfig(level=settings.LEVEL)
logger = logging.getLogger(__name__)
`,
    instead: `import logging

from . import settings

logger = logging.getLogger(__name__)

def configure():
    logging.basicConfig(level=settings.LEVEL)
`,
    fixSafety:
      'There is no fix: where the program starts is known to the author. Move the call into the `main` of the program, or into a function that it calls.',
    whenNot:
      'Not reported: `NullHandler`, `setLevel`, notebooks, `__main__.py`, what stands under `if __name__ == "__main__":`, and modules that no program of the project imports.',
  },
  *check(context) {
    const { facts } = context;
    const names = [...CONFIGURING_NAMES, ...otherNames(facts)];
    const calls = names.flatMap((name) => facts.callsNamed(name));
    if (calls.length === 0 || !isNoEntryPoint(context)) return;
    const functions = new Set<FunctionDef>();
    for (const { call, at, unit } of calls) {
      const isOnImport = at.time === 'now' && !isUnderMainGuard(call, at.block);
      const around = at.scope.enclosingFunction;
      if (!(isOnImport || around) || !configures(call, unit, context)) continue;
      if (isOnImport) yield findingAt(loggingConfiguredOnImport, unit, call, MESSAGE);
      else if (around) functions.add(around);
    }
    for (const { call, unit } of callsOnImport(functions, context)) {
      yield findingAt(loggingConfiguredOnImport, unit, call, MESSAGE);
    }
  },
};

const MESSAGE = 'Importing this module sets up logging for the whole program';

/** Proven: somebody imports the module, or it is part of a package and cannot be run as a script. */
function isNoEntryPoint({ facts, project }: RuleContext): boolean {
  const { path, kind } = facts.program;
  if (kind === 'notebook' || /(^|\/)__main__\.py$/.test(path)) return false;
  if (/(^|\/)__init__\.py$/.test(path)) return true;
  if (project) return project.importers.length > 0;
  return facts.units.some(
    ({ unit: { statement } }) => statement.kind === 'ImportFrom' && statement.level > 0,
  );
}

/** Other names that imports give to what configures logging: `from logging import basicConfig as setup`. */
function otherNames(facts: ProgramFacts): readonly string[] {
  return facts.units.flatMap(({ unit: { statement } }) =>
    statement.kind === 'ImportFrom' && /^logging\b/.test(statement.module)
      ? statement.names.flatMap(({ alias }) => alias ?? [])
      : [],
  );
}

function configures(call: Call, unit: FactUnit, { evaluator }: RuleContext): boolean {
  const { func } = call;
  if (func.kind !== 'Attribute' || func.attr !== 'addHandler') {
    const name = evaluator.calleeOf(call, unit);
    return name !== undefined && CONFIGURING.has(name);
  }
  const [handler] = call.args;
  const made = handler ? evaluator.valuesOf(handler, unit) : [];
  const isNull = made.some((value) => value.kind === 'result' && value.callee === 'logging.NullHandler');
  if (isNull) return false;
  const kind = loggerKind(func.value, unit, evaluator);
  return kind === 'standard' || kind === 'unknown';
}

/** Calls at module level of functions that configure logging. */
function* callsOnImport(
  functions: ReadonlySet<FunctionDef>,
  { facts, evaluator }: RuleContext,
): Generator<{ readonly call: Call; readonly unit: FactUnit }> {
  const isOnImport = (call: Call, at: Located): boolean =>
    at.time === 'now' && !isUnderMainGuard(call, at.block);
  for (const name of new Set([...functions].map((node) => node.name))) {
    for (const { call, at, unit } of facts.callsNamed(name)) {
      if (call.func.kind !== 'Name' || !isOnImport(call, at)) continue;
      const values = evaluator.valuesOf(call.func, unit);
      if (values.every((value) => value.kind === 'function' && functions.has(value.node)))
        yield { call, unit };
    }
  }
}
