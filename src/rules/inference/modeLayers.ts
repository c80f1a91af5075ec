import { CONTAINER_LAYERS, MODE_ARGUMENTS, MODE_FREE_PACKAGES, MODE_LAYERS } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { type Placed, PlacedMap } from '../../semantics/flow/placed';
import { ANY } from '../../semantics/flow/paths';
import type { ValueFlow } from '../../semantics/valueFlow';
import { type Value, attributeAssignments } from '../../semantics/values';
import type {
  Call,
  ClassDef,
  Expression,
  FunctionDef,
  NodeBase,
  Parameter,
  Statement,
} from '../../syntax/ast';
import { statementExpressions, walkExpression, walkStatements } from '../../syntax/walk';
import { lastPart, packageOf } from './calleeNames';
import { type ModuleKind, kindsOfModule } from './moduleKinds';
import { isBuilder, isModuleBase, isModuleName } from './torchNames';
import type { TorchModule } from './moduleValue';
import type { TorchModules } from './torchModules';

/** What a class shows of its layers. */
interface ClassLayers {
  readonly depends: boolean;
  /** Parameters of the constructor that are modules, which decide where the class does not. */
  readonly handed: ReadonlySet<Parameter>;
}

/** Whether modules do something else in evaluation mode than in training mode: dropout, batch normalisation. */
export class ModeLayers {
  readonly #known = new PlacedMap<FunctionDef, boolean>();
  readonly #classes = new PlacedMap<ClassDef, ClassLayers>();
  readonly #running = new Set<NodeBase>();

  constructor(
    private readonly flow: ValueFlow,
    private readonly modules: TorchModules,
  ) {}

  /** False only where it is proven that the mode makes no difference. */
  mayDepend(module: TorchModule): boolean {
    if (module.isLoaded || module.roots.length === 0) return true;
    // A module that is made of itself, in a loop: the way into the circle says all.
    const isCircle = module.roots.some(({ node }) => this.#running.has(node));
    if (isCircle) return false;
    for (const { node } of module.roots) this.#running.add(node);
    const found = kindsOfModule(module, this.flow).some((kind) => this.#mayKindDepend(kind));
    for (const { node } of module.roots) this.#running.delete(node);
    return found;
  }

  #mayKindDepend(kind: ModuleKind): boolean {
    if (kind.type === 'library') return this.#mayCallDepend(kind.name, kind.call, kind.unit);
    if (kind.type !== 'class') return true;
    const made = kind.call && kind.made ? { node: kind.call, unit: kind.made } : undefined;
    return this.#mayObjectDepend(kind.node, kind.unit, made);
  }

  /** What a call of something qualified makes. */
  #mayCallDepend(name: string, call: Call, unit: FactUnit): boolean {
    const last = lastPart(name);
    if (isModuleName(name)) {
      if (MODE_LAYERS.has(last)) return true;
      if (CONTAINER_LAYERS.has(last))
        return this.#partsOf(call, unit).some((part) => part === undefined || part);
      if (RECURRENT.has(last) && isSingleLayer(call)) return false;
      const argument = MODE_ARGUMENTS.get(last);
      return call.keywords.some(
        ({ name: key, value }) => key === undefined || (key === argument && !isOff(value)),
      );
    }
    // A layer of a library, as opposed to a whole network.
    if (/^torch_geometric\.nn\.(?:\w+\.)*\w+Conv$/.test(name)) {
      return call.keywords.some(({ name: key, value }) => key === 'dropout' && !isOff(value));
    }
    if (isBuilder(name)) return true;
    return packageOf(name) !== 'torch' && !MODE_FREE_PACKAGES.has(packageOf(name));
  }

