import type { ProgramFacts } from '../../semantics/facts';
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

  constructor(private readonly facts: ProgramFacts) {}

  /** The name of a module, which is then imported. */
  use(helper: Helper): string {
    this.#used.add(helper);
    return helper;
  }

  /** The import lines; what the notebook's first cell imports itself is imported twice, in the same way. */
  imports(): string {
    return [...this.#used].map((name) => IMPORTS[name]).join('\n');
  }

  /** Names that the notebook uses for something else. */
  refusals(): readonly Refusal[] {
    const { path } = this.facts.program;
    return [...this.#used].flatMap((name) => {
      const rival = this.facts.moduleBindings(name).find(({ binding: { source } }) => !isSame(name, source));
      if (!rival) return [];
      const { binding, unit } = rival;
      const { line } = unit.cell.lines.positionAt(unit.start + binding.start);
      const reason = `${name} is needed for what magics and shell lines become, and is bound to something else`;
      return [{ path, cell: unit.cell.cell.index, line, reason }];
    });
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
