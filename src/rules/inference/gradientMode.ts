import { GLOBAL_SWITCHES, GRADIENT_MODES } from '../../knowledge/torch';
import type { FactUnit } from '../../semantics/facts';
import { isUnknown } from '../../semantics/flow/calls';
import { type Placed, PlacedMap } from '../../semantics/flow/placed';
import { type SyntaxParent, parentsOf } from '../../semantics/parents';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Value } from '../../semantics/values';
import type { Call, ClassDef, Expression, FunctionDef, Statement, With } from '../../syntax/ast';
import { statementExpressions, walkExpression, walkStatements } from '../../syntax/walk';

/** Context managers and decorators of unknown origin whose names say that they might switch gradients. */
const SUSPICIOUS = /grad|infer|eval|predict|frozen|freeze|ctx|context|mode(?!l)/i;
/** Packages whose context managers and decorators surely do not, although their names may fit. */
const HARMLESS =
  /^(?:builtins|contextlib\.contextmanager|click|warnings|tempfile|threading|multiprocessing|mlflow|wandb|tqdm)\b/;

/** Whether gradients are switched at a place: by a `with`, a decorator, a global switch, or in every caller. */
export class GradientModes {
  readonly #known = new PlacedMap<FunctionDef, boolean>();
  #switches: readonly Placed<Call>[] | undefined;

  constructor(private readonly flow: ValueFlow) {}

  /** Somebody thought about gradients here; whether they are off or on purpose on makes no difference. */
  isSwitched(call: Expression, unit: FactUnit): boolean {
    return this.#isSwitchedAround(call, unit) || this.#isSwitchedBefore(call, unit);
  }

