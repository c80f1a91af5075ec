import assert from 'node:assert/strict';
import { analyse, notebookSource, places } from '../../../support/analysis';
import { type FixRun, changedText, runFixes } from './fixes';

type Edit = readonly [name: string, before: string, after: string];

const TORCH = 'import torch\nfrom torch import nn\n';
const NET = `${TORCH}net = nn.Sequential(nn.Linear(4, 2), nn.Dropout(0.1))\n`;
const TRAINED = `${NET}opt = torch.optim.SGD(net.parameters(), lr=0.1)\n`;
const LOAD = 'net.load_state_dict(torch.load("a.pt", "cpu", weights_only=True))\n';

const EVAL: readonly Edit[] = [
  ['behind the load', `${LOAD}print(net(x).tolist())\n`, `${LOAD}net.eval()\nprint(net(x).tolist())\n`],
  [
    'behind a comment',
    `net.load_state_dict(s)  # best\nprint(net(x).tolist())`,
    `net.load_state_dict(s)  # best\nnet.eval()\nprint(net(x).tolist())`,
  ],
  [
    'CRLF',
    `net.load_state_dict(s)\r\nprint(net(x).tolist())\r\n`,
    `net.load_state_dict(s)\r\nnet.eval()\r\nprint(net(x).tolist())\r\n`,
  ],
  [
    'over several lines, in a function',
    `def run(x):\n\tnet.load_state_dict(\n\t\ts\n\t)\n\treturn net(x).tolist()\n`,
    `def run(x):\n\tnet.load_state_dict(\n\t\ts\n\t)\n\tnet.eval()\n\treturn net(x).tolist()\n`,
  ],
  [
    'in a constructor',
    `class S:
    def __init__(self, path):
        self.net = nn.Sequential(nn.Linear(4, 2), nn.Dropout(0.1))
        self.net.load_state_dict(torch.load(path, "cpu", weights_only=True))

    def run(self, x):
        return self.net(x).tolist()
`,
    `class S:
    def __init__(self, path):
        self.net = nn.Sequential(nn.Linear(4, 2), nn.Dropout(0.1))
        self.net.load_state_dict(torch.load(path, "cpu", weights_only=True))
        self.net.eval()

    def run(self, x):
        return self.net(x).tolist()
`,
  ],
  [
    'a whole module',
    `model = torch.load("m.pt")\nprint(model(x))\n`,
    `model = torch.load("m.pt")\nmodel.eval()\nprint(model(x))\n`,
  ],
  [
    'a load on one path only: in front of the prediction',
    `if best:\n    net.load_state_dict(s)\nprint(net(x).tolist())\n`,
    `if best:\n    net.load_state_dict(s)\nnet.eval()\nprint(net(x).tolist())\n`,
  ],
  [
    'a load that shares its line',
    `s = 1; net.load_state_dict(s)\nwith torch.no_grad():\n    print(net(x).tolist())\n`,
    `s = 1; net.load_state_dict(s)\nnet.eval()\nwith torch.no_grad():\n    print(net(x).tolist())\n`,
  ],
];

const EVAL_TRAINED: readonly Edit[] = [
  [
    'in the loop that trains: and back',
    `for epoch in range(3):
    net(x).sum().backward()
    opt.step()
    with torch.no_grad():
        # look
        print(net(x).tolist())
`,
    `for epoch in range(3):
    net(x).sum().backward()
    opt.step()
    net.eval()
    with torch.no_grad():
        # look
        print(net(x).tolist())
    net.train()
`,
  ],
  [
    'in a loop that switches to training itself',
    `for epoch in range(3):
    net.train()
    net(x).sum().backward()
    opt.step()
    for b in batches:
        print(net(b).tolist())
`,
    `for epoch in range(3):
    net.train()
    net(x).sum().backward()
    opt.step()
    net.eval()
    for b in batches:
        print(net(b).tolist())
`,
  ],
  [
    'behind the training',
    `for epoch in range(3):
    net(x).sum().backward()
    opt.step()
print(net(x).tolist())
`,
    `for epoch in range(3):
    net(x).sum().backward()
    opt.step()
net.eval()
print(net(x).tolist())
`,
  ],
  [
    'in a function of its own, where training starts by itself',
    `def fit():
    net.train()
    net(x).sum().backward()
    opt.step()
def score():
    hits = 0
    for b in batches:
        hits += net(b).argmax(1).sum().item()
    return hits
fit()
score()
`,
    `def fit():
    net.train()
    net(x).sum().backward()
    opt.step()
def score():
    hits = 0
    net.eval()
    for b in batches:
        hits += net(b).argmax(1).sum().item()
    return hits
fit()
score()
`,
  ],
];

