import {
  COMPUTING_ATTRIBUTES,
  LIGHTNING_BASES,
  MODULE_ANNOTATIONS,
  MODULE_BASES,
  MODULE_BUILDERS,
  MODULE_ONLY_METHODS,
  MODULE_SELF_METHODS,
  MODULE_WRAPPERS,
  NOT_CALLABLE_NN,
  NOT_MODULES,
  PARAMETER_FREE,
} from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { type Placed, PlacedMap } from '../../semantics/flow/placed';
import type { Source } from '../../semantics/flow/sources';
import { parentsOf } from '../../semantics/parents';
import type { ValueFlow } from '../../semantics/valueFlow';
import { type Value, attributeAssignments } from '../../semantics/values';
import type { Call, ClassDef, Expression, NodeBase } from '../../syntax/ast';
import { walkExpression, walkStatements, statementExpressions } from '../../syntax/walk';

/** A proven torch module. */
export interface TorchModule {
  /** Where it is made, or the parameter or name that it is known by: what two mentions of one module share. */
  readonly roots: readonly Placed<NodeBase>[];
  /** Calling it is inference; a loss or an activation only computes. */
  readonly hasParameters: boolean;
  /** A whole module out of a file, of unknown class. */
  readonly isLoaded: boolean;
}

const MAX_DEPTH = 20;

/** Finds out which expressions of a program are torch modules: by where they come from, never by their names. */
export class TorchModules {
  readonly #known = new PlacedMap<Expression, TorchModule | null>();
  readonly #parameters = new PlacedMap<ClassDef, boolean>();
  #depth = 0;

  constructor(private readonly flow: ValueFlow) {}

  /** The module that an expression stands for, if all it may stand for are modules. */
  moduleOf(node: Expression, unit: FactUnit): TorchModule | undefined {
    const known = this.#known.get(unit, node);
    if (known !== undefined) return known ?? undefined;
    if (this.#depth > MAX_DEPTH) return undefined;
    // Whoever asks again while this is being found out goes in a circle: `net = wrap(net)`.
    this.#known.set(unit, node, null);
    this.#depth++;
    const found = this.#byOrigin(node, unit) ?? this.#byBehaviour(node, unit);
    this.#depth--;
    this.#known.set(unit, node, found ?? null);
    return found;
  }

  /** Whether two modules may be one. */
  isSame(a: TorchModule, b: TorchModule): boolean {
    return a.roots.some((one) => b.roots.some((other) => one.node === other.node && one.unit === other.unit));
  }

  /** Whether a class of the program is a module. */
  isModuleClass(node: ClassDef, unit: FactUnit): boolean {
    return this.flow.evaluator
      .basesOf(node, unit)
      .some((base) => base !== undefined && (MODULE_BASES.has(base) || isModuleName(base)));
  }

  /** Whether a trainer calls the methods of a class. */
  isLightning(node: ClassDef, unit: FactUnit): boolean {
    return this.flow.evaluator
      .basesOf(node, unit)
      .some((base) => base !== undefined && (LIGHTNING_BASES.has(base) || base.endsWith('.LightningModule')));
  }

  #byOrigin(node: Expression, unit: FactUnit): TorchModule | undefined {
    switch (node.kind) {
      case 'Call':
        return this.#made(node, unit);
      case 'Attribute':
        return this.#attribute(node, unit);
      case 'Subscript':
        return this.#item(node, unit);
      case 'Name':
        return this.#name(node, unit);
      case 'IfExp':
      case 'BoolOp':
      case 'NamedExpr':
      case 'Await':
        return this.#joined(this.flow.sources.before(node, unit) ?? []);
      default:
        return undefined;
    }
  }

