import { BUILTIN_NAMES } from '../knowledge/builtins';
import { GENERIC_CLASSES, plain } from '../knowledge/resultTypes';
import { ANY, ExpressionTypes, type TypeName, partsOf } from './expressionTypes';
import type { FactUnit, PlacedBinding, ProgramFacts } from './facts';
import { reachingBindings } from './reaching';
import type { Evaluator } from './values';

export { ANY } from './expressionTypes';

/** More would be no help to a reader. */
const MAX_PARTS = 4;

/**
 * Writes down the types of a program's module names, in the words of its own imports, and only what is known: every value
 * that a name is given has to be of one class. Annotations are evaluated where a function is defined, so nothing is
 * written that might not be there then.
 */
export class SpelledTypes {
  readonly #types: ExpressionTypes;
  readonly #written = new Map<string, string>();

  constructor(
    private readonly facts: ProgramFacts,
    evaluator: Evaluator,
    /** Whether a name means the same wherever functions are defined: bound once, at module level, by what stays there. */
    private readonly isFixed: (name: string) => boolean,
    /** Whether type checkers see nothing of a name where it is read: an attribute that may be anything. */
    isHidden?: (name: string) => boolean,
  ) {
    this.#types = new ExpressionTypes(evaluator, isHidden);
  }

  /** The type of a module name wherever it is bound: `pd.DataFrame`, `int`, `Any`. */
  of(name: string): string {
    return this.#remembered(name, false, () => this.facts.moduleBindings(name));
  }

  /** The type that a module name has when a top-level statement begins to run. */
  before(name: string, unit: FactUnit): string {
    return this.#remembered(`${name}<${unit.order}`, true, () => bindingsAt(name, unit, 0));
  }

  /**
   * The type of a parameter of this name of a function of these statements: `Any` where one of them binds it to an object
   * of another type, which mypy would object to.
   */
  ofParameter(name: string, units: readonly FactUnit[]): string {
    const type = this.before(name, units[0]!);
    const own = this.facts.moduleBindings(name).filter(({ unit }) => units.includes(unit));
    const isKept = own.every((placed) => {
      const { source } = placed.binding;
      if (source.type === 'deletion') return true;
      if (source.type === 'augmented') return this.after(name, placed.unit) === type;
      return this.#write(plain(this.#types.ofBindings([placed]))) === type;
    });
    return isKept ? type : ANY;
  }

  /**
   * The type that a module name has when a top-level statement has run, if type checkers see it: they object to a
   * function that gives back anything and says that it is something.
   */
  after(name: string, unit: FactUnit): string {
    return this.#remembered(`${name}>${unit.order}`, false, () => bindingsAt(name, unit, Infinity));
  }

  #remembered(key: string, isTrusted: boolean, bindingsOf: () => readonly PlacedBinding[]): string {
    let written = this.#written.get(key);
    if (written === undefined) {
      const bindings = bindingsOf();
      // What a function binds through `global` is bound at any time.
      const isAnytime = bindings.some(({ binding }) => binding.scope.parent !== undefined);
      const type = isAnytime ? ANY : this.#types.ofBindings(bindings);
      this.#written.set(key, (written = this.#write(isTrusted ? plain(type) : seen(type))));
    }
    return written;
  }

  #write(type: TypeName): string {
    if (type === ANY || this.#isOursInstead(type)) return ANY;
    const [, local] = /^class:(.*)$/.exec(type) ?? [];
    if (local !== undefined) return this.isFixed(local) ? local : ANY;
    const parts = partsOf(type);
    if (parts) {
      return parts.length > MAX_PARTS || parts.every((part) => part === ANY)
        ? 'tuple[Any, ...]'
        : `tuple[${parts.map((part) => this.#write(part)).join(', ')}]`;
    }
    if (!type.includes('.')) return type;
    const spelled = this.#spell(type);
    const parameters = GENERIC_CLASSES.get(type);
    if (spelled === undefined) return ANY;
    return parameters === undefined ? spelled : `${spelled}[${parameters}]`;
  }

  /** Whether a builtin's name is bound by the program, or may be by a star import. */
  #isOursInstead(type: TypeName): boolean {
    const root = /^\w+/.exec(type)?.[0] ?? '';
    if (!BUILTIN_NAMES.has(root) || /^\w+[.:]/.test(type)) return false;
    return this.facts.moduleBindings(root).length > 0 || this.facts.unknownBinders.length > 0;
  }

  /** A dotted name in the words of the imports, where every function sees them. */
  #spell(dotted: string): string | undefined {
    let best: string | undefined;
    for (const name of this.facts.moduleNames()) {
      if (!this.isFixed(name)) continue;
      for (const { binding } of this.facts.moduleBindings(name)) {
        const text = spelled(name, binding.source, dotted);
        if (text !== undefined && (best === undefined || text.length < best.length)) best = text;
      }
    }
    return best;
  }
}

/** A type without the parts that type checkers do not see; those of libraries without annotations are anything to them. */
function seen(type: TypeName): TypeName {
  const parts = type.endsWith('?') ? undefined : partsOf(type);
  if (parts) return `tuple[${parts.map(seen).join(', ')}]`;
  return type.endsWith('?') && !/^(?:pandas|sklearn)\./.test(type) ? ANY : plain(type);
}

/** What a name may be bound to before or behind the offset of a top-level statement. */
function bindingsAt(name: string, unit: FactUnit, offset: number): readonly PlacedBinding[] {
  const { root, statements } = unit.summary;
  return reachingBindings(name, { unit, scope: root, block: statements[0]!.at.block, offset });
}

/** Packages whose parts are there as soon as they are imported. */
const WHOLE = new Set(['numpy', 'pandas', 'torch']);

function spelled(
  name: string,
  source: PlacedBinding['binding']['source'],
  dotted: string,
): string | undefined {
  const isFrom = source.type === 'from-import';
  if (!isFrom && source.type !== 'import') return undefined;
  if (isFrom && source.level > 0) return undefined;
  const prefix = isFrom ? `${source.module}.${source.name}` : source.module;
  if (isFrom && prefix === dotted) return name;
  if (!dotted.startsWith(`${prefix}.`)) return undefined;
  const rest = dotted.slice(prefix.length);
  return rest.lastIndexOf('.') === 0 || WHOLE.has(prefix.split('.')[0]!) ? name + rest : undefined;
}
