/** Programs in which `inference-without-no-grad` has something to mend; each prints what the fix must not change. */
export const NO_GRAD_PROGRAMS: Readonly<Record<string, string>> = {
  'a script with printed tensors': `import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
net.eval()
x = torch.arange(8.0).reshape(2, 4)
scores = net(x)
print(scores)
print(
    "classes",
    net(
        x  # all rows
    ).argmax(dim=1).tolist(),
)
`,
  'training, then validation': `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 2)
        self.norm = nn.BatchNorm1d(2)

    def forward(self, x):
        return self.norm(self.fc(x))


torch.manual_seed(1)
model = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.randn(12, 3), torch.arange(12) % 2
for epoch in range(3):
    model.train()
    optimizer.zero_grad()
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()
    model.eval()
    hits, total = 0, 0.0
    for part, labels in zip(x.split(4), y.split(4)):
        out = model(part)
        total += criterion(out, labels).item()
        hits += (out.argmax(1) == labels).sum().item()
    print(epoch, loss.item(), total, hits)
`,
  'a class with tabs': `import torch
from torch import nn


class Service:
	def __init__(self):
		torch.manual_seed(2)
		self.net = nn.Linear(2, 2).eval()

	def predict(self, rows):
		batch = torch.tensor(rows)
		return self.net(batch).softmax(dim=1).tolist()


print(Service().predict([[1.0, 2.0], [3.0, 4.0]]))
`,
  'two modules and a list': `import torch
from torch import nn

torch.manual_seed(3)
encoder, decoder = nn.Linear(4, 2), nn.Linear(2, 4)


def rebuild(batch):
    code = encoder(batch)
    return decoder(code)


outs = []
for batch in torch.ones(6, 4).split(2):
    outs.append(rebuild(batch))
print(torch.cat(outs).detach().numpy().round(4).tolist())
print(f"{rebuild(torch.zeros(1, 4)).mean():.5f}")
`,
  'a detached result': `import torch
from torch import nn

torch.manual_seed(4)
rnn = nn.GRU(2, 3, batch_first=True)
out, hidden = rnn(torch.ones(1, 5, 2))
print(out[:, -1].detach().numpy().tolist(), hidden.shape)
`,
};

/** Programs in which `unsafe-model-load` has a safe form. */
export const WEIGHTS_ONLY_PROGRAMS: Readonly<Record<string, string>> = {
  'a state dict and a checkpoint': `import torch
from torch import nn

torch.manual_seed(5)
net = nn.Linear(2, 1)
optimizer = torch.optim.Adam(net.parameters())
net(torch.ones(1, 2)).sum().backward()
optimizer.step()
torch.save(net.state_dict(), "net.pt")
torch.save({"epoch": 3, "model": net.state_dict(), "opt": optimizer.state_dict()}, "last.pt")

twin = nn.Linear(2, 1)
twin.load_state_dict(torch.load("net.pt"))
checkpoint = torch.load(
    "last.pt",
    map_location="cpu",  # wherever it was trained
    weights_only=False
)
twin.load_state_dict(checkpoint["model"])
optimizer.load_state_dict(checkpoint["opt"])
print(checkpoint["epoch"], {k: v.tolist() for k, v in twin.state_dict().items()})
`,
  'plain arrays': `import numpy as np

np.save("x.npy", np.arange(6).reshape(2, 3))
x = np.load("x.npy", None, True)
print(x.tolist(), np.load("x.npy", allow_pickle=True).dtype)
`,
};
