#! only: inference-without-eval, inference-without-no-grad, direct-forward-call, frame-into-torch-model, device-bound-load
import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self, n_words, n_tags):
        super().__init__()
        self.embed = nn.Embedding(n_words, 32)
        self.drop = nn.Dropout(0.4)
        self.out = nn.Linear(32, n_tags)

    def forward(self, words):
        return self.out(self.drop(self.embed(words)))


class Bag(nn.Module):
    def __init__(self, n_words):
        super().__init__()
        self.embed = nn.EmbeddingBag(n_words, 8)

    def forward(self, words):
        return self.embed(words)


def load_ready(path):
    net = Tagger(100, 7)
    net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    net.eval()
    return net


def load_raw(path):
    net = Tagger(100, 7)
    net.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return net
