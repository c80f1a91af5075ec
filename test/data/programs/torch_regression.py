import torch
import torch.nn as nn

torch.manual_seed(11)

n, d = 256, 5
w_true = torch.tensor([1.5, -2.0, 0.0, 0.7, 3.0])
X = torch.randn(n, d)
y = X @ w_true + 0.5 + 0.1 * torch.randn(n)

X_train, X_val = X[:200], X[200:]
y_train, y_val = y[:200], y[200:]

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Net(nn.Module):
    def __init__(self, width=16):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(d, width), nn.Tanh(), nn.Linear(width, 1))

    def forward(self, x):
        return self.body(x).squeeze(-1)


net = Net().to(device)
opt = torch.optim.Adam(net.parameters(), lr=0.02)
loss_fn = nn.MSELoss()
print(sum(p.numel() for p in net.parameters()), "parameters")

history = []
best = float("inf")
patience = 0
for epoch in range(60):
    net.train()
    perm = torch.randperm(len(X_train))
    total = 0.0
    for i in range(0, len(perm), 32):
        idx = perm[i:i + 32]
        opt.zero_grad()
        loss = loss_fn(net(X_train[idx].to(device)), y_train[idx].to(device))
        loss.backward()
        opt.step()
        total += loss.item() * len(idx)
    net.eval()
    with torch.no_grad():
        val = loss_fn(net(X_val.to(device)), y_val.to(device)).item()
    history.append((total / len(perm), val))
    if val < best - 1e-4:
        best, patience = val, 0
        torch.save(net.state_dict(), "best.pt")
    else:
        patience += 1
        if patience > 8:
            print("early stop at epoch", epoch)
            break
    if epoch % 10 == 0:
        print(f"epoch {epoch:3d} train {history[-1][0]:.4f} val {val:.4f}")

net.load_state_dict(torch.load("best.pt"))
net.eval()
with torch.no_grad():
    pred = net(X_val)
ss = 1 - ((pred - y_val) ** 2).sum() / ((y_val - y_val.mean()) ** 2).sum()
print(f"best val loss {best:.4f}, R2 {ss.item():.4f}")
print([round(v, 3) for _, v in history[-3:]])
