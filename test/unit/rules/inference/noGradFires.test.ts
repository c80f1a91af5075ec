import { type Case, caseTable } from './table';

const RULE = 'inference-without-no-grad';

const NET = `import torch
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        return self.fc(x)


`;

const MODULES: readonly Case[] = [
  [
    'a whole module from a file, as in the brief',
    `import pandas as pd
data = pd.read_csv("/data/x.csv")
model = torch.load("model.pt")
predictions = model(data) #!
print(predictions)
`,
  ],
  ['a class of the program', `net = Net()\nprint(net(x)) #!\n`],
  ['a class derived from it', `class Wide(Net):\n    pass\nprint(Wide()(x).tolist()) #!\n`],
  ['moved and switched', `net = Net().to("cpu").eval().half()\nprint(net(x).tolist()) #!\n`],
  [
    'rebound to itself',
    `net = Net()\nnet = net.cuda()\nnet = nn.DataParallel(net)\nprint(net(x).tolist()) #!\n`,
  ],
  [
    'from a builder of torchvision, under another name',
    `import torchvision.models as zoo
net = zoo.resnet18(weights="DEFAULT")
print(net(x).argmax(1).item()) #!
`,
  ],
  ['from timm', `import timm\nnet = timm.create_model("resnet18")\nprint(net(x).argmax(1).item()) #!\n`],
  [
    'from transformers',
    `from transformers import AutoModelForSequenceClassification as M
net = M.from_pretrained("distilbert")
print(net(**tokens).logits.argmax(-1).item()) #!
`,
  ],
  ['a sequence', `net = nn.Sequential(nn.Linear(4, 8), nn.ReLU())\nnet(x).numpy() #!\n`],
  [
    'an item of a list',
    `nets = [Net() for _ in range(3)]\nfor net in nets:\n    print(net(x).tolist()) #!\n`,
  ],
  ['an item of a dict', `nets = {"a": Net(), "b": Net()}\nprint(nets["a"](x).tolist()) #!\n`],
  ['appended to a list', `nets = []\nnets.append(Net())\nprint(nets[0](x).tolist()) #!\n`],
  [
    'an attribute',
    `class Service:
    def __init__(self, path):
        self.net = Net()
        self.net.load_state_dict(torch.load(path, weights_only=True))
    def predict(self, x):
        return self.net(x).argmax(1).tolist() #!
`,
  ],
  [
    'made by a function',
    `def build(path):
    net = Net()
    net.eval()
    return net
net = build("x.pt")
print(net(x).tolist()) #!
`,
  ],
  [
    'an annotated parameter',
    `def predict(model: nn.Module, x):\n    return model(x).argmax(1).tolist() #!\n`,
  ],
  [
    'an annotated parameter that may be None',
    `from typing import Optional\ndef predict(x, model: Optional[nn.Module] = None):\n    return model(x).tolist() #!\n`,
  ],
  [
    'a parameter, by what is handed in',
    `def predict(model, x):\n    return model(x).tolist() #!\npredict(Net(), x)\n`,
  ],
  [
    'known by what it is asked for',
    `from mine import build\nmodel = build()\nmodel.load_state_dict(state)\nmodel.eval()\nprint(model(x).tolist()) #!\n`,
  ],
  [
    'chosen by name',
    `import torchvision.models as models\nnet = getattr(models, arch)(pretrained=True)\nprint(net(x).tolist()) #!\n`,
  ],
  ['by way of forward', `net = Net()\nprint(net.forward(x).tolist()) #!\n`],
  [
    'its own method, which forward does not use',
    `class Classifier(Net):
    def predict(self, x):
        return self(x).argmax(1).tolist() #!
`,
  ],
  [
    'set later, None first',
    `net = None\ndef load():\n    global net\n    net = Net()\ndef predict(x):\n    return net(x).tolist() #!\n`,
  ],
  ['an annotated name', `from mine import build\nnet: nn.Module = build()\nprint(net(x).tolist()) #!\n`],
  [
    'what a function says that it returns',
    `from mine import build
def load() -> nn.Module:
    return build()
print(load()(x).tolist()) #!
`,
  ],
  [
    'cached, and behind properties',
    `import streamlit as st
@st.cache_resource
def load():
    return Net().eval()
class Lazy:
    _net = None
    @property
    def net(self):
        if self._net is None:
            self._net = Net()
        return self._net
    def run(self, x):
        return self.net(x).tolist() #!
print(load()(x).tolist()) #!
`,
  ],
  [
    'a field',
    `from dataclasses import dataclass
@dataclass
class Service:
    net: nn.Module
    def run(self, x):
        return self.net(x).argmax().item() #!
`,
  ],
  ['a compiled copy', `import copy\nnet = torch.compile(copy.deepcopy(Net()))\nprint(net(x).tolist()) #!\n`],
  ['TorchScript', `net = torch.jit.load("net.ts")\nprint(net(x).tolist()) #!\n`],
];

