import { PlacedMap } from './flow/placed';
import type { Call, Expression, Str } from '../syntax/ast';
import type { Unit } from '../syntax/cell';
import type { FactUnit } from './facts';
import type { Folder } from './folding';
import { parentsOf } from './parents';
import type { Scope } from './scope';
import type { UnitSummary } from './summary';
import { valueFlowOf } from './valueFlow';
import type { Evaluator } from './values';

/** A place that fixes the device: the literal, or a call `x.cuda()`. */
export interface FixedDevice {
  readonly node: Str | Call;
  readonly unit: FactUnit;
  /** As PyTorch has it: `cuda`, `cuda:1`. */
  readonly device: string;
}

const DEVICE = /^cuda(:\d+)?$/;
/** Keyword arguments that take a device, in whatever call. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...['device', 'map_location', 'device_map', 'torch_device', 'execution_device', 'target_device'],
]);
/** Calls and methods that take a device in this position. */
const QUALIFIED: ReadonlyMap<string, number> = new Map([
  ['torch.device', 0],
  ['torch.load', 1],
  ['torch.jit.load', 1],
  ['torch.set_default_device', 0],
  ['torch.Generator', 0],
]);
const METHODS: ReadonlyMap<string, number> = new Map([
  ['to', 0],
  ['to_empty', 0],
]);
/** Contexts and scalers take the kind of device, which is there or not whatever the program chooses. */
const NOT_PLACING = /(^|\.)(autocast|GradScaler|custom_fwd|custom_bwd|amp\.\w+)$|^torch\.cuda\./;

/** Where a program fixes its device to a GPU, checked for or not. Cheap where no text says `cuda`. */
export function fixedDevicesOf(evaluator: Evaluator, folder: Folder): readonly FixedDevice[] {
  const { facts } = evaluator;
  const found = new PlacedMap<Str | Call, FixedDevice>();
  const mentions = facts.units.filter(({ unit }) => mentionsCuda(unit));
  if (mentions.length === 0) return [];
  for (const unit of facts.units) {
    for (const { call, device } of candidatesOf(unit.summary)) {
      if (device === undefined) {
        if (isCudaMethod(call, unit, evaluator, folder))
          found.set(unit, call, { node: call, unit, device: 'cuda' });
        continue;
      }
      if (!takesDevice(call, device, unit, evaluator)) continue;
      for (const { segments } of folder.fold(device, unit)) {
        const [first] = segments;
        const text = segments.map((one) => (one.kind === 'text' ? one.value : '\0')).join('');
        if (first?.kind !== 'text' || !first.origin || !DEVICE.test(text)) continue;
        const { node, unit: where } = first.origin;
        if (where.facts === facts) found.set(where, node, { node, unit: where, device: text });
      }
    }
  }
  for (const unit of mentions) {
    for (const node of namedDevices(unit, evaluator))
      found.set(unit, node, { node, unit, device: node.value ?? '' });
  }
  return [...found.values()];
}

const mentioning = new WeakMap<Unit, boolean>();

