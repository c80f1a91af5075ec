import type { PlacedBinding, ProgramFacts } from '../../semantics/facts';
import type { Refusal } from '../../text/refusal';

/** What the translation imports, by the name that it uses. */
const IMPORTS = {
  contextlib: 'import contextlib',
  io: 'import io',
  matplotlib: 'import matplotlib',
  os: 'import os',
  plt: 'import matplotlib.pyplot as plt',
  subprocess: 'import subprocess',
  sys: 'import sys',
  Path: 'from pathlib import Path',
} as const;

export type Helper = keyof typeof IMPORTS;

/** Modules that the plain Python of a notebook needs and the notebook did not. */
export class Helpers {
  readonly #used = new Set<Helper>();
  readonly #functions = new Map<string, string>();

  constructor(private readonly facts: ProgramFacts) {}

  /** The name of a module, which is then imported. */
  use(helper: Helper): string {
    this.#used.add(helper);
    return helper;
  }

  /**
   * Defines a function for the whole notebook, with the imports that it needs.
   *
   * @returns Whether that can be done: the names may be the notebook's own.
   */
  define(name: string, text: string, needed: readonly Helper[]): boolean {
    if (this.facts.moduleBindings(name).length > 0) return false;
    if (needed.some((helper) => this.#rivalOf(helper))) return false;
    for (const helper of needed) this.use(helper);
    this.#functions.set(name, text);
    return true;
  }

  /**
   * What stands above the notebook's first cell: imports, which that cell may have as well in the same way, and
   * functions.
   */
  head(): string {
    const imports = [...this.#used].map((name) => IMPORTS[name]).join('\n');
    return [imports, ...this.#functions.values()].filter((part) => part !== '').join('\n\n\n');
  }

  /** Names that the notebook uses for something else. */
  refusals(): readonly Refusal[] {
    const { path } = this.facts.program;
    return [...this.#used].flatMap((name) => {
      const rival = this.#rivalOf(name);
      if (!rival) return [];
      const { binding, unit } = rival;
      const { line } = unit.cell.lines.positionAt(unit.start + binding.start);
      const reason = `${name} is needed for what magics and shell lines become, and is bound to something else`;
      return [{ path, cell: unit.cell.cell.index, line, reason }];
    });
  }

  /** What gives the name of a helper another meaning. */
  #rivalOf(name: Helper): PlacedBinding | undefined {
    return this.facts.moduleBindings(name).find(({ binding: { source } }) => !isSame(name, source));
  }
}

function isSame(name: Helper, source: { readonly type: string }): boolean {
  const from = source as { type: string; module?: string; imported?: string; name?: string };
  if (name === 'Path')
    return from.type === 'from-import' && from.module === 'pathlib' && from.name === 'Path';
  if (name === 'plt') {
    return (
      (from.type === 'import' && from.module === 'matplotlib.pyplot') ||
      (from.type === 'from-import' && from.module === 'matplotlib' && from.name === 'pyplot')
    );
  }
  return from.type === 'import' && from.module === name;
}
