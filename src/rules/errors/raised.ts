import { exceptionName, isException, isKnownException } from '../../knowledge/exceptionClasses';
import { type CallDomain, RAISED_BY, type RaisingCall } from '../../knowledge/exceptions';
import {
  CONTAINER_METHODS,
  LOOKUP_METHODS,
  type RaisingKind,
  TEXT_METHODS,
  kindOfCallee,
  kindOfMethod,
  raisedByMethod,
} from '../../knowledge/methodExceptions';
import { MODULE_BASES } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { kindsOf } from '../../semantics/objectKinds';
import type { Value } from '../../semantics/values';
import type { Call, ExceptHandler, Expression, FunctionDef, Statement } from '../../syntax/ast';
import { childBlocks, childExpressions, statementExpressions } from '../../syntax/walk';
import type { RuleContext } from '../rule';
import { calledName, caughtBy, isBound } from './handlers';

/** What a block may raise because of what it is given, not because of a mistake in it. */
export interface Raised {
  /** Exceptions, named as in `knowledge/exceptionClasses`, with what the calls that raise them deal with. */
  readonly known: ReadonlyMap<string, ReadonlySet<CallDomain>>;
  /** Calls of which it is not known what they raise, with the names to say that with. */
  readonly unknown: readonly string[];
  /** A call, an import or a raise is among what raises, not only operators. */
  readonly isFromCalls: boolean;
}

/** Functions of the program are looked into this deep, unless less is asked for. */
const MAX_DEPTH = 4;

/**
 * What a block of a unit may raise, as far as the documentation of what it calls says.
 *
 * @param maxDepth How deep functions of the program are looked into; deeper ones count as unknown.
 */
export function raisedBy(
  block: readonly Statement[],
  unit: FactUnit,
  context: RuleContext,
  maxDepth = MAX_DEPTH,
): Raised {
  const collector = new Collector(context, [], new Map(), maxDepth);
  collector.block(block, unit);
  return collector;
}

class Collector implements Raised {
  readonly known = new Map<string, Set<CallDomain>>();
  readonly unknown: string[] = [];
  isFromCalls = false;

  constructor(
    private readonly context: RuleContext,
    /** The functions whose bodies are being looked through. */
    private readonly running: readonly FunctionDef[],
    /** The functions that were looked through for the same question. */
    private readonly done: Map<FunctionDef, Collector>,
    private readonly maxDepth: number,
  ) {}

  block(block: readonly Statement[], unit: FactUnit): void {
    for (const statement of block) this.#statement(statement, unit);
  }

