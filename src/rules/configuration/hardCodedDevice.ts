import { isConfigured } from '../../semantics/configured';
import { DeviceChecks } from '../../semantics/deviceChecks';
import { type FixedDevice, fixedDevicesOf } from '../../semantics/deviceUses';
import { parentsOf } from '../../semantics/parents';
import { type Finding, type Rule, findingAt } from '../rule';

export const hardCodedDevice: Rule = {
  name: 'hard-coded-device',
  family: 'configuration',
  severity: 'warning',
  summary: '`"cuda"` or `.cuda()` with no check that there is a GPU',
  fixes: ['changes'],
  page: {
    what: '`"cuda"`, `"cuda:0"` and the like where a device is taken (`torch.device`, `.to`, `device=`, `map_location=`), and `.cuda()`, with no check of availability that reaches the place. Through names, parameters, class attributes and dicts; reported once, at the literal.',
    why: 'On a machine without a GPU (a laptop, CI, a CPU node in production) the program ends there, and on one with several everybody computes on the first.',
    example: `import torch
from torch import nn

device = torch.device("cuda:0")
net = nn.Linear(4, 2).to(device)
`,
    instead: `import torch
from torch import nn

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
net = nn.Linear(4, 2).to(device)
`,
    fixSafety:
      'The fix changes behaviour: the device is read from the configuration where CUDA is available, and is the CPU where it is not, so a machine without a GPU computes slowly instead of failing. `.cuda()` becomes `.to(...)`. It is refused where `torch` has no name at the place, and where the new file or names could be noticed by the program.',
    whenNot:
      'Not reported: places under a check (`is_available()`, `device_count() > 0`, an option such as `args.cuda`), behind an exit for machines without a GPU, comparisons, choices and defaults of options, `autocast("cuda")`, devices with an index made at run time, tests, functions that are only called under a check. A program that is for GPUs alone should say so with an exit at its start.',
  },
  *check(context) {
    if (context.isTest) return;
    const { evaluator, folder } = context;
    const fixed = fixedDevicesOf(evaluator, folder);
    if (fixed.length === 0) return;
    const checks = new DeviceChecks(evaluator);
    for (const device of fixed) {
      if (checks.isGuarded(device.node, device.unit) || isReplaced(device, checks)) continue;
      if (isConfigured(device.node, device.unit, evaluator)) continue;
      yield report(device);
    }
  },
};

/** `device = "cuda"`, and below it `if not torch.cuda.is_available(): device = "cpu"`. */
function isReplaced({ node, unit }: FixedDevice, checks: DeviceChecks): boolean {
  const parent = parentsOf(unit.unit).get(node);
  const target = parent?.kind === 'Assign' && parent.value === node ? parent.targets[0] : undefined;
  if (target?.kind !== 'Name') return false;
  const at = unit.summary.statements.find((entry) => entry.node === parent)?.at;
  const owner = at?.scope.ownerOf(target.id);
  if (!owner) return false;
  const bindings =
    owner.parent === undefined
      ? unit.facts.moduleBindings(target.id)
      : owner.bindingsOf(target.id).map((binding) => ({ binding, unit }));
  return bindings.some(({ binding, unit: where }) => {
    const { source, block } = binding;
    if (source.type !== 'value' || source.expression === node) return false;
    const isBranch = block.statement?.kind === 'If' && checks.isCheck(block.statement.test, where);
    return isBranch || checks.isCheck(source.expression, where);
  });
}

function report({ node, unit, device }: FixedDevice): Finding {
  const message =
    node.kind === 'Call'
      ? '.cuda() without a check that there is a GPU'
      : `Device "${device}" is hard-coded: nothing checks that there is a GPU`;
  const title = 'Device from config, the CPU where CUDA is missing (adds PyYAML)';
  return findingAt(hardCodedDevice, unit, node, message, {
    fixes: [{ id: 'hard-coded-device', kind: 'changes', title }],
  });
}
