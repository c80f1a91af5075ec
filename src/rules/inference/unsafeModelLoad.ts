import {
  HUB_METHODS,
  LOADING_PACKAGES,
  type LoaderKind,
  PICKLE_LOADS,
  TORCH_LOAD,
  UNPICKLERS,
  UNSAFE_ARGUMENTS,
  type UnsafeArgument,
} from '../../knowledge/modelLoaders';
import type { FactUnit, PlacedBinding } from '../../semantics/facts';
import type { BindingSource } from '../../semantics/scope';
import type { UnitSummary } from '../../semantics/summary';
import { type ValueFlow, valueFlowOf } from '../../semantics/valueFlow';
import type { Value } from '../../semantics/values';
import type { Call } from '../../syntax/ast';
import { type Finding, type FixReference, type Rule, findingAt } from '../rule';
import { argumentOf, constantOf } from './arguments';
import { lastPart, spokenName } from './calleeNames';
import { importsAny } from './imports';
import { loadedUse } from './loadedUse';
import { readsOwnBytes } from './ownBytes';

export const UNSAFE_LOAD_FIX = 'unsafe-model-load';

/** What the fix of each kind is called; kinds that are missing have none. */
export const UNSAFE_LOAD_TITLES: Partial<Record<LoaderKind, string>> = {
  torch: 'Load weights only (refuses files that hold anything but tensors and plain containers)',
  numpy: 'Refuse pickled objects (allow_pickle=False; files with object arrays no longer load)',
  keras: 'Load in safe mode (refuses layers that hold Python code)',
  hub: 'Run no code from the repository (trust_remote_code=False; models that bring their own no longer load)',
};

/** Where it cannot be told what the file holds. */
const UNSURE_TITLE =
  'Load weights only (refuses other objects: such a file has to be converted to a state_dict first)';

const CONVERSIONS: Record<LoaderKind, string> = {
  torch: 'save its state_dict() and load that with weights_only=True',
  pickle: 'keep the data in a format without code: JSON, Parquet, safetensors, or skops for scikit-learn',
  joblib: 'convert the model to skops or ONNX',
  numpy: 'save plain arrays, and load with allow_pickle=False',
  keras: 'replace Lambda layers by registered ones, and load in safe mode',
  hub: 'use a model whose code is part of the library',
};

export const unsafeModelLoad: Rule = {
  name: 'unsafe-model-load',
  family: 'inference',
  severity: 'warning',
  summary: 'a load that runs whatever code the file holds',
  fixes: ['changes'],
  page: {
    what: 'A load that may run code out of the file: `torch.load` without `weights_only=True` (whatever the version of torch, whose default changed), `load` and `loads` of pickle, dill, cloudpickle and joblib, `pickle.Unpickler(f).load()`, `np.load(allow_pickle=True)`, Keras with `safe_mode=False`, and `trust_remote_code=True`.',
    why: 'A pickle is a program: whoever can replace the file, or the repository it comes from, runs what they like with the rights of the service that loads it.',
    example: `import torch

checkpoint = torch.load("best.pth", map_location="cpu")
state = checkpoint["state_dict"]
`,
    instead: `import torch

checkpoint = torch.load("best.pth", map_location="cpu", weights_only=True)
state = checkpoint["state_dict"]
`,
    fixSafety:
      'The fix changes behaviour on purpose: a file that holds more than its safe form allows no longer loads. For `torch.load` it is offered unless the result is used as a whole module. A pickled module, a joblib or pickle file has no safe form: it has to be converted once, and the message says how.',
    whenNot:
      'Not reported: `torch.jit.load`, safetensors, unknown `**kwargs`, arguments that are computed, bytes that the same program has just made (`pickle.loads(pickle.dumps(x))`, through a name or a buffer too), and unpicklers that the program restricts by a class of its own.',
  },
  *check({ facts, evaluator }) {
    if (!importsAny(facts, LOADING_PACKAGES)) return;
    const flow = valueFlowOf(evaluator);
    for (const unit of facts.units) {
      for (const { call, global } of candidatesOf(unit.summary)) {
        if (global !== undefined && !mayStandForLoader(facts.moduleBindings(global).map(sourceOf))) continue;
        const kind = unsafeKind(call, unit, flow);
        if (kind && !readsOwnBytes(call, kind, unit, flow)) yield report(call, kind, unit, flow);
      }
    }
  },
};

/** A call that may load something as far as its statement shows. */
interface Candidate {
  readonly call: Call;
  /** The module-level name that is called. */
  readonly global: string | undefined;
}

const candidates = new WeakMap<UnitSummary, readonly Candidate[]>();

function candidatesOf(summary: UnitSummary): readonly Candidate[] {
  const known = candidates.get(summary);
  if (known) return known;
  const found: Candidate[] = [];
  for (const { node: call, at } of summary.calls) {
    if (!mayLoad(call)) continue;
    const { func } = call;
    const isTold = func.kind !== 'Name' || call.keywords.some(({ name }) => isUnsafeKeyword(name));
    const owner = isTold ? undefined : (summary.locate.get(func) ?? at).scope.ownerOf(func.id);
    const isGlobal = owner !== undefined && owner.parent === undefined;
    if (
      owner &&
      !isGlobal &&
      !mayStandForLoader(owner.bindingsOf(spokenName(call)).map(({ source }) => source))
    )
      continue;
    found.push({ call, global: isGlobal ? spokenName(call) : undefined });
  }
  candidates.set(summary, found);
  return found;
}