  #statement(node: Statement, unit: FactUnit): void {
    const targets = targetsOf(node);
    for (const expression of statementExpressions(node)) {
      const isStored = expression.kind === 'Subscript' && targets.includes(expression);
      // An item that is stored is looked up only further in: `a[b[0]] = 1`.
      const parts = isStored ? childExpressions(expression) : [expression];
      for (const part of parts) this.#expression(part, unit);
    }
    switch (node.kind) {
      case 'FunctionDef':
      case 'ClassDef':
        return;
      case 'Try':
        return this.#try(node, unit);
      case 'Import':
      case 'ImportFrom':
        return this.#entry({ domain: 'plain', raises: ['ImportError'] });
      case 'Assert':
        return this.#add('AssertionError', 'plain');
      case 'Raise':
        return this.#raise(node, unit);
      case 'For':
        this.#iteration(node.iter, unit);
        break;
      default:
    }
    for (const inner of childBlocks(node)) this.block(inner, unit);
  }

  /** What the handlers let through, and what they raise themselves. */
  #try(node: Statement & { kind: 'Try' }, unit: FactUnit): void {
    const inner = new Collector(this.context, this.running, this.done, this.maxDepth);
    inner.block(node.body, unit);
    const caught = node.handlers.flatMap((handler) => caughtBy(handler, unit, this.context.evaluator));
    for (const [name, domains] of inner.known) {
      const isCaught = caught.some((type) => type !== undefined && isException(name, type));
      if (!isCaught) domains.forEach((domain) => this.#add(name, domain));
    }
    const isAllCaught = caught.some((type) => type === 'Exception' || type === 'BaseException');
    if (!isAllCaught) this.unknown.push(...inner.unknown);
    this.isFromCalls ||= inner.isFromCalls;
    node.handlers.forEach((handler) => this.#handler(handler, inner, unit));
    this.block(node.orelse, unit);
    this.block(node.finalbody, unit);
  }

  #handler(handler: ExceptHandler, inner: Collector, unit: FactUnit): void {
    this.block(handler.body, unit);
    const isRaisedAgain = handler.body.some(
      (statement) => statement.kind === 'Raise' && !statement.exception,
    );
    if (!isRaisedAgain) return;
    for (const [name, domains] of inner.known) domains.forEach((domain) => this.#add(name, domain));
    this.unknown.push(...inner.unknown);
  }

  #raise(node: Statement & { kind: 'Raise' }, unit: FactUnit): void {
    if (!node.exception) return;
    const made = node.exception.kind === 'Call' ? node.exception.func : node.exception;
    const name = this.context.evaluator.qualifiedName(made, unit);
    const spoken = made.kind === 'Name' && !isBound(made, unit) ? made.id : undefined;
    const known = exceptionName(name ?? spoken ?? '');
    if (isKnownException(known)) this.#entry({ domain: 'plain', raises: [known] });
    else this.unknown.push('the exception that is raised');
  }

  /** Reading a file line by line. */
  #iteration(iter: Expression, unit: FactUnit): void {
    const kinds = this.context.evaluator.valuesOf(iter, unit).map((value) => kindOfValue(value));
    if (kinds.includes('file')) this.#entry(raisedByMethod('file', 'read')!);
    if (kinds.includes('sqlite')) this.#entry(raisedByMethod('sqlite', 'fetchall')!);
  }

  #expression(node: Expression, unit: FactUnit): void {
    if (node.kind === 'Lambda') return;
    if (node.kind === 'Call') this.#call(node, unit);
    if (node.kind === 'Subscript' && node.index.kind !== 'Slice') this.#lookup(node);
    if (node.kind === 'BinOp' && ['/', '//', '%'].includes(node.op)) this.#division(node, unit);
    if (node.kind === 'Comprehension') {
      for (const { iter } of node.clauses) this.#iteration(iter, unit);
    }
    for (const child of childExpressions(node)) this.#expression(child, unit);
  }

  #lookup({ index }: Expression & { kind: 'Subscript' }): void {
    if (index.kind === 'Str') this.#add('KeyError', 'plain');
    else if (index.kind === 'Num' || index.kind === 'UnaryOp') this.#add('IndexError', 'plain');
    else this.#add('LookupError', 'plain');
  }

  #division({ op, left, right }: Expression & { kind: 'BinOp' }, unit: FactUnit): void {
    if (right.kind === 'Str' || left.kind === 'Str') return;
    if (right.kind === 'Num' && /[1-9]/.test(right.text)) return;
    const isPath = (side: Expression): boolean =>
      this.context.folder.fold(side, unit).some((folded) => folded.isPath);
    if (op === '/' && (isPath(left) || isPath(right))) return;
    this.#add('ZeroDivisionError', 'plain');
  }

  #call(call: Call, unit: FactUnit): void {
    for (const value of this.context.evaluator.valuesOf(call.func, unit)) {
      const raising = this.#callee(value, call, unit);
      if (raising === 'looked into') continue;
      if (raising) this.#entry(raising);
      else this.unknown.push(spokenCallee(call));
    }
  }

  #callee(callee: Value, call: Call, unit: FactUnit): RaisingCall | 'looked into' | undefined {
    switch (callee.kind) {
      case 'qualified':
        return hasDefault(callee.name, call) ? NOTHING : ofQualified(callee.name);
      case 'function':
        return this.#function(callee.node, callee.unit);
      case 'class':
        return this.#class(callee);
      case 'object':
        return this.#object(callee);
      default:
        return this.#method(callee, call, unit) ?? builtinOf(call, unit);
    }
  }

  #method(callee: Value, { func }: Call, unit: FactUnit): RaisingCall | undefined {
    if (func.kind !== 'Attribute') return undefined;
    if (func.value.kind === 'Str' || TEXT_METHODS.has(func.attr)) return NOTHING;
    const kind = callee.kind === 'member' ? kindOfValue(callee.receiver) : undefined;
    if (kind) return raisedByMethod(kind, func.attr);
    // Folding and following values take time: only for names that paths and containers have.
    const ofPath = raisedByMethod('path', func.attr);
    if (ofPath && this.context.folder.fold(func.value, unit).every((folded) => folded.isPath)) return ofPath;
    if (!CONTAINER_METHODS.has(func.attr) && !LOOKUP_METHODS.has(func.attr)) return undefined;
    const kinds = kindsOf(func.value, unit, this.context.evaluator);
    if (![...kinds].every((one) => ['list', 'dict', 'set', 'deque'].includes(one))) return undefined;
    if (CONTAINER_METHODS.has(func.attr)) return NOTHING;
    const lookup = LOOKUP_METHODS.get(func.attr);
    return lookup && { domain: 'plain', raises: lookup };
  }

  #function(node: FunctionDef, unit: FactUnit): RaisingCall | 'looked into' | undefined {
    if (this.running.includes(node)) return 'looked into';
    if (this.running.length >= this.maxDepth || node.isAsync) return undefined;
    let inner = this.done.get(node);
    if (!inner) {
      inner = new Collector(this.context, [...this.running, node], this.done, this.maxDepth);
      inner.block(node.body, unit);
      this.done.set(node, inner);
    }
    this.#take(inner);
    return 'looked into';
  }

  #class({ node, unit }: Value & { kind: 'class' }): RaisingCall | 'looked into' | undefined {
    const bases = this.context.evaluator.basesOf(node, unit);
    if (bases.length > 0) {
      const isException = bases.every((base) => base !== undefined && isKnownException(exceptionName(base)));
      return isException ? NOTHING : undefined;
    }
    if (node.keywords.length > 0 || node.bases.length > 0) return undefined;
    const init = node.body.find(
      (statement): statement is FunctionDef =>
        statement.kind === 'FunctionDef' && ['__init__', '__post_init__', '__new__'].includes(statement.name),
    );
    return init ? this.#function(init, unit) : NOTHING;
  }

  /** A torch module that is called: RuntimeError for shapes and memory, and who knows what else. */
  #object({ node, unit }: Value & { kind: 'object' }): undefined {
    const bases = this.context.evaluator.basesOf(node, unit);
    if (bases.some((base) => base !== undefined && MODULE_BASES.has(base)))
      this.#add('RuntimeError', 'model');
    return undefined;
  }

  #take(inner: Collector): void {
    for (const [name, domains] of inner.known) domains.forEach((domain) => this.#add(name, domain));
    this.unknown.push(...inner.unknown);
    this.isFromCalls ||= inner.isFromCalls;
  }

  #entry({ domain, raises }: RaisingCall): void {
    if (raises.length > 0) this.isFromCalls = true;
    for (const name of raises) this.#add(name, domain);
  }

  #add(name: string, domain: CallDomain): void {
    const domains = this.known.get(name);
    if (domains) domains.add(domain);
    else this.known.set(name, new Set([domain]));
  }
}