  /** Gradients are surely off: by a `with` or decorator around, a switch before, or in every caller that is seen. */
  isOff(call: Expression, unit: FactUnit, depth = 0): boolean {
    const parents = parentsOf(unit.unit);
    let inside: SyntaxParent = call;
    for (let at = parents.get(call); at; inside = at, at = parents.get(at)) {
      if (at.kind === 'With' && at.body.some((statement) => statement === inside)) {
        if (at.items.some(({ context }) => this.#isOffSwitch(context, unit))) return true;
      }
      if (at.kind !== 'FunctionDef') continue;
      if (at.decorators.some((decorator) => this.#isOffSwitch(decorator, unit))) return true;
      if (depth > 4) return false;
      const sites = this.flow.calls.sitesOf(at, unit).sites.filter((site) => site.isCertain);
      if (sites.length > 0 && sites.every((site) => this.isOff(site.call, site.unit, depth + 1))) return true;
      break;
    }
    return this.#isSwitchedBefore(call, unit);
  }

  #isOffSwitch(node: Expression, unit: FactUnit): boolean {
    const callee = node.kind === 'Call' ? node.func : node;
    const name = this.flow.evaluator.qualifiedName(callee, unit);
    if (name === undefined || !GRADIENT_MODES.has(name)) return false;
    if (/no_grad$|inference_mode$/.test(name)) return !(node.kind === 'Call' && node.args.some(isFalse));
    return name.endsWith('set_grad_enabled') && node.kind === 'Call' && node.args.some(isFalse);
  }

  /** The function itself switches gradients, by a decorator or somewhere in its body. */
  isSwitching(node: FunctionDef, unit: FactUnit): boolean {
    return (
      node.decorators.some((decorator) => this.#isSwitch(decorator, unit)) || this.#mentionsSwitch(node, unit)
    );
  }

  #isSwitchedAround(node: SyntaxParent, unit: FactUnit): boolean {
    const parents = parentsOf(unit.unit);
    let inside = node;
    for (let at = parents.get(node); at; inside = at, at = parents.get(at)) {
      if (at.kind !== 'With' && at.kind !== 'FunctionDef') continue;
      const isInBody = at.body.some((statement) => statement === inside);
      if (!isInBody) continue;
      if (at.kind === 'FunctionDef') return this.#isSwitchedFunction(at, unit);
      if (this.#isSwitchingWith(at, unit)) return true;
    }
    return false;
  }

  #isSwitchingWith(node: With, unit: FactUnit): boolean {
    return node.items.some(
      ({ context }) =>
        this.#isSwitch(context, unit) || (isExitStack(context) && this.#entersSwitch(node.body, unit)),
    );
  }

  /** `stack.enter_context(torch.no_grad())`. */
  #entersSwitch(body: readonly Statement[], unit: FactUnit): boolean {
    return anyExpression(body, (inner) => {
      if (inner.kind !== 'Call' || inner.func.kind !== 'Attribute') return false;
      const [context] = inner.args;
      return inner.func.attr === 'enter_context' && context !== undefined && this.#isSwitch(context, unit);
    });
  }

  /** By a decorator, or because all who call the function do so with gradients switched. */
  #isSwitchedFunction(node: FunctionDef, unit: FactUnit): boolean {
    const known = this.#known.get(unit, node);
    if (known !== undefined) return known;
    // Calls of itself decide nothing.
    this.#known.set(unit, node, true);
    const isSwitched =
      node.decorators.some((decorator) => this.#isSwitch(decorator, unit)) ||
      this.#isSwitchedInCallers(node, unit);
    this.#known.set(unit, node, isSwitched);
    return isSwitched;
  }

  #isSwitchedInCallers(node: FunctionDef, unit: FactUnit): boolean {
    const { sites, references } = this.flow.calls.sitesOf(node, unit);
    const certain = sites.filter((site) => site.isCertain);
    const isIn = (place: { readonly unit: FactUnit }, at: Expression): boolean =>
      this.#isSwitchedAround(at, place.unit);
    // `torch.no_grad()(predict)`, `map(predict, xs)` under a `with`.
    const isHandedOver = references.some(
      (reference) => isIn(reference, reference.node) || this.#isWrapped(reference.node, reference.unit),
    );
    if (isHandedOver) return true;
    if (certain.length > 0) return certain.every((site) => isIn(site, site.call));
    return references.length === 0 && sites.some((site) => isIn(site, site.call));
  }

  #isWrapped(node: Expression, unit: FactUnit): boolean {
    const parent = parentsOf(unit.unit).get(node);
    return parent?.kind === 'Call' && parent.args.includes(node) && this.#isSwitch(parent.func, unit);
  }

  /** Whether an expression is a context manager or decorator that switches gradients, or may be one. */
  #isSwitch(node: Expression, unit: FactUnit): boolean {
    return this.flow.evaluator.valuesOf(node, unit).some((value) => this.#isSwitchValue(value, node, unit));
  }