function mentionsCuda(unit: Unit): boolean {
  let known = mentioning.get(unit);
  if (known === undefined) mentioning.set(unit, (known = /["']cuda|\.cuda\s*\(/.test(unit.text)));
  return known;
}

interface Candidate {
  readonly call: Call;
  /** Undefined: it is `x.cuda()`. */
  readonly device: Expression | undefined;
}

const candidates = new WeakMap<UnitSummary, readonly Candidate[]>();

function candidatesOf(summary: UnitSummary): readonly Candidate[] {
  const known = candidates.get(summary);
  if (known) return known;
  const found: Candidate[] = [];
  for (const { node: call } of summary.calls) {
    const { func, args, keywords } = call;
    const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
    if (func.kind === 'Attribute' && name === 'cuda') found.push({ call, device: undefined });
    const named = keywords.find((keyword) => keyword.name !== undefined && KEYWORDS.has(keyword.name));
    const position = METHODS.get(name) ?? LAST_PARTS.get(name);
    const device = named?.value ?? (position === undefined ? undefined : args[position]);
    if (device && device.kind !== 'Constant' && device.kind !== 'Num') found.push({ call, device });
  }
  candidates.set(summary, found);
  return found;
}

const LAST_PARTS: ReadonlyMap<string, number> = new Map(
  [...QUALIFIED].map(([name, position]) => [name.slice(name.lastIndexOf('.') + 1), position]),
);

function takesDevice(call: Call, device: Expression, unit: FactUnit, evaluator: Evaluator): boolean {
  const qualified = evaluator.calleeOf(call, unit);
  if (qualified !== undefined && NOT_PLACING.test(qualified)) return false;
  // A function of the program hands it on, or does not: that is seen at the call within.
  if (call.keywords.some(({ value }) => value === device)) return true;
  if (qualified !== undefined) return QUALIFIED.has(qualified) || METHODS.has(lastPart(qualified));
  return call.func.kind === 'Attribute' && METHODS.has(call.func.attr);
}

/** `x.cuda()` of a tensor or module; a device that comes from elsewhere, `x.cuda(rank)`, is not fixed here. */
function isCudaMethod(call: Call, unit: FactUnit, evaluator: Evaluator, folder: Folder): boolean {
  if (unit.summary.locate.get(call)?.scope.enclosingFunction?.name === 'cuda') return false;
  const qualified = evaluator.calleeOf(call, unit);
  // A name that nothing binds counts as a builtin one.
  if (qualified !== undefined && !qualified.startsWith('builtins.')) return false;
  if (evaluator.valuesOf(call.func, unit).some(({ kind }) => kind === 'function')) return false;
  const chosen = call.args[0] ?? call.keywords.find(({ name }) => name === 'device')?.value;
  if (!chosen || chosen.kind === 'Constant') return true;
  if (chosen.kind === 'Starred') return false;
  const isFixed = (text: string): boolean => /^\d+$/.test(text) || DEVICE.test(text);
  return folder
    .fold(chosen, unit)
    .every(({ segments }) => segments.every((one) => one.kind === 'text' && isFixed(one.value)));
}

const DEVICE_NAME = /^(.*_)?(device|dev)(_name|_id|_type)?$/i;

/** Names for the device that are bound to `"cuda"` and handed to something, whatever it is. */
function* namedDevices(unit: FactUnit, evaluator: Evaluator): Iterable<Str> {
  for (const { node, at } of unit.summary.statements) {
    if (node.kind !== 'Assign' && node.kind !== 'AnnAssign') continue;
    const target = node.kind === 'Assign' ? node.targets[0] : node.target;
    const { value } = node;
    if (target?.kind !== 'Name' || !DEVICE_NAME.test(target.id)) continue;
    if (value?.kind !== 'Str' || !DEVICE.test(value.value ?? '')) continue;
    if (isHandedOn(target.id, at.scope, unit, evaluator)) yield value;
  }
}

/** Calls that only look at a device's name. */
const LOOKING =
  /^builtins\.(print|str|repr|len|isinstance|type|format|hasattr|getattr|setattr)$|(^|\.)logg(er|ing)\./;

/** Methods that look at a text or keep it, but place nothing. */
const KEEPING =
  /^(append|add|extend|get|pop|format|join|split|startswith|endswith|replace|debug|info|warning|error|log)$/;

function isHandedOn(name: string, scope: Scope, unit: FactUnit, evaluator: Evaluator): boolean {
  return valueFlowOf(evaluator)
    .reads.ofName(name, scope, unit)
    .some(({ reference, unit: where }) => {
      const parent = parentsOf(where.unit).get(reference.node);
      if (parent?.kind !== 'Call' || parent.func === reference.node) return false;
      const callee = evaluator.calleeOf(parent, where);
      if (callee !== undefined) return !LOOKING.test(callee) && !NOT_PLACING.test(callee);
      if (parent.func.kind === 'Attribute' && KEEPING.test(parent.func.attr)) return false;
      // Into the program's own functions and classes it is followed.
      return evaluator
        .valuesOf(parent.func, where)
        .every(({ kind }) => kind !== 'function' && kind !== 'class');
    });
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
