import type { Expression, FunctionDef, Statement } from '../syntax/ast';
import { childBlocks, walkExpression } from '../syntax/walk';
import type { FactUnit } from './facts';
import { type SyntaxParent, parentsOf } from './parents';
import type { Evaluator } from './values';

/** Calls that ask whether, or how many, GPUs there are; by their last part, whatever the library. */
const CHECKS: ReadonlySet<string> = new Set([
  ...['is_available', 'device_count', 'is_cuda_available', 'is_torch_cuda_available', 'is_gpu_available'],
  ...['list_physical_devices', 'list_gpus', 'num_gpus', 'cuda_available', 'has_cuda'],
]);
/** Words of a name that say that a GPU is there or wanted. */
const GPU_WORD = /(^|_)(cuda|gpus?|devices?|ngpus?)(_|$|\d)/i;
const MAX_DEPTH = 3;

/**
 * Whether code runs only where a GPU was found or asked for: under a check of availability or an option, behind an
 * exit for machines without one, in functions that are only called like that.
 */
export class DeviceChecks {
  readonly #guardedFunctions = new Map<FunctionDef, boolean>();
  #checkedModule: boolean | undefined;

  constructor(private readonly evaluator: Evaluator) {}

  isGuarded(node: Expression, unit: FactUnit, depth = 0): boolean {
    const parents = parentsOf(unit.unit);
    let child: SyntaxParent = node;
    for (let parent = parents.get(node); parent; child = parent, parent = parents.get(parent)) {
      if (parent.kind === 'IfExp' && child !== parent.test && this.isCheck(parent.test, unit)) return true;
      if (parent.kind === 'BoolOp' && this.isCheck(child === parent.right ? parent.left : parent.right, unit))
        return true;
      if ((parent.kind === 'If' || parent.kind === 'While') && child !== parent.test) {
        if (this.isCheck(parent.test, unit)) return true;
      }
      if (parent.kind === 'Try' && parent.body.includes(child as Statement) && fallsBack(parent, unit))
        return true;
      if (this.#hasExitBefore(parent, child, unit)) return true;
      if (parent.kind === 'ClassDef' || parent.kind === 'FunctionDef') {
        if (parent.decorators.some((decorator) => isNamedForGpu(decorator, unit))) return true;
      }
      if (parent.kind === 'FunctionDef' && parent.body.includes(child as Statement)) {
        if (depth < MAX_DEPTH && this.#isOnlyCalledGuarded(parent, unit, depth)) return true;
      }
    }
    return this.#isModuleChecked() || this.#hasUnitExitBefore(unit);
  }

  /** A test that tells machines with a GPU from those without, or the wish for one. */
  isCheck(test: Expression, unit: FactUnit): boolean {
    let is = false;
    walkExpression(test, (node) => {
      if (is) return;
      if (node.kind === 'Call') {
        const { func } = node;
        const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
        is = CHECKS.has(name) || this.#callsCheck(node, unit);
      } else if (node.kind === 'Attribute') is = GPU_WORD.test(node.attr) && !this.#isSwitchedOn(node, unit);
      else if (node.kind === 'Name') is = this.#isChecked(node, unit);
      else if (node.kind === 'Str') is = GPU_WORD.test(node.value ?? '');
    });
    return is;
  }

  /** A name for a check's result, or for an option; not a constant `True`. */
  #isChecked(node: Expression & { kind: 'Name' }, unit: FactUnit): boolean {
    const sources = this.#sourcesOf(node, unit);
    if (sources.some((source) => source && source.kind !== 'Name' && this.#mentionsCheck(source)))
      return true;
    if (!GPU_WORD.test(node.id)) return false;
    return !(
      sources.length > 0 && sources.every((source) => source?.kind === 'Constant' && source.value === true)
    );
  }

  #sourcesOf(node: Expression & { kind: 'Name' }, unit: FactUnit): readonly (Expression | undefined)[] {
    const scope = unit.summary.locate.get(node)?.scope;
    const owner = scope?.ownerOf(node.id);
    if (!owner) return [];
    const bindings =
      owner.parent === undefined
        ? unit.facts.moduleBindings(node.id).map(({ binding }) => binding)
        : owner.bindingsOf(node.id);
    return bindings.map(({ source }) => (source.type === 'value' ? source.expression : undefined));
  }

  #mentionsCheck(source: Expression): boolean {
    let is = false;
    walkExpression(source, (node) => {
      if (node.kind !== 'Call') return;
      const { func } = node;
      is ||= CHECKS.has(func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '');
    });
    return is;
  }

  /** `config.use_cuda = True` in the program is no option. */
  #isSwitchedOn(node: Expression & { kind: 'Attribute' }, unit: FactUnit): boolean {
    const sources = this.evaluator.valuesOf(node.value, unit).flatMap((value) => {
      if (value.kind !== 'object' && value.kind !== 'class') return [];
      return value.node.body.flatMap((statement) => {
        const isIt =
          statement.kind === 'Assign' &&
          statement.targets.some((target) => target.kind === 'Name' && target.id === node.attr);
        return isIt ? [statement.value] : [];
      });
    });
    return (
      sources.length > 0 && sources.every((source) => source.kind === 'Constant' && source.value === true)
    );
  }

