import { callText } from '../../refactorings/extract-pipeline/moved';
import { type ImportNeed, boundName, importBlock, needsOf } from '../../refactorings/importBlock';
import { namesThere } from '../../knowledge/builtins';
import type { FactUnit, ProgramFacts } from '../../semantics/facts';
import { EditSet, type TextEdit } from '../../text/edit';
import { switchesBackend } from '../../stages/phases';
import type { Stage } from '../../stages/stages';
import type { PackagePlan } from '../plan';
import type { PackageFile, PackageRequest } from '../request';
import { droppedLook } from '../translate/displays';

interface Cell {
  readonly type: 'code' | 'markdown';
  readonly id: string;
  readonly source: string;
}

/**
 * The notebook reduced to its prose, the calls of the stages, the plots that these draw, and what cells showed of what
 * stages hand on. The original stays as it is. Undefined where the original is no notebook.
 */
export function reducedNotebook(plan: PackagePlan, request: PackageRequest): PackageFile | undefined {
  if (plan.facts.program.kind !== 'notebook') return undefined;
  const writer = new Writer(plan, request.program.facts, (cell) => lookOf(cell, request));
  const cells = plan.facts.program.cells.flatMap(({ kind, index, source }): Cell[] => {
    const id = `cell-${(index ?? 0) + 1}`;
    if (kind === 'markdown') return [{ type: 'markdown', id, source }];
    if (kind !== 'code') return [];
    const code = writer.cellText(index);
    return code === '' ? [] : [{ type: 'code', id, source: code }];
  });
  const setup = setupCells(plan, request, writer.needs);
  return { path: `notebooks/${plan.originalName}`, content: notebookJson([...setup, ...cells]) };
}

/** What the translation has taken out of the last line of a cell. */
function lookOf(
  cell: FactUnit['cell'],
  { program: { facts, context } }: PackageRequest,
): FactUnit | undefined {
  return droppedLook(cell, { facts, evaluator: context.evaluator });
}

/** Writes the cells one after another: each knows what those above it have bound. */
class Writer {
  readonly needs: ImportNeed[] = [];
  readonly #called: Stage[] = [];

  constructor(
    private readonly plan: PackagePlan,
    private readonly original: ProgramFacts,
    private readonly lookIn: (cell: FactUnit['cell']) => FactUnit | undefined,
  ) {}

  cellText(index: number | null): string {
    const { plan } = this;
    const cell = this.original.cells.find((each) => each.cell.index === index);
    const source = cell?.cell.source.trim() ?? '';
    if (source !== '' && source.split(/[\r\n]+/).every((line) => /^\s*(?:#|$)/.test(line))) return source;
    const magics = (cell?.cell.escapes ?? []).flatMap(({ name, argument }) =>
      name === 'matplotlib' || (name === 'config' && argument.startsWith('InlineBackend'))
        ? [`%${name} ${argument}`.trim()]
        : [],
    );
    const lines: string[] = [];
    for (const stage of plan.stages) {
      if (stage.units[0]?.cell.cell.index !== index) continue;
      const prefix = plan.isAsync(stage) ? 'await ' : '';
      lines.push(callText(stage, { names: plan.sharing }, undefined, '', prefix));
      this.#called.push(stage);
      // The package draws without a window from here on, until somebody wants to see it.
      if (stage.units.some(switchesBackend)) lines.push(...magics.splice(0));
    }
    lines.push(...magics);
    const look = cell && this.lookIn(cell);
    if (look) lines.push(this.#lookText(look, index));
    return lines.join('\n');
  }

  /** What a cell shows, or a comment where the notebook has it no longer. */
  #lookText(look: FactUnit, index: number | null): string {
    const isAhead = this.#called.some((stage) =>
      stage.units.some(({ cell }) => isBehind(cell.cell.index, index)),
    );
    const edits: TextEdit[] = [];
    const needs: ImportNeed[] = [];
    let isThere = !isAhead;
    for (const { name, node } of look.summary.freeReferences) {
      const found = this.#placeOf(name);
      if (found === 'gone') isThere = false;
      else if (found === 'shared') {
        edits.push({ span: { start: node.start, end: node.start }, newText: `${this.plan.stateName}.` });
        needs.push({ module: this.plan.name, name: this.plan.stateName, alias: undefined });
      } else if (found !== 'there') needs.push(found);
    }
    const { text } = look.unit;
    if (!isThere) return text.replace(/^/gm, '# ').replace(/^# /, '# shown in the original: ');
    this.needs.push(...needs);
    return new EditSet(edits).apply(text);
  }

  #placeOf(name: string): 'there' | 'shared' | 'gone' | ImportNeed {
    const { facts, sharing, modules, roles } = this.plan;
    if (sharing.shared.has(name)) return 'shared';
    if (sharing.passing.passed.has(name)) {
      const binder = this.#called.findLast((stage) => stage.units.some((unit) => binds(unit, name)));
      return binder && sharing.passing.returnsOf(binder).includes(name) ? 'there' : 'gone';
    }
    const bindings = facts.moduleBindings(name);
    if (bindings.length === 0) return namesThere('notebook').has(name) ? 'there' : 'gone';
    const [{ unit }] = bindings as [(typeof bindings)[number]];
    if (bindings.length > 1) return 'gone';
    const module = modules.find(({ definitions }) => definitions.includes(unit));
    if (module) return { module: `${this.plan.name}.${module.name}`, name, alias: undefined };
    const need =
      roles.of.get(unit) === 'import' ? needsOf(unit).find((each) => boundName(each) === name) : undefined;
    return need ? { ...need, comment: undefined } : 'gone';
  }
}

function binds({ summary }: FactUnit, name: string): boolean {
  return summary.moduleBindings.some((binding) => binding.name === name);
}

function isBehind(index: number | null, other: number | null): boolean {
  return index !== null && other !== null && index > other;
}

/** Cells that find the package and the data, read the configuration, and import the stages. */
function setupCells(
  plan: PackagePlan,
  { originalFolder }: PackageRequest,
  needs: readonly ImportNeed[],
): readonly Cell[] {
  const { name, originalName, configuration, stateName, configModule, configName } = plan;
  const stages = plan.modules.flatMap((module) =>
    module.stages.map((stage) => ({ module: `${name}.${module.name}`, name: stage.name, alias: undefined })),
  );
  const found = `# In this folder the package is found without being installed.
# Relative paths start where ${originalName} lies.
import os
import sys
from pathlib import Path

if Path("../src/${name}").is_dir():
    sys.path.insert(0, str(Path("../src").resolve()))${
      originalFolder === undefined ? '' : `\n    os.chdir(${JSON.stringify(`../${originalFolder}`)})`
    }`;
  const configured = `from ${name} import ${stateName}
from ${name}.${configModule} import Config

${stateName}.${configName} = Config.from_file(Path(${stateName}.__file__).with_name("config.yaml"))`;
  return [
    { type: 'code', id: 'setup', source: found },
    ...(configuration ? [{ type: 'code' as const, id: 'configuration', source: configured }] : []),
    { type: 'code', id: 'imports', source: importBlock([...needs, ...stages]) },
  ];
}

/** A notebook of format 4.5, without outputs. */
function notebookJson(cells: readonly Cell[]): string {
  const notebook = {
    cells: cells.map(({ type, id, source }) => ({
      cell_type: type,
      ...(type === 'code' ? { execution_count: null } : {}),
      id,
      metadata: {},
      ...(type === 'code' ? { outputs: [] } : {}),
      source: source.match(/[^\n]*\n|[^\n]+/g) ?? [],
    })),
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}