const EVAL_REFUSED: readonly (readonly [string, string, RegExp])[] = [
  [
    'a return in training',
    `def fit():
    net(x).sum().backward()
    opt.step()
def score():
    return net(x).tolist()
for _ in range(3):
    fit()
    score()
`,
    /Training goes on/,
  ],
  ['one of several', `nets = {"a": net}\n${LOAD}${LOAD}print(nets["a"](x).tolist())\n`, /no name of its own/],
];

const DEVICE: readonly Edit[] = [
  ['no device is known', `torch.load("a.pt")\n`, `torch.load("a.pt", map_location="cpu")\n`],
  ['None', `torch.load("a.pt", None)\n`, `torch.load("a.pt", "cpu")\n`],
  ['None by name', `torch.load("a.pt", map_location=None)\n`, `torch.load("a.pt", map_location="cpu")\n`],
  [
    'a variable',
    `device = torch.device("cuda" if torch.cuda.is_available() else "cpu")\ntorch.load("a.pt")\n`,
    `device = torch.device("cuda" if torch.cuda.is_available() else "cpu")\ntorch.load("a.pt", map_location=device)\n`,
  ],
  [
    'text',
    `where = "cuda" if torch.cuda.is_available() else "cpu"\ntorch.load("a.pt")\n`,
    `where = "cuda" if torch.cuda.is_available() else "cpu"\ntorch.load("a.pt", map_location=where)\n`,
  ],
  [
    'from outside a function',
    `device = torch.device("cpu")\ndef read(path):\n    return torch.load(path)\n`,
    `device = torch.device("cpu")\ndef read(path):\n    return torch.load(path, map_location=device)\n`,
  ],
  [
    'a parameter',
    `def read(path, where: torch.device):\n    return torch.load(path)\n`,
    `def read(path, where: torch.device):\n    return torch.load(path, map_location=where)\n`,
  ],
  [
    'an attribute',
    `class S:
    def __init__(self):
        self.device = torch.device("cpu")
    def read(self, path):
        return torch.load(path)
`,
    `class S:
    def __init__(self):
        self.device = torch.device("cpu")
    def read(self, path):
        return torch.load(path, map_location=self.device)
`,
  ],
  [
    'two of them',
    `a = torch.device("cpu")\nb = torch.device("cuda:1")\ntorch.load("a.pt")\n`,
    `a = torch.device("cpu")\nb = torch.device("cuda:1")\ntorch.load("a.pt", map_location="cpu")\n`,
  ],
  [
    'bound on one path only, or later, or to something else',
    `if a:\n    device = torch.device("cpu")\ntorch.load("a.pt")\nlater = torch.device("cpu")\ndevice_name = "house"\n`,
    `if a:\n    device = torch.device("cpu")\ntorch.load("a.pt", map_location="cpu")\nlater = torch.device("cpu")\ndevice_name = "house"\n`,
  ],
  [
    'a line for each argument',
    `torch.load(\n    "a.pt",\n    weights_only=True,  # safe\n)\n`,
    `torch.load(\n    "a.pt",\n    weights_only=True,  # safe\n    map_location="cpu",\n)\n`,
  ],
];