  /** For each module that a container is given, whether it may depend on the mode; undefined: it cannot be told. */
  #partsOf(call: Call, unit: FactUnit): readonly (boolean | undefined)[] {
    const given = call.args.flatMap((one): readonly (Expression | undefined)[] => {
      if (one.kind === 'List' || one.kind === 'Tuple') return one.elements;
      if (one.kind === 'Comprehension') return [one.element];
      return [one];
    });
    const parts = given.flatMap((one): readonly (boolean | undefined)[] => {
      if (one?.kind !== 'Starred') return [one && this.#mayPartDepend(one, unit)];
      const items = this.flow.sources.itemsOf(one.value, unit, [ANY]);
      if (!items || items.length === 0) return [undefined];
      return items.map((item) => item && this.#mayPartDepend(item.node, item.unit));
    });
    return call.keywords.length > 0 ? [...parts, undefined] : parts;
  }

  #mayPartDepend(node: Expression, unit: FactUnit): boolean | undefined {
    // `num_layers` of a `TransformerEncoder`.
    if (node.kind === 'Num') return false;
    const module = this.modules.moduleOf(node, unit);
    return module && this.mayDepend(module);
  }

  /** @param made The call that makes the object, which says what is handed in. */
  #mayObjectDepend(node: ClassDef, unit: FactUnit, made: Placed<Call> | undefined): boolean {
    const { depends, handed } = this.#ofClass(node, unit);
    return depends || [...handed].some((parameter) => this.#mayArgumentDepend(parameter, node, unit, made));
  }

  #mayArgumentDepend(
    parameter: Parameter,
    node: ClassDef,
    unit: FactUnit,
    made: Placed<Call> | undefined,
  ): boolean {
    const { calls } = this.flow;
    const init = calls.methodOf(node, '__init__', unit);
    if (!made || !init) return true;
    const { args, keywords } = made.node;
    const given = [...args, ...keywords.map(({ value }) => value)].find(
      (argument) =>
        calls.parameterFor({ ...init, isBound: true }, made.node, argument)?.parameter === parameter,
    );
    const argument = given ?? parameter.default;
    if (argument?.kind === 'Constant') return false;
    const module = given && this.modules.moduleOf(given, made.unit);
    return !module || this.mayDepend(module);
  }

  #ofClass(node: ClassDef, unit: FactUnit): ClassLayers {
    const known = this.#classes.get(unit, node);
    if (known) return known;
    this.#classes.set(unit, node, { depends: false, handed: new Set() });
    const isOpen = this.flow.evaluator
      .basesOf(node, unit)
      .some((base) => base === undefined || !(isPlainBase(base) || MODE_FREE_PACKAGES.has(packageOf(base))));
    const handed = new Set<Parameter>();
    const depends =
      isOpen ||
      this.flow.calls
        .lineOf(node, unit)
        .some((one) => this.#mayBodyDepend(one.node, one.unit, { node: one.node, handed }));
    const found = { depends, handed };
    this.#classes.set(unit, node, found);
    return found;
  }

  #mayFunctionDepend(node: FunctionDef, unit: FactUnit): boolean {
    const known = this.#known.get(unit, node);
    if (known !== undefined) return known;
    this.#known.set(unit, node, false);
    const found = this.#mayBodyDepend(node, unit, undefined);
    this.#known.set(unit, node, found);
    return found;
  }

  #mayBodyDepend(
    body: ClassDef | FunctionDef,
    unit: FactUnit,
    owner: { readonly node: ClassDef; readonly handed: Set<Parameter> } | undefined,
  ): boolean {
    return anyExpression(body, (node) => {
      if (node.kind === 'Attribute' && node.attr === 'training') return true;
      if (node.kind === 'Name' || node.kind === 'Attribute') return this.#isModeLayer(node, unit);
      if (node.kind !== 'Call') return false;
      const { func } = node;
      if (owner && func.kind === 'Attribute') {
        // Whoever makes the object knows more.
        const parameters = this.#handedIn(func.attr, owner.node, unit);
        for (const parameter of parameters ?? []) owner.handed.add(parameter);
        if (!parameters || parameters.length > 0) return !parameters;
      }
      // A class of layers that was handed in.
      if (this.#isParameter(func, unit)) return true;
      return this.flow.evaluator
        .valuesOf(func, unit)
        .some((value) => this.#mayValueDepend(value, node, unit));
    });
  }

  /** `norm=nn.BatchNorm2d`: called or not. */
  #isModeLayer(node: Expression, unit: FactUnit): boolean {
    const last = node.kind === 'Attribute' ? node.attr : node.kind === 'Name' ? node.id : '';
    // Cheap: another name for one of them is as rare as it is misleading.
    if (!MODE_LAYERS.has(last)) return false;
    const name = this.flow.evaluator.qualifiedName(node, unit);
    return name !== undefined && isModuleName(name);
  }

  #isParameter(node: Expression, unit: FactUnit): boolean {
    return (
      node.kind === 'Name' &&
      this.flow.sources.bindingsOf(node, unit).some(({ binding }) => binding.source.type === 'parameter')
    );
  }

  #mayValueDepend(value: Value, call: Call, unit: FactUnit): boolean {
    switch (value.kind) {
      case 'qualified':
        // What a container is given is made in the same body, where it is looked at, or was handed in.
        if (isModuleName(value.name) && CONTAINER_LAYERS.has(lastPart(value.name))) {
          return call.args.some((part) =>
            this.#isParameter(part.kind === 'Starred' ? part.value : part, unit),
          );
        }
        return this.#mayCallDepend(value.name, call, unit);
      case 'class':
        return (
          this.modules.isModuleClass(value.node, value.unit) &&
          this.#mayObjectDepend(value.node, value.unit, { node: call, unit })
        );
      case 'function':
        return this.#mayFunctionDepend(value.node, value.unit);
      default:
        return false;
    }
  }

  /** The parameters that `self.net` may be of `self.net(x)`; undefined: it comes from who knows where. */
  #handedIn(attribute: string, owner: ClassDef, unit: FactUnit): readonly Parameter[] | undefined {
    const found: Parameter[] = [];
    for (const { expression } of attributeAssignments(owner, attribute)) {
      if (expression?.kind === 'Subscript') return undefined;
      if (expression?.kind !== 'Name') continue;
      for (const { binding } of this.flow.sources.bindingsOf(expression, unit)) {
        if (binding.source.type !== 'parameter') continue;
        if (binding.source.owner.kind !== 'FunctionDef' || binding.source.owner.name !== '__init__')
          return undefined;
        found.push(binding.source.parameter);
      }
    }
    return found;
  }
}