function sourceOf({ binding }: PlacedBinding): BindingSource {
  return binding.source;
}

/** Cheap: whether a name may stand for somebody else's function; what a call gave is none. */
function mayStandForLoader(sources: readonly BindingSource[]): boolean {
  return sources.some(
    (source) =>
      source.type !== 'function' &&
      source.type !== 'class' &&
      !(source.type === 'value' && source.expression.kind === 'Call'),
  );
}

/** The kind of a load that runs code out of the file; undefined if it is none, or if that cannot be told. */
export function unsafeKind(call: Call, unit: FactUnit, flow: ValueFlow): LoaderKind | undefined {
  if (!mayLoad(call)) return undefined;
  const kinds = flow.evaluator.valuesOf(call.func, unit).map((value) => kindOf(value, call, unit, flow));
  const [first] = kinds;
  return kinds.every((kind) => kind !== undefined) ? first : undefined;
}

const LOADING_NAME =
  /load|from_pretrained|from_config|pipeline|^SentenceTransformer$|^CrossEncoder$|^LLM$|^AutoModel/;

/** Cheap: whether the call's name or arguments leave it open. */
function mayLoad(call: Call): boolean {
  const { func } = call;
  if (func.kind === 'Attribute' && LOADING_NAME.test(func.attr)) return true;
  if (func.kind === 'Name') return true;
  return call.keywords.some(({ name }) => isUnsafeKeyword(name));
}

function isUnsafeKeyword(name: string | undefined): boolean {
  return UNSAFE_ARGUMENTS.some((unsafe) => unsafe.keyword === name);
}

function kindOf(callee: Value, call: Call, unit: FactUnit, flow: ValueFlow): LoaderKind | undefined {
  if (callee.kind === 'qualified') return kindOfFunction(callee.name, call, unit, flow);
  if (callee.kind === 'member') {
    const { receiver, name } = callee;
    if (receiver.kind === 'result' && UNPICKLERS.has(receiver.callee))
      return name === 'load' ? 'pickle' : undefined;
    if (HUB_METHODS.has(name)) return hubKind(call, unit, flow);
  }
  const isOpen = callee.kind === 'unknown' && HUB_METHODS.has(spokenName(call));
  return isOpen ? hubKind(call, unit, flow) : undefined;
}

function kindOfFunction(name: string, call: Call, unit: FactUnit, flow: ValueFlow): LoaderKind | undefined {
  if (TORCH_LOAD.has(name)) {
    const given = argumentOf(call, 'weights_only', undefined, unit, flow);
    if (given === 'unknown') return undefined;
    if (given === 'absent') return 'torch';
    const value = constantOf(given.node, given.unit, flow);
    return value === false || value === null ? 'torch' : undefined;
  }
  const pickle = PICKLE_LOADS.get(name);
  if (pickle) return pickle;
  const unsafe = UNSAFE_ARGUMENTS.find(({ callees }) => callees.test(name));
  if (unsafe) return unsafeArgument(unsafe, call, unit, flow) ? unsafe.kind : undefined;
  return HUB_METHODS.has(lastPart(name)) ? hubKind(call, unit, flow) : undefined;
}

function unsafeArgument(unsafe: UnsafeArgument, call: Call, unit: FactUnit, flow: ValueFlow): boolean {
  const given = argumentOf(call, unsafe.keyword, unsafe.position, unit, flow);
  return typeof given !== 'string' && constantOf(given.node, given.unit, flow) === unsafe.unsafe;
}

/** `chosen_class.from_pretrained(name, trust_remote_code=True)`, in a program that imports a hub's library. */
function hubKind(call: Call, unit: FactUnit, flow: ValueFlow): LoaderKind | undefined {
  const unsafe = UNSAFE_ARGUMENTS.find(({ kind }) => kind === 'hub');
  return unsafe && unsafeArgument(unsafe, call, unit, flow) ? 'hub' : undefined;
}

function report(call: Call, kind: LoaderKind, unit: FactUnit, flow: ValueFlow): Finding {
  const title = titleOf(call, kind, unit, flow);
  const fixes: FixReference[] = title ? [{ id: UNSAFE_LOAD_FIX, kind: 'changes', title }] : [];
  const advice = title ? '' : `; ${CONVERSIONS[kind]}`;
  const message = `${spokenCallee(call, unit, flow)} runs whatever code the file holds${advice}`;
  return findingAt(unsafeModelLoad, unit, call, message, { fixes });
}

function titleOf(call: Call, kind: LoaderKind, unit: FactUnit, flow: ValueFlow): string | undefined {
  if (kind !== 'torch') return UNSAFE_LOAD_TITLES[kind];
  const use = loadedUse(call, unit, flow);
  if (use === 'module') return undefined;
  return use === 'state' ? UNSAFE_LOAD_TITLES.torch : UNSURE_TITLE;
}

/** Why there is no fix for a finding of this rule: the conversion that the file needs. */
export function conversionFor(call: Call, unit: FactUnit, flow: ValueFlow): string | undefined {
  const kind = unsafeKind(call, unit, flow);
  return kind && `The file has to be converted first: ${CONVERSIONS[kind]}`;
}

function spokenCallee(call: Call, unit: FactUnit, flow: ValueFlow): string {
  const name = flow.evaluator.calleeOf(call, unit);
  if (name === undefined) return `${spokenName(call)}()`;
  const parts = name.split('.');
  return parts.length <= 2 ? name : `${parts[0]}'s ${parts.at(-1)}`;
}
