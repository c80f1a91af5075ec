import type { FactUnit, PlacedBinding, PlacedReference, ProgramFacts } from '../../semantics/facts';
import { type SyntaxParent, parentsOf } from '../../semantics/parents';
import type { Vantage } from '../../semantics/reaching';
import { type Scope, isWithin } from '../../semantics/scope';
import type { Expression, Statement } from '../../syntax/ast';
import { childBlocks, walkExpression } from '../../syntax/walk';

/**
 * Whether a variable of the module is surely bound when code runs. A function runs whenever somebody who mentions it
 * does; so it is bound there if it is at every mention of the function.
 */
export class Bound {
  readonly #bindings: readonly PlacedBinding[];
  readonly #answers = new Map<string, boolean>();
  #byName: Map<string, PlacedReference[]> | undefined;

  constructor(
    name: string,
    private readonly facts: ProgramFacts,
  ) {
    this.#bindings = facts
      .moduleBindings(name)
      .filter((placed) => placed.binding.scope.parent === undefined && isPlain(placed));
  }

  isBoundAt(from: Vantage): boolean {
    const owner = outermostScope(from.scope);
    const isLater =
      owner !== undefined &&
      (owner.kind === 'function' || (owner.kind === 'class' && isInFunction(from.scope)));
    if (!isLater) return this.#isBoundBefore({ ...from, block: blockInModule(from) });
    const { node } = owner;
    if (node?.kind !== 'FunctionDef' && node?.kind !== 'ClassDef') return false;
    // It cannot run before it is defined.
    if (this.#isBoundBefore(definition(node, from.unit))) return true;
    // A decorator, a metaclass or a base class may run it at once.
    const isPlainDefinition =
      node.decorators.length === 0 &&
      (node.kind === 'FunctionDef' || (node.keywords.length === 0 && node.bases.length === 0));
    return isPlainDefinition && this.#isBoundAtMentions(node.name);
  }

  #isBoundAtMentions(name: string): boolean {
    const known = this.#answers.get(name);
    if (known !== undefined) return known;
    // Among functions that mention each other, some other mention decides.
    this.#answers.set(name, true);
    const answer =
      this.#mentions(name).every(({ reference, unit }) =>
        this.isBoundAt({
          unit,
          scope: reference.scope,
          block: reference.block,
          offset: reference.node.start,
        }),
      ) &&
      this.facts.units.every((unit) => !isReadByEscape(name, unit) || this.#isBoundBefore(wholeOf(unit)));
    this.#answers.set(name, answer);
    return answer;
  }

  #mentions(name: string): readonly PlacedReference[] {
    if (!this.#byName) {
      this.#byName = new Map();
      for (const placed of this.facts.freeReferences) {
        const same = this.#byName.get(placed.reference.name);
        if (same) same.push(placed);
        else this.#byName.set(placed.reference.name, [placed]);
      }
    }
    return this.#byName.get(name) ?? [];
  }

  #isBoundBefore({ unit, block, offset }: Pick<Vantage, 'unit' | 'block' | 'offset'>): boolean {
    return this.#bindings.some(({ binding, unit: where }) => {
      if (where !== unit)
        return (
          where.order < unit.order && binding.block.parent === undefined && isSure(binding.statement, where)
        );
      return (
        binding.effectAt <= offset &&
        isWithin(block, binding.block) &&
        isInSameParts(binding.statement, offset, where)
      );
    });
  }
}

/** A target of a plain assignment, a loop or a `with`; not a walrus, which may be skipped. */
function isPlain({ binding }: PlacedBinding): boolean {
  const { statement, start, end } = binding;
  const holds = (target: Expression | undefined): boolean =>
    target !== undefined && target.start <= start && end <= target.end;
  switch (statement.kind) {
    case 'Assign':
      return statement.targets.some((target) => holds(target) && !isInBrackets(target, start));
    case 'AnnAssign':
    case 'For':
      return holds(statement.target) && !isInBrackets(statement.target, start);
    case 'With':
      return statement.items.some(({ target }) => holds(target) && !isInBrackets(target!, start));
    default:
      return false;
  }
}

/** `a[(n := 1)] = x` binds in an index. */
function isInBrackets(target: Expression, at: number): boolean {
  let isInside = false;
  walkExpression(target, (node) => {
    if (node.kind === 'NamedExpr' && node.start <= at && at < node.end) isInside = true;
  });
  return isInside;
}

/** Nothing around a statement may swallow what goes wrong before it. */
function isSure(statement: Statement, unit: FactUnit): boolean {
  return partsAround(statement, unit).length === 0;
}

/** In each `with` and `try` around the binding, the place stands in the same part of it. */
function isInSameParts(statement: Statement, offset: number, unit: FactUnit): boolean {
  return partsAround(statement, unit).every((part) => {
    const [first, last] = [part[0], part.at(-1)];
    return first !== undefined && last !== undefined && first.start <= offset && offset < last.end;
  });
}

/** The blocks of `with` and `try` statements that a statement stands in; a `with` whose target it is counts as its body. */
function partsAround(statement: Statement, { unit }: FactUnit): readonly (readonly Statement[])[] {
  const parents = parentsOf(unit);
  const parts: (readonly Statement[])[] = [];
  let inside: SyntaxParent = statement;
  for (let at = parents.get(statement); at; inside = at, at = parents.get(at)) {
    if (at.kind !== 'With' && at.kind !== 'Try') continue;
    const part = childBlocks(at).find((block) => block.includes(inside as Statement));
    if (part) parts.push(part);
  }
  if (statement.kind === 'With') parts.push(statement.body);
  return parts;
}

function outermostScope(scope: Scope): Scope | undefined {
  let found: Scope | undefined;
  // Comprehensions and lambdas of a statement of the module run with it, or after it.
  for (const at of scope.outwards()) {
    if (at.parent !== undefined && (at.kind === 'function' || at.kind === 'class')) found = at;
  }
  return found;
}

/** The block of the module's statements that code of comprehensions, lambdas and class bodies stands in. */
function blockInModule({ scope, block, unit }: Vantage): Vantage['block'] {
  let found = block;
  for (const at of scope.outwards()) {
    const { node } = at;
    if (!node) continue;
    const place =
      node.kind === 'ClassDef' || node.kind === 'FunctionDef'
        ? unit.summary.statements.find((entry) => entry.node === node)?.at
        : unit.summary.locate.get(node);
    found = place?.block ?? found;
  }
  return found;
}

function isInFunction(scope: Scope): boolean {
  for (const at of scope.outwards()) if (at.kind === 'function' || at.kind === 'lambda') return true;
  return false;
}

function definition(node: Statement, unit: FactUnit): Pick<Vantage, 'unit' | 'block' | 'offset'> {
  const at = unit.summary.statements.find((entry) => entry.node === node)?.at;
  return { ...wholeOf(unit), ...(at ? { block: at.block } : {}), offset: node.start };
}

function wholeOf(unit: FactUnit): Pick<Vantage, 'unit' | 'block' | 'offset'> {
  const block = unit.summary.statements[0]?.at.block;
  if (!block) throw new Error('a unit has a statement');
  return { unit, block, offset: 0 };
}

function isReadByEscape(name: string, { unit }: FactUnit): boolean {
  return unit.escapes.some((escape) => escape.reads.includes(name));
}
