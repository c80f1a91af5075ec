import { textOf } from '../program/program';
import type { ProgramSource } from '../program/source';
import type { Analyzer } from './analyzer';
import type { ProgramFacts } from './facts';
import { type ProjectModules, modulePath } from './project';

/** The files of a project; everything answers at once. Paths have `/` between their parts. */
export interface ProjectFiles {
  /** The root folder as the paths have it; the empty string where they are relative to it. */
  readonly root: string;
  has(path: string): boolean;
  /** Scripts and notebooks, in a fixed order; asked for once. */
  paths(): readonly string[];
  /** A program's text now; undefined if it cannot be read. The same object as long as it has not changed. */
  source(path: string): ProgramSource | undefined;
}

/** Modules kept analysed: more would fill the memory in a project of thousands. */
const CAPACITY = 200;

/** Answers for one state of a project's files which module an import means, and who imports whom. */
export class ModuleIndex implements ProjectModules {
  readonly #facts = new Map<string, { readonly source: ProgramSource; readonly facts: ProgramFacts }>();
  #importers: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(
    private readonly files: ProjectFiles,
    private readonly analyzer: Pick<Analyzer, 'analyze'>,
  ) {}

  get root(): string {
    return this.files.root;
  }

  has(path: string): boolean {
    return path.endsWith('.py') && this.files.has(path);
  }

  factsOf(path: string): ProgramFacts | undefined {
    const source = this.files.source(path);
    if (!source) return undefined;
    const known = this.#facts.get(path);
    const facts = known?.source === source ? known.facts : this.analyzer.analyze(source);
    // The one that was asked for longest ago goes first.
    this.#facts.delete(path);
    for (const oldest of this.#facts.keys()) {
      if (this.#facts.size < CAPACITY) break;
      this.#facts.delete(oldest);
    }
    this.#facts.set(path, { source, facts });
    return facts;
  }

  factsFrom(source: ProgramSource): ProgramFacts | undefined {
    return this.files.source(source.path) === source ? this.factsOf(source.path) : undefined;
  }

  importersOf(path: string): readonly string[] {
    this.#importers ??= this.#indexImporters();
    return this.#importers.get(path) ?? [];
  }

  #indexImporters(): ReadonlyMap<string, readonly string[]> {
    const importers = new Map<string, string[]>();
    const all = new Set(this.files.paths());
    // Asking the files one by one would take longer than all the rest.
    const known = { root: this.root, has: (path: string): boolean => all.has(path) };
    for (const from of all) {
      const source = this.files.source(from);
      if (!source) continue;
      const reached = new Set<string>();
      for (const cell of source.cells) {
        if (cell.kind !== 'code') continue;
        for (const dotted of importedNames(textOf(cell))) {
          const path = modulePath(known, from, dotted);
          if (path !== undefined && path !== from) reached.add(path);
        }
      }
      for (const path of reached) {
        const same = importers.get(path);
        if (same) same.push(from);
        else importers.set(path, [from]);
      }
    }
    return importers;
  }
}

const IMPORT = /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]*)|import[ \t]+([^\n#;]+))/gm;

/**
 * The modules that a text's import statements may name, packages around them included. Read line by line without a
 * parser: who imports whom is asked for whole projects, and a line of a string that looks like an import costs
 * little.
 */
export function* importedNames(text: string): Generator<string> {
  for (const [, module, names, modules] of text.matchAll(IMPORT)) {
    if (module !== undefined) {
      yield* withPackages(module);
      for (const name of (names ?? '').replace(/[()]|#.*/g, ' ').split(',')) {
        const [first] = name.trim().split(/\s+/);
        if (first && first !== '*') yield module.endsWith('.') ? module + first : `${module}.${first}`;
      }
    } else {
      for (const name of modules!.split(',')) {
        const [first = ''] = name.trim().split(/\s+/);
        yield* withPackages(first);
      }
    }
  }
}

/** A dotted name and the packages around it, outermost first. Importing a module runs them all. */
function* withPackages(dotted: string): Generator<string> {
  const dots = /^\.*/.exec(dotted)![0];
  if (dotted === dots) yield dots;
  const parts = dotted.slice(dots.length).split('.').filter(Boolean);
  for (let length = 1; length <= parts.length; length++) yield dots + parts.slice(0, length).join('.');
}
