import assert from 'node:assert/strict';
import { analyse } from '../../../support/analysis';
import { type Case, caseTable } from './table';

const RULE = 'inference-without-eval';

const NET = `import torch
from torch import nn
import torch.nn.functional as F
from torch.utils.data import DataLoader


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        return self.fc(self.drop(x))


def load(path):
    return torch.load(path, map_location="cpu", weights_only=True)


`;

const FIRES: readonly Case[] = [
  [
    'dropout between the layers of a recurrent module',
    `class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTM(4, 8, num_layers=2, dropout=0.5)

    def forward(self, x):
        return self.cell(x)[0]

tagger = Tagger()
tagger.load_state_dict(load("a"))
print(tagger(x).tolist()) #!
`,
  ],
  ['loaded, then called', `net = Net()\nnet.load_state_dict(load("a"))\nprint(net(x).tolist()) #!\n`],
  [
    'under no_grad, handed back to whoever calls',
    `net = Net()
net.load_state_dict(load("a"))
def predict(x):
    with torch.no_grad():
        return net(x) #!
`,
  ],
  [
    'evaluation mode on one path only',
    `net = Net()
net.load_state_dict(load("a"))
if quick:
    net.eval()
print(net(x).tolist()) #!
`,
  ],
  [
    'trained last, by a function',
    `net = Net()
opt = torch.optim.Adam(net.parameters())
def fit(loader):
    net.train()
    for x, y in loader:
        opt.zero_grad()
        F.cross_entropy(net(x), y).backward()
        opt.step()
net.eval()
fit(loader)
with torch.no_grad():
    print(net(test).argmax(1)) #!
`,
  ],
  [
    'validation in the loop that trains',
    `def run(loader, xv):
    net = Net()
    opt = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(9):
        for x, y in loader:
            opt.zero_grad()
            F.cross_entropy(net(x), y).backward()
            opt.step()
        with torch.no_grad():
            print(epoch, net(xv).argmax(1).tolist()) #!
`,
  ],
  [
    'the second round, after evaluation mode was left on purpose',
    `net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
net.eval()
for epoch in range(9):
    with torch.no_grad():
        print(net(xv).argmax(1).tolist()) #!
    net.train()
    F.cross_entropy(net(x), y).backward()
    opt.step()
`,
  ],
  [
    'a method, loaded by the constructor',
    `class Service:
    def __init__(self, path):
        self.net = Net()
        self.net.load_state_dict(load(path))

    def grade(self, x):
        with torch.no_grad():
            return self.net(x).softmax(1).numpy() #!
`,
  ],
  [
    'handed to a function that predicts',
    `def predict(model, x):
    with torch.no_grad():
        return model(x).argmax(1).tolist() #!
net = Net()
net.load_state_dict(load("a"))
print(predict(net, x))
`,
  ],
  [
    'handed to a function that says what it takes',
    `@torch.no_grad()
def predict(model: nn.Module, x):
    return model(x).argmax(1).tolist() #!
def main():
    net = Net()
    net.load_state_dict(load("a"))
    predict(net, x)
`,
  ],
  [
    'a helper that makes and loads it',
    `def build(path):
    net = Net()
    net.load_state_dict(load(path))
    return net
net = build("a").to("cpu")
print(net(x).tolist()) #!
`,
  ],
  [
    'train(True) after evaluation and a step',
    `net = Net()
net.load_state_dict(load("a"))
net.eval()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
net.train(True)
F.mse_loss(net(x), y).backward()
opt.step()
print(net(x).tolist()) #!
`,
  ],
  [
    'pretrained weights of torchvision',
    `from torchvision.models import resnet18
net = resnet18(weights="DEFAULT")
with torch.no_grad():
    print(net(x).argmax(1).item()) #!
`,
  ],
  [
    'pretrained weights of timm',
    `import timm
net = timm.create_model("resnet18", pretrained=True)
print(net(x).argmax(1).item()) #!
`,
  ],
  [
    'a wrapper around it',
    `net = nn.DataParallel(Net())
net.load_state_dict(load("a"))
print(net(x).argmax(1).tolist()) #!
`,
  ],
  [
    'cells',
    `# %%
import torch
from torch import nn
net = nn.Sequential(nn.Linear(4, 2), nn.BatchNorm1d(2))
# %%
net.load_state_dict(torch.load("a.pt", map_location="cpu", weights_only=True))
# %%
with torch.no_grad():
    y = net(x).numpy() #!
`,
  ],
  [
    'layers in a list',
    `layers = [nn.Linear(4, 4), nn.Dropout(0.1)]
net = nn.Sequential(*layers)
net.load_state_dict(load("a"))
print(net(x).tolist()) #!
`,
  ],
  [
    'a recurrent layer with dropout',
    `class Rnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(4, 8, num_layers=2, dropout=0.1)
    def forward(self, x):
        return self.rnn(x)[0]
net = Rnn()
net.load_state_dict(load("a"))
print(net(x).tolist()) #!
`,
  ],
  [
    'a class of which nothing is known but that it loads weights',
    `from elsewhere import Tagger
tagger = Tagger(3)
tagger.load_state_dict(load("a"))
print(tagger(x).argmax(1).tolist()) #!
`,
  ],
  [
    'a class of layers that is handed in',
    `class Plain(nn.Module):
    def __init__(self, n, norm=nn.BatchNorm1d):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(n, n), norm(n))
    def forward(self, x):
        return self.body(x)
net = Plain(3)
net.load_state_dict(load("a"))
print(net(x).tolist()) #!
`,
  ],
  [
    'a layer that is handed in',
    `class Whole(nn.Module):
    def __init__(self, shared):
        super().__init__()
        self.shared = shared
    def forward(self, x):
        return self.shared(x)
net = Whole(nn.Dropout(0.2))
net.load_state_dict(load("a"))
print(net(x).tolist()) #!
`,
  ],
  [
    'made of itself',
    `body = nn.Sequential(nn.Linear(2, 2))
for _ in range(3):
    body = nn.Sequential(body, nn.Dropout(0.1))
body.load_state_dict(load("a"))
print(body(x).tolist()) #!
`,
  ],
  [
    'a whole module from a file',
    `import pandas as pd
model = torch.load("model.pt")
predictions = model(torch.ones(2, 3)) #!
print(predictions)
`,
  ],
];

