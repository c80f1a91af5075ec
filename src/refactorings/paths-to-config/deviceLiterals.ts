import type { Finding } from '../../rules/rule';
import type { FactUnit } from '../../semantics/facts';
import { parentsOf } from '../../semantics/parents';
import type { Call, Expression } from '../../syntax/ast';
import type { TextEdit } from '../../text/edit';
import type { Refusal } from '../../text/refusal';
import { importedName } from '../importedName';
import type { AnalysedProgram } from '../outcome';
import { refusalAt } from '../places';
import { type ConfigLiteral, enclosingQuotes, obstacleAt } from './literals';

/**
 * The device that a finding of `hard-coded-device` is about, or why it stays. What takes its place reads the device from
 * the configuration where CUDA is available, and is the CPU where it is not; `x.cuda()` becomes `x.to(...)`.
 */
export function deviceLiteralOf(program: AnalysedProgram, finding: Finding): ConfigLiteral | Refusal {
  const unit = finding.unit!;
  const node = finding.node as Expression;
  const reason = whyNotFromConfig(program, finding);
  if (reason !== undefined) return refusalAt(program.path, unit, node, reason);
  const cuda = importedName(node, unit, 'torch', 'cuda')!;
  const chosen = (reader: (quote: string) => string): string =>
    `${reader('"')} if ${cuda}.is_available() else "cpu"`;
  const common = { program, finding, unit, kind: 'device' as const, node, isPrefix: false };
  if (node.kind === 'Call') {
    return { ...common, value: indexedDevice(node), edit: (reader) => toCall(node, unit, chosen(reader)) };
  }
  const isClosed = isDelimited(node, unit);
  return {
    ...common,
    value: node.kind === 'Str' ? (node.value ?? 'cuda') : 'cuda',
    edit: (reader) => ({
      span: { start: unit.start + node.start, end: unit.start + node.end },
      newText: isClosed ? chosen(reader) : `(${chosen(reader)})`,
    }),
  };
}

/** Why a device cannot come from the configuration, as far as that shows at its place; undefined: it can. Cheap. */
export function whyNotFromConfig(program: AnalysedProgram, { unit, node }: Finding): string | undefined {
  if (!unit || !node) throw new Error('a finding of hard-coded-device has its place');
  const place = node as Expression;
  const obstacle = obstacleAt(program, unit, place);
  if (obstacle !== undefined) return obstacle;
  if (place.kind === 'Str' && place.value === undefined) return 'the device is put together from parts';
  if (enclosingQuotes(unit, place).length > 0) return 'the device stands within an f-string';
  if (importedName(place, unit, 'torch', 'cuda') === undefined) {
    return 'torch has no name here by which one could ask whether CUDA is available';
  }
  return undefined;
}

/** `x.cuda(1)` is for the second GPU. */
function indexedDevice({ args }: Call): string {
  const [index] = args;
  return index?.kind === 'Num'
    ? `cuda:${index.text}`
    : index?.kind === 'Str'
      ? (index.value ?? 'cuda')
      : 'cuda';
}

function toCall(call: Call, unit: FactUnit, device: string): TextEdit {
  const { func, args, keywords, close } = call;
  const { text } = unit.unit;
  const start = func.kind === 'Attribute' ? func.attrStart : func.start;
  const others = [...args.slice(1), ...keywords.filter(({ name }) => name !== 'device')];
  const rest = others.map((argument) => `, ${text.slice(argument.start, argument.end)}`).join('');
  return {
    span: { start: unit.start + start, end: unit.start + close + 1 },
    newText: `to(${device}${rest})`,
  };
}

/** Where a conditional expression needs no parentheses: an argument, the whole right side, a default. */
function isDelimited(node: Expression, unit: FactUnit): boolean {
  const parent = parentsOf(unit.unit).get(node);
  switch (parent?.kind) {
    case 'Call':
      return parent.func !== node;
    case 'Assign':
    case 'AnnAssign':
    case 'Return':
    case 'FunctionDef':
    case 'Dict':
    case 'List':
    case 'Tuple':
      return true;
    default:
      return false;
  }
}
