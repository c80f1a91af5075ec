import { textOf } from '../../program/program';
import { cellName } from '../../semantics/facts';
import type { Rule } from '../rule';
import { findingIn, headOf } from './cellPlace';

export const outOfOrderExecution: Rule = {
  name: 'out-of-order-execution',
  family: 'notebook',
  severity: 'warning',
  summary: 'saved execution counts that do not ascend',
  fixes: [],
  page: {
    what: 'The first cell whose saved execution count is not above that of a cell further up. Once per notebook. Cells without a count are passed over; gaps are fine.',
    why: 'What the notebook shows was not computed from top to bottom: the saved results may rest on a variable that a cell further down has set, or on code that was edited since. Nobody else can make them again by running it.',
    example: `# %% [count=1]
rate = 0.1
# %% [count=7]
total = 100 * rate
# %% [count=3] [result=10.0]
total
`,
    instead: `# %% [count=1]
rate = 0.1
# %% [count=2]
total = 100 * rate
# %% [count=3] [result=10.0]
total
`,
    fixSafety:
      'There is no fix: restart the kernel, run all cells, and look at the results again. Where that fails, the notebook needs repair, and now you know.',
    whenNot:
      'Silent for notebooks without saved counts, such as those whose outputs are cleared before every commit. A count of zero, which some platforms write for every cell, is none.',
  },
  *check({ facts }) {
    if (facts.program.kind !== 'notebook') return;
    let highest: { readonly count: number; readonly cell: (typeof facts.cells)[number] } | undefined;
    for (const cell of facts.cells) {
      const { executionCount: count } = cell.cell;
      // An empty cell keeps the count of what stood in it, or of the cell that it was split off.
      if (count === null || count < 1 || textOf(cell.cell).trim() === '') continue;
      if (highest && count <= highest.count) {
        const earlier = cellName(highest.cell, highest.cell.cell.span.start);
        const message =
          count === highest.count
            ? `run as number ${count}, like ${earlier} further up: the cells were not run in one go from top to bottom`
            : `run as number ${count}, before ${earlier} further up, which was number ${highest.count}: the saved results are not those of a run from top to bottom`;
        yield findingIn(outOfOrderExecution, cell, headOf(cell), message);
        return;
      }
      highest = { count, cell };
    }
  },
};
