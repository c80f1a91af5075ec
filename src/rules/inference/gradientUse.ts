import {
  ENDING_ATTRIBUTES,
  ENDING_METHODS,
  GRAPH_ATTRIBUTES,
  GRAPH_METHODS,
  HARMLESS_BASES,
  INDEX_METHODS,
  MODULE_ONLY_METHODS,
  SHAPE_ATTRIBUTES,
  SHAPE_METHODS,
} from '../../knowledge/torch';
import { type FactUnit, isIsolated } from '../../semantics/facts';
import type { Placed } from '../../semantics/flow/placed';
import { isInAttribute } from '../../semantics/flow/paths';
import { parentsOf } from '../../semantics/parents';
import type { FlowEscape, FlowUse, FlowVisitor, ValueFlow, Verdict } from '../../semantics/valueFlow';
import type { Call, ClassDef, Expression, NodeBase } from '../../syntax/ast';
import { spokenName } from './calleeNames';
import { isModuleBase } from './torchNames';
import { type Passing, judgeCall } from './tensorArguments';
import type { TorchModule } from './moduleValue';
import type { TorchModules } from './torchModules';

/** What gives the values without the graph, as a tensor. */
const DETACHING = new Set(['detach', 'detach_', 'data']);

/** A place where the value goes on without its gradient. */
export interface GradientEnd {
  readonly node: NodeBase;
  readonly unit: FactUnit;
  /** For a message: `tolist()`, `print`. */
  readonly what: string;
}

/** What becomes of the graph that a call of a module builds. */
export interface GradientUse {
  /** Somebody goes back through it. */
  readonly isNeeded: boolean;
  /** The value goes where it cannot be followed. */
  readonly isLost: boolean;
  readonly ends: readonly GradientEnd[];
}

/** How far a call of a module may be trusted to be evaluation, where an unknown function gets its result. */
export interface Trust {
  readonly module: TorchModule | undefined;
  /** The module was put into evaluation mode there, and nothing goes backward. */
  isEvaluation(): boolean;
}

/** Follows the result of a call and says whether its graph is used. */
export function gradientUse(
  node: Expression,
  unit: FactUnit,
  flow: ValueFlow,
  modules: TorchModules,
  trust: Trust,
): GradientUse {
  const visitor = new GradientVisitor(flow, modules, trust);
  flow.follow(node, unit, visitor);
  // What is cut off but goes into a loss all the same is a part of training: a teacher, a target network.
  const trains = visitor.detached.some((place) => {
    const further = new GradientVisitor(flow, modules, trust);
    flow.follow(place.node, place.unit, further);
    return further.isNeeded;
  });
  return { isNeeded: visitor.isNeeded || trains, isLost: visitor.isLost, ends: visitor.ends };
}

class GradientVisitor implements FlowVisitor, GradientUse {
  isNeeded = false;
  isLost = false;
  readonly ends: GradientEnd[] = [];
  /** Where the value is cut off from its graph and goes on. */
  readonly detached: Placed<Expression>[] = [];

  constructor(
    private readonly flow: ValueFlow,
    private readonly modules: TorchModules,
    private readonly trust: Trust,
  ) {}

  escape({ reason, node, unit }: FlowEscape): void {
    // What reads an attribute of a module outside the program is torch, and that does not.
    if (reason === 'inherited' && this.#isClosed(node as ClassDef, unit)) return;
    this.isLost = true;
  }

  use(use: FlowUse): Verdict {
    // Nobody goes further back, so nothing more has to be known.
    if (this.isNeeded) return 'end';
    if (isInAttribute(use.path)) return this.#object(use);
    switch (use.type) {
      case 'argument':
        return this.#argument(use);
      case 'method':
        return this.#method(use, use.name ?? '');
      case 'attribute':
        return this.#attribute(use, use.name ?? '');
      case 'operand':
        return this.#operand(use);
      case 'called':
        return this.#lose(use);
      case 'item':
      case 'iterated':
      case 'unpacked':
        return 'carry';
      case 'format':
        return this.#end(use, 'a formatted string');
      case 'statement':
        if (this.#isShown(use)) this.#end(use, "the cell's output");
        return 'end';
      case 'index':
      case 'test':
        return 'end';
    }
  }

  /** An object of the program that holds the value in an attribute. */
  #object(use: FlowUse): Verdict {
    const goesOn = ['argument', 'method', 'called', 'iterated', 'unpacked'].includes(use.type);
    return goesOn ? this.#lose(use) : 'end';
  }

  #method(use: FlowUse, name: string): Verdict {
    if (GRAPH_METHODS.has(name)) return this.#need();
    if (DETACHING.has(name)) this.detached.push({ node: use.operation as Expression, unit: use.unit });
    // Only a class gives something that is put into a mode or asked for parameters: it was made, not run.
    if (MODULE_ONLY_METHODS.has(name) || name === 'eval') return this.#lose(use);
    if (ENDING_METHODS.has(name)) return this.#end(use, `${name}()`);
    if (SHAPE_METHODS.has(name)) return 'end';
    if (INDEX_METHODS.has(name) && isPerDimension(use.operation as Call, 0)) this.#endAtIndices(use, name);
    return 'carry';
  }