  #isSwitchValue(value: Value, node: Expression, unit: FactUnit): boolean {
    switch (value.kind) {
      case 'qualified':
        return GRADIENT_MODES.has(value.name) || isSuspicious(value.name);
      case 'result':
        return GRADIENT_MODES.has(value.callee) || isSuspicious(value.callee);
      case 'instance':
        return isSuspicious(value.of);
      case 'function':
        return this.#mentionsSwitch(value.node, value.unit);
      case 'class':
      case 'object':
        return SUSPICIOUS.test(value.node.name) || this.#mentionsSwitch(value.node, value.unit);
      case 'member':
      case 'method-result':
      case 'unknown':
        return this.#isUnknownSwitch(value, node, unit);
    }
  }

  /** Only the name is left to go by, or, for a function of the program, its body. */
  #isUnknownSwitch(value: Value, node: Expression, unit: FactUnit): boolean {
    const callee = node.kind === 'Call' ? node.func : node;
    if (callee.kind === 'Name') {
      const made = this.flow.sources.bindingsOf(callee, unit).map(({ binding, unit: where }) => ({
        source: binding.source,
        where,
      }));
      const local = made.find(({ source }) => source.type === 'function');
      if (local?.source.type === 'function') return this.#mentionsSwitch(local.source.node, local.where);
      // A context handed in or chosen at run time.
      return isUnknown(value) && (node.kind === 'Name' || SUSPICIOUS.test(callee.id));
    }
    if (callee.kind === 'Attribute') return SUSPICIOUS.test(callee.attr);
    return isUnknown(value) && node.kind !== 'Call';
  }

  #mentionsSwitch(node: FunctionDef | ClassDef, unit: FactUnit): boolean {
    return anyExpression(node.body, (inner) => {
      if (inner.kind !== 'Attribute' && inner.kind !== 'Name') return false;
      const name = this.flow.evaluator.qualifiedName(inner, unit);
      return name !== undefined && GRADIENT_MODES.has(name);
    });
  }

  /** `torch.set_grad_enabled(False)` as a statement of its own, before. */
  #isSwitchedBefore(call: Expression, unit: FactUnit): boolean {
    this.#switches ??= this.#findSwitches();
    const owner = unit.summary.locate.get(call)?.scope.enclosingFunction;
    let isOff = false;
    for (const { node, unit: where } of this.#switches) {
      const at = where.summary.locate.get(node)?.scope.enclosingFunction;
      if (at === undefined && owner === undefined) {
        // At module level the last one before decides.
        const isBefore = where.order < unit.order || (where === unit && node.end <= call.start);
        if (isBefore) isOff = !isOn(node);
      } else if (at === owner && where === unit) {
        if (node.end <= call.start) isOff = !isOn(node);
      } else if (!isOn(node)) {
        isOff = true;
      }
    }
    return isOff;
  }

  #findSwitches(): readonly Placed<Call>[] {
    const { facts } = this.flow.evaluator;
    const found: Placed<Call>[] = [];
    const add = (call: Call, unit: FactUnit): void => {
      if (parentsOf(unit.unit).get(call)?.kind === 'Expr') found.push({ node: call, unit });
    };
    for (const name of GLOBAL_SWITCHES) {
      for (const { call, unit } of facts.callsNamed(name.slice(name.lastIndexOf('.') + 1))) {
        const callee = this.flow.evaluator.calleeOf(call, unit);
        const isNew = !found.some((one) => one.node === call && one.unit === unit);
        if (isNew && callee !== undefined && GLOBAL_SWITCHES.has(callee)) add(call, unit);
      }
    }
    for (const { call, unit } of facts.callsNamed('__enter__')) {
      if (call.func.kind === 'Attribute' && this.#isSwitch(call.func.value, unit))
        found.push({ node: call, unit });
    }
    return found.sort((a, b) => a.unit.order - b.unit.order || a.node.start - b.node.start);
  }
}

function isOn(call: Call): boolean {
  const [mode] = call.args;
  return mode?.kind === 'Constant' && mode.value === true;
}

function isSuspicious(name: string): boolean {
  return !HARMLESS.test(name) && SUSPICIOUS.test(name.slice(name.lastIndexOf('.') + 1));
}

function isFalse(node: Expression): boolean {
  return node.kind === 'Constant' && node.value === false;
}

const known = new WeakMap<ValueFlow, GradientModes>();

/** Where a program switches gradients, found once for all who ask. */
export function gradientModesOf(flow: ValueFlow): GradientModes {
  let modes = known.get(flow);
  if (!modes) known.set(flow, (modes = new GradientModes(flow)));
  return modes;
}

function isExitStack(context: Expression): boolean {
  if (context.kind !== 'Call') return false;
  const { func } = context;
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  return name === 'ExitStack' || name === 'AsyncExitStack';
}

function anyExpression(body: readonly Statement[], test: (node: Expression) => boolean): boolean {
  let isFound = false;
  const visit = (node: Expression): void => {
    isFound ||= test(node);
  };
  for (const statement of body) {
    walkStatements(statement, (inner) => {
      for (const expression of statementExpressions(inner)) walkExpression(expression, visit);
    });
  }
  return isFound;
}
