import path from 'node:path';
import type { PlanDocument } from '../plan/document';
import { readPlan } from '../plan/read';
import { LineIndex } from '../text/position';
import { baseName } from '../text/workspace';
import { readContent } from './load';
import { shownPath, toSlashes } from './paths';
import { placeAt } from './places';
import type { Session } from './session';

/**
 * Reads a plan for a program. What is wrong with it is reported, with its lines; then it is undefined.
 *
 * @param file As it was given on the command line.
 * @param root The folder that the program's paths are relative to.
 */
export function readPlanFile(
  session: Session,
  file: string,
  program: string,
  root: string,
): PlanDocument | undefined {
  const absolute = path.resolve(session.io.cwd, file);
  const shown = shownPath(session.io.cwd, absolute);
  const content = readContent(absolute, 'json');
  if ('reason' in content) {
    session.problem({ path: shown, message: content.reason });
    return undefined;
  }
  const { text } = content;
  const { plan, problems } = readPlan(text);
  const lines = new LineIndex(text);
  for (const { message, span, hint } of problems) {
    const place = placeAt(shown, null, lines.positionAt(span?.start ?? 0));
    session.problemAt(place, hint === undefined ? message : `${message}; ${hint}`);
  }
  if (!plan) return undefined;
  if (plan.program !== '' && plan.program !== baseName(program)) {
    session.problem({
      path: shown,
      message: `the plan is for ${plan.program}, not for ${baseName(program)}`,
    });
    return undefined;
  }
  return { path: toSlashes(path.relative(root, absolute)), text, plan };
}