  /** All alternatives together; None is none, because None cannot be called. */
  #joined(sources: readonly Source[]): TorchModule | undefined {
    const found: TorchModule[] = [];
    for (const source of sources) {
      if (source?.node.kind === 'Constant' && source.node.value === null) continue;
      const module = source && this.moduleOf(source.node, source.unit);
      if (!module) return undefined;
      found.push(module);
    }
    return merge(found);
  }

  #name(node: Expression & { kind: 'Name' }, unit: FactUnit): TorchModule | undefined {
    const { sources } = this.flow;
    const found: TorchModule[] = [];
    for (const placed of sources.bindingsOf(node, unit)) {
      const { source } = placed.binding;
      let module: TorchModule | undefined;
      if (source.type === 'parameter') {
        const { annotation } = source.parameter;
        module = annotation && this.#annotated(annotation, placed.unit, placed.binding);
        if (!module && source.owner.kind === 'FunctionDef' && source.owner.params[0] === source.parameter) {
          module = this.#self(source.owner, placed.unit);
        }
      }
      if (!module && source.type === 'element') {
        module = this.#prepared(source.expression, source.path, placed.unit);
      }
      const origins = sources.ofBinding(placed);
      const isNone = origins.every(
        (origin) => origin?.node.kind === 'Constant' && origin.node.value === null,
      );
      if (!module && isNone) continue;
      module ??= this.#joined(origins);
      if (!module) return undefined;
      found.push(module);
    }
    return merge(found);
  }

  /** `model, opt = accelerator.prepare(model, opt)` gives back what it was given. */
  #prepared(call: Expression, path: readonly number[], unit: FactUnit): TorchModule | undefined {
    if (call.kind !== 'Call' || call.func.kind !== 'Attribute') return undefined;
    if (!['prepare', 'setup'].includes(call.func.attr) || path.length !== 1) return undefined;
    const argument = call.args[path[0] ?? 0];
    return argument && this.moduleOf(argument, unit);
  }

  #self(owner: { readonly name: string } & NodeBase, unit: FactUnit): TorchModule | undefined {
    const node = owner as Parameters<typeof this.flow.calls.classOf>[0];
    const around = this.flow.calls.classOf(node, unit);
    const isStatic = node.decorators.some((decorator) => decorator.kind === 'Name');
    if (!around || isStatic || !this.isModuleClass(around, unit)) return undefined;
    return this.#ofClass(around, unit, around, unit);
  }

  #annotated(annotation: Expression, unit: FactUnit, root: NodeBase): TorchModule | undefined {
    if (annotation.kind === 'Str' && annotation.value !== undefined) {
      // A forward reference; its text is not parsed, so only the plain spelling counts.
      return /^(?:torch\.)?nn\.Module$/.test(annotation.value) ? plain(root, unit) : undefined;
    }
    if (annotation.kind === 'BinOp' && annotation.op === '|') {
      const sides = [annotation.left, annotation.right].filter((side) => side.kind !== 'Constant');
      return merge(sides.map((side) => this.#annotated(side, unit, root)));
    }
    if (annotation.kind === 'Subscript') {
      const isOptional = this.flow.evaluator.qualifiedName(annotation.value, unit) === 'typing.Optional';
      return isOptional ? this.#annotated(annotation.index, unit, root) : undefined;
    }
    for (const value of this.flow.evaluator.valuesOf(annotation, unit)) {
      if (value.kind === 'class' && this.isModuleClass(value.node, value.unit)) {
        return this.#ofClass(value.node, value.unit, root, unit);
      }
      if (value.kind !== 'qualified') continue;
      if (MODULE_ANNOTATIONS.has(value.name)) return plain(root, unit);
      const isModule = isModuleName(value.name) || isBuilder(value.name);
      if (isModule) return { ...plain(root, unit), hasParameters: !isParameterFree(value.name) };
    }
    return undefined;
  }

  #ofClass(node: ClassDef, where: FactUnit, root: NodeBase, unit: FactUnit): TorchModule {
    return { roots: [{ node: root, unit }], hasParameters: this.#classHasParameters(node, where), isLoaded: false };
  }

  #made(call: Call, unit: FactUnit): TorchModule | undefined {
    const found = this.flow.evaluator
      .valuesOf(call.func, unit)
      .map((value) => this.#madeBy(value, call, unit));
    return merge(found) ?? this.#joinedCall(call, unit);
  }

  /** What a function of the program returns. */
  #joinedCall(call: Call, unit: FactUnit): TorchModule | undefined {
    const before = this.flow.sources.before(call, unit);
    return before && this.#joined(before);
  }

  #madeBy(callee: Value, call: Call, unit: FactUnit): TorchModule | undefined {
    if (callee.kind === 'class') {
      if (!this.isModuleClass(callee.node, callee.unit)) return undefined;
      return this.#ofClass(callee.node, callee.unit, call, unit);
    }
    if (callee.kind === 'qualified') return this.#madeByName(callee.name, call, unit);
    const { func } = call;
    if (func.kind !== 'Attribute') return this.#chosen(func, call, unit);
    if (MODULE_SELF_METHODS.has(func.attr)) {
      // `.eval()` without arguments is itself what only modules have.
      const isEval = func.attr === 'eval' && call.args.length === 0;
      return this.moduleOf(func.value, unit) ?? (isEval ? plain(call, unit) : undefined);
    }
    if (callee.kind === 'member' && callee.receiver.kind === 'class') {
      const { node, unit: where } = callee.receiver;
      const isLoader = ['load_from_checkpoint', 'from_pretrained', 'from_config'].includes(callee.name);
      if (isLoader && this.isModuleClass(node, where)) return this.#ofClass(node, where, call, unit);
    }
    return undefined;
  }

  #madeByName(name: string, call: Call, unit: FactUnit): TorchModule | undefined {
    const [first] = call.args;
    if (MODULE_WRAPPERS.has(name)) return first && this.moduleOf(first, unit);
    if (name === 'torch.load') return isWeightsOnly(call) ? undefined : { ...plain(call, unit), isLoaded: true };
    if (name === 'torch.hub.load') return isHubModule(call) ? plain(call, unit) : undefined;
    if (isModuleName(name)) return { ...plain(call, unit), hasParameters: this.#nnHasParameters(name, call, unit) };
    return isBuilder(name) ? plain(call, unit) : undefined;
  }

  /** `getattr(torchvision.models, name)(...)` and `models.__dict__[name](...)`. */
  #chosen(func: Expression, call: Call, unit: FactUnit): TorchModule | undefined {
    const { evaluator } = this.flow;
    let source: Expression | undefined;
    if (func.kind === 'Call' && evaluator.calleeOf(func, unit) === 'builtins.getattr') source = func.args[0];
    const isTable =
      func.kind === 'Subscript' && func.value.kind === 'Attribute' && func.value.attr === '__dict__';
    if (isTable) source = func.value.value;
    const name = source && evaluator.qualifiedName(source, unit);
    const isModels = name !== undefined && /^torchvision\.models(?:\.\w+)?$/.test(name);
    return isModels ? plain(call, unit) : undefined;
  }

  #attribute(node: Expression & { kind: 'Attribute' }, unit: FactUnit): TorchModule | undefined {
    const before = this.flow.sources.before(node, unit);
    if (before) return this.#joined(before);
    const declared = this.#declared(node, unit);
    if (declared) return declared;
    const owner = this.moduleOf(node.value, unit);
    if (!owner) return undefined;
    // What a wrapper wraps is the module for us.
    if (node.attr === 'module' || node.attr === '_orig_mod') return owner;
    return COMPUTING_ATTRIBUTES.has(node.attr) ? { ...owner, hasParameters: true } : undefined;
  }

  /** `class Task: net: nn.Module`. */
  #declared(node: Expression & { kind: 'Attribute' }, unit: FactUnit): TorchModule | undefined {
    for (const value of this.flow.evaluator.valuesOf(node.value, unit)) {
      if (value.kind !== 'object' && value.kind !== 'class') continue;
      for (const statement of value.node.body) {
        if (statement.kind !== 'AnnAssign' || statement.target.kind !== 'Name') continue;
        if (statement.target.id !== node.attr) continue;
        return this.#annotated(statement.annotation, value.unit, statement);
      }
    }
    return undefined;
  }

  #item(node: Expression & { kind: 'Subscript' }, unit: FactUnit): TorchModule | undefined {
    const container = this.moduleOf(node.value, unit);
    if (container) return container;
    const before = this.flow.sources.before(node, unit);
    return before && before.length > 0 ? this.#joined(before) : undefined;
  }

  /** Known by what it is asked for: nothing else is called and has `eval()`, `parameters()` or `load_state_dict()`. */
  #byBehaviour(node: Expression, unit: FactUnit): TorchModule | undefined {
    const { sources, reads, evaluator } = this.flow;
    if (node.kind === 'Name') {
      const scope = unit.summary.locate.get(node)?.scope;
      const bindings = sources.bindingsOf(node, unit);
      const [binding] = bindings;
      if (!scope || !binding) return undefined;
      // A class of the program is what it says; an unknown value shows itself by what is done with it.
      if (!evaluator.valuesOf(node, unit).every((value) => this.#isOpen(value))) return undefined;
      const isAsked = reads
        .ofName(node.id, scope, unit)
        .some((read) => isAskedAsModule(read.reference.node, read.unit));
      if (!isAsked) return undefined;
      return merge(bindings.map((one) => plain(one.binding, one.unit)));
    }
    if (node.kind !== 'Attribute' || node.value.kind !== 'Name') return undefined;
    const { value, attr } = node;
    if (!evaluator.valuesOf(node, unit).every((one) => this.#isOpen(one))) return undefined;
    const owners = evaluator.valuesOf(value, unit).flatMap((one) => (one.kind === 'object' ? [one] : []));
    const [owner] = owners;
    if (!owner) return undefined;
    const isAsked = reads.ofAttribute(attr).some(
      (read) =>
        isAskedAsModule(read.node, read.unit) &&
        evaluator
          .valuesOf(read.node.value, read.unit)
          .some((one) => one.kind === 'object' && this.flow.calls.isRelated(one, owner)),
    );
    if (!isAsked) return undefined;
    const [given] = attributeAssignments(owner.node, attr);
    return plain(given?.statement ?? owner.node, owner.unit);
  }

  /** Nothing is known that speaks against a module. */
  #isOpen(value: Value): boolean {
    switch (value.kind) {
      case 'object':
      case 'class':
      case 'function':
        return false;
      default:
        return true;
    }
  }

  #nnHasParameters(name: string, call: Call, unit: FactUnit): boolean {
    if (isParameterFree(name)) return false;
    if (!/\.(?:Sequential|ModuleList|ModuleDict)$/.test(name)) return true;
    const parts = call.args.flatMap((part) => (part.kind === 'List' ? part.elements : [part]));
    if (parts.length === 0) return true;
    return parts.some((part) => this.moduleOf(part, unit)?.hasParameters ?? true);
  }

  /** Whether a class of the program holds parameters: its own, or those of modules that it holds. */
  #classHasParameters(node: ClassDef, unit: FactUnit): boolean {
    const known = this.#parameters.get(unit, node);
    if (known !== undefined) return known;
    this.#parameters.set(unit, node, false);
    const found = this.flow.calls
      .lineOf(node, unit)
      .some((owner) => this.#holdsParameters(owner.node, owner.unit));
    this.#parameters.set(unit, node, found);
    return found;
  }

  #holdsParameters(node: ClassDef, unit: FactUnit): boolean {
    const bases = this.flow.evaluator.basesOf(node, unit);
    if (/Loss|Criterion/.test(node.name) || bases.some((base) => base !== undefined && /Loss$/.test(base)))
      return false;
    // A library's model, extended.
    if (bases.some((base) => base !== undefined && isBuilder(base))) return true;
    let isHolder = false;
    walkStatements(node, (statement) => {
      for (const expression of statementExpressions(statement)) {
        walkExpression(expression, (inner) => {
          if (!isHolder && inner.kind === 'Call') isHolder = this.#isParameter(inner, unit);
        });
      }
    });
    return isHolder;
  }

  #isParameter(call: Call, unit: FactUnit): boolean {
    const name = this.flow.evaluator.calleeOf(call, unit);
    if (name !== undefined && /^torch\.nn\.(?:\w+\.)*(?:Parameter|ParameterList|ParameterDict)$/.test(name)) return true;
    const { func } = call;
    if (func.kind === 'Attribute' && func.attr === 'register_parameter') return true;
    const module = this.moduleOf(call, unit);
    if (module?.hasParameters) return true;
    // `self.net(x)` where `net` was handed in: a module that is wrapped.
    return func.kind === 'Attribute' && this.#isHandedIn(func, unit);
  }

  #isHandedIn(func: Expression & { kind: 'Attribute' }, unit: FactUnit): boolean {
    const owners = this.flow.evaluator.valuesOf(func.value, unit);
    return owners.some(
      (owner) =>
        owner.kind === 'object' &&
        attributeAssignments(owner.node, func.attr).some(
          ({ expression }) =>
            expression?.kind === 'Name' &&
            this.flow.sources
              .bindingsOf(expression, owner.unit)
              .some(({ binding }) => binding.source.type === 'parameter'),
        ),
    );
  }
}

