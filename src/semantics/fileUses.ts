import {
  CONFIG_READERS,
  FILE_ARGUMENTS,
  FILE_METHODS,
  type FileArgument,
  type FileUse,
  PATH_METHODS,
} from '../knowledge/fileArguments';
import type { Call, Expression } from '../syntax/ast';
import type { FactUnit } from './facts';
import type { FoldedText } from './foldedText';
import type { Folder } from './folding';
import type { Evaluator } from './values';

/** A call that reads, writes, lists or asks about a file, and what is known of the file's path. */
export interface FileUseFact {
  readonly call: Call;
  readonly unit: FactUnit;
  readonly use: FileUse;
  /** Dotted name of the callee, or the method's name. */
  readonly callee: string;
  /** The argument that names the file; for methods of a path, the path. */
  readonly path: Expression;
  readonly folded: readonly FoldedText[];
  /** The file is read as configuration (`yaml.safe_load(open(...))`). */
  readonly isConfiguration: boolean;
}

const CALL_NAMES: ReadonlySet<string> = new Set([...FILE_ARGUMENTS.keys()].map(lastPart));
const JOINS: ReadonlySet<string> = new Set([
  'pathlib.Path',
  'pathlib.PurePath',
  'pathlib.PosixPath',
  'os.path.join',
]);

const known = new WeakMap<Evaluator, readonly FileUseFact[]>();

/** All file uses of a program, in document order; found once for each version. */
export function fileUsesOf(evaluator: Evaluator, folder: Folder): readonly FileUseFact[] {
  const before = known.get(evaluator);
  if (before) return before;
  const found = findFileUses(evaluator, folder);
  known.set(evaluator, found);
  return found;
}

function findFileUses(evaluator: Evaluator, folder: Folder): readonly FileUseFact[] {
  const found: FileUseFact[] = [];
  const configuration = configurationCalls(evaluator);
  for (const unit of evaluator.facts.units) {
    for (const { node: call } of unit.summary.calls) {
      for (const { use, callee, path } of usesOf(call, unit, evaluator, folder)) {
        const isConfiguration = configuration.has(call);
        found.push({ call, unit, use, callee, path, folded: folder.fold(path, unit), isConfiguration });
      }
    }
  }
  return found;
}

interface Use {
  readonly use: FileUse;
  readonly callee: string;
  readonly path: Expression;
}

function usesOf(call: Call, unit: FactUnit, evaluator: Evaluator, folder: Folder): readonly Use[] {
  const { func } = call;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : undefined;
  if (name === undefined) return [];
  const mayBeListed =
    func.kind === 'Name'
      ? mayBeImported(name, call, unit)
      : CALL_NAMES.has(name) || name === 'join' || name === 'Path';
  const qualified = mayBeListed ? evaluator.calleeOf(call, unit) : undefined;
  if (qualified !== undefined) {
    const listed = FILE_ARGUMENTS.get(qualified);
    if (listed)
      return argumentsOf(call, listed).map((path) => ({ use: listed.use, callee: qualified, path }));
    const [base] = call.args;
    // A path that is only built: its beginning counts where nothing but a path begins like that.
    if (JOINS.has(qualified) && base) return [{ use: 'maybe', callee: qualified, path: base }];
  }
  if (func.kind !== 'Attribute') return [];
  const pathUse = PATH_METHODS.get(func.attr);
  if (pathUse && folder.fold(func.value, unit).some((folded) => folded.isPath)) {
    return [{ use: pathUse, callee: func.attr, path: func.value }];
  }
  const method = FILE_METHODS.get(func.attr);
  if (method) return argumentsOf(call, method).map((path) => ({ use: method.use, callee: func.attr, path }));
  if (func.attr === 'save' && call.args[0]) return [{ use: 'maybe', callee: 'save', path: call.args[0] }];
  return [];
}

/** Cheap: most plain names that are called are builtins, or functions and classes of the program. */
export function mayBeImported(name: string, call: Call, unit: FactUnit): boolean {
  if (name === 'open') return true;
  const scope = unit.summary.locate.get(call.func)?.scope;
  const owner = scope?.ownerOf(name);
  if (!owner || owner.parent !== undefined) return true;
  return unit.facts
    .moduleBindings(name)
    .some(({ binding }) => ['import', 'from-import', 'value'].includes(binding.source.type));
}

function argumentsOf(call: Call, spec: FileArgument): readonly Expression[] {
  const found: Expression[] = [];
  const splatAt = call.args.findIndex((argument) => argument.kind === 'Starred');
  for (const position of spec.positions) {
    const argument = call.args[position];
    if (argument && (splatAt < 0 || position < splatAt)) found.push(argument);
  }
  for (const keyword of call.keywords) {
    if (keyword.name !== undefined && spec.keywords.includes(keyword.name)) found.push(keyword.value);
  }
  // A list of files is as good as one: `xr.open_mfdataset(["a.nc", "b.nc"])`.
  return found.flatMap((argument) => {
    if (argument.kind === 'List' || argument.kind === 'Tuple') return argument.elements;
    // `data_files={"train": "a.csv"}`
    return argument.kind === 'Dict' ? argument.entries.map(({ value }) => value) : [argument];
  });
}

/** The calls whose result is handed to a reader of configuration files. */
function configurationCalls(evaluator: Evaluator): ReadonlySet<Call> {
  const found = new Set<Call>();
  for (const name of new Set([...CONFIG_READERS].map(lastPart))) {
    for (const { call, unit } of evaluator.facts.callsNamed(name)) {
      const callee = evaluator.calleeOf(call, unit);
      if (callee === undefined || !CONFIG_READERS.has(callee)) continue;
      for (const argument of call.args) {
        for (const value of evaluator.valuesOf(argument, unit)) {
          if (value.kind === 'result' || value.kind === 'method-result') found.add(value.call);
        }
      }
    }
  }
  return found;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