/** A base class that brings no layers of its own. */
function isPlainBase(name: string): boolean {
  return isModuleBase(name) && /^torch\.|MessagePassing$/.test(name) && !MODE_LAYERS.has(lastPart(name));
}

/** Dropout stands between the layers of a recurrent module: with one there is none. */
const RECURRENT: ReadonlySet<string> = new Set(['RNN', 'LSTM', 'GRU']);

function isSingleLayer({ args, keywords }: Call): boolean {
  if (args.some(({ kind }) => kind === 'Starred') || keywords.some(({ name }) => name === undefined))
    return false;
  const layers = keywords.find(({ name }) => name === 'num_layers')?.value ?? args[2];
  return layers === undefined || (layers.kind === 'Num' && Number(layers.text) === 1);
}

/** `dropout=0`, `track_running_stats=False`. */
function isOff(node: Expression): boolean {
  if (node.kind === 'Num') return Number(node.text) === 0;
  return node.kind === 'Constant' && node.value === false;
}

function anyExpression(body: Statement, test: (node: Expression) => boolean): boolean {
  let isFound = false;
  walkStatements(body, (inner) => {
    for (const expression of isFound ? [] : statementExpressions(inner)) {
      walkExpression(expression, (node) => {
        isFound ||= test(node);
      });
    }
  });
  return isFound;
}
