import { TORCH_LOAD } from '../../knowledge/modelLoaders';
import type { FactUnit } from '../../semantics/facts';
import { spokenCalls } from '../../semantics/spokenCalls';
import { type ValueFlow, valueFlowOf } from '../../semantics/valueFlow';
import type { Call } from '../../syntax/ast';
import { type FixReference, type Rule, findingAt } from '../rule';
import { argumentOf } from './arguments';
import { importsAny } from './imports';
import { readsOwnBytes } from './ownBytes';

export const DEVICE_BOUND_LOAD_FIX = 'device-bound-load';

/** Where `torch.load` takes the device: by name, or at this position. */
export const MAP_LOCATION = { keyword: 'map_location', position: 1 } as const;

export const deviceBoundLoad: Rule = {
  name: DEVICE_BOUND_LOAD_FIX,
  family: 'inference',
  severity: 'warning',
  summary: 'a `torch.load` that puts the tensors onto the device they were saved from',
  fixes: ['changes'],
  page: {
    what: 'A call of `torch.load` without `map_location`, or with `map_location=None`, which means the same.',
    why: 'A file remembers the device of each of its tensors. What was saved on a GPU loads only where a GPU of that number is: on a server without one, `torch.load` raises; on one with another layout, it fills the wrong GPU.',
    example: `import torch
from torch import nn

net = nn.Linear(4, 2)
net.load_state_dict(torch.load("net.pt", weights_only=True))
`,
    instead: `import torch
from torch import nn

net = nn.Linear(4, 2)
net.load_state_dict(torch.load("net.pt", map_location="cpu", weights_only=True))
`,
    fixSafety:
      'The fix changes behaviour on purpose: the tensors come onto the device that `map_location` names, not onto the one they were saved from. Where exactly one variable that surely holds a device can be read at the call, it is used; else `"cpu"`, from where `load_state_dict` copies the weights to the device of the module, and a whole module has to be moved with `.to(device)`.',
    whenNot:
      'Not reported: a load whose arguments are unpacked from options that cannot be told, `torch.jit.load`, and bytes that the same program has just made.',
  },
  *check({ facts, evaluator }) {
    if (!importsAny(facts, TORCH)) return;
    const calls = spokenCalls(facts, 'load');
    if (calls.length === 0) return;
    const flow = valueFlowOf(evaluator);
    for (const { call, unit } of calls) {
      if (!isDeviceBound(call, unit, flow) || readsOwnBytes(call, 'torch', unit, flow)) continue;
      yield findingAt(deviceBoundLoad, unit, call, MESSAGE, { fixes: [FIX] });
    }
  },
};

const TORCH: ReadonlySet<string> = new Set(['torch']);
const MESSAGE =
  'torch.load without map_location puts the tensors onto the device they were saved from, which may not be here';
const FIX: FixReference = {
  id: DEVICE_BOUND_LOAD_FIX,
  kind: 'changes',
  title: 'Load onto a device of this machine (map_location; not the one that the tensors were saved from)',
};

/** Whether a call is a `torch.load` that leaves the device to the file. */
export function isDeviceBound(call: Call, unit: FactUnit, flow: ValueFlow): boolean {
  const name = flow.evaluator.calleeOf(call, unit);
  if (name === undefined || !TORCH_LOAD.has(name)) return false;
  const given = argumentOf(call, MAP_LOCATION.keyword, MAP_LOCATION.position, unit, flow);
  if (typeof given === 'string') return given === 'absent';
  return given.node.kind === 'Constant' && given.node.value === null;
}
