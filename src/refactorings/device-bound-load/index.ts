import { argumentOf } from '../../rules/inference/arguments';
import { MAP_LOCATION } from '../../rules/inference/deviceBoundLoad';
import type { Finding } from '../../rules/rule';
import { valueFlowOf } from '../../semantics/valueFlow';
import type { TextEdit } from '../../text/edit';
import { callOf, editedOrRefused } from '../findingPlace';
import type { AnalysedProgram, Outcome } from '../outcome';
import { addArgument, replaceNode } from '../unsafe-model-load/argumentEdits';
import { deviceName } from './deviceName';

/** What the load of a finding can be given as `map_location`: the program's device, or `"cpu"`. */
export function locationFor(program: AnalysedProgram, finding: Finding): string {
  const { unit, call } = callOf(finding);
  return deviceName(call, unit, program.context.evaluator) ?? '"cpu"';
}

/** Why the load of a finding cannot be given a device; undefined: it can. Cheap. */
export function whyNotLocated(program: AnalysedProgram, finding: Finding): string | undefined {
  const plan = planOf(program, finding);
  return typeof plan === 'string' ? plan : undefined;
}

/** Gives the load that a finding points at a `map_location`. */
export function locateLoad(program: AnalysedProgram, finding: Finding): Outcome {
  return editedOrRefused(program, finding, planOf(program, finding));
}

/** The edits, or why there are none. */
function planOf(program: AnalysedProgram, finding: Finding): readonly TextEdit[] | string {
  const { unit, call } = callOf(finding);
  const { keyword, position } = MAP_LOCATION;
  const given = argumentOf(call, keyword, position, unit, valueFlowOf(program.context.evaluator));
  const value = locationFor(program, finding);
  if (given === 'absent') {
    const hasOptions = call.keywords.some(({ name }) => name === undefined);
    return hasOptions
      ? `The call unpacks options: add ${keyword}=${value} by hand`
      : addArgument(call, unit, `${keyword}=${value}`);
  }
  const isHere =
    typeof given !== 'string' &&
    (call.args.includes(given.node) ||
      call.keywords.some((one) => one.name !== undefined && one.value === given.node));
  if (!isHere) return `${keyword} comes from options that other calls may share`;
  return [replaceNode(given.node, unit, value)];
}
