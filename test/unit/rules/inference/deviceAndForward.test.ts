import { type Case, caseTable } from './table';

const TORCH = 'import torch\nfrom torch import nn\n\n';

const LOADS: readonly Case[] = [
  ['plain', `torch.load("a.pt") #!\n`],
  ['other arguments', `torch.load("a.pt", weights_only=True, mmap=True) #!\n`],
  ['None', `torch.load("a.pt", map_location=None) #!\ntorch.load("a.pt", None) #!\n`],
  ['under another name', `from torch import load as fetch\nfetch("a.pt") #!\n`],
  ['through a name', `read = torch.load\nread("a.pt") #!\n`],
  ['another name of the package', `import torch as t\nt.load("a.pt") #!\n`],
  ['options without it', `options = {"weights_only": True}\ntorch.load("a.pt", **options) #!\n`],
  ['in a function', `def resume(path):\n    import torch as th\n    return th.load(path) #!\n`],
  ['in cells', `# %%\nimport torch\n# %%\nstate = torch.load("a.pt") #!\n`],
];

const LOADS_SILENT: readonly Case[] = [
  ['given', `torch.load("a.pt", map_location="cpu")\ntorch.load("a.pt", "cpu")\n`],
  ['given as a function', `torch.load("a.pt", map_location=lambda storage, loc: storage)\n`],
  ['given by a name', `where = None\ntorch.load("a.pt", map_location=where)\n`],
  ['among options', `options = dict(map_location="cpu")\ntorch.load("a.pt", **options)\n`],
  ['unknown options', `def read(path, **kwargs):\n    return torch.load(path, **kwargs)\n`],
  ['unknown arguments', `def read(*args):\n    return torch.load(*args)\n`],
  [
    'other loads',
    `import json, pickle, numpy as np
torch.jit.load("a.pt")
json.load(f)
pickle.load(f)
np.load("a.npy")
loader.load("a.pt")
torch.hub.load("pytorch/vision", "resnet18")
`,
  ],
  [
    'its own bytes',
    `import io
buffer = io.BytesIO()
torch.save(net, buffer)
buffer.seek(0)
torch.load(buffer)
`,
  ],
  [
    'another torch',
    `class torch:\n    @staticmethod\n    def load(path):\n        return path\ntorch.load("a.pt")\n`,
  ],
];

const FORWARD: readonly Case[] = [
  ['a module', `net = nn.Linear(4, 2)\nnet.forward(x) #!\n`],
  ['made at once', `nn.Linear(4, 2).forward(x) #!\n`],
  [
    'a layer',
    `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)
    def forward(self, x):
        return self.fc.forward(x) #!
`,
  ],
  [
    'its own',
    `class Net(nn.Module):
    def forward(self, x):
        return x
    def predict(self, x):
        return self.forward(x).argmax(1) #!
`,
  ],
  ['an annotated parameter', `def run(model: nn.Module, x):\n    return model.forward(x) #!\n`],
  ['a parameter that is evaluated', `def run(model, x):\n    model.eval()\n    return model.forward(x) #!\n`],
  ['a loss', `criterion = nn.MSELoss()\nloss = criterion.forward(a, b) #!\n`],
  ['from torchvision', `from torchvision.models import resnet18\nresnet18().eval().forward(x) #!\n`],
];

const FORWARD_SILENT: readonly Case[] = [
  ['super', `class Net(nn.Linear):\n    def forward(self, x):\n        return super().forward(x)\n`],
  [
    'super with arguments',
    `class Net(nn.Linear):\n    def forward(self, x):\n        return super(Net, self).forward(x)\n`,
  ],
  [
    'a base class',
    `class Net(nn.Linear):\n    def forward(self, x):\n        return nn.Linear.forward(self, x)\n`,
  ],
  [
    'a base class by a name',
    `class Base(nn.Module):
    def forward(self, x):
        return x
Kind = Base
class Net(Base):
    def forward(self, x):
        return Kind.forward(self, x)
`,
  ],
  [
    'an autograd function',
    `class Sign(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.sign()
Sign.forward(None, x)
`,
  ],
  [
    'stored and replaced',
    `net = nn.Linear(4, 2)
plain = net.forward
net.forward = lambda x: plain(x) * 2
net.forward(x)
`,
  ],
  ['replaced by name', `net = nn.Linear(4, 2)\nsetattr(net, "forward", other)\nnet.forward(x)\n`],
  [
    'its own call',
    `class Net(nn.Module):
    def __call__(self, x):
        return self.forward(x)
    def forward(self, x):
        return x
Net().forward(x)
`,
  ],
  [
    'no module',
    `class Markov:
    def forward(self, x):
        return x
Markov().forward(3)
robot.forward(10)
`,
  ],
  ['a parameter of which nothing is known', `def run(model, x):\n    return model.forward(x)\n`],
  [
    'a hidden Markov model beside modules',
    `net = nn.Linear(2, 2)\ndef score(hmm, xs):\n    return [hmm.forward(x) for x in xs]\n`,
  ],
  [
    'compiled',
    `class Net(nn.Module):
    def forward(self, x):
        return x
    @torch.jit.export
    def infer(self, x):
        return self.forward(x)
`,
  ],
];

suite('device-bound-load: fires', () => caseTable('device-bound-load', LOADS, TORCH));
suite('device-bound-load: stays silent', () => caseTable('device-bound-load', LOADS_SILENT, TORCH));
suite('direct-forward-call: fires', () => caseTable('direct-forward-call', FORWARD, TORCH));
suite('direct-forward-call: stays silent', () => caseTable('direct-forward-call', FORWARD_SILENT, TORCH));