  /** A function of the program that asks. */
  #callsCheck(call: Expression & { kind: 'Call' }, unit: FactUnit): boolean {
    return this.evaluator.valuesOf(call.func, unit).some((value) => {
      if (value.kind !== 'function') return false;
      const text = value.unit.unit.text.slice(value.node.start, value.node.end);
      return [...CHECKS].some((name) => text.includes(`${name}(`));
    });
  }

  /** `if not torch.cuda.is_available(): raise ...`, or an assertion, above a statement in the same block. */
  #hasExitBefore(parent: SyntaxParent, child: SyntaxParent, unit: FactUnit): boolean {
    if (!isStatement(parent)) return false;
    for (const block of childBlocks(parent)) {
      const at = block.indexOf(child as Statement);
      if (at > 0 && block.slice(0, at).some((statement) => this.#isExit(statement, unit))) return true;
    }
    return false;
  }

  #hasUnitExitBefore(unit: FactUnit): boolean {
    return unit.facts.units.some(
      (before) =>
        before.order < unit.order &&
        (before.unit.statement.kind === 'If' || before.unit.statement.kind === 'Assert') &&
        this.#isExit(before.unit.statement, before),
    );
  }

  #isExit(statement: Statement, unit: FactUnit): boolean {
    if (statement.kind === 'Assert') return this.isCheck(statement.test, unit);
    if (statement.kind !== 'If' || !this.isCheck(statement.test, unit)) return false;
    const last = statement.body.at(-1);
    if (last?.kind === 'Raise' || last?.kind === 'Return' || last?.kind === 'Continue') return true;
    if (last?.kind !== 'Expr' || last.value.kind !== 'Call') return false;
    const { func } = last.value;
    const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
    return ['exit', '_exit', 'quit', 'abort', 'skip', 'skipTest', 'fail'].includes(name);
  }

  #isOnlyCalledGuarded(node: FunctionDef, unit: FactUnit, depth: number): boolean {
    const known = this.#guardedFunctions.get(node);
    if (known !== undefined) return known;
    // A function that calls itself does not guard itself.
    this.#guardedFunctions.set(node, false);
    const sites = unit.facts
      .callsNamed(node.name)
      .filter(({ call, unit: where }) =>
        this.evaluator
          .valuesOf(call.func, where)
          .some((value) => value.kind !== 'function' || value.node === node),
      );
    const isGuarded =
      sites.length > 0 && sites.every(({ call, unit: where }) => this.isGuarded(call, where, depth + 1));
    this.#guardedFunctions.set(node, isGuarded);
    return isGuarded;
  }

  /** `pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), ...)`. */
  #isModuleChecked(): boolean {
    this.#checkedModule ??= this.evaluator.facts
      .moduleBindings('pytestmark')
      .some(
        ({ binding, unit }) =>
          binding.source.type === 'value' && isNamedForGpu(binding.source.expression, unit),
      );
    return this.#checkedModule;
  }
}

/** A handler that goes on without a GPU. */
function fallsBack({ handlers }: Statement & { kind: 'Try' }, unit: FactUnit): boolean {
  return handlers.some(({ start, end }) => /\bcpu\b/i.test(unit.unit.text.slice(start, end)));
}

function isNamedForGpu(node: Expression, unit: FactUnit): boolean {
  return /cuda|gpu/i.test(unit.unit.text.slice(node.start, node.end));
}

function isStatement(node: SyntaxParent): node is Statement {
  return ['If', 'For', 'While', 'With', 'Try', 'FunctionDef', 'ClassDef', 'Match'].includes(node.kind);
}
