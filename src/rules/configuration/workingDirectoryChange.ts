import type { FactUnit } from '../../semantics/facts';
import type { UnitSummary } from '../../semantics/summary';
import type { Evaluator } from '../../semantics/values';
import type { Call, Statement } from '../../syntax/ast';
import { type Finding, type Rule, type RuleContext, findingAt } from '../rule';

const FOLDER_MESSAGE =
  'The working directory is changed: every relative path behind this line means another file';
const SEARCH_MESSAGE = 'The module search path is changed: imports work from this place only';

export const workingDirectoryChange: Rule = {
  name: 'working-directory-change',
  family: 'configuration',
  severity: 'warning',
  summary: '`os.chdir`, `%cd`, `sys.path.append`: the program moves, or makes its imports move',
  fixes: [],
  page: {
    what: '`os.chdir`, the magics `%cd`, `%pushd` and `%popd`, and changes of `sys.path` (`append`, `insert`, `extend`, `+=`, assignment).',
    why: 'The working directory belongs to the whole process: every relative path behind the change means another file, in other threads as well, and a cell that is run twice goes one folder further. A changed `sys.path` makes imports work on one machine only, and may hide installed modules.',
    example: `import os
import sys

os.chdir("/content/project")
sys.path.append("..")
`,
    instead: `from pathlib import Path

folder = Path(__file__).resolve().parent
text = (folder / "notes.txt").read_text()
`,
    fixSafety:
      'There is no fix. Build paths from one folder that is configured, give child processes their folder (`subprocess.run(..., cwd=folder)`), and install the project (`pip install -e .`) instead of changing `sys.path`.',
    whenNot:
      'Not reported: `monkeypatch.chdir` and `contextlib.chdir`, which go back by themselves, shell lines such as `!cd data` (they change nothing for Python), reading `sys.path`, removing from it, and putting a saved one back.',
  },
  *check(context) {
    yield* calls(context);
    for (const unit of context.facts.units) {
      yield* magics(unit);
      yield* assignments(unit, context.evaluator);
    }
  },
};

const FOLDER_CALLS: ReadonlySet<string> = new Set(['os.chdir', 'os.fchdir']);
const SEARCH_CALLS: ReadonlySet<string> = new Set([
  'sys.path.append',
  'sys.path.insert',
  'sys.path.extend',
  'site.addsitedir',
]);
const CALL_NAMES = [...FOLDER_CALLS, ...SEARCH_CALLS].map((name) => name.slice(name.lastIndexOf('.') + 1));

function* calls({ facts, evaluator }: RuleContext): Iterable<Finding> {
  for (const name of new Set([...CALL_NAMES, ...facts.units.flatMap(aliasesIn)])) {
    for (const { call, unit } of facts.callsNamed(name)) {
      const callee = evaluator.calleeOf(call, unit);
      if (callee === undefined) continue;
      if (FOLDER_CALLS.has(callee)) yield findingAt(workingDirectoryChange, unit, call, FOLDER_MESSAGE);
      if (SEARCH_CALLS.has(callee)) yield findingAt(workingDirectoryChange, unit, call, SEARCH_MESSAGE);
    }
  }
  // What an exported notebook has in the place of `%cd`.
  for (const name of ['run_line_magic', 'magic']) {
    for (const { call, unit } of facts.callsNamed(name)) {
      if (isMagicCall(call, unit, evaluator)) {
        yield findingAt(workingDirectoryChange, unit, call, FOLDER_MESSAGE);
      }
    }
  }
}

const aliases = new WeakMap<UnitSummary, readonly string[]>();

/** Other names that a statement gives one of the calls: `from os import chdir as go`, `go = os.chdir`. */
function aliasesIn({ summary }: FactUnit): readonly string[] {
  const known = aliases.get(summary);
  if (known) return known;
  const found = summary.statements.flatMap(({ node }) => {
    if (node.kind === 'ImportFrom') {
      return node.names.flatMap(({ name, alias }) => (alias && CALL_NAMES.includes(name) ? [alias] : []));
    }
    if (node.kind !== 'Assign' || node.value.kind !== 'Attribute') return [];
    const isCall = CALL_NAMES.includes(node.value.attr);
    return node.targets.flatMap((target) => (isCall && target.kind === 'Name' ? [target.id] : []));
  });
  aliases.set(summary, found);
  return found;
}

function isMagicCall(call: Call, unit: FactUnit, evaluator: Evaluator): boolean {
  const [command] = call.args;
  if (command?.kind !== 'Str' || !MAGICS.has(command.value?.replace(/^%/, '').split(/\s/)[0] ?? '')) {
    return false;
  }
  const { func } = call;
  if (func.kind !== 'Attribute') return false;
  return evaluator.valuesOf(func.value, unit).some((value) => {
    if (value.kind !== 'result') return false;
    return value.callee === 'builtins.get_ipython' || value.callee === 'IPython.get_ipython';
  });
}

const MAGICS: ReadonlySet<string> = new Set(['cd', 'chdir', 'pushd', 'popd']);

function* magics(unit: FactUnit): Iterable<Finding> {
  const { escapes } = unit.unit;
  if (!escapes.some(({ name }) => MAGICS.has(name))) return;
  for (const { node } of unit.summary.statements) {
    if (node.kind !== 'Expr' || node.value.kind !== 'Escape') continue;
    const escape = escapes[node.value.escape];
    const isMagic = escape?.kind === 'line-magic' || escape?.kind === 'auto-magic';
    if (isMagic && MAGICS.has(escape.name))
      yield findingAt(workingDirectoryChange, unit, node, FOLDER_MESSAGE);
  }
}

function* assignments(unit: FactUnit, evaluator: Evaluator): Iterable<Finding> {
  for (const { node } of unit.summary.statements) {
    const target = searchPathTarget(node);
    if (target && evaluator.qualifiedName(target, unit) === 'sys.path') {
      yield findingAt(workingDirectoryChange, unit, node, SEARCH_MESSAGE);
    }
  }
}

/** What `sys.path = ...`, `sys.path += ...` and `sys.path[:0] = ...` assign to; cheap. */
function searchPathTarget(node: Statement) {
  if (node.kind !== 'Assign' && node.kind !== 'AugAssign') return undefined;
  // `sys.path[:] = saved` puts back what was there.
  if (node.kind === 'Assign' && node.value.kind === 'Name') return undefined;
  const target = node.kind === 'Assign' ? node.targets[0] : node.target;
  const list = target?.kind === 'Subscript' ? target.value : target;
  return list?.kind === 'Attribute' && list.attr === 'path' ? list : undefined;
}
