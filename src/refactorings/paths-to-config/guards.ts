import type { Expression } from '../../syntax/ast';
import { type FileUseFact, fileUsesOf } from '../../semantics/fileUses';
import type { FactUnit } from '../../semantics/facts';
import { asksForHost } from '../../semantics/hostQuestions';
import { parentsOf } from '../../semantics/parents';
import { type Refusal, uniqueRefusals } from '../../text/refusal';
import { baseName } from '../../text/workspace';
import type { AnalysedProgram } from '../outcome';
import { refusalAt, refusalInCell } from '../places';
import type { ConfigLiteral } from './literals';

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
  refusals.push(...introspections(program));
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
    if (use.use === 'read' && isOwnFile(use, program)) {
      refusals.push(refusalAt(program.path, use.unit, use.call, 'the program reads its own source'));
    }
  }
  return refusals;
}

function isOwnFile(
  { folded, path, unit }: FileUseFact,
  { path: program, context }: AnalysedProgram,
): boolean {
  if (path.kind === 'Subscript' && context.evaluator.qualifiedName(path.value, unit) === 'sys.argv')
    return true;
  const own = baseName(program);
  return folded.some(({ segments }) => {
    const [first] = segments;
    if (segments.length === 1 && first?.kind === 'hole') return first.why === 'file';
    const last = segments.at(-1);
    return last?.kind === 'text' && baseName(last.value) === own;
  });
}

/** Attributes through which a function shows its names, constants and module. */
const INSIDES = new Set([
  '__code__',
  '__globals__',
  'co_consts',
  'co_names',
  'f_globals',
  'f_locals',
  'f_code',
]);
/** Modules of which a function that is looked up by name could be one that lists folders or shows source. */
const TELLING_MODULES = ['os', 'glob', 'shutil', 'pathlib', 'inspect', 'subprocess', 'sys'];

/** Looks into functions, loaded modules, and modules by names that are made at run time. */
function introspections({ path, facts, context }: AnalysedProgram): Refusal[] {
  const { evaluator } = context;
  const refusals: Refusal[] = [];
  for (const unit of facts.units) {
    for (const node of unit.summary.locate.keys()) {
      if (node.kind !== 'Attribute') continue;
      if (INSIDES.has(node.attr))
        refusals.push(refusalAt(path, unit, node, `${node.attr} shows what a function is made of`));
      if (node.attr !== 'modules' || evaluator.qualifiedName(node, unit) !== 'sys.modules') continue;
      const parent = parentsOf(unit.unit).get(node);
      const isOwn = (parent?.kind === 'Subscript' && parent.value === node) || asksForHost(node, unit);
      if (!isOwn) refusals.push(refusalAt(path, unit, node, 'sys.modules shows which modules are loaded'));
    }
  }
  for (const { call, unit } of facts.callsNamed('getattr')) {
    const [object] = call.args;
    const module = object && evaluator.qualifiedName(object, unit);
    if (module !== undefined && TELLING_MODULES.includes(module)) {
      refusals.push(
        refusalAt(
          path,
          unit,
          call,
          `a function of ${module} is looked up by name and may list folders or show names`,
        ),
      );
    }
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
export function unknownBindersBefore(
  literals: readonly ConfigLiteral[],
  loadedAt: number,
): readonly Refusal[] {
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
  return uniqueRefusals(refusals);
}
