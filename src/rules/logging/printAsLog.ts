import type { FactUnit } from '../../semantics/facts';
import { isUnderMainGuard } from '../../semantics/mainGuard';
import type { Located } from '../../semantics/summary';
import type { Call } from '../../syntax/ast';
import { isCommandLine } from '../commandLine';
import { type FixReference, type Rule, type RuleContext, findingAt } from '../rule';

export const PRINT_AS_LOG_FIX = 'print-as-log';

export const printAsLog: Rule = {
  name: 'print-as-log',
  family: 'logging',
  severity: 'information',
  summary: 'a print where production code logs',
  fixes: ['changes'],
  page: {
    what: 'A `print` in a function, or at module level in a module that another module of the project imports.',
    why: 'A print has no level, no time and no origin, cannot be switched off by whoever uses the function, and is lost or mixed up with other output where the program runs unattended.',
    example: `import pandas as pd

def load(path):
    print("loading", path)
    return pd.read_csv(path)
`,
    instead: `import logging

import pandas as pd

logger = logging.getLogger(__name__)

def load(path):
    logger.info("loading %s", path)
    return pd.read_csv(path)
`,
    fixSafety:
      "The fix changes behaviour on purpose: the text goes to the module's logger, at level information (in an `except` block as an error, with its traceback where the exception is shown), and no longer to standard output. What is logged is the text that was printed. `import logging` and the logger are added once. Prints with an `end` of their own, with `*values` or with `**options` are refused.",
    whenNot:
      'Not reported: a command line\'s own output (in `main` that runs under `if __name__ == "__main__":`, under that guard itself, and in argparse, click and typer commands), prints with `file=`, empty prints, tests, and the cells of a notebook outside functions.',
  },
  *check(context) {
    if (context.isTest) return;
    for (const { call, at, unit } of context.facts.callsNamed('print')) {
      if (isReported(call, at, unit, context)) {
        yield findingAt(printAsLog, unit, call, 'A print where a log message is wanted', { fixes: FIXES });
      }
    }
  },
};

const FIXES: readonly FixReference[] = [
  { id: PRINT_AS_LOG_FIX, kind: 'changes', title: 'Log the text (it leaves standard output)' },
];

function isReported(call: Call, at: Located, unit: FactUnit, context: RuleContext): boolean {
  if (call.func.kind !== 'Name' || call.args.length === 0) return false;
  if (call.keywords.some(({ name }) => name === 'file')) return false;
  const isInFunction = at.scope.enclosingFunction !== undefined;
  if (!isInFunction && (!isImported(context) || at.time !== 'now' || isUnderMainGuard(call, at.block)))
    return false;
  if (context.evaluator.calleeOf(call, unit) !== 'builtins.print') return false;
  return !isInFunction || !isCommandLine(call, at, unit, context.evaluator);
}

/** Proven: a program of the project imports this one. */
function isImported({ facts, project }: RuleContext): boolean {
  return facts.program.kind === 'script' && (project?.importers.length ?? 0) > 0;
}