const FRAME_HEAD = 'import pandas as pd\n';
const FRAME: readonly Edit[] = [
  [
    'a name',
    `${FRAME_HEAD}${NET}df = pd.read_csv("a.csv")\nnet(df)\n`,
    `${FRAME_HEAD}${NET}df = pd.read_csv("a.csv")\nnet(torch.tensor(df.to_numpy(), dtype=torch.float32))\n`,
  ],
  [
    'arithmetic, by keyword, over lines',
    `${FRAME_HEAD}${NET}df = pd.read_csv("a.csv")\nnet(\n    input=df[["a"]] / 3,  # scaled\n)\n`,
    `${FRAME_HEAD}${NET}df = pd.read_csv("a.csv")\nnet(\n    input=torch.tensor((df[["a"]] / 3).to_numpy(), dtype=torch.float32),  # scaled\n)\n`,
  ],
  [
    'in parentheses',
    `${FRAME_HEAD}${NET}df = pd.read_csv("a.csv")\nnet((df - 1))\n`,
    `${FRAME_HEAD}${NET}df = pd.read_csv("a.csv")\nnet((torch.tensor((df - 1).to_numpy(), dtype=torch.float32)))\n`,
  ],
  [
    'without a name for torch',
    `import pandas as pd\nfrom torch import nn\n\nnet = nn.Linear(2, 1)\nnet(pd.DataFrame({"a": [1.0]}))\n`,
    `import pandas as pd\nimport torch\nfrom torch import nn\n\nnet = nn.Linear(2, 1)\nnet(torch.tensor(pd.DataFrame({"a": [1.0]}).to_numpy(), dtype=torch.float32))\n`,
  ],
  [
    'another name for torch',
    `import pandas as pd\nimport torch as t\nnet = t.nn.Linear(2, 1)\nnet(pd.read_csv("a"))\n`,
    `import pandas as pd\nimport torch as t\nnet = t.nn.Linear(2, 1)\nnet(t.tensor(pd.read_csv("a").to_numpy(), dtype=t.float32))\n`,
  ],
];

const FORWARD: readonly Edit[] = [
  ['a name', `${NET}net.forward(x)\n`, `${NET}net(x)\n`],
  ['parentheses', `${NET}y = (net).forward(x) + 1\n`, `${NET}y = (net)(x) + 1\n`],
  [
    'over lines, with a comment',
    `${NET}y = (\n    net  # the net\n    .forward(x)\n)\n`,
    `${NET}y = (\n    net  # the net\n    (x)\n)\n`,
  ],
  [
    'a comment behind the dot',
    `${NET}y = (net.  # run\n     forward(x))\n`,
    `${NET}y = (net  # run\n     (x))\n`,
  ],
  ['made at once', `${TORCH}nn.Linear(4, 2).forward( x )\n`, `${TORCH}nn.Linear(4, 2)( x )\n`],
];

function edits(rule: string, cases: readonly Edit[], prelude = ''): void {
  for (const [name, before, after] of cases) {
    test(name, async () => {
      const runs: readonly FixRun[] = await runFixes(rule, prelude + before);
      assert.equal(runs.length, 1);
      assert.equal(changedText(runs[0]!), prelude + after);
      // Nothing is left to do.
      assert.deepEqual(places(await analyse(prelude + after), rule), []);
    });
  }
}

suite('inference-without-eval: the fix', () => {
  edits('inference-without-eval', EVAL.slice(0, 5), NET);
  edits('inference-without-eval', EVAL.slice(5, 6), TORCH);
  edits('inference-without-eval', EVAL.slice(6), NET);
  edits('inference-without-eval', EVAL_TRAINED, TRAINED);
  for (const [name, code, reason] of EVAL_REFUSED) {
    test(`refused: ${name}`, async () => {
      const [run] = await runFixes('inference-without-eval', TRAINED + code);
      assert.match(run?.offer.disabled ?? '', reason);
    });
  }
  test('cells', async () => {
    const cells = [NET, LOAD.trimEnd(), 'with torch.no_grad():\n    y = net(x).numpy()'];
    const [run] = await runFixes('inference-without-eval', notebookSource('a.ipynb', cells));
    assert.equal(changedText(run!), `${LOAD}net.eval()`);
  });
  test('the title says where', async () => {
    const [run] = await runFixes('inference-without-eval', `${NET}${LOAD}print(net(x).tolist())\n`);
    assert.match(run!.offer.title, /^Call net\.eval\(\) behind the load/);
  });
});

suite('device-bound-load: the fix', () => {
  edits('device-bound-load', DEVICE, TORCH);
  test('refused: unpacked options', async () => {
    const code = `${TORCH}options = {"mmap": True}\ntorch.load("a.pt", **options)\n`;
    const [run] = await runFixes('device-bound-load', code);
    assert.match(run?.offer.disabled ?? '', /by hand/);
  });
});

suite('frame-into-torch-model: the fix', () => {
  edits('frame-into-torch-model', FRAME);
  test('refused: torch is something else', async () => {
    const code = `import pandas as pd\nfrom torch import nn\ntorch = 1\nnn.Linear(2, 1)(pd.read_csv("a"))\n`;
    const [run] = await runFixes('frame-into-torch-model', code);
    assert.match(run?.offer.disabled ?? '', /something else/);
  });
});

suite('direct-forward-call: the fix', () => edits('direct-forward-call', FORWARD));
