import { packageProgram } from '../packaging/index';
import type { Installed, PackageOutcome } from '../packaging/request';
import type { PlanDocument } from '../plan/document';
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
  /** A plan that has decided about stages, names and keys. */
  readonly plan?: PlanDocument | undefined;
  /** What is installed where the program runs. */
  readonly installed?: Installed | undefined;
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
    plan: order.plan,
    installed: order.installed,
    analyze: (translated) => engine.analyze(translated, undefined, false, modules),
    check: (text) => {
      const { facts } = engine.analyze(scriptSource('module.py', text));
      return facts.cells.find(({ syntax }) => syntax.problem)?.syntax.problem?.message;
    },
  });
}
