import assert from 'node:assert/strict';
import { notebookSource } from '../../../support/analysis';
import { changedText, runFixes } from './fixes';

const RULE = 'inference-without-no-grad';
const NET = 'import torch\nfrom torch import nn\nnet = nn.Linear(4, 2)\n';

const EDITS: readonly (readonly [name: string, before: string, after: string])[] = [
  ['an assignment', 'out = net(x)\nprint(out)\n', 'with torch.no_grad():\n    out = net(x)\nprint(out)\n'],
  ['a comment behind it', 'print(net(x))  # look\n', 'with torch.no_grad():\n    print(net(x))  # look\n'],
  ['without a last line break', 'print(net(x))', 'with torch.no_grad():\n    print(net(x))'],
  [
    'in a function, with its indentation',
    'def f(x):\n  return net(x).tolist()\n',
    'def f(x):\n  with torch.no_grad():\n    return net(x).tolist()\n',
  ],
  [
    'tabs',
    'def f(x):\n\tif x is None:\n\t\treturn\n\treturn net(x).tolist()\n',
    'def f(x):\n\tif x is None:\n\t\treturn\n\twith torch.no_grad():\n\t\treturn net(x).tolist()\n',
  ],
  [
    'several lines, a comment and a blank one',
    'print(\n    net(\n        # all rows\n        x,\n\n    ).tolist(),\n)\n',
    'with torch.no_grad():\n    print(\n        net(\n            # all rows\n            x,\n\n        ).tolist(),\n    )\n',
  ],
  [
    'a line joined by a backslash',
    'out = \\\n    net(x)\nprint(out)\n',
    'with torch.no_grad():\n    out = \\\n        net(x)\nprint(out)\n',
  ],
  ['CRLF', 'print(\r\n  net(x))\r\n', 'with torch.no_grad():\r\n    print(\r\n      net(x))\r\n'],
  [
    'CRLF without a last line break',
    'y = 1\r\nprint(net(x))',
    'y = 1\r\nwith torch.no_grad():\r\n    print(net(x))',
  ],
  [
    'a generator that is consumed at once',
    'n = sum(net(x).item() for x in xs)\n',
    'with torch.no_grad():\n    n = sum(net(x).item() for x in xs)\n',
  ],
  [
    'an augmented assignment',
    'n = 0\nn += net(x).argmax().item()\nprint(n)\n',
    'n = 0\nwith torch.no_grad():\n    n += net(x).argmax().item()\nprint(n)\n',
  ],
  [
    'text that is not ASCII',
    'print("😀", net(x).tolist())\n',
    'with torch.no_grad():\n    print("😀", net(x).tolist())\n',
  ],
  [
    'beside strings joined over lines',
    'print("a"\n      "b", net(x))\n',
    'with torch.no_grad():\n    print("a"\n          "b", net(x))\n',
  ],
];

const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['a string over several lines', 'print("""a\nb""", net(x))\n', /string over several lines/],
  ['a string continued by a backslash', 'print("a\\\nb", net(x))\n', /string over several lines/],
  ['an f-string over several lines', 'print(f"""{net(x)}\n""")\n', /string over several lines/],
  ['a statement on the same line', 'y = 1; print(net(x))\n', /shares its line/],
  ['a statement behind it', 'print(net(x)); y = 1\n', /shares its line/],
  ['a branch on one line', 'if y: print(net(x))\n', /shares its line/],
  ['a test', 'if net(x).argmax().item() > 1:\n    pass\n', /compound statement/],
  ['the head of a loop', 'for row in net(x).tolist():\n    pass\n', /compound statement/],
  ['a lambda', 'f = lambda x: net(x).tolist()\n', /lambda/],
  ['a generator', 'rows = (net(x).tolist() for x in xs)\n', /generator/],
  ['yield', 'def f(xs):\n    for x in xs:\n        yield net(x).tolist()\n', /yields/],
  ['await', 'async def f(x):\n    await send(net(x).tolist())\n', /awaits/],
  [
    'another part that goes backward',
    'w = torch.ones(3, requires_grad=True)\nloss = (w * 2).sum() + net(x).item()\nloss.backward()\n',
    /needed for gradients/,
  ],
  [
    'another module that is trained',
    'other = nn.Linear(4, 2)\na, b = other(x), net(x).tolist()\na.sum().backward()\nprint(b)\n',
    /needed for gradients/,
  ],
];

