import type { Expression } from '../../syntax/ast';
import { fileUsesOf } from '../../semantics/fileUses';
import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Refusal } from '../../text/refusal';
import { type Workspace, baseName, folderOf, joinPath } from '../../text/workspace';
import type { AnalysedProgram } from '../outcome';
import { refusalAt, refusalInCell } from '../places';
import type { PathLiteral } from './literals';

/** Calls whose answer holds the program's own text or what it has loaded. */
const SELF_READING = new Set([
  'inspect.getsource',
  'inspect.getsourcelines',
  'inspect.findsource',
  'inspect.getmembers',
  'linecache.getline',
  'linecache.getlines',
  'dis.dis',
  'sys.settrace',
  'sys.setprofile',
  'sys.addaudithook',
  'gc.get_objects',
]);
const SELF_READING_LAST = new Set([...SELF_READING].map((name) => name.slice(name.lastIndexOf('.') + 1)));
/** What IPython keeps of the cells' source. */
const HISTORY = new Set(['In', '_ih', '_i', '_ii', '_iii']);
const HISTORY_MAGICS = new Set([
  'history',
  'hist',
  'save',
  'recall',
  'rerun',
  'notebook',
  'macro',
  'pastebin',
  'who',
  'whos',
  'who_ls',
]);

/** Places where the program looks at its own names or source, and so would notice a new name or changed text. */
export function selfReadings(program: AnalysedProgram): Refusal[] {
  const { facts, context } = program;
  const refusals: Refusal[] = [];
  for (const unit of facts.units) {
    for (const escape of unit.unit.escapes) {
      if (HISTORY_MAGICS.has(escape.name)) {
        refusals.push(
          refusalAt(
            program.path,
            unit,
            unit.unit.statement,
            `%${escape.name} shows the notebook's own names or source`,
          ),
        );
      }
    }
    for (const { node, at } of unit.summary.calls) {
      const isModuleLevel = at.scope.enclosingFunction === undefined;
      if (node.func.kind === 'Name') {
        const { id } = node.func;
        const isBuiltin = at.scope.ownerOf(id).parent === undefined && facts.moduleBindings(id).length === 0;
        const isNames =
          id === 'globals' ||
          (['dir', 'vars', 'locals'].includes(id) && node.args.length === 0 && isModuleLevel);
        if (isBuiltin && isNames && enumerates(unit, node)) {
          refusals.push(
            refusalAt(
              program.path,
              unit,
              node,
              `${id}() lists the program's names, so it would show the new ones`,
            ),
          );
        }
      }
      const last =
        node.func.kind === 'Attribute' ? node.func.attr : node.func.kind === 'Name' ? node.func.id : '';
      if (!SELF_READING_LAST.has(last)) continue;
      const callee = context.evaluator.calleeOf(node, unit);
      if (callee !== undefined && SELF_READING.has(callee)) {
        refusals.push(refusalAt(program.path, unit, node, `${callee} can show the changed source`));
      }
    }
  }
  for (const { reference, unit } of facts.freeReferences) {
    if (
      facts.program.kind === 'notebook' &&
      HISTORY.has(reference.name) &&
      facts.moduleBindings(reference.name).length === 0
    ) {
      refusals.push(
        refusalAt(program.path, unit, reference.node, `${reference.name} holds the cells' own source`),
      );
    }
  }
  for (const use of fileUsesOf(context.evaluator, context.folder)) {
    const isOwnFile = use.folded.some(
      ({ segments }) => segments.length === 1 && segments[0]?.kind === 'hole' && segments[0].why === 'file',
    );
    if (use.use === 'read' && isOwnFile)
      refusals.push(refusalAt(program.path, use.unit, use.call, 'the program reads its own source'));
  }
  return refusals;
}

/** `globals()["x"]`, `"x" in globals()` and `**locals()` for a format ask for names they know; all else may list. */
function enumerates(unit: FactUnit, call: Expression): boolean {
  const parents = parentsOf(unit.unit);
  const parent = parents.get(call);
  switch (parent?.kind) {
    case 'Subscript':
      return parent.value !== call;
    case 'Compare':
      return !(parent.operands[0]?.kind === 'Str' && parent.operands[1] === call);
    case 'Attribute':
      return !['get', 'update', 'setdefault', 'pop', '__getitem__', '__setitem__', '__contains__'].includes(
        parent.attr,
      );
    case 'Call': {
      const isFormat =
        parent.func.kind === 'Attribute' && ['format', 'format_map'].includes(parent.func.attr);
      const isEvaluation = parent.func.kind === 'Name' && ['exec', 'eval'].includes(parent.func.id);
      return !isFormat && !isEvaluation;
    }
    default:
      return true;
  }
}

/** Code between the place where the configuration is loaded and a use of it that may rebind any name. */
export function unknownBindersBefore(literals: readonly PathLiteral[], loadedAt: number): Refusal[] {
  const refusals: Refusal[] = [];
  for (const { program, unit, node } of literals) {
    const time = unit.summary.locate.get(node)?.time;
    const binder = program.facts.unknownBinders.find(
      (candidate) => candidate.order >= loadedAt && (time !== 'now' || candidate.order <= unit.order),
    );
    if (!binder) continue;
    refusals.push(
      refusalInCell(
        program.path,
        binder.cell,
        binder.span.start,
        `${binder.what} may rebind the name of the configuration before it is used`,
      ),
    );
  }
  return unique(refusals);
}

/** Files of the project that hide PyYAML or pathlib, or take all names of this module. */
export async function projectObstacles(
  program: AnalysedProgram,
  workspace: Workspace,
  modules: readonly string[],
): Promise<Refusal[]> {
  const first = program.facts.cells[0];
  if (!first) return [];
  const refuse = (reason: string): Refusal => refusalInCell(program.path, first, 0, reason);
  const refusals: Refusal[] = [];
  const folder = folderOf(program.path);
  for (const where of new Set([folder, ''])) {
    for (const module of modules) {
      const file = joinPath(where, `${module}.py`);
      if (await workspace.exists(file))
        refusals.push(refuse(`${file} hides the module ${module} that would be imported`));
      const packageFile = joinPath(where, `${module}/__init__.py`);
      if (await workspace.exists(packageFile))
        refusals.push(refuse(`${packageFile} hides the module ${module} that would be imported`));
    }
  }
  if (program.facts.program.kind === 'notebook' || program.facts.moduleBindings('__all__').length > 0)
    return refusals;
  const stem = baseName(program.path).replace(/\.py$/, '');
  const star = new RegExp(
    `^[ \\t]*from[ \\t]+[\\w.]*\\b${stem.replace(/\W/g, '\\$&')}[ \\t]+import[ \\t]*\\*`,
    'm',
  );
  for (const name of await workspace.list(folder)) {
    if (!name.endsWith('.py') || joinPath(folder, name) === program.path) continue;
    const text = await workspace.read(joinPath(folder, name));
    if (text !== undefined && star.test(text)) {
      refusals.push(
        refuse(`${joinPath(folder, name)} imports all names of this module, so it would get the new ones`),
      );
    }
  }
  return refusals;
}

function unique(refusals: readonly Refusal[]): Refusal[] {
  const seen = new Set<string>();
  return refusals.filter((refusal) => {
    const key = JSON.stringify(refusal);
    return !seen.has(key) && seen.add(key);
  });
}
