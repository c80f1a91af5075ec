#! only: direct-forward-call
import torch
from torch import nn

from parts import Encoder, Hmm


class Classifier(Encoder):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(Encoder.forward(self, x))  #~ direct-forward-call

    def embed(self, x):
        return super().forward(x)  #~ direct-forward-call


encoder = Encoder()
x = torch.zeros(1, 4)
print(encoder.forward(x))  #! direct-forward-call
print(Classifier().head.forward(encoder(x)))  #! direct-forward-call
print(Hmm().forward(3))  #~ direct-forward-call
