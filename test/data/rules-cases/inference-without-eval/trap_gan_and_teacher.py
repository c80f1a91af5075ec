#! only: inference-without-eval
import torch
from torch import nn
import torch.nn.functional as F

student = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.1), nn.Linear(8, 3))
teacher = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.1), nn.Linear(8, 3))
teacher.load_state_dict(torch.load("teacher.pt", map_location="cpu", weights_only=True))
opt = torch.optim.AdamW(student.parameters())


def step(x):
    with torch.no_grad():
        goal = teacher(x).softmax(1)  #~ inference-without-eval
    loss = F.kl_div(student(x).log_softmax(1), goal)
    opt.zero_grad()
    loss.backward()
    opt.step()
    return loss.item()


generator = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 2))
critic = nn.Sequential(nn.Linear(2, 8), nn.Dropout(0.3), nn.Linear(8, 1))
opt_g = torch.optim.Adam(generator.parameters())
opt_c = torch.optim.Adam(critic.parameters())
for real in torch.randn(10, 16, 2):
    fake = generator(torch.randn(16, 4))
    loss_c = F.softplus(critic(fake.detach())).mean() + F.softplus(-critic(real)).mean()
    opt_c.zero_grad()
    loss_c.backward()
    opt_c.step()
    loss_g = F.softplus(-critic(fake)).mean()
    opt_g.zero_grad()
    loss_g.backward()
    opt_g.step()
    print(loss_c.item(), loss_g.item())
