import {
  COMPUTING_ATTRIBUTES,
  LIGHTNING_BASES,
  MODULE_ANNOTATIONS,
  MODULE_SELF_METHODS,
  MODULE_WRAPPERS,
} from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { type Placed, PlacedMap } from '../../semantics/flow/placed';
import type { Source } from '../../semantics/flow/sources';
import type { ValueFlow } from '../../semantics/valueFlow';
import { type Value, attributeAssignments } from '../../semantics/values';
import type { Call, ClassDef, Expression, FunctionDef, NodeBase, Statement } from '../../syntax/ast';
import { statementExpressions, walkExpression, walkStatements } from '../../syntax/walk';
import { rootsByBehaviour } from './moduleBehaviour';
import { NOTHING, type TorchModule, merge, plain } from './moduleValue';
import {
  isBuilder,
  isChosenBuilder,
  isHubModule,
  isModuleBase,
  isModuleName,
  isParameterFree,
  isWeightsOnly,
} from './torchNames';

const MAX_DEPTH = 24;
/** Bindings that one mention of a name may have; more are given up, because each may lead to all others. */
const MAX_BINDINGS = 32;

/** Finds out which expressions of a program are torch modules: by where they come from, never by their names. */
export class TorchModules {
  readonly #known = new PlacedMap<Expression, TorchModule | null>();
  readonly #parameters = new PlacedMap<ClassDef, boolean>();
  readonly #running: Placed<Expression>[] = [];
  /**
   * What was found within a circle, for as long as the question that led into it lasts: it lacks what the circle's
   * other ways in say. The question gets that from these ways themselves; asking again would take exponential time.
   */
  readonly #provisional = new PlacedMap<Expression, TorchModule | null>();
  #cuts = 0;

  constructor(private readonly flow: ValueFlow) {}

