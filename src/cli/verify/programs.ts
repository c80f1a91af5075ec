import fs from 'node:fs';
import path from 'node:path';
import type { Analysis, Engine } from '../../actions/engine';
import { type KnownEffect, knownEffects } from '../../verify/knownEffects';
import { UsageError } from '../exit';
import { programOf, readContent, textKindOf } from '../load';
import { shownPath } from '../paths';
import type { Subject } from './subject';

/** A program or a module that belongs to one, analysed. */
export interface AnalysedFile {
  readonly absolute: string;
  readonly shown: string;
  readonly analysis: Analysis;
}

/**
 * The files of a side: the program and the modules beside it that it imports; of a package all of its modules. The
 * program comes first.
 *
 * @throws {UsageError} if the program cannot be read.
 */
export function analysedFiles(subject: Subject, engine: Engine, cwd: string): readonly AnalysedFile[] {
  if (subject.kind === 'package') {
    const folder = path.join(subject.absolute, 'src', subject.module);
    const names = (fs.readdirSync(folder, { recursive: true }) as string[])
      .filter((name) => name.endsWith('.py'))
      .sort();
    return names.map((name) => analysed(path.join(folder, name), engine, cwd));
  }
  const files = [analysed(subject.absolute, engine, cwd)];
  const seen = new Set([subject.absolute]);
  for (const { analysis } of files) {
    for (const module of importedModules(analysis)) {
      const absolute = path.join(subject.folder, `${module}.py`);
      if (seen.has(absolute) || !fs.existsSync(absolute)) continue;
      seen.add(absolute);
      files.push(analysed(absolute, engine, cwd));
    }
  }
  return files;
}

export type PlacedEffect = KnownEffect & { readonly path: string };

/** What the files are known to do outside their folder, each kind and detail once. */
export function effectsOf(files: readonly AnalysedFile[]): readonly PlacedEffect[] {
  const found = new Map<string, PlacedEffect>();
  for (const { shown, analysis } of files) {
    const { evaluator, folder } = analysis.context;
    for (const effect of knownEffects(analysis.facts, evaluator, folder)) {
      const key = `${effect.kind}\0${effect.detail}`;
      if (!found.has(key)) found.set(key, { ...effect, path: shown });
    }
  }
  return [...found.values()];
}

function analysed(absolute: string, engine: Engine, cwd: string): AnalysedFile {
  const shown = shownPath(cwd, absolute);
  const content = readContent(absolute, textKindOf(absolute));
  if ('reason' in content) throw new UsageError(`${shown}: ${content.reason}`);
  const source = programOf(shown, content.text);
  if ('reason' in source) throw new UsageError(`${shown}: ${source.reason}`);
  if (!source.isPython) throw new UsageError(`${shown}: the notebook's kernel is not Python`);
  return { absolute, shown, analysis: engine.analyze(source) };
}

function importedModules({ facts }: Analysis): readonly string[] {
  const names: string[] = [];
  for (const { summary } of facts.units) {
    for (const { node } of summary.statements) {
      if (node.kind === 'Import') names.push(...node.names.map(({ name }) => name));
      else if (node.kind === 'ImportFrom' && node.module) names.push(node.module);
    }
  }
  return names.map((name) => name.replace(/\./g, '/'));
}
