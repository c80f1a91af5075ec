#! only: hidden-input
import argparse
import collections
import functools
import json
import logging
import math
import os
import re
import sys
import time
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
import requests
import torch
from flask import Flask

T = TypeVar("T")
Point = collections.namedtuple("Point", "x y")
log = logging.getLogger(__name__)
app = Flask(__name__)
session = requests.Session()
here = Path(__file__).resolve().parent
folder = here / "data"
token = os.environ.get("TOKEN", "")
workers = int(os.getenv("WORKERS", "4"))
pattern = re.compile("a+")
scale = math.sqrt(2) / 3
names = ["a", "b"]
index = {name: i for i, name in enumerate(names)}
matrix = np.array([[1, 0], [0, 1]])
mode = "fast" if sys.platform == "linux" else "slow"
double = functools.partial(pow, 2)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
MISSING = object()
BATCH = 32
STEPS = BATCH * 4
START = time.time()
TABLE = pd.read_csv("table.csv")

try:
    import tqdm

    has_tqdm = True
except ImportError:
    has_tqdm = False

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, default=0.1)
args = parser.parse_args()
with open("settings.json") as handle:
    settings = json.load(handle)
rng = np.random.default_rng(0)
net = torch.nn.Linear(2, 2)
frame = pd.read_csv("x.csv")
low, high = frame["a"].min(), frame["a"].max()
total = 0
for row in frame.itertuples():
    total += row.a


def constants(value: T) -> T:
    log.info("%s %s", BATCH, STEPS)  #~ hidden-input
    return (scale, names, index, matrix, mode, double(3), START, pattern, Point(1, 2))  #~ hidden-input


def places():
    return here, folder, token, workers, device, app, session, has_tqdm  #~ hidden-input


def missing(value=MISSING):
    return value is MISSING  #~ hidden-input


def table():
    return TABLE.shape  #! hidden-input


def rate():
    if args.rate:  #! hidden-input
        return args.rate
    return settings["rate"]  #! hidden-input


def draws(n):
    return rng.normal(size=n)  #! hidden-input


def predicts(x):
    return net(x)  #! hidden-input


def between(x):
    return low < x < high  #! hidden-input


def last():
    return row, total  #! hidden-input


class Report:
    frame = None

    def rows(self):
        return len(frame)  #! hidden-input

    def own(self):
        return self.frame  #~ hidden-input


def shadowed(frame, net=None):
    settings = {}
    return frame, net, settings, [args for args in "ab"]  #~ hidden-input


def declared():
    global total
    total += 1  #~ hidden-input
    return total


def nested():
    def inner():
        return frame  #! hidden-input

    return inner, frame


def default(x=low):  #~ hidden-input
    return x


shown = [frame for _ in range(2)]  #~ hidden-input
later = sorted(names, key=lambda name: len(frame))  #~ hidden-input
