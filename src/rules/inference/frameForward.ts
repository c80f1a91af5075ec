import { TABLE_ONLY } from '../../knowledge/pandas';
import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, Expression, FunctionDef, Parameter } from '../../syntax/ast';
import { type ModuleKind, kindsOfModule } from './moduleKinds';
import { isModuleBase } from './torchNames';
import type { TorchModule } from './moduleValue';
import type { TorchModules } from './torchModules';

const MAX_DEPTH = 6;

/** Whether a module may take a table, because it converts what it is given, or because nobody knows what it does. */
export function mayTakeTables(
  module: TorchModule,
  flow: ValueFlow,
  modules: TorchModules,
  depth = 0,
): boolean {
  if (depth > MAX_DEPTH) return true;
  if (module.isLoaded) return false;
  return kindsOfModule(module, flow).some((kind) => mayConvert(kind, flow, modules, depth));
}

function mayConvert(kind: ModuleKind, flow: ValueFlow, modules: TorchModules, depth: number): boolean {
  switch (kind.type) {
    case 'unknown':
      return true;
    case 'any':
      return false;
    case 'library':
      return (
        /\.Sequential$/.test(kind.name) && isConvertedByFirst(kind.call, kind.unit, flow, modules, depth)
      );
    case 'class': {
      const forward = flow.calls.methodOf(kind.node, 'forward', kind.unit);
      if (forward) {
        const { params } = forward.function;
        return params.slice(1).some((one) => isConverted(one, forward, flow, modules, depth));
      }
      // What a base class outside the program does is known only of those of torch.
      const bases = flow.evaluator.basesOf(kind.node, kind.unit);
      return bases.some((base) => base === undefined || !(isModuleBase(base) || HARMLESS.has(base)));
    }
  }
}

const HARMLESS: ReadonlySet<string> = new Set(['builtins.object', 'abc.ABC', 'typing.Generic']);

function isConvertedByFirst(
  call: Call,
  unit: FactUnit,
  flow: ValueFlow,
  modules: TorchModules,
  depth: number,
): boolean {
  const [first] = call.args;
  if (!first) return false;
  const module = modules.moduleOf(first, unit);
  return !module || mayTakeTables(module, flow, modules, depth + 1);
}

function isConverted(
  parameter: Parameter,
  { function: owner, unit }: { readonly function: FunctionDef; readonly unit: FactUnit },
  flow: ValueFlow,
  modules: TorchModules,
  depth: number,
): boolean {
  // What is collected in a tuple or dictionary is handed on as who knows what.
  if (parameter.type === 'star' || parameter.type === 'double-star') return true;
  const binding = unit.summary.scopeOf.get(owner)?.bindingsOf(parameter.name)[0];
  if (!binding) return true;
  return flow.reads
    .of({ binding, unit })
    .some((read) => isConvertedAt(read.reference.node, read.unit, flow, modules, depth));
}

function isConvertedAt(
  node: Expression,
  unit: FactUnit,
  flow: ValueFlow,
  modules: TorchModules,
  depth: number,
): boolean {
  const parent = parentsOf(unit.unit).get(node);
  if (parent?.kind === 'Attribute') return TABLE_ONLY.has(parent.attr);
  if (parent?.kind === 'Subscript') {
    return parent.value === node && !['Num', 'Slice', 'Tuple', 'UnaryOp'].includes(parent.index.kind);
  }
  if (parent?.kind !== 'Call' || parent.func === node) return false;
  const module = modules.moduleOf(parent.func, unit);
  if (module) return mayTakeTables(module, flow, modules, depth + 1);
  const name = flow.evaluator.calleeOf(parent, unit);
  return name === undefined || !/^torch\.(?!(?:as_)?tensor$|from_numpy$|\w*Tensor$|asarray$)/.test(name);
}
