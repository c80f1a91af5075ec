import type { LoaderKind } from '../../knowledge/modelLoaders';
import { argumentOf } from '../../rules/inference/arguments';
import { conversionFor, unsafeKind } from '../../rules/inference/unsafeModelLoad';
import type { Finding } from '../../rules/rule';
import type { FactUnit } from '../../semantics/facts';
import { type ValueFlow, valueFlowOf } from '../../semantics/valueFlow';
import type { Call } from '../../syntax/ast';
import type { TextEdit } from '../../text/edit';
import { editedCell } from '../cellChange';
import type { AnalysedProgram, Outcome } from '../outcome';
import { refusalAt } from '../places';
import { addArgument, replaceNode } from './argumentEdits';

interface SafeArgument {
  readonly keyword: string;
  readonly position: number | undefined;
  readonly value: string;
}

const SAFE: Partial<Record<LoaderKind, SafeArgument>> = {
  torch: { keyword: 'weights_only', position: undefined, value: 'True' },
  numpy: { keyword: 'allow_pickle', position: 2, value: 'False' },
  keras: { keyword: 'safe_mode', position: undefined, value: 'True' },
  hub: { keyword: 'trust_remote_code', position: undefined, value: 'False' },
};

/** Why a load has no safe form as it stands; undefined: it has one. Cheap. */
export function whyNotSafe(program: AnalysedProgram, finding: Finding): string | undefined {
  const plan = planOf(program, finding);
  return typeof plan === 'string' ? plan : undefined;
}

/** Gives the load that a finding points at the argument that makes it safe. */
export function makeLoadSafe(program: AnalysedProgram, finding: Finding): Outcome {
  const plan = planOf(program, finding);
  if (typeof plan !== 'string') return editedCell(program.path, finding.cell, plan);
  const { unit, node } = placeOf(finding);
  const refusals = [refusalAt(program.path, unit, node, plan)];
  return { status: 'refused', notes: [], refusals };
}

function placeOf({ unit, node }: Finding): { readonly unit: FactUnit; readonly node: Call } {
  if (!unit || !node) throw new Error('a finding of unsafe-model-load has its call');
  return { unit, node: node as Call };
}

/** The edits, or why there are none. */
function planOf(program: AnalysedProgram, finding: Finding): readonly TextEdit[] | string {
  const { unit, node: call } = placeOf(finding);
  const flow = valueFlowOf(program.context.evaluator);
  const kind = unsafeKind(call, unit, flow);
  const safe = kind && SAFE[kind];
  if (!safe || finding.fixes.length === 0) {
    return conversionFor(call, unit, flow) ?? 'This load has no safe form';
  }
  if (kind === 'torch' && takesPickleModule(call)) {
    return 'A pickle module is given, and PyTorch allows none with weights_only=True';
  }
  return setArgument(call, safe, unit, flow);
}

function setArgument(
  call: Call,
  { keyword, position, value }: SafeArgument,
  unit: FactUnit,
  flow: ValueFlow,
): readonly TextEdit[] | string {
  const given = argumentOf(call, keyword, position, unit, flow);
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

/** `torch.load(f, map_location, pickle_module)`. */
function takesPickleModule(call: Call): boolean {
  return call.args.length > 2 || call.keywords.some(({ name }) => name === 'pickle_module');
}
