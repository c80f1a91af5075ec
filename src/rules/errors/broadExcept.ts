import type { FactUnit } from '../../semantics/facts';
import type { ExceptHandler } from '../../syntax/ast';
import { type FixReference, type Rule, type RuleContext } from '../rule';
import { isLastResort } from './boundary';
import { type PlacedHandler, caughtBy, findingAtHandler, handlersOf, isBroad } from './handlers';
import { keepsTraceback, reraises } from './handling';

export const BROAD_EXCEPT_FIX = 'broad-except';

export const broadExcept: Rule = {
  name: 'broad-except',
  family: 'errors',
  severity: 'warning',
  summary: 'an except clause that catches every error',
  fixes: ['changes'],
  page: {
    what: 'A bare `except:`, `except Exception` or `except BaseException`, alone or among other classes, whose block does not raise again. `raise X from error` counts as raising again, and so does an exception that is kept and raised later, or handed to a future.',
    why: 'It catches mistakes in the code as well: a misspelt name, a missing attribute, a wrong type look like a missing file. A bare `except` also catches Ctrl+C and `sys.exit()`.',
    example: `import json

def settings(path):
    try:
        with open(path) as stream:
            return json.load(stream)
    except Exception as error:
        print("no settings", error)
        return {}
`,
    instead: `import json

def settings(path):
    try:
        with open(path) as stream:
            return json.load(stream)
    except (OSError, json.JSONDecodeError) as error:
        raise RuntimeError(f"no settings in {path}") from error
`,
    fixSafety:
      'The fix changes behaviour on purpose: it catches the exceptions that the calls in the `try` block are documented to raise, and everything else goes on to the caller. Where it is not known what a call raises, there is no fix, and the reason names the call.',
    whenNot:
      'Not reported: a last resort that logs the traceback, that is `main`, a handler of requests or events, a loop that goes on with the next item, a thread. A last resort that logs no traceback is reported.',
  },
  *check(context) {
    for (const unit of context.facts.units) {
      for (const placed of handlersOf(unit)) {
        if (!isReported(placed, unit, context)) continue;
        const { handler } = placed;
        yield findingAtHandler(broadExcept, unit, handler, messageFor(handler), { fixes: FIXES });
      }
    }
  },
};

const FIXES: readonly FixReference[] = [
  {
    id: BROAD_EXCEPT_FIX,
    kind: 'changes',
    title: 'Catch only what the calls in the block are known to raise (other errors go on to the caller)',
  },
];

function isReported(placed: PlacedHandler, unit: FactUnit, { evaluator }: RuleContext): boolean {
  const { handler, at } = placed;
  // Cheap: most clauses name what they catch.
  if (handler.type?.kind === 'Attribute' && !/Exception$/.test(handler.type.attr)) return false;
  if (!isBroad(caughtBy(handler, unit, evaluator)) || reraises(placed, unit)) return false;
  // An exception in a finalizer goes nowhere.
  if (at.scope.enclosingFunction?.name === '__del__') return false;
  return !(keepsTraceback(handler.body) && isLastResort(at, unit, evaluator));
}

function messageFor({ type }: ExceptHandler): string {
  if (!type) return 'A bare except catches every error, Ctrl+C and mistakes in the code included';
  return 'This catches every error, mistakes in the code included';
}
