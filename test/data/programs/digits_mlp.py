import copy

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split

SEED = 0
BATCH = 64
EPOCHS = 4
LR = 5e-3

torch.manual_seed(SEED)
np.random.seed(SEED)

digits = load_digits()
X = torch.tensor(digits.data / 16.0, dtype=torch.float32)
y = torch.tensor(digits.target)
dataset = TensorDataset(X, y)
train_set, val_set = random_split(dataset, [1400, len(dataset) - 1400],
                                  generator=torch.Generator().manual_seed(SEED))
train_loader = DataLoader(train_set, batch_size=BATCH, shuffle=True)
val_loader = DataLoader(val_set, batch_size=256)
print("train", len(train_set), "val", len(val_set))


class MLP(nn.Module):
    def __init__(self, hidden=48, p=0.1):
        super().__init__()
        self.fc1 = nn.Linear(64, hidden)
        self.fc2 = nn.Linear(hidden, 10)
        self.drop = nn.Dropout(p)

    def forward(self, x):
        return self.fc2(self.drop(F.relu(self.fc1(x))))


def evaluate(model, loader):
    model.eval()
    loss = correct = 0
    with torch.no_grad():
        for xb, yb in loader:
            out = model(xb)
            loss += F.cross_entropy(out, yb, reduction="sum").item()
            correct += (out.argmax(1) == yb).sum().item()
    return loss / len(loader.dataset), correct / len(loader.dataset)


model = MLP()
optimizer = torch.optim.SGD(model.parameters(), lr=LR * 20, momentum=0.9)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2, gamma=0.5)
best_acc, best_state = 0.0, None
for epoch in range(1, EPOCHS + 1):
    model.train()
    for xb, yb in train_loader:
        optimizer.zero_grad()
        F.cross_entropy(model(xb), yb).backward()
        optimizer.step()
    scheduler.step()
    val_loss, acc = evaluate(model, val_loader)
    print(f"epoch {epoch} val_loss {val_loss:.4f} acc {acc:.4f} lr {scheduler.get_last_lr()[0]:.3f}")
    if acc > best_acc:
        best_acc, best_state = acc, copy.deepcopy(model.state_dict())

model.load_state_dict(best_state)
model.eval()
with torch.inference_mode():
    logits = torch.cat([model(xb) for xb, _ in val_loader])
truth = torch.cat([yb for _, yb in val_loader])
pred = logits.argmax(1)
confusion = torch.zeros(10, 10, dtype=torch.long)
for t, p in zip(truth, pred):
    confusion[t, p] += 1
recall = confusion.diag().float() / confusion.sum(1)
print("recall", [round(r, 3) for r in recall.tolist()])
confusion.fill_diagonal_(0)
worst = divmod(int(confusion.argmax()), 10)
print("most confused", worst, "best accuracy", round(best_acc, 4))
np.savetxt("val_probs.csv", F.softmax(logits, 1).numpy()[:20], fmt="%.4f", delimiter=",")
