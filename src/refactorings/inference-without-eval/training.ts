import type { FactUnit } from '../../semantics/facts';
import { PlacedMap } from '../../semantics/flow/placed';
import { parentsOf } from '../../semantics/parents';
import type { ValueFlow } from '../../semantics/valueFlow';
import type { Call, Expression, FunctionDef, Statement } from '../../syntax/ast';
import { torchModulesOf } from '../../rules/inference/moduleCalls';
import type { TorchModule } from '../../rules/inference/moduleValue';

const BACKWARD = /^(?:manual_)?backward$/;
const SWITCHING = /^(?:eval|train|load_state_dict|(?:manual_)?backward)$/;

/** Where a program trains, as far as a module's mode is concerned. */
export class Training {
  readonly #switching = new PlacedMap<FunctionDef, boolean>();

  constructor(
    private readonly flow: ValueFlow,
    private readonly module: TorchModule,
  ) {}

  /** The program trains the module. */
  get isTrained(): boolean {
    const { facts } = this.flow.evaluator;
    return facts.callsNamed('backward').length > 0 && this.#callsOn('parameters').length > 0;
  }

  /** Calls of a method on the module. */
  #callsOn(name: string): readonly { readonly call: Call; readonly unit: FactUnit }[] {
    return this.flow.evaluator.facts
      .callsNamed(name)
      .filter(({ call: { func }, unit }) => func.kind === 'Attribute' && this.isModule(func.value, unit));
  }

  isModule(node: Expression, unit: FactUnit): boolean {
    const modules = torchModulesOf(this.flow);
    const other = modules.moduleOf(node, unit);
    return other !== undefined && !other.isPart && modules.isSame(other, this.module);
  }

  /** Statements that load weights into the module, or a whole module, with the text by which they name it. */
  loads(): readonly { readonly statement: Statement; readonly unit: FactUnit; readonly named: Expression }[] {
    const found: { statement: Statement; unit: FactUnit; named: Expression }[] = [];
    for (const { call, unit } of this.#callsOn('load_state_dict')) {
      const statement = unit.summary.locate.get(call)?.statement;
      if (statement && call.func.kind === 'Attribute')
        found.push({ statement, unit, named: call.func.value });
    }
    if (found.length > 0) return found;
    for (const { node, unit } of this.module.roots) {
      const statement = unit.summary.locate.get(node as Expression)?.statement;
      const [target, ...others] = statement?.kind === 'Assign' ? statement.targets : [];
      if (statement && target && others.length === 0) found.push({ statement, unit, named: target });
      else return [];
    }
    return found;
  }

  /** Something in a statement switches a module's mode or trains it, at once or in a function that it calls. */
  isSwitchedIn(statement: Statement, unit: FactUnit): boolean {
    return unit.summary.calls.some(
      ({ node }) =>
        node.start >= statement.start && node.end <= statement.end && this.#isSwitching(node, unit),
    );
  }

  #isSwitching(call: Call, unit: FactUnit): boolean {
    const { func } = call;
    if (func.kind === 'Attribute' && SWITCHING.test(func.attr)) return true;
    return this.flow.calls
      .calleesOf(call, unit)
      .functions.some((one) => this.#switches(one.function, one.unit));
  }

  #switches(node: FunctionDef, unit: FactUnit): boolean {
    const known = this.#switching.get(unit, node);
    if (known !== undefined) return known;
    this.#switching.set(unit, node, false);
    const found = unit.summary.calls.some(
      ({ node: call, at }) => at.scope.enclosingFunction === node && this.#isSwitching(call, unit),
    );
    this.#switching.set(unit, node, found);
    return found;
  }

  /** Whether training that may come after a call would go on in evaluation mode if nobody put the module back. */
  needsBack(call: Call, unit: FactUnit): boolean {
    if (!this.isTrained) return false;
    const { facts } = this.flow.evaluator;
    const backwards = [...facts.callsNamed('backward'), ...facts.callsNamed('manual_backward')];
    return backwards.some(
      (site) => BACKWARD.test(nameOf(site.call)) && !this.#startsItself(site, { call, unit }),
    );
  }

  /** The code that trains switches to training mode itself, each time before it does. */
  #startsItself(
    training: { readonly call: Call; readonly unit: FactUnit },
    prediction: { readonly call: Call; readonly unit: FactUnit },
  ): boolean {
    const owner = ownerOf(training.call, training.unit);
    const isHere =
      owner === ownerOf(prediction.call, prediction.unit) && (owner || training.unit === prediction.unit);
    const loop = isHere ? sharedLoop(training, prediction) : undefined;
    // At module level, what stands above has run.
    if (!loop && !owner && isBefore(training, prediction)) return true;
    return this.flow.evaluator.facts.callsNamed('train').some(({ call, unit }) => {
      if (call.func.kind !== 'Attribute' || ownerOf(call, unit) !== owner) return false;
      if (owner ? unit !== training.unit : false) return false;
      if (loop && (unit !== training.unit || call.start < loop.start || call.end > loop.end)) return false;
      if (!loop && isHere && isBefore({ call, unit }, prediction)) return false;
      return isBefore({ call, unit }, training) && !this.#isOther(call.func.value, unit);
    });
  }

  /** Surely another module. A parameter is whatever it is given. */
  #isOther(node: Expression, unit: FactUnit): boolean {
    const modules = torchModulesOf(this.flow);
    const other = modules.moduleOf(node, unit);
    const isParameter =
      node.kind === 'Name' &&
      this.flow.sources.bindingsOf(node, unit).some(({ binding }) => binding.source.type === 'parameter');
    return other !== undefined && !isParameter && !modules.isSame(other, this.module);
  }
}

interface Site {
  readonly call: Call;
  readonly unit: FactUnit;
}

function nameOf({ func }: Call): string {
  return func.kind === 'Attribute' ? func.attr : '';
}

function ownerOf(call: Call, unit: FactUnit): FunctionDef | undefined {
  return unit.summary.locate.get(call)?.scope.enclosingFunction;
}

function isBefore(a: Site, b: Site): boolean {
  return a.unit === b.unit ? a.call.end <= b.call.start : a.unit.order < b.unit.order;
}

/** The innermost loop around both, within their function. */
function sharedLoop(a: Site, b: Site): Statement | undefined {
  if (a.unit !== b.unit) return undefined;
  const parents = parentsOf(a.unit.unit);
  for (let at = parents.get(a.call); at && at.kind !== 'FunctionDef'; at = parents.get(at)) {
    if (at.kind !== 'For' && at.kind !== 'While') continue;
    if (b.call.start >= at.start && b.call.end <= at.end) return at;
  }
  return undefined;
}
