import { type Analysis, Engine } from '../../src/actions/engine';
import { programOffer } from '../../src/actions/pathsToConfig';
import type { Outcome } from '../../src/actions/offer';
import { resolveOffer } from '../../src/actions/table';
import { type CellSource, type ProgramSource, scriptSource } from '../../src/program/source';
import type { Workspace } from '../../src/text/workspace';
import { testParser } from './parser';

/** A notebook of these cells: code as it is; a text cell starts with `[markdown]` or `[raw]`. */
export function notebookSource(path: string, cells: readonly string[]): ProgramSource {
  return {
    path,
    kind: 'notebook',
    isPython: true,
    cells: cells.map((text, index): CellSource => {
      const kind = /^\[(markdown|raw)\]/.exec(text)?.[1];
      return {
        index,
        kind: kind === 'markdown' || kind === 'raw' ? kind : 'code',
        source: text,
        executionCount: null,
      };
    }),
  };
}

/** A notebook whose first cell is tagged `parameters`, as papermill wants it. */
export function parametersCell(parameters: string, ...cells: readonly string[]): ProgramSource {
  const notebook = notebookSource('notebook.ipynb', [parameters, ...cells]);
  const [first, ...others] = notebook.cells;
  return { ...notebook, cells: [{ ...first!, tags: ['parameters'] }, ...others] };
}

export async function analyse(source: ProgramSource | string): Promise<Analysis> {
  const engine = new Engine(await testParser());
  return engine.analyze(typeof source === 'string' ? scriptSource('program.py', source) : source);
}

/** One program of a project in memory: path to text, all of them scripts or, as a list of cells, notebooks. */
export async function analyseInProject(
  files: Readonly<Record<string, string | readonly string[]>>,
  path: string,
): Promise<Analysis> {
  const sources = new Map(
    Object.entries(files).map(([name, content]): [string, ProgramSource] => [
      name,
      typeof content === 'string' ? scriptSource(name, content) : notebookSource(name, content),
    ]),
  );
  const engine = new Engine(await testParser());
  const modules = engine.modulesOf({
    root: '',
    has: (name) => sources.has(name),
    paths: () => [...sources.keys()],
    source: (name) => sources.get(name),
  });
  return engine.analyze(sources.get(path)!, undefined, false, modules);
}

/** `line:column rule`, one-based line and zero-based column, cells as `cell/line:column`. */
export function places(analysis: Analysis, rule: string): string[] {
  return analysis.findings
    .filter((finding) => finding.rule === rule)
    .map(({ cell, span, severity }) => {
      const { line, character } = cell.lines.positionAt(span.start);
      const prefix = cell.cell.index === null ? '' : `${cell.cell.index}/`;
      return `${prefix}${line + 1}:${character} ${severity}`;
    });
}

/** A workspace in memory: path to text. */
export function memoryWorkspace(files: Readonly<Record<string, string>>, root?: string): Workspace {
  const paths = Object.keys(files);
  return {
    root,
    read: (path) => Promise.resolve(files[path]),
    exists: (path) => Promise.resolve(paths.some((known) => known === path || known.startsWith(`${path}/`))),
    list: (folder) => {
      const prefix = folder === '' ? '' : `${folder}/`;
      const names = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
      return Promise.resolve([...new Set(names.map((name) => name.replace(/\/.*$/, '/')))]);
    },
  };
}

/** Runs `paths-to-config` over a whole program. */
export async function moveAllPaths(
  source: ProgramSource | string,
  files: Readonly<Record<string, string>> = {},
  root?: string,
): Promise<Outcome> {
  const engine = new Engine(await testParser());
  const analysis = engine.analyze(typeof source === 'string' ? scriptSource('program.py', source) : source);
  return resolveOffer(programOffer(analysis), analysis, {
    engine,
    workspace: memoryWorkspace(files, root),
    loadProgram: () => Promise.resolve(undefined),
  });
}

/** The texts after a change: path to text, cells as `path#index`. */
export function applied(outcome: Outcome): Record<string, string> {
  if (outcome.status !== 'done')
    throw new Error(`${outcome.status}: ${outcome.refusals.map((r) => r.reason).join('; ')}`);
  const texts: Record<string, string> = {};
  for (const file of outcome.change.files) {
    if (file.kind === 'create') texts[file.path] = file.content;
    else if (file.kind === 'text') texts[file.path] = file.edits.apply(file.before);
    else for (const cell of file.cells) texts[`${file.path}#${cell.cell}`] = cell.edits.apply(cell.before);
  }
  return texts;
}
