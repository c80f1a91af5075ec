import {
  type FactUnit,
  type PlacedBinding,
  type ProgramFacts,
  cellName,
  isIsolated,
} from '../../semantics/facts';
import type { Located } from '../../semantics/summary';
import type { Expression, Statement } from '../../syntax/ast';
import { type Rule, type RuleContext, findingAt } from '../rule';
import { dependsOnRoot, mutates, transforms } from './repetition';
import { mentions, placeText, rootOf } from './places';

export const rerunChangesResult: Rule = {
  name: 'rerun-changes-result',
  family: 'notebook',
  severity: 'hint',
  summary: 'a cell that gives another result when it is run twice',
  fixes: [],
  page: {
    what: 'A statement that computes a variable anew from its own value, or grows a list, where another cell has bound it: `x += 1`, `df = df.drop(columns=...)`, `df["a"] = df["a"] / 1000`, `history.append(...)`. Not where running it again changes nothing (`dropna`, `fillna`, `sort_values`, `rename`, `astype`, filters, `drop(errors="ignore")`, `to(device)`), where the same cell binds the name first, or where a condition looks at it.',
    why: 'In a notebook a cell is run again all the time, and then this one raises an error, or silently scales, drops or counts twice. What the notebook shows depends on how often the cell was run.',
    example: `# %%
import pandas as pd
loans = pd.read_csv("loans.csv")
# %%
loans["amount"] = loans["amount"] / 1000
`,
    instead: `# %%
import pandas as pd
loans = pd.read_csv("loans.csv")
# %%
loans["amount_thousands"] = loans["amount"] / 1000
`,
    fixSafety:
      'There is no fix. Give the result a name of its own, or move the statement into the cell that binds the variable.',
    whenNot:
      'Functions are not looked into, nor are methods of objects whose class is not known. A cell that trains a model further is not reported.',
  },
  *check(context) {
    const { facts } = context;
    if (facts.program.kind !== 'notebook') return;
    for (const unit of facts.units) {
      for (const candidate of candidatesOf(unit)) {
        const above = boundAbove(candidate, unit, facts);
        if (!above || isGuarded(candidate) || !changes(candidate, unit, context)) continue;
        const where = cellName(above.unit.cell, above.unit.start);
        const message = `run again, this fails or gives another result: it changes ${candidate.root}, which ${where} binds`;
        yield findingAt(rerunChangesResult, unit, candidate.node, message, {
          related: [
            {
              cell: above.unit.cell,
              span: facts.spanOf(above.unit, above.binding),
              message: `${candidate.root} is bound here`,
            },
          ],
        });
      }
    }
  },
};

/** A statement that may change a variable from its own value. */
interface Candidate {
  readonly node: Statement;
  readonly at: Located;
  /** The variable, whole or in part. */
  readonly root: string;
  /** What is changed, as normalised text: `df["a"]`. */
  readonly target: string;
  /** The new value; undefined for an augmented assignment, which always changes it. */
  readonly value: Expression | undefined;
  /** The call that changes it in place. */
  readonly call: (Expression & { kind: 'Call' }) | undefined;
}

/** By statement: what may be one depends on it alone. */
const known = new WeakMap<FactUnit['summary'], readonly Candidate[]>();

function candidatesOf(unit: FactUnit): readonly Candidate[] {
  let candidates = known.get(unit.summary);
  if (!candidates) {
    candidates = unit.summary.statements.flatMap(({ node, at }) =>
      // Functions, classes and lambdas are run when they are called, and that is not seen here.
      at.scope.parent === undefined ? candidatesIn(node, at, unit) : [],
    );
    known.set(unit.summary, candidates);
  }
  return candidates;
}

/** Ways of adding to a value that do nothing the second time. */
const IDEMPOTENT = new Set(['|=', '&=', '%=', '@=']);

