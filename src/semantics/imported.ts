import type { FactUnit, PlacedBinding, ProgramFacts } from './facts';
import { type ProjectModules, exportedBindings, modulePath } from './project';
import type { Value } from './values';

type Qualified = Value & { readonly kind: 'qualified' };

/** Modules that hand a name on from one to the next; longer chains are given up. */
const MAX_CHAIN = 12;

/** What imports bring into a program: names of libraries, and what the project's own modules bind. */
export class Imported {
  #chain = 0;
  readonly #paths = new Map<ProgramFacts, Map<string, string | undefined>>();

  /** @param valuesOf What a binding of any of the modules stands for. */
  constructor(
    private readonly modules: ProjectModules | undefined,
    private readonly valuesOf: (binding: PlacedBinding) => readonly Value[],
  ) {}

  /** `import name`. */
  module(name: string, facts: ProgramFacts): Qualified {
    return this.modules ? { kind: 'qualified', name, from: facts } : { kind: 'qualified', name };
  }

  /** `from module import name`; the module with its leading dots. */
  member(module: string, name: string, facts: ProgramFacts): readonly Value[] {
    return (
      this.#exported(this.factsOf(module, facts), name) ?? [
        this.module(module.endsWith('.') ? module + name : `${module}.${name}`, facts),
      ]
    );
  }

  /** `module.name`, of a module or of anything else that was imported. */
  attribute(value: Qualified, name: string): readonly Value[] {
    const { from } = value;
    const exported = from && this.#exported(this.factsOf(value.name, from), name);
    if (exported) return exported;
    const dotted = `${value.name}.${name}`;
    return [from ? { kind: 'qualified', name: dotted, from } : { kind: 'qualified', name: dotted }];
  }

  /** A name that only a star import of one of the project's modules can have brought, seen from a statement. */
  starred(name: string, before: FactUnit | undefined, facts: ProgramFacts): readonly Value[] | undefined {
    if (!this.modules) return undefined;
    // Without `__all__`, a star leaves out names that start with an underscore.
    if (name.startsWith('_')) return undefined;
    for (const { order, module } of starImports(facts)) {
      if (before && order > before.order) continue;
      const exported = this.#exported(this.factsOf(module, facts), name);
      if (exported) return exported;
    }
    return undefined;
  }

  /** The project's module that an import in a program names. */
  factsOf(dotted: string, importing: ProgramFacts): ProgramFacts | undefined {
    const path = this.pathOf(dotted, importing);
    return path === undefined ? undefined : this.modules!.factsOf(path);
  }

  pathOf(dotted: string, importing: ProgramFacts): string | undefined {
    if (!this.modules) return undefined;
    let known = this.#paths.get(importing);
    if (!known) this.#paths.set(importing, (known = new Map<string, string | undefined>()));
    if (!known.has(dotted)) {
      const path = modulePath(this.modules, importing.program.path, dotted);
      // A notebook or script that imports its own name gets a library: it would not import itself.
      known.set(dotted, path === importing.program.path ? undefined : path);
    }
    return known.get(dotted);
  }

  #exported(facts: ProgramFacts | undefined, name: string): readonly Value[] | undefined {
    if (!facts || this.#chain >= MAX_CHAIN) return undefined;
    this.#chain++;
    try {
      const bindings = exportedBindings(facts, name);
      if (bindings.length > 0) return bindings.flatMap((binding) => this.valuesOf(binding));
      // Bound, and deleted again.
      if (facts.moduleBindings(name).length > 0) return [{ kind: 'unknown' }];
      return this.starred(name, undefined, facts);
    } finally {
      this.#chain--;
    }
  }
}

interface StarImport {
  readonly order: number;
  /** With its leading dots. */
  readonly module: string;
}

const stars = new WeakMap<ProgramFacts, readonly StarImport[]>();

/** The star imports of a program at module level, last first. */
function starImports(facts: ProgramFacts): readonly StarImport[] {
  let found = stars.get(facts);
  if (!found) {
    found = facts.units
      .flatMap(({ unit: { statement }, order }) =>
        statement.kind === 'ImportFrom' && statement.isStar
          ? [{ order, module: '.'.repeat(statement.level) + statement.module }]
          : [],
      )
      .reverse();
    stars.set(facts, found);
  }
  return found;
}
