import type { FactUnit } from '../../semantics/facts';
import type { UnitSummary } from '../../semantics/summary';
import type { ScopeDeclaration } from '../../syntax/ast';
import { type Rule, findingAt } from '../rule';

export const globalStatement: Rule = {
  name: 'global-statement',
  family: 'state',
  severity: 'warning',
  summary: 'a function that rebinds a module name through global',
  fixes: [],
  page: {
    what: 'A `global` statement in a function that also binds one of its names: by assignment, `+=`, `del`, an import, a loop or in any other way.',
    why: 'What the function does then depends on which functions ran before it, and so does everything that reads the name. Two requests, two threads or two tests share it; a worker process gets its own copy and changes that.',
    example: `step = 0

def advance():
    global step
    step += 1
    return step
`,
    instead: `class Progress:
    def __init__(self):
        self.step = 0

    def advance(self):
        self.step += 1
        return self.step
`,
    fixSafety:
      'The refactoring "Turn globals into a class" makes attributes of such variables and methods of the functions that change them, where that is equal.',
    whenNot:
      'A `global` statement whose names are only read is left alone, and so is `nonlocal`. A value that is made once, on first use, is reported too: `functools.cache` on a function that returns it needs no `global`.',
  },
  *check({ facts }) {
    for (const unit of facts.units) {
      for (const { node, names } of rebinding(unit)) {
        const list = names.join(', ');
        yield findingAt(
          globalStatement,
          unit,
          node,
          `${list} of the module ${names.length === 1 ? 'is' : 'are'} rebound by this function`,
        );
      }
    }
  },
};

interface Rebinding {
  readonly node: ScopeDeclaration;
  readonly names: readonly string[];
}

const NONE: readonly Rebinding[] = [];
const known = new WeakMap<UnitSummary, readonly Rebinding[]>();

/** The `global` statements of functions of which a name is bound there. */
function rebinding({ summary }: FactUnit): readonly Rebinding[] {
  let found = known.get(summary);
  if (!found) {
    found = summary.statements.flatMap(({ node, at }): readonly Rebinding[] => {
      if (node.kind !== 'Global' || at.scope.enclosingFunction === undefined) return [];
      const names = node.names.filter((name) => at.scope.bindingsOf(name).length > 0);
      return names.length > 0 ? [{ node: node, names }] : [];
    });
    known.set(summary, found.length > 0 ? found : NONE);
  }
  return found;
}
