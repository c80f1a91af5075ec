import { type Rule, findingAt } from '../rule';
import { changedInFunctions } from './changes';

export const mutableGlobal: Rule = {
  name: 'mutable-global',
  family: 'state',
  severity: 'warning',
  summary: 'a function that changes an object of the module in place',
  fixes: [],
  page: {
    what: 'A function that changes an object which a variable of the module holds: `append`, an item or attribute set or deleted, `inplace=True`, and other methods known to change their receiver. Reported at the first change in each function.',
    why: 'Every caller shares the object. What a call does depends on the calls before it, results differ between one process and several, and tests influence each other.',
    example: `runs = []

def record(score):
    runs.append(score)
`,
    instead: `class Runs:
    def __init__(self):
        self.scores = []

    def record(self, score):
        self.scores.append(score)
`,
    fixSafety:
      'The refactoring "Turn globals into a class" puts the object and the functions that change it into a class, where that is equal; or return what is new and let the caller collect it.',
    whenNot:
      'Loggers, metrics, locks, applications, routers and clients are made to be one per process. A dictionary whose key is tested before it is stored is a cache; one that a decorator fills is a registry; neither is reported. Methods of unknown objects are not either, unless their name says that they change something.',
  },
  *check(context) {
    for (const { unit, node, name, function: owner } of changedInFunctions(context)) {
      yield findingAt(mutableGlobal, unit, node, `${owner.name} changes ${name} of the module in place`);
    }
  },
};
