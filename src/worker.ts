// The thread that analyses whole projects, so that typing never waits for it.
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Engine } from './actions/engine';
import type { ProgramSource } from './program/source';
import type { ProjectModules } from './semantics/project';
import { PythonParser } from './syntax/parser';
import type { ScanAnswer, ScanRequest, ScannedFinding } from './vscode/project/protocol';

/** One folder of the window. */
interface Folder {
  readonly programs: Map<string, ProgramSource>;
  modules: ProjectModules | undefined;
}

class Scanner {
  readonly #folders = new Map<string, Folder>();
  readonly #cancelled = new Set<number>();

  constructor(
    private readonly engine: Promise<Engine>,
    private readonly answer: (answer: ScanAnswer) => void,
  ) {}

  async handle(request: ScanRequest): Promise<void> {
    switch (request.type) {
      case 'programs':
        return this.#take(request);
      case 'scan':
        return this.#scan(request);
      case 'cancel':
        this.#cancelled.add(request.id);
    }
  }

  #take({ root, programs }: ScanRequest & { readonly type: 'programs' }): void {
    const folder = this.#folder(root);
    for (const [name, source] of programs) {
      if (source) folder.programs.set(name, source);
      else folder.programs.delete(name);
    }
    folder.modules = undefined;
  }

  async #scan({ id, root, paths }: ScanRequest & { readonly type: 'scan' }): Promise<void> {
    const engine = await this.engine;
    const folder = this.#folder(root);
    const { programs } = folder;
    folder.modules ??= engine.modulesOf({
      root,
      has: (name) => programs.has(name),
      paths: () => [...programs.keys()].sort(),
      source: (name) => programs.get(name),
    });
    for (const { path: name, severities } of paths) {
      // Between two programs a message may arrive that ends this.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#cancelled.delete(id)) break;
      const source = programs.get(name);
      if (!source) continue;
      try {
        const { findings } = engine.analyze(source, severities, false, folder.modules);
        this.answer({ type: 'scanned', id, path: name, findings: findings.map(plain) });
      } catch (error) {
        this.answer({ type: 'failed', id, path: name, message: String(error) });
      }
    }
    this.answer({ type: 'done', id });
  }

  #folder(root: string): Folder {
    let folder = this.#folders.get(root);
    if (!folder) {
      folder = { programs: new Map(), modules: undefined };
      this.#folders.set(root, folder);
    }
    return folder;
  }
}

function plain({
  rule,
  severity,
  message,
  cell,
  span,
}: ReturnType<Engine['analyze']>['findings'][number]): ScannedFinding {
  return { rule, severity, message, cell: cell.cell.index, range: cell.lines.rangeOf(span) };
}

const port = parentPort!;
const scanner = new Scanner(
  PythonParser.load({
    runtime: path.join(__dirname, 'web-tree-sitter.wasm'),
    grammar: path.join(__dirname, 'tree-sitter-python.wasm'),
  }).then((parser) => new Engine(parser)),
  (answer) => port.postMessage(answer),
);
port.on('message', (request: ScanRequest) => void scanner.handle(request));