function targetsOf(node: Statement): readonly Expression[] {
  if (node.kind === 'Assign') return node.targets;
  return node.kind === 'AnnAssign' ? [node.target] : [];
}

const NOTHING: RaisingCall = { domain: 'plain', raises: [] };

/** `getattr(x, name, None)`, `next(items, None)`, `max(items, default=0)`. */
function hasDefault(name: string, { args, keywords }: Call): boolean {
  if (name === 'builtins.getattr') return args.length === 3;
  if (name === 'builtins.next') return args.length === 2;
  return /^builtins\.(?:min|max)$/.test(name) && keywords.some((keyword) => keyword.name === 'default');
}

function ofQualified(name: string): RaisingCall | undefined {
  if (isKnownException(exceptionName(name))) return NOTHING;
  const known = RAISED_BY.get(name);
  if (known) return known;
  return kindOfCallee(name) === 'estimator' ? NOTHING : undefined;
}

/** Below a star import a builtin is not sure to be one, but its name says what it raises. */
function builtinOf({ func }: Call, unit: FactUnit): RaisingCall | undefined {
  if (func.kind !== 'Name' || isBound(func, unit)) return undefined;
  return ofQualified(`builtins.${func.id}`);
}

function kindOfValue(value: Value): RaisingKind | undefined {
  switch (value.kind) {
    case 'result':
      return kindOfCallee(value.callee);
    case 'instance':
      return kindOfCallee(value.of);
    case 'method-result': {
      const kind = kindOfValue(value.receiver);
      return kind && kindOfMethod(kind, value.method);
    }
    // An attribute of a connection or a client: `s3.Bucket`, `response.raw`.
    case 'member': {
      const kind = kindOfValue(value.receiver);
      return kind && kindOfMethod(kind, value.name);
    }
    default:
      return undefined;
  }
}

function spokenCallee(call: Call): string {
  const { func } = call;
  const name = calledName(call);
  if (name === undefined) return 'a call';
  const isShort = func.kind === 'Attribute' && func.value.kind === 'Name';
  return isShort ? `${func.value.id}.${name}` : name;
}

/** Without classes that others among them stand for; builtins first, then by name. */
export function withoutDerived(names: Iterable<string>): readonly string[] {
  const all = [...new Set(names)];
  const top = all.filter((name) => !all.some((other) => other !== name && isException(name, other)));
  return top.sort((a, b) => Number(a.includes('.')) - Number(b.includes('.')) || (a < b ? -1 : 1));
}
