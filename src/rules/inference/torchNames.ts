import {
  MODULE_BASES,
  MODULE_BUILDERS,
  NOT_CALLABLE_NN,
  NOT_MODULES,
  PARAMETER_FREE,
} from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import type { Evaluator } from '../../semantics/values';
import type { Call, Expression } from '../../syntax/ast';

/** A class of `torch.nn` whose objects are modules. */
export function isModuleName(name: string): boolean {
  const match = /^torch\.(?:ao\.)?nn\.(?!functional\.|init\.|utils\.)(?:\w+\.)*([A-Z]\w*)$/.exec(name);
  return match?.[1] !== undefined && !NOT_CALLABLE_NN.has(match[1]);
}

/** A call that gives a module with parameters. */
export function isBuilder(name: string): boolean {
  return MODULE_BUILDERS.some((known) => known.test(name)) && !NOT_MODULES.some((known) => known.test(name));
}

/** A module of `torch.nn` that only computes: an activation, a loss. */
export function isParameterFree(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return PARAMETER_FREE.has(last) || /Loss\w*$/.test(last);
}

/** A base class that makes a class a module. */
export function isModuleBase(name: string): boolean {
  return MODULE_BASES.has(name) || isModuleName(name) || isBuilder(name);
}

/** `torch.load` that gives no more than tensors and plain containers. */
export function isWeightsOnly(call: Call): boolean {
  const given = call.keywords.find(({ name }) => name === 'weights_only')?.value;
  return given?.kind === 'Constant' && given.value === true;
}

/** What a hub gives is often no plain module: only the well-known collections are taken for one. */
export function isHubModule(call: Call): boolean {
  const [repository] = call.args;
  return repository?.kind === 'Str' && /^(?:pytorch|facebookresearch)\//.test(repository.value ?? '');
}

/** `getattr(torchvision.models, name)(...)` and `models.__dict__[name](...)`. */
export function isChosenBuilder(func: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  let source: Expression | undefined;
  if (func.kind === 'Call' && evaluator.calleeOf(func, unit) === 'builtins.getattr') source = func.args[0];
  const isTable =
    func.kind === 'Subscript' && func.value.kind === 'Attribute' && func.value.attr === '__dict__';
  if (isTable) source = func.value.value;
  const name = source && evaluator.qualifiedName(source, unit);
  return name !== undefined && /^torchvision\.models(?:\.\w+)?$/.test(name);
}
