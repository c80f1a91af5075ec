import type { FactUnit, PlacedBinding } from '../../semantics/facts';
import { type Block, isWithin } from '../../semantics/scope';
import type { Evaluator } from '../../semantics/values';
import { type Origin, originOf, strongest } from './origins';

export type { Origin } from './origins';

/** What is known of a variable of the module. */
export interface ModuleVariable {
  readonly name: string;
  /** The bindings, `del` left out, in document order, those in functions included. */
  readonly bindings: readonly PlacedBinding[];
  /** Where its value comes from, all bindings taken together. */
  readonly origin: Origin;
  /** It may be bound again after it was bound: below, in a loop, or by a function. */
  readonly isRebound: boolean;
}

/** The variables of one program's module, each judged once. */
export class ModuleVariables {
  readonly #known = new Map<string, ModuleVariable | null>();
  readonly #running = new Set<string>();

  constructor(private readonly evaluator: Evaluator) {}

  /** Undefined where the name is no variable: not bound here, an import, a function, a class, a dunder. */
  of(name: string): ModuleVariable | undefined {
    let variable = this.#known.get(name);
    if (variable === undefined) {
      if (this.#running.has(name)) return undefined;
      this.#running.add(name);
      variable = this.#judge(name) ?? null;
      this.#running.delete(name);
      this.#known.set(name, variable);
    }
    return variable ?? undefined;
  }

  #judge(name: string): ModuleVariable | undefined {
    if (/^__\w+__$|^_+$/.test(name)) return undefined;
    const bindings = this.evaluator.facts
      .moduleBindings(name)
      .filter(({ binding }) => binding.source.type !== 'deletion');
    if (bindings.length === 0 || bindings.some(isDefinition)) return undefined;
    const origin = strongest(bindings.map((placed) => this.#originOf(placed)));
    return {
      name,
      bindings,
      origin,
      isRebound: isRebound(bindings.filter((placed) => !this.#isSettled(placed, origin))),
    };
  }

  #originOf({ binding, unit }: PlacedBinding): Origin {
    const { source } = binding;
    switch (source.type) {
      case 'value':
      case 'augmented':
      case 'element':
        return this.originOf(source.expression, unit);
      case 'context':
        return strongest(['runtime', this.originOf(source.expression, unit)]);
      case 'iteration':
        return strongest(['runtime', this.originOf(source.iterable, unit)]);
      default:
        return 'runtime';
    }
  }

  /**
   * A constant that an environment settles while the module is imported: a flag under `try: import`, a default that
   * a test of the platform replaces; or text that is put together.
   */
  #isSettled({ binding, unit }: PlacedBinding, origin: Origin): boolean {
    const { block, scope, source } = binding;
    if (origin !== 'constant' || scope.parent !== undefined || isInLoop(block)) return false;
    if (source.type === 'augmented') return true;
    const { statement } = block;
    if (statement?.kind === 'Try')
      return statement.body.some(({ kind }) => kind === 'Import' || kind === 'ImportFrom');
    if (statement?.kind !== 'If') return false;
    return ['constant', 'definition'].includes(this.originOf(statement.test, unit));
  }

  originOf(expression: Parameters<typeof originOf>[0], unit: FactUnit): Origin {
    return originOf(expression, unit, this.evaluator, (name) => {
      const variable = this.of(name);
      // A loop's or a function's value is another one each time, whatever it is made of.
      if (!variable) return 'constant';
      const isOpen = variable.bindings.some(isRepeated);
      return isOpen ? strongest(['runtime', variable.origin]) : variable.origin;
    });
  }
}

const known = new WeakMap<Evaluator, ModuleVariables>();

export function moduleVariablesOf(evaluator: Evaluator): ModuleVariables {
  let variables = known.get(evaluator);
  if (!variables) known.set(evaluator, (variables = new ModuleVariables(evaluator)));
  return variables;
}

function isDefinition({ binding }: PlacedBinding): boolean {
  const { type } = binding.source;
  if (type === 'opaque') return ['Try', 'TypeAlias'].includes(binding.statement.kind);
  return ['import', 'from-import', 'function', 'class', 'parameter'].includes(type);
}

/** Whether one binding can follow another, or itself. The same literal twice binds nothing new. */
function isRebound(bindings: readonly PlacedBinding[]): boolean {
  const [first] = bindings;
  if (!first) return false;
  const isLooped = bindings.some(
    ({ binding }) => binding.source.type === 'iteration' || binding.source.type === 'augmented',
  );
  if (isLooped) return true;
  if (bindings.length === 1) {
    // Under `global` alone: the function may be called again.
    return first.binding.scope.parent !== undefined || isInLoop(first.binding.block);
  }
  const text = textOf(first);
  if (text !== undefined && bindings.every((placed) => textOf(placed) === text)) return false;
  return bindings.some((one, i) => bindings.slice(i + 1).some((other) => !areExclusive(one, other)));
}

/** Bound by a loop, in one, or by a function: what is made of it at another place is no constant. */
function isRepeated({ binding }: PlacedBinding): boolean {
  return binding.source.type === 'iteration' || binding.scope.parent !== undefined || isInLoop(binding.block);
}

function isInLoop(block: Block): boolean {
  for (let at: Block | undefined = block; at; at = at.parent) if (at.kind === 'loop') return true;
  return false;
}

/** The text of a literal that is bound. */
function textOf({ binding, unit }: PlacedBinding): string | undefined {
  if (binding.source.type !== 'value') return undefined;
  const { expression } = binding.source;
  if (!['Num', 'Str', 'Constant'].includes(expression.kind)) return undefined;
  return unit.unit.text.slice(expression.start, expression.end);
}

/** Branches of one statement of which one alone runs, or of which the second is the fallback of the first. */
function areExclusive(one: PlacedBinding, other: PlacedBinding): boolean {
  if (one.unit !== other.unit) return false;
  if (one.binding.scope !== other.binding.scope) return false;
  const [a, b] = [one.binding.block, other.binding.block];
  return a.parent !== undefined && b.parent !== undefined && !isWithin(a, b) && !isWithin(b, a);
}
