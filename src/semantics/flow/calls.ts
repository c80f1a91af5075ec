import type { Call, ClassDef, Expression, FunctionDef, Parameter } from '../../syntax/ast';
import type { FactUnit, PlacedBinding } from '../facts';
import { parentsOf } from '../parents';
import type { Evaluator, Value } from '../values';
import type { FlowPath } from './paths';
import { keyStep } from './paths';
import { type Placed, PlacedMap } from './placed';
import { type Reads, isStored } from './reads';

/** A function of the program that a call runs. */
export interface Callee {
  readonly function: FunctionDef;
  readonly unit: FactUnit;
  /** The receiver takes the place of the first parameter. */
  readonly isBound: boolean;
}

export interface Callees {
  readonly functions: readonly Callee[];
  /** The classes of the program that the call makes an object of. */
  readonly classes: readonly { readonly node: ClassDef; readonly unit: FactUnit }[];
  /** Nothing else can be called. */
  readonly isComplete: boolean;
}

export interface CallSite {
  readonly call: Call;
  readonly unit: FactUnit;
  /** False where the receiver is unknown and only the method's name fits. */
  readonly isCertain: boolean;
}

export interface CallSites {
  readonly sites: readonly CallSite[];
  /** Where the function is used as a value, by which somebody else may call it. */
  readonly references: readonly Placed<Expression>[];
}

/** Who calls whom within one program. */
export class CallGraph {
  readonly #sites = new PlacedMap<FunctionDef, CallSites>();

  constructor(
    private readonly evaluator: Evaluator,
    private readonly reads: Reads,
  ) {}

  calleesOf(call: Call, unit: FactUnit): Callees {
    const functions: Callee[] = [];
    const classes: { node: ClassDef; unit: FactUnit }[] = [];
    let isComplete = true;
    for (const value of this.evaluator.valuesOf(call.func, unit)) {
      if (value.kind === 'function') {
        functions.push({ function: value.node, unit: value.unit, isBound: value.self?.kind === 'object' });
      } else if (value.kind === 'class') {
        classes.push({ node: value.node, unit: value.unit });
        const init = this.methodOf(value.node, '__init__', value.unit);
        if (init) functions.push({ ...init, isBound: true });
      } else if (value.kind === 'object') {
        const method = this.methodOf(value.node, '__call__', value.unit);
        if (method) functions.push({ ...method, isBound: true });
        else isComplete = false;
      } else {
        isComplete = false;
      }
    }
    return { functions, classes, isComplete };
  }

  /** A method of a class of the program, inherited ones included. */
  methodOf(node: ClassDef, name: string, unit: FactUnit): Omit<Callee, 'isBound'> | undefined {
    for (const owner of this.lineOf(node, unit)) {
      const method = owner.node.body.find(
        (statement): statement is FunctionDef => statement.kind === 'FunctionDef' && statement.name === name,
      );
      if (method) return { function: method, unit: owner.unit };
    }
    return undefined;
  }

  /** A class and the classes of the program that it derives from, nearest first. */
  lineOf(node: ClassDef, unit: FactUnit): readonly Placed<ClassDef>[] {
    const line: Placed<ClassDef>[] = [];
    const visit = (at: Placed<ClassDef>): void => {
      if (line.some((known) => known.node === at.node)) return;
      line.push(at);
      for (const base of at.node.bases) {
        for (const value of this.evaluator.valuesOf(base, at.unit)) {
          if (value.kind === 'class') visit({ node: value.node, unit: value.unit });
        }
      }
    };
    visit({ node, unit });
    return line;
  }

  /** Whether an object of one class may be one of the other. */
  isRelated(a: Placed<ClassDef>, b: Placed<ClassDef>): boolean {
    const has = (line: readonly Placed<ClassDef>[], one: Placed<ClassDef>): boolean =>
      line.some((member) => member.node === one.node);
    return has(this.lineOf(a.node, a.unit), b) || has(this.lineOf(b.node, b.unit), a);
  }

  /** The class whose method a function is. */
  classOf(node: FunctionDef, unit: FactUnit): ClassDef | undefined {
    const around = unit.summary.scopeOf.get(node)?.parent?.node;
    return around?.kind === 'ClassDef' ? around : undefined;
  }

  sitesOf(node: FunctionDef, unit: FactUnit): CallSites {
    let found = this.#sites.get(unit, node);
    if (!found) {
      const owner = this.classOf(node, unit);
      found = owner ? this.#methodSites(node, { node: owner, unit }) : this.#functionSites(node, unit);
      this.#sites.set(unit, node, found);
    }
    return found;
  }

