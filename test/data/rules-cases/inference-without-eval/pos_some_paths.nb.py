#! only: inference-without-eval, inference-without-no-grad
# %%
import torch
from torchvision import models

net = models.mobilenet_v2(num_classes=9)
optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
loss_of = torch.nn.CrossEntropyLoss()
# %%
def epoch(loader):
    net.train()
    for images, labels in loader:
        optimizer.zero_grad()
        loss = loss_of(net(images), labels)
        loss.backward()
        optimizer.step()


def measure(loader, quick):
    if not quick:
        net.eval()
    hits = 0
    with torch.no_grad():
        for images, labels in loader:
            hits += (net(images).argmax(1) == labels).sum().item()  #! inference-without-eval
    return hits
# %%
for i in range(5):
    epoch(train_loader)
    print(i, measure(val_loader, quick=i % 2))
# %%
net.eval()
with torch.no_grad():
    print(net(sample).argmax(1))  #~ inference-without-eval
