import { scriptSource } from '../program/source';
import type { Analysis } from './engine';
import type { ActionContext } from './offer';

/** Why a text that a refactoring made is no valid Python; undefined if it is. */
export function problemOf(text: string, { path }: Analysis, { engine }: ActionContext): string | undefined {
  const { facts } = engine.analyze(scriptSource(path.replace(/\.ipynb$/, '.py'), text));
  return facts.cells.find(({ syntax }) => syntax.problem)?.syntax.problem?.message;
}