  #functionSites(node: FunctionDef, unit: FactUnit): CallSites {
    const sites: CallSite[] = [];
    const references: Placed<Expression>[] = [];
    const scope = unit.summary.scopeOf.get(node)?.parent;
    const binding = scope?.bindings.find(
      (candidate) => candidate.source.type === 'function' && candidate.source.node === node,
    );
    if (!binding) return { sites, references };
    const placed: PlacedBinding = { binding, unit };
    for (const { reference, unit: where } of this.reads.of(placed)) {
      const parent = parentsOf(where.unit).get(reference.node);
      if (parent?.kind === 'Call' && parent.func === reference.node) {
        sites.push({ call: parent, unit: where, isCertain: true });
      } else {
        references.push({ node: reference.node, unit: where });
      }
    }
    return { sites, references };
  }

  #methodSites(node: FunctionDef, owner: Placed<ClassDef>): CallSites {
    if (node.name === '__init__' || node.name === '__call__') return this.#specialSites(node, owner);
    const sites: CallSite[] = [];
    const references: Placed<Expression>[] = [];
    for (const { node: attribute, unit } of this.reads.ofAttribute(node.name, owner.unit.facts)) {
      const fit = this.#fitOf(attribute.value, unit, owner);
      if (fit === 'other') continue;
      const parent = parentsOf(unit.unit).get(attribute);
      if (parent?.kind === 'Call' && parent.func === attribute) {
        sites.push({ call: parent, unit, isCertain: fit === 'certain' });
      } else if (fit === 'certain' && !isStored(unit.unit, attribute)) {
        references.push({ node: attribute, unit });
      }
    }
    return { sites, references };
  }

  /** How surely a receiver is an object of a class, or the class itself. */
  #fitOf(receiver: Expression, unit: FactUnit, owner: Placed<ClassDef>): 'certain' | 'possible' | 'other' {
    let isPossible = false;
    for (const value of this.evaluator.valuesOf(receiver, unit)) {
      if (value.kind === 'object' || value.kind === 'class') {
        if (this.isRelated(value, owner)) return 'certain';
      } else if (isUnknown(value)) isPossible = true;
    }
    return isPossible ? 'possible' : 'other';
  }

  #specialSites(node: FunctionDef, owner: Placed<ClassDef>): CallSites {
    const isInit = node.name === '__init__';
    const kind = isInit ? 'class' : 'object';
    const sites: CallSite[] = [];
    for (const { call, unit } of isInit ? this.#callsOfClasses(owner) : this.#allCalls()) {
      const values = this.evaluator.valuesOf(call.func, unit);
      const isOne = values.some((value) => value.kind === kind && this.isRelated(value, owner));
      if (isOne) sites.push({ call, unit, isCertain: true });
    }
    return { sites, references: [] };
  }

  /** Calls by the name of a class or of one that derives from it. */
  #callsOfClasses(owner: Placed<ClassDef>): readonly { readonly call: Call; readonly unit: FactUnit }[] {
    const { facts } = this.evaluator;
    const names = new Set<string>();
    for (const unit of facts.units) {
      for (const { node } of unit.summary.statements) {
        if (node.kind !== 'ClassDef') continue;
        const derives = node === owner.node || this.lineOf(node, unit).some((one) => one.node === owner.node);
        if (derives) names.add(node.name);
      }
    }
    return [...names].flatMap((name) => facts.callsNamed(name));
  }

  #allCalls(): readonly { readonly call: Call; readonly unit: FactUnit }[] {
    return this.evaluator.facts.units.flatMap((unit) =>
      unit.summary.calls.map(({ node }) => ({ call: node, unit })),
    );
  }

  /** The parameter that an argument arrives in, and where in it; undefined where that cannot be told. */
  parameterFor(
    callee: Callee,
    call: Call,
    argument: Expression,
  ): { readonly parameter: Parameter; readonly path: FlowPath } | undefined {
    const { params } = callee.function;
    const keyword = call.keywords.find((candidate) => candidate.value === argument);
    if (keyword) {
      if (keyword.name === undefined) return undefined;
      const { name } = keyword;
      const named = params.find((param) => param.name === name && !isStar(param));
      if (named) return { parameter: named, path: [] };
      const rest = params.find((param) => param.type === 'double-star');
      return rest && { parameter: rest, path: [keyStep(name)] };
    }
    const index = call.args.indexOf(argument);
    if (index < 0 || call.args.slice(0, index + 1).some((before) => before.kind === 'Starred')) {
      return undefined;
    }
    const position = index + (callee.isBound ? 1 : 0);
    const positional = params.filter((param) => param.type === 'plain' || param.type === 'positional-only');
    const parameter = positional[position];
    if (parameter) return { parameter, path: [] };
    const rest = params.find((param) => param.type === 'star');
    return rest && { parameter: rest, path: [String(position - positional.length)] };
  }

  /**
   * What a parameter is given by the calls of the program, its default included; undefined stands for an argument that
   * cannot be told. Empty where nobody calls the function.
   */
  argumentsFor(
    owner: FunctionDef,
    parameter: Parameter,
    unit: FactUnit,
  ): readonly (Placed<Expression> | undefined)[] {
    const found: (Placed<Expression> | undefined)[] = [];
    for (const site of this.sitesOf(owner, unit).sites) {
      if (!site.isCertain) continue;
      const callee = this.calleesOf(site.call, site.unit).functions.find((one) => one.function === owner);
      if (!callee) continue;
      found.push(this.#argumentAt(site, callee, parameter));
    }
    return found;
  }

  #argumentAt(site: CallSite, callee: Callee, parameter: Parameter): Placed<Expression> | undefined {
    const { call, unit } = site;
    for (const argument of [...call.args, ...call.keywords.map((keyword) => keyword.value)]) {
      const arrives = this.parameterFor(callee, call, argument);
      if (arrives?.parameter === parameter) {
        return arrives.path.length === 0 ? { node: argument, unit } : undefined;
      }
    }
    const isOpen =
      call.args.some((argument) => argument.kind === 'Starred') ||
      call.keywords.some((keyword) => keyword.name === undefined);
    if (isOpen || !parameter.default) return undefined;
    return { node: parameter.default, unit: callee.unit };
  }
}

/** Something of which not even the origin is known. */
export function isUnknown(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
      return true;
    case 'member':
    case 'method-result':
      return isUnknown(value.receiver);
    default:
      return false;
  }
}

function isStar(parameter: Parameter): boolean {
  return parameter.type === 'star' || parameter.type === 'double-star';
}