const ENDS: readonly Case[] = [
  ['detach and numpy', `net = Net()\nfeatures = net(x).detach().cpu().numpy() #!\n`],
  ['data', `net = Net()\n_, predicted = torch.max(net(x).data, 1) #!\n`],
  ['the indices of max', `net = Net()\n_, predicted = torch.max(net(x), 1) #!\n`],
  ['a comparison with labels', `net = Net()\nhits = (net(x) > 0.5).sum() #!\n`],
  ['float', `net = Net()\nscore = float(net(x)) #!\n`],
  ['an f-string', `net = Net()\nscore = net(x).mean() #!\nmessage = f"{score:.3f}"\n`],
  ['a file', `net = Net()\ntorch.save(net(x), "out.pt") #!\n`],
  [
    'a logger',
    `import logging\nlog = logging.getLogger(__name__)\nnet = Net()\nlog.info("scores %s", net(x)) #!\n`,
  ],
  ['sklearn', `from sklearn.metrics import roc_auc_score\nnet = Net()\nprint(roc_auc_score(y, net(x))) #!\n`],
  [
    'the output of a cell',
    `# %%\nimport torch\nfrom torch import nn\nnet = nn.Linear(3, 1)\n# %%\nnet(x) #!\n# %%\nnet(x)\ny = 2\n`,
  ],
  ['an item of the result', `net = Net()\nprint(net(x)["out"][0].argmax(0).tolist()) #!\n`],
  [
    'a list that is stacked',
    `net = Net()
outs = []
for x in loader:
    outs.append(net(x)) #!
print(torch.cat(outs).tolist())
`,
  ],
  [
    'a comprehension',
    `net = Net()\nouts = [net(x) for x in loader] #!\nprint(torch.stack(outs).mean().item())\n`,
  ],
  [
    'returned to callers that are seen',
    `net = Net()\ndef predict(x):\n    return net(x) #!\nprint(predict(x).tolist())\n`,
  ],
  [
    'through a function and back',
    `net = Net()\ndef to_list(t):\n    return t.cpu().tolist()\nprint(to_list(net(x))) #!\n`,
  ],
  [
    'an attribute that another method reads',
    `class Holder:
    def __init__(self):
        self.net = Net()
    def run(self, x):
        self.out = self.net(x) #!
    def show(self):
        print(self.out.tolist())
`,
  ],
  [
    'the second of a tuple',
    `net = Net()
def both(x, y):
    return y, net(x) #!
labels, out = both(x, y)
print(out.tolist())
`,
  ],
  [
    'a validation loop beside training',
    `def train(loader, val_loader):
    model = Net()
    criterion = nn.CrossEntropyLoss()
    for x, y in loader:
        loss = criterion(model(x), y)
        loss.backward()
    model.eval()
    total = 0
    for x, y in val_loader:
        out = model(x) #!
        total += criterion(out, y).item()
    return total
`,
  ],
  [
    'a criterion that is handed in, in evaluation mode',
    `def validate(model: nn.Module, loader, measure):
    model.eval()
    total = 0
    for x, y in loader:
        out = model(x) #!
        total += measure(out, y).item()
    return total
`,
  ],
  [
    'a caller without no_grad beside one with',
    `net = Net()\ndef predict(x):\n    return net(x).tolist() #!\nwith torch.no_grad():\n    predict(x)\npredict(y)\n`,
  ],
  [
    'switched on again',
    `net = Net()\ntorch.set_grad_enabled(False)\na = net(x).tolist()\ntorch.set_grad_enabled(True)\nb = net(x).tolist() #!\n`,
  ],
  [
    'frozen but for a new head',
    `net = Net()\nfor p in net.parameters():\n    p.requires_grad = False\nnet.fc = nn.Linear(4, 2)\nprint(net(x).tolist()) #!\n`,
  ],
  ['two modules in a row', `enc, dec = Net(), Net()\ncode = enc(x) #!\nprint(dec(code).tolist()) #!\n`],
  [
    'identical cells',
    `# %%\nimport torch\nfrom torch import nn\n# %%\nnet = nn.Linear(3, 1)\n# %%\nprint(net(x)) #!\n# %%\nnet = str\n# %%\nprint(net(x))\n`,
  ],
];

// Every function may run before every other one: more ways round than can be gone one by one.
const STEPS = Array.from({ length: 12 }, (_, i) => `step_${i}`);
const EXCHANGED: Case = [
  'a net that many functions rebind',
  STEPS.map(
    (name) => `def ${name}():
    global net
    net = net.cuda()
    net = net.eval()
    print(net(x).tolist()) #!
`,
  ).join(''),
];

suite('inference-without-no-grad fires', () => {
  suite('on what is proven a module', () => caseTable(RULE, [...MODULES, EXCHANGED], NET));
  suite('where the value ends', () => {
    caseTable(
      RULE,
      ENDS.filter(([, code]) => !code.startsWith('# %%')),
      NET,
    );
    caseTable(
      RULE,
      ENDS.filter(([, code]) => code.startsWith('# %%')),
    );
  });
});
