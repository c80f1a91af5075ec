import { packageProgram } from '../packaging/index';
import type { PackageOutcome } from '../packaging/request';
import { type ProgramSource, scriptSource } from '../program/source';
import type { ProjectModules } from '../semantics/project';
import type { Analysis, Engine } from './engine';

/** What an adapter asks for. */
export interface PackageOrder {
  readonly engine: Engine;
  /** The modules of the program's project, where they are known. */
  readonly modules: ProjectModules | undefined;
  readonly source: ProgramSource;
  /** Of the package: an identifier. */
  readonly name: string;
  /** From the package's folder to the original's, with `/`; undefined where there is no such way. */
  readonly originalFolder: string | undefined;
  /** The version of an installed distribution, where an interpreter is known. */
  readonly versionOf?: (distribution: string) => string | undefined;
}

/** "Convert to package": the files of a package that does what the program does, or why there is none. */
export function makePackage(analysis: Analysis, order: PackageOrder): PackageOutcome {
  const { engine, modules, source, name, originalFolder } = order;
  return packageProgram({
    program: analysis,
    source,
    name,
    modules,
    originalFolder,
    versionOf: order.versionOf ?? (() => undefined),
    analyze: (translated) => engine.analyze(translated, undefined, false, modules),
    check: (text) => {
      const { facts } = engine.analyze(scriptSource('module.py', text));
      return facts.cells.find(({ syntax }) => syntax.problem)?.syntax.problem?.message;
    },
  });
}
