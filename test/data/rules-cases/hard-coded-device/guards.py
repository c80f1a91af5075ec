#! only: hard-coded-device
"""Checks of every kind, and what is none."""
import argparse
import os
import sys

import torch
from engine import fit
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--device", default="cuda", choices=["cuda", "cpu"])  #~ hard-coded-device
args = parser.parse_args()
HAS_GPU = torch.cuda.is_available()
DEBUG = True
FIRST = "cuda:0"  #! hard-coded-device
main_device = "cuda"  #! hard-coded-device


def chosen(x):
    x = x.to(args.device)
    x = x.to(os.environ.get("DEVICE", "cuda"))  #~ hard-coded-device
    if HAS_GPU and not DEBUG:
        return x.cuda()  #~ hard-coded-device
    return x.to("cuda" if HAS_GPU else "cpu")  #~ hard-coded-device


def late(x):
    if not HAS_GPU:
        return x
    with torch.no_grad():
        return x.to("cuda", non_blocking=True)  #~ hard-coded-device


def unchecked(x, device="cuda:1"):  #! hard-coded-device
    if DEBUG:
        x = x.cuda()  #! hard-coded-device
    y = torch.ones(3, device="cuda")  #! hard-coded-device
    return x.to(device) + y.to(FIRST)


def only_under_a_check(x):
    return x.cuda()  #~ hard-coded-device


def ranked(x, rank):
    return x.cuda(rank).to(f"cuda:{rank}")  #~ hard-coded-device


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.device = "cuda"  #! hard-coded-device
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        return self.layer(x.to(self.device))


def train(net):
    with torch.autocast("cuda"):  #~ hard-coded-device
        fit(net, main_device)
    if main_device == "cuda":  #~ hard-coded-device
        print("on cuda")


if torch.cuda.device_count() > 0:
    only_under_a_check(torch.ones(2))
else:
    sys.exit("no GPU")