const SILENT: readonly Case[] = [
  [
    'dropout of a recurrent module with one layer, which has none',
    `class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTM(4, 8, dropout=0.5)

    def forward(self, x):
        return self.cell(x)[0]

tagger = Tagger()
tagger.load_state_dict(load("a"))
print(tagger(x).tolist())
`,
  ],
  [
    'handed out by a function that has not made it',
    `net = Net()
net.load_state_dict(load("a"))
def current(config):
    if config.name == "net":
        return net
other = current(config)
test(other)
print(net(x).tolist())
`,
  ],
  ['eval before', `net = Net()\nnet.load_state_dict(load("a"))\nnet.eval()\nprint(net(x).tolist())\n`],
  ['train(False)', `net = Net()\nnet.load_state_dict(load("a"))\nnet.train(False)\nprint(net(x).tolist())\n`],
  ['chained', `net = Net().eval()\nnet.load_state_dict(load("a"))\nprint(net(x).tolist())\n`],
  ['neither loaded nor trained', `net = Net()\nprint(net(x).tolist())\n`],
  [
    'before it is trained',
    `net = Net()
print(net(x).tolist())
opt = torch.optim.SGD(net.parameters(), lr=0.1)
F.mse_loss(net(x), y).backward()
opt.step()
`,
  ],
  [
    'trained only',
    `net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for x, y in loader:
    out = net(x)
    loss = F.mse_loss(out, y)
    loss.backward()
    opt.step()
    print(loss.item(), out.argmax(1).tolist())
`,
  ],
  [
    'no layer with a mode',
    `net = nn.Sequential(nn.Linear(2, 2), nn.LayerNorm(2), nn.GELU())
net.load_state_dict(load("a"))
print(net(x).tolist())
`,
  ],
  [
    'a class without a layer with a mode',
    `class Plain(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(n, n) for _ in range(3)])
    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x
net = Plain(3)
net.load_state_dict(load("a"))
print(net(x).tolist())
`,
  ],
  [
    'from transformers',
    `from transformers import AutoModelForSequenceClassification
net = AutoModelForSequenceClassification.from_pretrained("distilbert")
print(net(**tokens).logits.argmax(-1).item())
`,
  ],
  [
    'handed in by nobody who is seen',
    `def predict(model: nn.Module, x):
    with torch.no_grad():
        return model(x).argmax(1).tolist()
`,
  ],
  [
    'evaluation mode in every caller',
    `def predict(model, x):
    with torch.no_grad():
        return model(x).argmax(1).tolist()
net = Net()
net.load_state_dict(load("a"))
net.eval()
print(predict(net, x))
`,
  ],
  [
    'a helper sets it',
    `def prepare(module):
    module.to("cpu")
    module.eval()
net = Net()
net.load_state_dict(load("a"))
prepare(net)
print(net(x).tolist())
`,
  ],
  [
    'an unknown helper may set it',
    `from elsewhere import prepare
net = Net()
net.load_state_dict(load("a"))
prepare(net)
print(net(x).tolist())
`,
  ],
  [
    'a context manager of the program',
    `from contextlib import contextmanager
@contextmanager
def evaluating(module):
    was = module.training
    module.eval()
    yield
    module.train(was)
net = Net()
net.load_state_dict(load("a"))
with evaluating(net), torch.no_grad():
    print(net(x).tolist())
`,
  ],
  [
    'each of several',
    `nets = [Net() for _ in range(3)]
for net in nets:
    net.load_state_dict(load("a"))
    net.eval()
print(torch.stack([net(x) for net in nets]).mean(0).tolist())
`,
  ],
  [
    'by phase',
    `net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for phase in ["train", "val"]:
    if phase == "train":
        net.train()
    else:
        net.eval()
    for x, y in loaders[phase]:
        with torch.set_grad_enabled(phase == "train"):
            out = net(x)
            loss = F.cross_entropy(out, y)
            if phase == "train":
                loss.backward()
                opt.step()
        hits = (out.argmax(1) == y).sum().item()
`,
  ],
  [
    'the same test twice',
    `net = Net()
net.load_state_dict(load("a"))
if args.predict:
    net.eval()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
if args.predict:
    print(net(x).tolist())
`,
  ],
  [
    'a method that evaluates, called at start-up',
    `class Service:
    def __init__(self):
        self.net = Net()

    def load(self, path):
        self.net.load_state_dict(load(path))
        self.net.eval()

    def grade(self, x):
        with torch.no_grad():
            return self.net(x).numpy()
`,
  ],
  [
    'a start-up handler',
    `model = None

def start():
    global model
    model = Net()
    model.load_state_dict(load("a"))
    model.eval()

def handle(x):
    with torch.no_grad():
        return model(x).tolist()
`,
  ],
  [
    'in one of two branches that exclude each other',
    `def score(model, train):
    if train == True:
        model.train()
    if train == False:
        model.eval()
    return model(x).argmax(1).tolist()
net = Net()
net.load_state_dict(load("a"))
score(net, False)
`,
  ],
  [
    'layers without a mode, collected in a list',
    `class Plain(nn.Module):
    def __init__(self, n):
        super().__init__()
        layers = []
        for _ in range(n):
            layers += [nn.Conv2d(3, 3, 3), nn.InstanceNorm2d(3), nn.ReLU()]
        self.body = nn.Sequential(*layers)
    def forward(self, x):
        return self.body(x)
net = Plain(3)
net.load_state_dict(load("a"))
print(net(x).tolist())
`,
  ],
  [
    'a layer without a mode that is handed in',
    `class Whole(nn.Module):
    def __init__(self, shared, more=None):
        super().__init__()
        self.shared = shared
        self.more = more
    def forward(self, x):
        return self.shared(x) if self.more is None else self.more(x)
net = Whole(shared=nn.Linear(2, 2))
net.load_state_dict(load("a"))
print(net(x).tolist())
`,
  ],
  [
    'in both branches',
    `net = Net()
net.load_state_dict(load("a"))
if torch.cuda.is_available():
    net = net.cuda().eval()
else:
    net.eval()
print(net(x).tolist())
`,
  ],
  [
    'Monte Carlo dropout on purpose',
    `net = Net()
net.load_state_dict(load("a"))
net.train()
with torch.no_grad():
    draws = [net(x) for _ in range(30)]
print(torch.stack(draws).std(0).tolist())
`,
  ],
  [
    'draws in a loop',
    `net = Net()
net.load_state_dict(load("a"))
draws = []
for _ in range(30):
    with torch.no_grad():
        draws.append(net(x).numpy())
`,
  ],
  [
    'batch statistics renewed',
    `net = Net()
net.load_state_dict(load("a"))
net.train()
with torch.no_grad():
    for x, _ in loader:
        net(x)
net.eval()
`,
  ],
  [
    'in the constructor of the class',
    `class Frozen(Net):
    def __init__(self):
        super().__init__()
        self.eval()
net = Frozen()
net.load_state_dict(load("a"))
print(net(x).tolist())
`,
  ],
  [
    'Lightning',
    `import lightning as L
class Task(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.net = Net()
    def predict_step(self, batch, i):
        return self.net(batch).argmax(1).tolist()
task = Task.load_from_checkpoint("a.ckpt")
print(task(x).tolist())
`,
  ],
  [
    'a trainer of a library',
    `from transformers import Trainer
net = Net()
net.load_state_dict(load("a"))
trainer = Trainer(model=net)
trainer.train()
print(net(x).tolist())
`,
  ],
  [
    'a target network in training',
    `net, target = Net(), Net()
target.load_state_dict(net.state_dict())
opt = torch.optim.Adam(net.parameters())
for s, a, r, t in batches:
    with torch.no_grad():
        goal = r + target(t).max(1).values
    loss = F.mse_loss(net(s).gather(1, a), goal)
    loss.backward()
    opt.step()
`,
  ],
  [
    'only its shape is looked at',
    `net = Net()
net.load_state_dict(load("a"))
with torch.no_grad():
    print(net(x).shape)
`,
  ],
  ['saved by TorchScript', `net = torch.jit.load("a.pt")\nprint(net(x).tolist())\n`],
  [
    'part of another module that is evaluated',
    `class Whole(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
    def forward(self, x):
        return self.inner(x)
net = Net()
net.load_state_dict(load("a"))
whole = Whole(net)
whole.eval()
print(net(x).tolist())
`,
  ],
  [
    'no torch at all',
    `class Net:
    def load_state_dict(self, state):
        self.state = state
    def __call__(self, x):
        return x
net = Net()
net.load_state_dict({})
print(net(3))
`,
  ],
];

suite('inference-without-eval: fires', () => caseTable(RULE, FIRES, NET));
suite('inference-without-eval: stays silent', () => {
  caseTable(RULE, SILENT, NET);

  test('in tests', async () => {
    const { findings } = await analyse({
      path: 'tests/test_net.py',
      kind: 'script',
      isPython: true,
      cells: [
        {
          index: null,
          kind: 'code',
          source: `${NET}net = Net()\nnet.load_state_dict(load("a"))\nprint(net(x).tolist())\n`,
          executionCount: null,
        },
      ],
    });
    assert.deepEqual(
      findings.filter(({ rule }) => rule === RULE),
      [],
    );
  });
});

suite('inference-without-eval: severity', () => {
  test('a proven module and an unknown one out of a file', async () => {
    const severity = async (code: string): Promise<readonly string[]> =>
      (await analyse(NET + code)).findings.filter(({ rule }) => rule === RULE).map((one) => one.severity);
    assert.deepEqual(
      await severity('net = Net()\nnet.load_state_dict(load("a"))\nprint(net(x).tolist())\n'),
      ['warning'],
    );
    assert.deepEqual(await severity('model = torch.load("m.pt")\nprint(model(x))\n'), ['information']);
  });
});
