import assert from 'node:assert/strict';
import {
  looksChanging,
  mutationsOfCall,
  mutationsOfStatement,
  rootName,
} from '../../../src/semantics/mutations';
import { analyse } from '../../support/analysis';

/** What the last statement of a program changes: `target by certainty`. */
async function changed(text: string): Promise<string[]> {
  const { facts, context } = await analyse(text);
  const unit = facts.units.at(-1)!;
  return mutationsOfStatement(unit.unit.statement, unit, context.evaluator).map(
    ({ target, by, certainty }) => `${unit.unit.text.slice(target.start, target.end)} ${by} ${certainty}`,
  );
}

suite('mutations', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['x = 1', []],
    ['x = [1]\nx = x + [2]', []],
    ['x[0] = y', ['x item certain']],
    ['x["a"].b = y', ['x["a"] attribute certain']],
    ['x.a, (y[0], *z.b) = w', ['x attribute certain', 'y item certain', 'z attribute certain']],
    ['del x[0], y.a, z', ['x item certain', 'y attribute certain']],
    ['for x[0] in (1, 2): y.append(1)', ['x item certain']],
    ['x[0] += 1', ['x item certain']],
    ['x = [1]\nx += y', ['x augmented certain']],
    ['x = 1\nx += 2', []],
    ['x = "a"\nx += y', []],
    ['x += 1', ['x augmented possible']],
    ['df.loc[0, "a"] = 1', ['df item certain']],
    ['a.T[0] = 1', ['a item certain']],
    ['x = []\nx.append(y)', ['x method certain']],
    ['x = [1]\nx.index(y)', []],
    ['x.append(y)', ['x method likely']],
    ['import sys\nsys.path.append(y)', ['sys.path method likely', 'y argument possible']],
    ['from state import runs\nruns.append(1)', ['runs method likely']],
    ['import thing\nthing.append(1)', []],
    ['x = y or []\nx.append(z)', ['x method likely']],
    ['x.polish(y, 1, "b")', ['x method possible', 'y argument possible']],
    ['x = "a"\nx.replace("a", "b")', []],
    ['import heapq\nheapq.heappush(h, v)', ['h argument certain']],
    ['from random import shuffle as mix\nmix(rows[1])', ['rows[1] argument certain']],
    ['import numpy as np\nnp.exp(a)', []],
    ['import numpy as np\nnp.exp(a, out=b)', ['b argument certain']],
    ['import pandas as pd\ndf = pd.read_csv(p)\ndf.drop(columns=c)', []],
    ['import pandas as pd\ndf = pd.read_csv(p)\ndf.drop(columns=c, inplace=True)', ['df method certain']],
    ['import pandas as pd\ndf = pd.read_csv(p)\ndf.drop(columns=c, inplace=False)', []],
    ['import pandas as pd\ndf = pd.read_csv(p)\ndf.drop(columns=c, inplace=flag)', ['df method likely']],
    ['import pandas as pd\ndf = pd.read_csv(p).dropna()\ndf.insert(0, "a", 1)', ['df method certain']],
    ['import torch\nt = torch.zeros(2)\nt.add_(1)', ['t method certain']],
    ['import torch\nt = torch.zeros(2)\nt.add(1)', []],
    ['import torch\ntorch.nn.init.zeros_(t)', ['t argument certain']],
    ['from sklearn.linear_model import Ridge\nm = Ridge()\nm.fit(x, y)', ['m method certain']],
    ['it = (x for x in y)\nlist(it)', ['it argument certain']],
    ['it = (x for x in y)\nfor x in it: pass', ['it iteration certain']],
    ['next(it)', ['it argument certain']],
    ['print(x, len(y))', []],
    ['f(x, [y], lambda: z.append(1))', ['x argument possible', '[y] argument possible']],
    ['key = lambda: z.append(1)', []],
    ['def f():\n    x.append(1)', []],
    ['def make():\n    return []\nx = make()\nx.sort()', ['x method certain']],
    ['if x:\n    y = []\nelse:\n    y = {}\ny.pop(z)', ['y method certain']],
  ];
  for (const [text, expected] of cases) {
    test(text.replaceAll('\n', '; '), async () => {
      assert.deepEqual(await changed(text), expected);
    });
  }

  test('the name through which an object is reached', async () => {
    const { facts, context } = await analyse('a.b["c"].append(1)\nf().append(1)');
    const names = facts.units.map((unit) => {
      const { node } = unit.summary.calls.at(-1)!;
      const [first] = mutationsOfCall(node, unit, context.evaluator);
      return first && rootName(first.target)?.id;
    });
    assert.deepEqual(names, ['a', undefined]);
  });

  test('what is not worth asking', async () => {
    const { facts } = await analyse(
      'a.append(1)\na.mean()\na.add_(1)\na.drop(inplace=True)\nnp.exp(a, out=b)\na.shape()',
    );
    const asked = facts.units.map((unit) => looksChanging(unit.summary.calls.at(-1)!.node));
    assert.deepEqual(asked, [true, false, true, true, true, false]);
  });
});
