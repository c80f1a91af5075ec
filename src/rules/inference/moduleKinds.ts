import { MODULE_ANNOTATIONS } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import type { Placed } from '../../semantics/flow/placed';
import type { Binding } from '../../semantics/scope';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, ClassDef, NodeBase } from '../../syntax/ast';
import type { TorchModule } from './moduleValue';

/** What class a module is of, as far as it is known. */
export type ModuleKind =
  /** A class of the program, or of another module of its project. */
  | {
      readonly type: 'class';
      readonly node: ClassDef;
      readonly unit: FactUnit;
      /** The call that makes the object, and its statement. */
      readonly call: Call | undefined;
      readonly made?: FactUnit;
    }
  /** What a call of a library's class or function gives. */
  | { readonly type: 'library'; readonly name: string; readonly call: Call; readonly unit: FactUnit }
  /** Said to be some module. */
  | { readonly type: 'any' }
  | { readonly type: 'unknown' };

const UNKNOWN: ModuleKind = { type: 'unknown' };

/** One kind for each place where the module may be made. */
export function kindsOfModule(module: TorchModule, flow: ValueFlow): readonly ModuleKind[] {
  return module.roots.flatMap((root) => kindsOfRoot(root, flow));
}

function kindsOfRoot({ node: root, unit }: Placed<NodeBase>, flow: ValueFlow): readonly ModuleKind[] {
  const node = root as NodeBase & { readonly kind?: string };
  if (node.kind === 'ClassDef') return [{ type: 'class', node: root as ClassDef, unit, call: undefined }];
  if (node.kind === 'Call') return kindsOfCall(root as Call, unit, flow);
  if (!('source' in root)) return [UNKNOWN];
  const { source } = root as Binding;
  if (source.type !== 'parameter') return [UNKNOWN];
  const { annotation } = source.parameter;
  if (!annotation) return [{ type: 'any' }];
  return flow.evaluator.valuesOf(annotation, unit).map((value): ModuleKind => {
    if (value.kind === 'class') return { type: 'class', node: value.node, unit: value.unit, call: undefined };
    return value.kind === 'qualified' && MODULE_ANNOTATIONS.has(value.name) ? { type: 'any' } : UNKNOWN;
  });
}

function kindsOfCall(call: Call, unit: FactUnit, flow: ValueFlow): readonly ModuleKind[] {
  return flow.evaluator.valuesOf(call.func, unit).map((value): ModuleKind => {
    if (value.kind === 'class')
      return { type: 'class', node: value.node, unit: value.unit, call, made: unit };
    if (value.kind === 'qualified') return { type: 'library', name: value.name, call, unit };
    // `Net.from_pretrained(...)`, `Net.load_from_checkpoint(...)` of a class of the program.
    const owner = value.kind === 'member' ? value.receiver : undefined;
    return owner?.kind === 'class'
      ? { type: 'class', node: owner.node, unit: owner.unit, call, made: unit }
      : UNKNOWN;
  });
}
