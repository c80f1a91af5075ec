import type { Value } from '../../semantics/values';
import type { Call } from '../../syntax/ast';

/** The dotted name from which a value comes: `torch.utils.tensorboard.SummaryWriter` for `writer.add_scalar`. */
export function rootName(value: Value): string | undefined {
  switch (value.kind) {
    case 'qualified':
      return value.name;
    case 'result':
      return value.callee;
    case 'instance':
      return value.of;
    case 'member':
    case 'method-result':
      return rootName(value.receiver);
    default:
      return undefined;
  }
}

export function packageOf(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** What a call is called by: `predict` for `predict(x)` and for `self.predict(x)`. */
export function spokenName({ func }: Call): string {
  return func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
}
