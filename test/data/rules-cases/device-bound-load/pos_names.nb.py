#! only: device-bound-load
# %%
import torch as th
from torch import load as fetch
# %%
weights = fetch("w.pt", weights_only=True)  #! device-bound-load
same = th.load("w.pt", map_location=None, weights_only=True)  #! device-bound-load
# %%
script = th.jit.load("m.pt")  #~ device-bound-load
here = fetch("w.pt", map_location=lambda storage, where: storage)  #~ device-bound-load
options = {"map_location": "cpu", "weights_only": True}
there = fetch("w.pt", **options)  #~ device-bound-load
