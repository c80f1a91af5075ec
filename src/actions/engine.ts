import { type RuleFailure, type SeveritySettings, checkProgram } from '../rules/check';
import type { Finding, RuleContext } from '../rules/rule';
import type { ProgramSource } from '../program/source';
import { Analyzer } from '../semantics/analyzer';
import type { ProgramFacts } from '../semantics/facts';
import { ModuleIndex, type ProjectFiles } from '../semantics/moduleIndex';
import type { ProjectModules } from '../semantics/project';
import type { PythonParser } from '../syntax/parser';

/** One version of one program, analysed. */
export interface Analysis {
  readonly path: string;
  readonly facts: ProgramFacts;
  /** In document order, suppressed ones left out. */
  readonly findings: readonly Finding[];
  readonly context: RuleContext;
  /** Rules that threw: an internal error, for the log. */
  readonly failures: readonly RuleFailure[];
}

/** The engine behind both adapters: source in, findings out. Holds caches only. */
export class Engine {
  readonly #analyzer: Analyzer;

  constructor(parser: PythonParser) {
    this.#analyzer = new Analyzer(parser);
  }

  /**
   * Analyses a program.
   *
   * @param isOpen It is open in an editor and will come again with small changes; then `close` it in the end.
   * @param modules The modules of its project, where they are known.
   */
  analyze(
    source: ProgramSource,
    settings?: SeveritySettings,
    isOpen = false,
    modules?: ProjectModules,
  ): Analysis {
    // What another program imported has been analysed already.
    const shared = isOpen ? undefined : modules?.factsFrom(source);
    const facts = shared ?? this.#analyzer.analyze(source, isOpen);
    const { findings, failures, context } = checkProgram(facts, settings, modules);
    return { path: source.path, facts, findings, context, failures };
  }

  /** The modules of a project, for `analyze`. Make it again when its files have changed. */
  modulesOf(files: ProjectFiles): ProjectModules {
    return new ModuleIndex(files, this.#analyzer);
  }

  close(path: string): void {
    this.#analyzer.forget(path);
  }
}