suite('inference-without-no-grad: the fix', () => {
  for (const [name, before, after] of EDITS) {
    test(name, async () => {
      const prelude = before.includes('\r\n') ? NET.replaceAll('\n', '\r\n') : NET;
      const [run, ...others] = await runFixes(RULE, prelude + before);
      assert.deepEqual(others, []);
      assert.equal(changedText(run!), prelude + after);
    });
  }

  for (const [name, code, reason] of REFUSED) {
    test(`refused: ${name}`, async () => {
      const [run] = await runFixes(RULE, NET + code);
      assert.match(run?.offer.disabled ?? 'no finding', reason);
    });
  }

  suite('the name of torch', () => {
    const body = (imports: string): string => `${imports}net = N.Linear(4, 2)\nprint(net(x))\n`;
    const NAMES: readonly (readonly [string, string | undefined])[] = [
      ['import torch as t\nimport torch.nn as N\n', 't.no_grad'],
      ['import torch.nn as N\nimport torch.utils.data\n', 'torch.no_grad'],
      ['import torch.nn as N\nfrom torch import no_grad\n', 'no_grad'],
      ['import torch.nn as N\nfrom torch import no_grad as quiet\n', 'quiet'],
      ['import torch.nn as N\n', undefined],
      ['import torch\nimport torch.nn as N\ntorch = wrap(torch)\n', undefined],
      ['import torch.nn as N\nif flag:\n    import torch\n', undefined],
      ['import torch.nn as N\ntry:\n    import torch\nexcept ImportError:\n    raise\n', 'torch.no_grad'],
    ];
    for (const [imports, name] of NAMES) {
      test(JSON.stringify(imports), async () => {
        const [run] = await runFixes(RULE, body(imports));
        if (name === undefined) assert.match(run!.offer.disabled ?? '', /torch is not imported/);
        else
          assert.match(changedText(run!), new RegExp(`with ${name.replace('.', '\\.')}\\(\\):\n    print`));
      });
    }

    test('an import in the function', async () => {
      const code =
        'from torch import nn\nnet = nn.Linear(4, 2)\ndef f(x):\n    import torch\n    return net(x).tolist()\n';
      assert.match(changedText((await runFixes(RULE, code))[0]!), / {4}with torch\.no_grad\(\):\n {8}return/);
    });

    test('an import in another function', async () => {
      const code =
        'from torch import nn\nnet = nn.Linear(4, 2)\ndef f():\n    import torch\ndef g(x):\n    return net(x).tolist()\n';
      assert.match((await runFixes(RULE, code))[0]!.offer.disabled ?? '', /torch is not imported/);
    });
  });

  suite('notebooks', () => {
    test('a cell', async () => {
      const source = notebookSource('n.ipynb', [NET, 'out = net(x)\nprint(out)']);
      const [run] = await runFixes(RULE, source);
      assert.equal(changedText(run!), 'with torch.no_grad():\n    out = net(x)\nprint(out)');
    });

    test('refused: the output of the cell', async () => {
      const [run] = await runFixes(RULE, notebookSource('n.ipynb', [NET, 'net(x).tolist()']));
      assert.match(run!.offer.disabled ?? '', /cell's output/);
    });

    test('refused: a line magic', async () => {
      const [run] = await runFixes(RULE, notebookSource('n.ipynb', [NET, '%time print(net(x))\ny = 1']));
      assert.match(run!.offer.disabled ?? '', /shares its line/);
    });
  });
});