  /** `max(dim)` gives values, which have a gradient, and indices, which have none; mostly the latter are wanted. */
  #endAtIndices(use: FlowUse, name: string): void {
    const parent = parentsOf(use.unit.unit).get(use.operation);
    const isFirst =
      parent?.kind === 'Subscript' && parent.index.kind === 'Num' && Number(parent.index.text) === 0;
    const isValues = parent?.kind === 'Attribute' && parent.attr === 'values';
    if (!isFirst && !isValues) this.#end(use, `the indices of ${name}()`);
  }

  #attribute(use: FlowUse, name: string): Verdict {
    if (GRAPH_ATTRIBUTES.has(name) || GRAPH_METHODS.has(name)) return this.#need();
    if (DETACHING.has(name)) this.detached.push({ node: use.operation as Expression, unit: use.unit });
    if (ENDING_ATTRIBUTES.has(name)) return this.#end(use, `.${name}`);
    return SHAPE_ATTRIBUTES.has(name) ? 'end' : 'carry';
  }

  #operand(use: FlowUse): Verdict {
    const { operation } = use;
    if (operation.kind === 'Compare') {
      const isOnIdentity = operation.ops.every((op) => op.startsWith('is') || op === 'in' || op === 'not in');
      return isOnIdentity ? 'end' : this.#end(use, 'a comparison');
    }
    if (operation.kind === 'BinOp' && operation.op === '%' && operation.left.kind === 'Str') {
      return this.#end(use, 'a formatted string');
    }
    return 'carry';
  }

  #argument(use: FlowUse): Verdict {
    const call = use.operation as Call;
    const passing = judgeCall(call, use, this.flow, this.modules, this.trust);
    return this.#passing(passing, call, use);
  }

  #passing(passing: Passing, call: Call, use: FlowUse): Verdict {
    switch (passing) {
      case 'needed':
        return this.#need();
      case 'lost':
        return this.#lose(use);
      case 'ends':
        return this.#end(use, spokenName(call));
      case 'ends-and-carries':
        this.#end(use, spokenName(call));
        return 'carry';
      case 'carries': {
        const { func } = call;
        const isIndexed =
          func.kind === 'Attribute' && INDEX_METHODS.has(func.attr) && isPerDimension(call, 1);
        if (isIndexed) this.#endAtIndices(use, func.attr);
        return 'carry';
      }
      case 'nothing':
        return 'end';
    }
  }

  #lose(use: FlowUse): Verdict {
    this.isLost ||= use.isCertain;
    return 'end';
  }

  #need(): Verdict {
    this.isNeeded = true;
    return 'end';
  }

  #end(use: FlowUse, what: string): Verdict {
    if (use.isCertain) this.ends.push({ node: use.operation, unit: use.unit, what });
    return 'end';
  }

  /** The last expression of a notebook cell is printed; `%timeit` throws it away. */
  #isShown({ operation, unit }: FlowUse): boolean {
    if (!unit.cell.cell.isInNotebook || unit.unit.statement !== operation || isIsolated(unit)) return false;
    return unit.cell.syntax.units.at(-1)?.start === unit.start;
  }

  #isClosed(node: ClassDef, unit: FactUnit): boolean {
    return this.flow.evaluator
      .basesOf(node, unit)
      .every((base) => base !== undefined && (HARMLESS_BASES.has(base) || isModuleBase(base)));
  }
}

/** Whether `max` and its kin were given a dimension, behind `own` arguments of another kind. */
function isPerDimension(call: Call, own: number): boolean {
  return call.args.length > own || call.keywords.some(({ name }) => name === 'dim' || name === 'axis');
}