  /** The module that an expression stands for, if all it may stand for are modules. */
  moduleOf(node: Expression, unit: FactUnit): TorchModule | undefined {
    let known = this.#known.get(unit, node);
    if (known === undefined) known = this.#provisional.get(unit, node);
    if (known !== undefined) return known ?? undefined;
    if (this.#running.some((place) => place.node === node && place.unit === unit)) {
      // A circle, as in `net = wrap(net)`: it adds nothing to what the way into it says.
      this.#cuts++;
      return NOTHING;
    }
    if (this.#running.length > MAX_DEPTH) {
      this.#cuts++;
      return undefined;
    }
    const cuts = this.#cuts;
    this.#running.push({ node, unit });
    let found = this.#byOrigin(node, unit);
    if (!found || (found.roots.length === 0 && this.#running.length === 1)) {
      const roots = rootsByBehaviour(node, unit, this.flow);
      found = roots && { roots, hasParameters: true, isLoaded: false };
    }
    this.#running.pop();
    const isWhole = this.#cuts === cuts || this.#running.length === 0;
    (isWhole ? this.#known : this.#provisional).set(unit, node, found ?? null);
    if (this.#running.length === 0) this.#provisional.clear();
    return found;
  }

  /** Whether two modules may be one. */
  isSame(a: TorchModule, b: TorchModule): boolean {
    return a.roots.some((one) => b.roots.some((other) => one.node === other.node && one.unit === other.unit));
  }

  /** Whether a class of the program is a module. */
  isModuleClass(node: ClassDef, unit: FactUnit): boolean {
    return this.flow.evaluator.basesOf(node, unit).some((base) => base !== undefined && isModuleBase(base));
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
    const bindings = sources.bindingsOf(node, unit);
    if (bindings.length > MAX_BINDINGS) return undefined;
    for (const placed of bindings) {
      const { source } = placed.binding;
      let module: TorchModule | undefined;
      if (source.type === 'parameter') {
        const { annotation } = source.parameter;
        module = annotation && this.#annotated(annotation, placed.unit, placed.binding);
        if (!module && source.owner.kind === 'FunctionDef' && source.owner.params[0] === source.parameter) {
          module = this.#self(source.owner, placed.unit);
        }
      }
      if (source.type === 'iteration') {
        const all =
          this.moduleOf(source.iterable, placed.unit) ?? this.#children(source.iterable, placed.unit);
        module = all && { ...all, hasParameters: true, isPart: true };
      }
      if (source.type === 'element') {
        module = this.#prepared(source.expression, source.path, placed.unit);
      }
      const origins = sources.ofBinding(placed);
      const isNone = origins.every(
        (origin) => origin?.node.kind === 'Constant' && origin.node.value === null,
      );
      if (!module && isNone) continue;
      module ??= this.#joined(origins) ?? this.#annotatedStatement(placed.binding.statement, placed.unit);
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

  /** `net.children()` and kin. */
  #children(iterable: Expression, unit: FactUnit): TorchModule | undefined {
    if (iterable.kind !== 'Call' || iterable.func.kind !== 'Attribute') return undefined;
    const isPart = ['children', 'modules', 'values'].includes(iterable.func.attr);
    return isPart ? this.moduleOf(iterable.func.value, unit) : undefined;
  }

  #self(owner: FunctionDef, unit: FactUnit): TorchModule | undefined {
    const around = this.flow.calls.classOf(owner, unit);
    const isStatic = owner.decorators.some(
      (decorator) => decorator.kind === 'Name' && /^(?:static|class)method$/.test(decorator.id),
    );
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
    const inside = annotation.kind === 'Tuple' ? this.#optional(annotation.elements, unit) : undefined;
    if (inside) return this.#annotated(inside, unit, root);
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

  /** `Optional[nn.Module]`, which the syntax has as its parts. */
  #optional([name, given]: readonly Expression[], unit: FactUnit): Expression | undefined {
    if (!name || given?.kind !== 'Tuple' || given.elements.length !== 1) return undefined;
    const isOptional = this.flow.evaluator.qualifiedName(name, unit) === 'typing.Optional';
    return isOptional ? given.elements[0] : undefined;
  }

  #ofClass(node: ClassDef, where: FactUnit, root: NodeBase, unit: FactUnit): TorchModule {
    return {
      roots: [{ node: root, unit }],
      hasParameters: this.#classHasParameters(node, where),
      isLoaded: false,
    };
  }

  #made(call: Call, unit: FactUnit): TorchModule | undefined {
    const found = this.flow.evaluator
      .valuesOf(call.func, unit)
      .map((value) => this.#madeBy(value, call, unit));
    return merge(found) ?? this.#joinedCall(call, unit);
  }

  /** What a function of the program returns, or says that it does. */
  #joinedCall(call: Call, unit: FactUnit): TorchModule | undefined {
    const before = this.flow.sources.before(call, unit);
    const returned = before && this.#joined(before);
    if (returned) return returned;
    const { functions, isComplete } = this.flow.calls.calleesOf(call, unit);
    if (!isComplete || functions.length === 0) return undefined;
    return merge(
      functions.map(
        (callee) =>
          callee.function.returns && this.#annotated(callee.function.returns, callee.unit, callee.function),
      ),
    );
  }

  #madeBy(callee: Value, call: Call, unit: FactUnit): TorchModule | undefined {
    if (callee.kind === 'class') {
      if (!this.isModuleClass(callee.node, callee.unit)) return undefined;
      return this.#ofClass(callee.node, callee.unit, call, unit);
    }
    if (callee.kind === 'qualified') return this.#madeByName(callee.name, call, unit);
    const { func } = call;
    if (func.kind !== 'Attribute')
      return isChosenBuilder(func, unit, this.flow.evaluator) ? plain(call, unit) : undefined;
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
    if (name === 'torch.load')
      return isWeightsOnly(call) ? undefined : { ...plain(call, unit), isLoaded: true };
    if (name === 'torch.hub.load') return isHubModule(call) ? plain(call, unit) : undefined;
    if (isModuleName(name))
      return { ...plain(call, unit), hasParameters: this.#nnHasParameters(name, call, unit) };
    return isBuilder(name) ? plain(call, unit) : undefined;
  }

  #attribute(node: Expression & { kind: 'Attribute' }, unit: FactUnit): TorchModule | undefined {
    const before = this.flow.sources.before(node, unit);
    const given = before && this.#joined(before);
    if (given) return given;
    const declared = this.#declared(node, unit);
    if (declared || before) return declared;
    const owner = this.moduleOf(node.value, unit);
    if (!owner) return undefined;
    // What a wrapper wraps is the module for us.
    if (node.attr === 'module' || node.attr === '_orig_mod') return owner;
    return COMPUTING_ATTRIBUTES.has(node.attr) ? { ...owner, hasParameters: true, isPart: true } : undefined;
  }

  /** `class Task: net: nn.Module`, and `self.net: nn.Module = ...` in a method. */
  #declared(node: Expression & { kind: 'Attribute' }, unit: FactUnit): TorchModule | undefined {
    for (const value of this.flow.evaluator.valuesOf(node.value, unit)) {
      if (value.kind !== 'object' && value.kind !== 'class') continue;
      const fields = value.node.body.filter(
        (statement) =>
          statement.kind === 'AnnAssign' &&
          statement.target.kind === 'Name' &&
          statement.target.id === node.attr,
      );
      const assigned = attributeAssignments(value.node, node.attr).map(({ statement }) => statement);
      for (const statement of [...fields, ...assigned]) {
        const module = this.#annotatedStatement(statement, value.unit);
        if (module) return module;
      }
    }
    return undefined;
  }

  #annotatedStatement(statement: Statement, unit: FactUnit): TorchModule | undefined {
    if (statement.kind !== 'AnnAssign') return undefined;
    return this.#annotated(statement.annotation, unit, statement);
  }

  #item(node: Expression & { kind: 'Subscript' }, unit: FactUnit): TorchModule | undefined {
    const container = this.moduleOf(node.value, unit);
    if (container) return { ...container, isPart: true };
    const before = this.flow.sources.before(node, unit);
    return before && before.length > 0 ? this.#joined(before) : undefined;
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
    if (name !== undefined && /^torch\.nn\.(?:\w+\.)*(?:Parameter|ParameterList|ParameterDict)$/.test(name))
      return true;
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