function plain(root: NodeBase, unit: FactUnit): TorchModule {
  return { roots: [{ node: root, unit }], hasParameters: true, isLoaded: false };
}

function merge(modules: readonly (TorchModule | undefined)[]): TorchModule | undefined {
  const [first] = modules;
  if (!first) return undefined;
  const all = modules.filter((module) => module !== undefined);
  if (all.length < modules.length) return undefined;
  return {
    roots: all.flatMap((module) => module.roots),
    hasParameters: all.some((module) => module.hasParameters),
    isLoaded: all.some((module) => module.isLoaded),
  };
}

function isModuleName(name: string): boolean {
  const match = /^torch\.(?:ao\.)?nn\.(?!functional\.|init\.|utils\.)(?:\w+\.)*([A-Z]\w*)$/.exec(name);
  return match?.[1] !== undefined && !NOT_CALLABLE_NN.has(match[1]);
}

function isBuilder(name: string): boolean {
  return MODULE_BUILDERS.some((known) => known.test(name)) && !NOT_MODULES.some((known) => known.test(name));
}

function isParameterFree(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return PARAMETER_FREE.has(last) || /Loss\w*$/.test(last);
}

function isWeightsOnly(call: Call): boolean {
  const given = call.keywords.find(({ name }) => name === 'weights_only')?.value;
  return given?.kind === 'Constant' && given.value === true;
}

/** What a hub gives is often no plain module: only the well-known collections are taken for one. */
function isHubModule(call: Call): boolean {
  const [repository] = call.args;
  return repository?.kind === 'Str' && /^(?:pytorch|facebookresearch)\//.test(repository.value ?? '');
}

function isAskedAsModule(node: Expression, unit: FactUnit): boolean {
  const parents = parentsOf(unit.unit);
  const attribute = parents.get(node);
  if (attribute?.kind !== 'Attribute') return false;
  const call = parents.get(attribute);
  if (call?.kind !== 'Call' || call.func !== attribute) return false;
  return attribute.attr === 'eval' ? call.args.length === 0 : MODULE_ONLY_METHODS.has(attribute.attr);
}
