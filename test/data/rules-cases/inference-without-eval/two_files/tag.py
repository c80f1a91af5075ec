#! only: inference-without-eval, inference-without-no-grad, direct-forward-call, frame-into-torch-model, device-bound-load
import torch

import models
from models import Bag, Tagger, load_ready

words = torch.tensor([[1, 2, 3]])

own = Tagger(100, 7)
own.load_state_dict(torch.load("tagger.pt", map_location="cpu", weights_only=True))
with torch.no_grad():
    print(own(words).argmax(-1).tolist())  #! inference-without-eval
    print(load_ready("tagger.pt")(words).argmax(-1).tolist())  #~ inference-without-eval

raw = models.load_raw("tagger.pt")
with torch.no_grad():
    print(raw(words).argmax(-1).tolist())  #! inference-without-eval

ready = load_ready("tagger.pt")
with torch.no_grad():
    print(ready(words).argmax(-1).tolist())  #~ inference-without-eval

bag = Bag(100)
bag.load_state_dict(torch.load("bag.pt", map_location="cpu", weights_only=True))
with torch.no_grad():
    print(bag(words).tolist())  #~ inference-without-eval
