import { MODULE_SELF_METHODS, SHAPE_ATTRIBUTES } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import type { FlowUse, FlowVisitor, ValueFlow, Verdict } from '../../semantics/valueFlow';
import type { Call } from '../../syntax/ast';
import { spokenName } from './calleeNames';

/** What a program does with what `torch.load` gave: a state dict or checkpoint, a whole module, or who knows. */
export type LoadedUse = 'state' | 'module' | 'unknown';

/** Methods of dictionaries, which modules do not have. */
const DICTIONARY = new Set(['keys', 'values', 'items', 'get', 'pop', 'update', 'copy', 'setdefault']);

/** Methods of modules, which neither dictionaries nor tensors have. */
const MODULE_METHODS = new Set([
  'eval',
  'train',
  'parameters',
  'named_parameters',
  'state_dict',
  'forward',
  'children',
  'modules',
]);

/** Looks at every use of what a call of `torch.load` gives. */
export function loadedUse(call: Call, unit: FactUnit, flow: ValueFlow): LoadedUse {
  const visitor = new LoadedVisitor();
  flow.follow(call, unit, visitor);
  if (visitor.isModule) return 'module';
  return visitor.isState && !visitor.isOther ? 'state' : 'unknown';
}

class LoadedVisitor implements FlowVisitor {
  isModule = false;
  isState = false;
  isOther = false;
  #hasItem = false;

  escape(): void {
    // Where it goes out of sight, what was seen before decides.
  }

  use(use: FlowUse): Verdict {
    if (use.path.length > 0) return 'end';
    switch (use.type) {
      case 'called':
        this.isModule = true;
        return 'end';
      case 'method':
        return this.#method(use.name ?? '');
      case 'item':
        return this.#item(use);
      case 'argument':
        this.isState ||= spokenName(use.operation as Call) === 'load_state_dict';
        return 'end';
      case 'attribute':
        // `checkpoint["args"].lr`: an object of a class, which a load of weights alone refuses.
        this.isOther ||= this.#hasItem && !SHAPE_ATTRIBUTES.has(use.name ?? '');
        return 'end';
      default:
        return 'end';
    }
  }

  #method(name: string): Verdict {
    if (MODULE_METHODS.has(name)) this.isModule = true;
    else if (DICTIONARY.has(name) || name === 'numpy') this.isState = true;
    // A tensor is moved and cast like a module.
    return MODULE_SELF_METHODS.has(name) ? 'carry' : 'end';
  }

  /** `checkpoint["state_dict"]`; what is done with the item is followed, for it may be a whole module. */
  #item({ operation }: FlowUse): Verdict {
    if (operation.kind !== 'Subscript' || operation.index.kind !== 'Str') return 'end';
    this.isState = true;
    this.#hasItem = true;
    return 'carry';
  }
}
