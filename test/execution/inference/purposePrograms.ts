/** A program, what it prints as it is, and what it prints after the fix. */
export interface Changed {
  readonly program: string;
  readonly before: RegExp;
  readonly after: string;
}

const NET = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 64)
        self.drop = nn.Dropout(0.5)
        self.out = nn.Linear(64, 2)

    def forward(self, x):
        return self.out(self.drop(self.fc(x)))


torch.manual_seed(0)
torch.save(Net().state_dict(), "net.pt")
x = torch.ones(3, 4)
`;

export const EVAL_PROGRAMS: Readonly<Record<string, Changed>> = {
  'behind the load': {
    program: `${NET}
net = Net()
net.load_state_dict(torch.load("net.pt", map_location="cpu", weights_only=True))
with torch.no_grad():
    first = net(x).tolist()
    second = net(x).tolist()
print(first == second, net.training)
`,
    before: /False True/,
    after: 'True False\n',
  },
  'in a service': {
    program: `${NET}
class Service:
    def __init__(self, path):
        self.net = Net()
        self.net.load_state_dict(
            torch.load(path, map_location="cpu", weights_only=True)
        )  # the best

    def score(self, rows):
        with torch.no_grad():
            return self.net(rows).argmax(dim=1).tolist(), self.net(rows).sum().item()


service = Service("net.pt")
print(len({service.score(x)[1] for _ in range(5)}))
`,
    before: /^[2-5]\n$/,
    after: '1\n',
  },
  'in the loop that trains, and back': {
    program: `${NET}
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.01)
for epoch in range(3):
    print("training", net.training)
    opt.zero_grad()
    nn.functional.mse_loss(net(x), torch.zeros(3, 2)).backward()
    opt.step()
    same = set()
    with torch.no_grad():
        for _row in range(4):
            same.add(net(x + _row * 0).sum().item())
    print(len(same))
`,
    before: /training True\n[2-4]\n/,
    after: 'training True\n1\ntraining True\n1\ntraining True\n1\n',
  },
  'in a function, where training starts by itself': {
    program: `${NET}
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.01)


def fit():
    net.train()
    for _ in range(2):
        print("training", net.training)
        opt.zero_grad()
        nn.functional.mse_loss(net(x), torch.zeros(3, 2)).backward()
        opt.step()


def score():
    values = []
    for rows in (x, x, x):
        values.append(net(rows).sum().item())
    return len(set(values))


for _ in range(2):
    fit()
    print(score())
`,
    before: /training True\n[23]\n/,
    after: 'training True\ntraining True\n1\ntraining True\ntraining True\n1\n',
  },
};

export const DEVICE_PROGRAMS: Readonly<Record<string, Changed>> = {
  'a device of the program, and none': {
    program: `${NET}
device = torch.device("cpu")
state = torch.load("net.pt", weights_only=True)


def resume(path):
    from torch import load
    return load(
        path,
        weights_only=True,  # no code
    )


print(sorted(state) == sorted(resume("net.pt")), state["fc.weight"].device)
`,
    before: /True cpu/,
    after: 'True cpu\n',
  },
  'saved from a device that is not here': {
    program: `${NET}
import pickle
import zipfile

with zipfile.ZipFile("net.pt") as old, zipfile.ZipFile("gpu.pt", "w") as new:
    for entry in old.namelist():
        data = old.read(entry)
        if entry.endswith("data.pkl"):
            data = data.replace(b"X\\x03\\x00\\x00\\x00cpu", b"X\\x06\\x00\\x00\\x00cuda:0")
        new.writestr(entry, data)
state = torch.load("gpu.pt", weights_only=True)
print(state["fc.weight"].device, len(state))
`,
    before: /Attempting to deserialize object on a CUDA device/,
    after: 'cpu 4\n',
  },
};

export const FRAME_PROGRAMS: Readonly<Record<string, Changed>> = {
  'columns of a frame': {
    program: `import pandas as pd
import torch
from torch import nn

torch.manual_seed(1)
net = nn.Linear(2, 1).eval()
df = pd.DataFrame({"a": [1, 2], "b": [0.5, 1.5], "name": ["x", "y"]})
with torch.no_grad():
    out = net(df[["a", "b"]] * 2)
print(out.shape, out.dtype, torch.allclose(out, net(torch.tensor([[2.0, 1.0], [4.0, 3.0]]))))
`,
    before: /TypeError/,
    after: 'torch.Size([2, 1]) torch.float32 True\n',
  },
  'without a name for torch': {
    program: `import pandas as pd
from torch.nn import Flatten, L1Loss

loss = L1Loss()
df = pd.DataFrame({"a": [1, 2], "b": [3, 3]})
print(loss(df["a"], df["b"]).item())
`,
    before: /AttributeError|TypeError/,
    after: '1.5\n',
  },
};

export const FORWARD_PROGRAMS: Readonly<Record<string, Changed>> = {
  'hooks run': {
    program: `import torch
from torch import nn

net = nn.Linear(2, 1, bias=False)
nn.init.ones_(net.weight)
net.register_forward_hook(lambda module, given, result: print("hook"))
with torch.no_grad():
    print((net)  .forward(torch.ones(1, 2)).item(), nn.Flatten().forward(torch.ones(1, 1, 1)).shape)
`,
    before: /^2\.0 torch\.Size\(\[1, 1\]\)\n$/,
    after: 'hook\n2.0 torch.Size([1, 1])\n',
  },
};
