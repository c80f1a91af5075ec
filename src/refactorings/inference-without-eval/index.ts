import { torchModulesOf } from '../../rules/inference/moduleCalls';
import type { Finding } from '../../rules/rule';
import type { FactUnit } from '../../semantics/facts';
import { type SyntaxParent, parentsOf } from '../../semantics/parents';
import { isWithin } from '../../semantics/scope';
import { type ValueFlow, valueFlowOf } from '../../semantics/valueFlow';
import type { Call, Expression, Statement } from '../../syntax/ast';
import { childBlocks } from '../../syntax/walk';
import type { TextEdit } from '../../text/edit';
import { changedCells } from '../cellChange';
import { callOf, editedOrRefused } from '../findingPlace';
import type { AnalysedProgram, Outcome } from '../outcome';
import { isAlone, lineAfter, lineBefore } from './lines';
import { Training } from './training';

/** What the fix of a finding does, in a line. */
export function titleOfEval(program: AnalysedProgram, finding: Finding): string {
  const plan = planOf(program, finding);
  if (typeof plan === 'string') return 'Predict in evaluation mode';
  const end = plan.isBack
    ? ', then go back to training'
    : '; dropout and batch normalisation act as in inference';
  return `Call ${plan.name}.eval() ${plan.where}${end}`;
}

/** Why the module of a finding cannot be put into evaluation mode; undefined: it can. Cheap. */
export function whyNotEval(program: AnalysedProgram, finding: Finding): string | undefined {
  const plan = planOf(program, finding);
  return typeof plan === 'string' ? plan : undefined;
}

/** Puts the module of a finding into evaluation mode, behind its load or in front of its prediction. */
export function evaluateModule(program: AnalysedProgram, finding: Finding): Outcome {
  const plan = planOf(program, finding);
  if (typeof plan === 'string') return editedOrRefused(program, finding, plan);
  return changedCells(program.path, new Map([[plan.unit.cell, plan.edits]]));
}

interface Plan {
  readonly unit: FactUnit;
  readonly edits: readonly TextEdit[];
  /** The module as the program names it. */
  readonly name: string;
  readonly where: string;
  /** Training mode is switched on again behind. */
  readonly isBack: boolean;
}

function planOf(program: AnalysedProgram, finding: Finding): Plan | string {
  const { unit, call } = callOf(finding);
  const flow = valueFlowOf(program.context.evaluator);
  const receiver = receiverOf(call);
  const module = torchModulesOf(flow).moduleOf(receiver, unit);
  if (!module) return 'The module was not found';
  const training = new Training(flow, module);
  const afterLoad = training.isTrained || module.isPart ? undefined : planAfterLoad(call, unit, training);
  return afterLoad ?? planAround(call, receiver, unit, training, flow);
}

/** `net` in `net(x)` and `net.forward(x)`. */
function receiverOf({ func }: Call): Expression {
  return func.kind === 'Attribute' && func.attr === 'forward' ? func.value : func;
}

/** Behind the only statement that loads the weights, if it always runs before the prediction when it matters. */
function planAfterLoad(call: Call, unit: FactUnit, training: Training): Plan | undefined {
  const [load, ...others] = training.loads();
  const at = load?.unit.summary.statements.find(({ node }) => node === load.statement)?.at;
  if (!load || !at || others.length > 0 || load.unit.facts !== unit.facts) return undefined;
  const name = nameOf(load.named, load.unit);
  if (name === undefined || !isAlone(load.statement, load.unit) || childBlocks(load.statement).length > 0) {
    return undefined;
  }
  const here = unit.summary.locate.get(call);
  const isSameFunction = load.unit === unit && here?.scope.enclosingFunction === at.scope.enclosingFunction;
  const isSure = at.block.parent === undefined || (isSameFunction && here && isWithin(here.block, at.block));
  if (!isSure || (isSameFunction && load.statement.end > call.start)) return undefined;
  const edits = [lineAfter(load.statement, load.unit, `${name}.eval()`)];
  return { unit: load.unit, edits, name, where: 'behind the load', isBack: false };
}

/** In front of the prediction, as far out as nothing else switches the mode. */
function planAround(
  call: Call,
  receiver: Expression,
  unit: FactUnit,
  training: Training,
  flow: ValueFlow,
): Plan | string {
  const name = nameOf(receiver, unit);
  if (name === undefined) return 'The module has no name of its own here';
  const isBack = training.needsBack(call, unit);
  const statement = statementsAround(call, unit).find(
    (candidate) =>
      isAlone(candidate, unit) &&
      !training.isSwitchedIn(candidate, unit) &&
      !bindsName(candidate, receiver, unit, flow) &&
      !(isBack && leaves(candidate)),
  );
  if (!statement) {
    return isBack
      ? 'Training goes on afterwards, and there is no place for a train() that would surely run'
      : 'There is no line in front of the call on which the module could be switched';
  }
  const edits = [lineBefore(statement, unit, `${name}.eval()`)];
  if (isBack) edits.push(lineAfter(statement, unit, `${name}.train()`));
  return { unit, edits, name, where: 'before the prediction', isBack };
}

/** `net`, `self.net`: what can be written again with the same meaning. */
function nameOf(node: Expression, { unit }: FactUnit): string | undefined {
  const text = unit.text.slice(node.start, node.end);
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(text) ? text : undefined;
}

/** The statements around a call within its function, outermost first. */
function statementsAround(call: Call, unit: FactUnit): readonly Statement[] {
  const inner = unit.summary.locate.get(call)?.statement;
  const parents = parentsOf(unit.unit);
  const found: Statement[] = [];
  for (let at: SyntaxParent | undefined = inner; at && !isDefinition(at); at = parents.get(at)) {
    found.push(at as Statement);
  }
  return found.reverse();
}

function isDefinition({ kind }: SyntaxParent): boolean {
  return kind === 'FunctionDef' || kind === 'ClassDef';
}

/** The module gets its name within the statement, or in a comprehension: it is not known in front of it. */
function bindsName(statement: Statement, receiver: Expression, unit: FactUnit, flow: ValueFlow): boolean {
  let base = receiver;
  while (base.kind === 'Attribute') base = base.value;
  if (base.kind !== 'Name') return true;
  return flow.sources.bindingsOf(base, unit).some(({ binding, unit: where }) => {
    const isInside = binding.start >= statement.start && binding.end <= statement.end;
    return where === unit && isInside;
  });
}

/** Whether a statement may be left other than by its end. */
function leaves(statement: Statement, isInLoop = false): boolean {
  if (statement.kind === 'Return' || statement.kind === 'Raise') return true;
  if (statement.kind === 'Break' || statement.kind === 'Continue') return !isInLoop;
  if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return false;
  const inLoop = isInLoop || statement.kind === 'For' || statement.kind === 'While';
  return childBlocks(statement).some((block) => block.some((inner) => leaves(inner, inLoop)));
}
