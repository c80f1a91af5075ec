#! only: inference-without-eval, inference-without-no-grad
import torch

from nets import make_net


class Engine:
    def __init__(self, path, device="cpu"):
        self.net = make_net().to(device)
        self.net.load_state_dict(torch.load(path, map_location=device, weights_only=True))

    @torch.no_grad()
    def score(self, batch):
        return self.net(batch).softmax(dim=1).numpy()  #! inference-without-eval


class Careful:
    def __init__(self, path):
        self.net = make_net()
        self.net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        self._freeze()

    def _freeze(self):
        self.net.requires_grad_(False)
        self.net.eval()

    @torch.no_grad()
    def score(self, batch):
        return self.net(batch).softmax(dim=1).numpy()  #~ inference-without-eval
