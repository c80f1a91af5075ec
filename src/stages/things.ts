import { KIND_OF_CALL, type WorkKind } from '../knowledge/workObjects';
import type { FactUnit, ProgramFacts } from '../semantics/facts';
import type { Evaluator } from '../semantics/values';
import type { Call, ClassDef, Expression, Statement } from '../syntax/ast';
import { childBlocks } from '../syntax/walk';

/** What a program's name or expression stands for, as far as it matters for phases and names. */
export interface Thing {
  readonly kind: WorkKind | undefined;
  /** The class or function that made it: `RandomForestClassifier`. */
  readonly label: string | undefined;
  /** The expression that it was made by, with where that stands. */
  readonly made: Call | undefined;
}

/** Bases that make a class of the program a network. */
const NETWORK_BASES =
  /^(?:torch\.nn\.(?:modules\.\w+\.)?(?:Module|Sequential)|(?:tensorflow\.)?keras\.(?:models\.)?(?:Model|Sequential)|(?:pytorch_)?lightning\.(?:\w+\.)*LightningModule|gpytorch\.models\.\w+|transformers\.(?:\w+\.)*PreTrainedModel)$/;

/**
 * Follows objects through the module's names in document order: a table stays one when it is filtered, a model is the
 * same after `fit`. No proof: for names and cuts, for which a branch that is not taken makes no difference.
 */
export class Things {
  readonly #byName = new Map<string, Thing>();
  readonly #classes = new Map<ClassDef, Thing>();

  constructor(
    private readonly facts: ProgramFacts,
    private readonly evaluator: Evaluator,
  ) {}

  /** The object that an expression gives, with what the statements above have bound. */
  of(node: Expression, unit: FactUnit): Thing | undefined {
    switch (node.kind) {
      case 'Name':
        return this.#byName.get(node.id);
      case 'Attribute':
      case 'Subscript':
      case 'Starred':
      case 'Await':
      case 'NamedExpr':
        return this.of(node.value, unit);
      case 'BinOp':
      case 'BoolOp':
        return frameOf(this.of(node.left, unit)) ?? frameOf(this.of(node.right, unit));
      case 'Compare':
        return node.operands.map((operand) => frameOf(this.of(operand, unit))).find(Boolean);
      case 'IfExp':
        return this.of(node.body, unit);
      case 'Call':
        return this.#made(node, unit);
      default:
        return undefined;
    }
  }

  /** What a module name stands for after the statements that were passed. */
  named(name: string): Thing | undefined {
    return this.#byName.get(name);
  }

  /** Takes over what a statement binds. */
  pass(unit: FactUnit): void {
    this.#statement(unit.unit.statement, unit);
  }

  #statement(statement: Statement, unit: FactUnit): void {
    switch (statement.kind) {
      case 'FunctionDef':
      case 'ClassDef':
        return;
      case 'Assign':
        for (const target of statement.targets) this.#bind(target, statement.value, unit);
        return;
      case 'AnnAssign':
        if (statement.value) this.#bind(statement.target, statement.value, unit);
        return;
      case 'With':
        for (const { context, target } of statement.items) if (target) this.#bind(target, context, unit);
        break;
      case 'For':
        this.#forget(statement.target);
        break;
      default:
    }
    for (const block of childBlocks(statement)) for (const inner of block) this.#statement(inner, unit);
  }

  #bind(target: Expression, value: Expression, unit: FactUnit): void {
    if (target.kind === 'Tuple' || target.kind === 'List') {
      const parts = value.kind === 'Tuple' || value.kind === 'List' ? value.elements : undefined;
      target.elements.forEach((element, i) => this.#bind(element, parts?.[i] ?? value, unit));
      return;
    }
    if (target.kind !== 'Name') return;
    const thing = this.of(value, unit);
    if (thing) this.#byName.set(target.id, thing);
    else this.#byName.delete(target.id);
  }

  #forget(target: Expression): void {
    if (target.kind === 'Name') this.#byName.delete(target.id);
    else if (target.kind === 'Tuple') target.elements.forEach((element) => this.#forget(element));
  }

  #made(call: Call, unit: FactUnit): Thing | undefined {
    const callee = this.evaluator.calleeOf(call, unit);
    if (callee !== undefined) {
      const kind = KIND_OF_CALL.find(([pattern]) => pattern.test(callee))?.[1];
      if (kind) return { kind, label: labelOf(callee), made: call };
      // `copy.deepcopy(model)`, `train_test_split(table)`, `np.log(table)`: something of the same kind.
      const [first] = call.args;
      return first && frameOf(this.of(first, unit));
    }
    const { func } = call;
    if (func.kind === 'Attribute') {
      const owner = this.of(func.value, unit);
      if (owner?.kind === 'estimator' || owner?.kind === 'network') {
        return KEEPS_MODEL.has(func.attr) ? owner : undefined;
      }
      return owner;
    }
    if (func.kind !== 'Name') return undefined;
    // An object of a class of the program, or a model that is called.
    for (const { binding, unit: where } of this.facts.moduleBindings(func.id)) {
      if (binding.source.type === 'class') return this.#objectOf(binding.source.node, where, call);
    }
    // What a function of the program gives back.
    for (const value of this.evaluator.valuesOf(call, unit)) {
      const callee = value.kind === 'result' ? value.callee : undefined;
      const kind = callee && KIND_OF_CALL.find(([pattern]) => pattern.test(callee))?.[1];
      if (kind) return { kind, label: labelOf(callee), made: call };
    }
    return undefined;
  }

  #objectOf(node: ClassDef, where: FactUnit, call: Call): Thing {
    let thing = this.#classes.get(node);
    if (!thing) {
      const bases = this.evaluator.basesOf(node, where);
      const isNetwork = bases.some((base) => base !== undefined && NETWORK_BASES.test(base));
      const isTransformer = bases.some((base) => base?.endsWith('TransformerMixin'));
      const kind = isNetwork ? 'network' : isTransformer ? 'transformer' : undefined;
      this.#classes.set(node, (thing = { kind, label: node.name, made: call }));
    }
    return thing;
  }
}

/** Methods of a model that give the model back. */
const KEEPS_MODEL = new Set(
  'fit partial_fit to cuda cpu eval train half float double set_params compile'.split(' '),
);

function frameOf(thing: Thing | undefined): Thing | undefined {
  return thing?.kind === 'frame' ? thing : undefined;
}

function labelOf(callee: string): string | undefined {
  const parts = callee.split('.');
  const last = parts.at(-1) ?? '';
  // `AutoModel.from_pretrained` is named for its class.
  return /^[a-z]/.test(last) && parts.length > 1 && /^[A-Z]/.test(parts.at(-2)!) ? parts.at(-2) : last;
}
