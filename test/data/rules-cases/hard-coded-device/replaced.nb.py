#! only: hard-coded-device
# %%
import torch

device = "cuda"  #~ hard-coded-device
if not torch.cuda.is_available():
    device = "cpu"
# %%
net = torch.nn.Linear(2, 2).to(device)
# %%
x = torch.ones(2).cuda()  #! hard-coded-device
# %%
assert torch.cuda.is_available()
y = torch.ones(2).cuda()  #~ hard-coded-device
