import type { FactUnit, PlacedBinding } from '../../semantics/facts';
import { type Rule, type RuleContext, findingAt } from '../rule';
import { type FunctionRead, functionReads } from './functions';
import { type ModuleVariable, moduleVariablesOf } from './moduleVariables';
import { changedInFunctions } from './changes';

export const hiddenInput: Rule = {
  name: 'hidden-input',
  family: 'state',
  severity: 'information',
  summary: 'a function that reads a variable of the module computed at run time',
  fixes: ['keeps'],
  page: {
    what: 'A function that reads a variable of the module which is computed at run time (from a file, other variables, random numbers, the command line), or bound more than once. Reported at the first read in each function.',
    why: 'What the function returns depends on something that its head does not name: it cannot be tested, reused or moved without the rest of the program, and running a cell again changes what it does.',
    example: `import pandas as pd

frame = pd.read_csv("survey.csv")

def share():
    return (frame["score"] > 3).mean()

print(share())
`,
    instead: `import pandas as pd

frame = pd.read_csv("survey.csv")

def share(frame):
    return (frame["score"] > 3).mean()

print(share(frame))
`,
    fixSafety:
      'Adds a parameter of the same name and hands the variable in at every call. Offered where that is proven to keep what the program does: every call is known and reads the same value; refused, with the reason, where the function is used as a value, decorated, a method, a generator or async, bound more than once or conditionally, where other modules may import it, or where the variable may be bound anew while the function runs.',
    whenNot:
      'Constants, imports, functions and classes are no hidden input, nor are loggers, compiled patterns, `device`, applications, clients, what derives from `__file__` or the environment, and names in CONSTANT_CASE that are computed without reading anything. Silent in tests.',
  },
  *check(context) {
    if (context.isTest) return;
    const variables = moduleVariablesOf(context.evaluator);
    const changed = changedInFunctions(context);
    for (const unit of context.facts.units) {
      for (const read of functionReads(unit)) {
        if (read.isIdentity) continue;
        const variable = variables.of(read.name);
        if (!variable || !isHidden(variable)) continue;
        // What the function changes is said by the rule for that.
        if (
          changed.some(
            (change) =>
              change.function === read.function && change.name === read.name && change.unit === unit,
          )
        )
          continue;
        yield findingAt(hiddenInput, unit, read.node, messageFor(read, variable), {
          fixes: mayTakeParameter(read, unit)
            ? [
                {
                  id: 'hidden-input',
                  kind: 'keeps',
                  title: `Add parameter ${read.name} to ${read.function.name}`,
                },
              ]
            : [],
          related: relatedTo(variable.bindings, context),
        });
      }
    }
  },
};

/** Cheap: a function of the module itself, which nothing wraps. What else has to be proven is asked by the fix. */
function mayTakeParameter({ function: owner }: FunctionRead, { unit }: FactUnit): boolean {
  return unit.statement === owner && owner.decorators.length === 0 && !owner.isAsync;
}

/** Whether reading the variable makes a function depend on what the program did before. */
function isHidden({ name, origin, isRebound }: ModuleVariable): boolean {
  if (/^device$/i.test(name)) return false;
  if (origin === 'outside') return true;
  if (/^_*[A-Z][A-Z0-9_]+$/.test(name)) return isRebound && origin !== 'definition';
  return origin === 'runtime' || (isRebound && origin !== 'definition');
}

function messageFor({ name, function: { name: owner } }: FunctionRead, variable: ModuleVariable): string {
  const why = variable.origin === 'constant' ? 'bound more than once' : 'computed at run time';
  return `${owner} reads ${name} of the module, which is ${why}`;
}

function relatedTo(bindings: readonly PlacedBinding[], { facts }: RuleContext) {
  return bindings.slice(0, 1).map(({ binding, unit }) => ({
    cell: unit.cell,
    span: facts.spanOf(unit, binding),
    message: `${binding.name} is bound here`,
  }));
}