function candidatesIn(node: Statement, at: Located, unit: FactUnit): Candidate[] {
  const { text } = unit.unit;
  const candidate = (
    place: Expression,
    value: Expression | undefined,
    call?: Candidate['call'],
  ): Candidate[] => {
    const root = rootOf(place);
    if (root === undefined || (value && !mentions(value, root))) return [];
    return [{ node, at, root, target: placeText(place, text), value, call }];
  };
  if (node.kind === 'AugAssign') {
    const op = node.op.endsWith('=') ? node.op : `${node.op}=`;
    return IDEMPOTENT.has(op) ? [] : candidate(node.target, undefined);
  }
  if (node.kind === 'AnnAssign') return node.value ? candidate(node.target, node.value) : [];
  if (node.kind === 'Expr' && node.value.kind === 'Call') return mutation(node.value, candidate);
  if (node.kind !== 'Assign' || node.targets.length !== 1) return [];
  const [target] = node.targets;
  const { value } = node;
  if (value.kind === 'Call' && value.func.kind === 'Attribute' && value.func.attr === 'pop') {
    return mutation(value, candidate);
  }
  if (
    target?.kind === 'Tuple' &&
    value.kind === 'Tuple' &&
    target.elements.length === value.elements.length
  ) {
    return target.elements.flatMap((each, i) => candidate(each, value.elements[i])).slice(0, 1);
  }
  return target ? candidate(target, value) : [];
}

function mutation(
  call: Expression & { kind: 'Call' },
  candidate: (place: Expression, value: undefined, call: Candidate['call']) => Candidate[],
): Candidate[] {
  return call.func.kind === 'Attribute' ? candidate(call.func.value, undefined, call) : [];
}

/** The last binding of the variable in a cell further up, if its own cell does not bind it first. */
function boundAbove(
  { node, root, target }: Candidate,
  unit: FactUnit,
  facts: ProgramFacts,
): PlacedBinding | undefined {
  const bindings = facts.moduleBindings(root);
  for (let i = lastUpTo(bindings, unit.order); i >= 0; i--) {
    const placed = bindings[i]!;
    const { binding, unit: at } = placed;
    if (binding.source.type === 'deletion') continue;
    if (at.cell !== unit.cell) {
      if (binding.source.type === 'import' || binding.source.type === 'from-import') return undefined;
      const isOwn = isIsolated(unit) || (target !== root && isSetInCell(target, root, node, unit, facts));
      return isOwn ? undefined : placed;
    }
    if (at === unit && binding.effectAt > node.start) continue;
    if (!isFromItself(placed, root)) return undefined;
  }
  return undefined;
}

function isFromItself({ binding: { source } }: PlacedBinding, root: string): boolean {
  return source.type === 'augmented' || (source.type === 'value' && mentions(source.expression, root));
}

/** Index of the last binding at or above a position; -1 if there is none. They are in document order. */
function lastUpTo(bindings: readonly PlacedBinding[], order: number): number {
  let low = 0;
  let high = bindings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bindings[middle]!.unit.order <= order) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** `df["a"] = raw["a"]` further up in the same cell. */
function isSetInCell(
  target: string,
  root: string,
  node: Statement,
  unit: FactUnit,
  facts: ProgramFacts,
): boolean {
  return facts.units.some(
    (other) =>
      other.cell === unit.cell &&
      other.order <= unit.order &&
      other.summary.statements.some(
        ({ node: earlier }) =>
          earlier.kind === 'Assign' &&
          (other !== unit || earlier.end <= node.start) &&
          earlier.targets.some(
            (each) => rootOf(each) === root && placeText(each, other.unit.text) === target,
          ) &&
          !placeIn(earlier.value, target, other.unit.text),
      ),
  );
}

function placeIn(expression: Expression, target: string, text: string): boolean {
  return placeText(expression, text).includes(target);
}

/** Whether it runs only if a condition about the variable holds, or inside `try`. */
function isGuarded({ at, root }: Candidate): boolean {
  for (let block: Located['block'] | undefined = at.block; block; block = block.parent) {
    const { kind, statement } = block;
    if (kind === 'try' || kind === 'handler') return true;
    if ((statement?.kind === 'If' || statement?.kind === 'While') && mentions(statement.test, root))
      return true;
  }
  return false;
}

function changes(
  { node, target, root, value, call }: Candidate,
  unit: FactUnit,
  context: RuleContext,
): boolean {
  if (call) return mutates(call, root, unit, context);
  // `x -= x.mean()`: what is centred stays.
  if (node.kind === 'AugAssign') return !dependsOnRoot(node.value, { target, root, unit, context });
  return value === undefined || transforms(value, { target, root, unit, context });
}
