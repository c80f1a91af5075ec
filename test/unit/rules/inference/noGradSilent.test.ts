import { type Case, caseTable } from './table';

const RULE = 'inference-without-no-grad';

const NET = `import torch
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        return self.fc(x)


net = Net()
`;

const GUARDED: readonly Case[] = [
  ['under no_grad', `with torch.no_grad():\n    print(net(x).argmax().item())\n`],
  ['under inference_mode', `with torch.inference_mode():\n    out = net(x)\nprint(out.tolist())\n`],
  [
    'under set_grad_enabled with a condition',
    `with torch.set_grad_enabled(phase == 'train'):\n    out = net(x)\nprint(out.argmax(1))\n`,
  ],
  ['a name for the context', `quiet = torch.no_grad()\nwith quiet:\n    print(net(x).tolist())\n`],
  [
    'a context chosen at run time',
    `from contextlib import nullcontext
context = nullcontext() if training else torch.no_grad()
with context:
    print(net(x).tolist())
`,
  ],
  [
    'a context manager of the program',
    `from contextlib import contextmanager
@contextmanager
def quiet():
    with torch.no_grad():
        yield
with quiet():
    print(net(x).tolist())
`,
  ],
  [
    'an exit stack',
    `from contextlib import ExitStack
with ExitStack() as stack:
    stack.enter_context(torch.no_grad())
    print(net(x).tolist())
`,
  ],
  ['a decorator', `@torch.no_grad()\ndef predict(x):\n    return net(x).tolist()\n`],
  ['a decorator without parentheses', `@torch.no_grad\ndef predict(x):\n    return net(x).tolist()\n`],
  [
    'a decorator of the program',
    `def quietly(f):
    def inner(*a):
        with torch.inference_mode():
            return f(*a)
    return inner
@quietly
def predict(x):
    return net(x).tolist()
`,
  ],
  [
    'a decorated method of an object',
    `class Service:
    def __init__(self):
        self.net = Net().eval()
    @torch.inference_mode()
    def predict(self, x):
        return self.net(x).argmax(1).tolist()
`,
  ],
  [
    'every caller',
    `def predict(x):
    return net(x).tolist()
def first(x):
    with torch.no_grad():
        return predict(x)
@torch.no_grad()
def second(x):
    return predict(x)
`,
  ],
  [
    'every caller, through a method',
    `class Runner:
    def __init__(self):
        self.net = Net()
    def step(self, x):
        return self.net(x).argmax(1).item()
    def run(self, xs):
        with torch.no_grad():
            return [self.step(x) for x in xs]
`,
  ],
  [
    'handed to map under no_grad',
    `def predict(x):
    return net(x).tolist()
with torch.no_grad():
    answers = list(map(predict, xs))
`,
  ],
  ['wrapped by hand', `def predict(x):\n    return net(x).tolist()\nfast = torch.no_grad()(predict)\n`],
  ['switched off for good', `torch.set_grad_enabled(False)\nprint(net(x).tolist())\n`],
  [
    'switched off in main',
    `def evaluate(x):
    return net(x).tolist()
def main():
    torch.set_grad_enabled(False)
    print(evaluate(torch.ones(1, 4)))
`,
  ],
  [
    'in the forward of the module itself',
    `class Quiet(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 2)
    @torch.no_grad()
    def forward(self, x):
        return self.fc(x)
print(Quiet()(x).tolist())
`,
  ],
  [
    'by a context manager of a class',
    `class Quiet:
    def __enter__(self):
        torch.set_grad_enabled(False)
    def __exit__(self, *a):
        torch.set_grad_enabled(True)
with Quiet():
    print(net(x).tolist())
`,
  ],
  [
    'a function within a decorated one',
    `@torch.no_grad()
def run(xs):
    def one(x):
        return net(x).argmax().item()
    return [one(x) for x in xs]
`,
  ],
  ['switched on on purpose', `with torch.enable_grad():\n    print(net(x).tolist())\n`],
];

const NEEDED: readonly Case[] = [
  ['a plain training step', `loss = F.mse_loss(net(x), y)\nloss.backward()\nprint(loss.item())\n`],
  ['backward on the spot', `F.mse_loss(net(x), y).backward()\n`],
  [
    'a loss from a helper',
    `def compute_loss(batch):
    x, y = batch
    return F.cross_entropy(net(x), y)
for batch in loader:
    loss = compute_loss(batch)
    loss.backward()
    print(loss.item())
`,
  ],
  [
    'a helper that goes backward',
    `def step(loss):
    opt.zero_grad()
    loss.backward()
    opt.step()
out = net(x)
step(F.mse_loss(out, y))
print(out.argmax(1).tolist())
`,
  ],
  [
    'a tuple from a helper',
    `def forward_pass(x, y):
    out = net(x)
    return F.cross_entropy(out, y), (out.argmax(1) == y).float().mean()
loss, accuracy = forward_pass(x, y)
loss.backward()
print(accuracy.item())
`,
  ],
  [
    'a dict of losses',
    `out = net(x)
losses = {"a": F.mse_loss(out, y), "b": out.abs().mean()}
total = sum(losses.values())
total.backward()
print({k: v.item() for k, v in losses.items()})
`,
  ],
  [
    'a gradient scaler',
    `scaler = torch.cuda.amp.GradScaler()
with torch.autocast("cuda"):
    out = net(x)
    loss = F.cross_entropy(out, y)
scaler.scale(loss).backward()
print(out.argmax(1).tolist())
`,
  ],
  [
    'an accelerator',
    `from accelerate import Accelerator
accelerator = Accelerator()
net, opt = accelerator.prepare(net, opt)
out = net(x)
accelerator.backward(F.cross_entropy(out, y))
print(out.argmax(1).tolist())
`,
  ],
  [
    'losses collected, then summed',
    `losses = []
for x, y in loader:
    out = net(x)
    losses.append(F.mse_loss(out, y))
    print(out.argmax(1).tolist())
torch.stack(losses).sum().backward()
`,
  ],
  [
    'a sum over the loop',
    `total = 0
for x, y in loader:
    out = net(x)
    total += F.mse_loss(out, y)
    print(out.tolist())
total.backward()
`,
  ],
  [
    'an attribute, and backward in another method',
    `class Trainer:
    def __init__(self):
        self.net = Net()
    def forward(self, x, y):
        out = self.net(x)
        self.loss = F.mse_loss(out, y)
        print(out.argmax(1).tolist())
    def optimise(self):
        self.loss.backward()
`,
  ],
  [
    'an optimiser closure',
    `def closure():
    opt.zero_grad()
    out = net(x)
    loss = F.mse_loss(out, y)
    loss.backward()
    print(loss.item())
    return loss
opt.step(closure)
`,
  ],
  [
    'saliency',
    `image = torch.rand(1, 4).requires_grad_(True)
scores = net(image)
print(scores.argmax(1).item())
scores.max().backward()
`,
  ],
  [
    'autograd.grad',
    `out = net(x)
grads = torch.autograd.grad(out.sum(), net.parameters())
print(out.tolist())
`,
  ],
  ['an input that is optimised', `x = torch.rand(1, 4, requires_grad=True)\nprint(net(x).tolist())\n`],
  [
    'log probabilities kept for later',
    `from torch.distributions import Categorical
class Agent:
    def __init__(self):
        self.policy = Net()
        self.log_probs = []
    def act(self, state):
        m = Categorical(logits=self.policy(state))
        action = m.sample()
        self.log_probs.append(m.log_prob(action))
        return action.item()
    def learn(self, returns):
        loss = torch.stack([-p * r for p, r in zip(self.log_probs, returns)]).sum()
        loss.backward()
`,
  ],
  [
    'a graph that is drawn',
    `from torchviz import make_dot
out = net(x)
make_dot(out).render("net")
print(out.tolist())
`,
  ],
  [
    'an explainer gets the model',
    `from captum.attr import IntegratedGradients
explain = IntegratedGradients(net)
target = net(x).argmax(1).item()
print(explain.attribute(x, target=target))
`,
  ],
  ['a hook on the result', `out = net(x)\nout.register_hook(print)\nprint(out.tolist())\n`],
  [
    'the generator of a GAN',
    `disc = Net()
fake = net(z)
loss_d = F.mse_loss(disc(fake.detach()), zeros)
loss_d.backward()
loss_g = F.mse_loss(disc(fake), ones)
loss_g.backward()
`,
  ],
];

const TRAINING: readonly Case[] = [
  [
    'a teacher, cut off, in a loss',
    `student = Net()
with_teacher = net(x).detach()
loss = (student(x) - with_teacher).pow(2).mean()
loss.backward()
print(loss.item())
`,
  ],
  [
    'a target network',
    `target = Net()
class Agent:
    def __init__(self):
        self.net = Net()
        self.loss_func = nn.MSELoss()
    def learn(self, s, a, r, s2):
        q_next = target(s2).detach()
        q_target = r + 0.9 * q_next.max(1)[0]
        loss = self.loss_func(self.net(s).gather(1, a), q_target)
        loss.backward()
`,
  ],
  [
    'a discriminator step',
    `disc = Net()
fake = net(z).data
loss = disc(fake).mean()
loss.backward()
print(loss.item())
`,
  ],
  [
    'style transfer',
    `from torchvision.models import vgg19
features = vgg19(weights="DEFAULT").features.eval()
image = torch.rand(1, 3, 8, 8).requires_grad_(True)
def closure():
    loss = features(image).pow(2).mean()
    loss.backward()
    print(loss.item())
    return loss
`,
  ],
  [
    'DeepSpeed',
    `import deepspeed
engine, opt, _, _ = deepspeed.initialize(model=net)
out = engine(x)
loss = F.mse_loss(out, y)
engine.backward(loss)
print(loss.item())
`,
  ],
  [
    'a loss that the model gives',
    `from mine import GPT
model = GPT()
opt = torch.optim.AdamW(model.parameters())
logits, loss = model(x, y)
loss.backward()
print(logits.argmax(-1).tolist())
`,
  ],
  [
    'one loop for training and evaluation',
    `def run(loader, opt=None):
    for x, y in loader:
        out = net(x)
        loss = F.cross_entropy(out, y)
        if opt is not None:
            loss.backward()
            opt.step()
        print(loss.item(), out.argmax(1).tolist())
`,
  ],
];

const ELSEWHERE: readonly Case[] = [
  [
    'a raw tensor for callers that are not seen',
    `def predict(x):\n    out = net(x)\n    print(out)\n    return out\n`,
  ],
  [
    'a raw tensor in a dict for such callers',
    `def step(x):\n    out = net(x)\n    return {"logits": out, "label": out.argmax(1)}\n`,
  ],
  [
    'a generator for such callers',
    `def stream(xs):\n    for x in xs:\n        out = net(x)\n        print(out)\n        yield out\n`,
  ],
  ['only its shape is looked at', `print(net(torch.ones(2, 4)).shape)\nassert net(x).size(0) == 2\n`],
  ['the result is dropped', `net(x)\n`],
  [
    'inside forward, and what forward uses',
    `class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Net()
        self.seen = []
    def forward(self, x):
        return self.encode(x)
    def encode(self, x):
        out = self.inner(x)
        self.seen.append(out.argmax(1).tolist())
        print(out)
        return out
`,
  ],
  [
    'Lightning',
    `import lightning as L
class Lit(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.net = Net()
    def validation_step(self, batch, i):
        x, y = batch
        self.log("acc", (self.net(x).argmax(1) == y).float().mean().item())
`,
  ],
  [
    'a method that a framework calls',
    `from framework import Experiment
class Mine(Experiment):
    def setup(self):
        self.net = Net()
    def evaluate_batch(self, x):
        return self.net(x).argmax(1).tolist()
`,
  ],
  ['all parameters frozen', `net.requires_grad_(False)\nprint(net(x).tolist())\n`],
  [
    'all parameters frozen in a loop',
    `for p in net.parameters():
    p.requires_grad = False
print(net(x).tolist())
`,
  ],
  [
    'frozen by a helper',
    `def freeze(module):
    for p in module.parameters():
        p.requires_grad_(False)
freeze(net)
print(net(x).tolist())
`,
  ],
  [
    'a loss, an activation: nothing to learn',
    `print(nn.MSELoss()(a, b).item(), nn.Softmax(dim=1)(a).tolist())\n`,
  ],
  [
    'a loss of the program',
    `class DiceLoss(nn.Module):
    def __init__(self, smooth=1.0):
        super().__init__()
        self.smooth = smooth
    def forward(self, a, b):
        return 1 - (2 * (a * b).sum() + self.smooth) / (a.sum() + b.sum() + self.smooth)
dice = DiceLoss()
print(dice(a, b).item())
`,
  ],
  [
    'an unknown function gets the result',
    `from helpers import handle
out = net(x)
handle(out)
print(out.tolist())
`,
  ],
  [
    'an explaining object gets the result, in evaluation mode',
    `from torchcam.methods import SmoothGradCAMpp
cam = SmoothGradCAMpp(net)
net.eval()
out = net(x)
print(cam(out.squeeze(0).argmax().item(), out))
`,
  ],
  [
    'a loss computation that may go backward by itself',
    `def run_epoch(batches, model: nn.Module, loss_compute):
    total = 0
    for x, y in batches:
        total += loss_compute(model(x), y).item()
    return total
`,
  ],
  ['a model that is named so', `def predict(model, x):\n    return model(x).argmax(1).tolist()\n`],
  [
    'a class that is taken for an object',
    `def play(Model: nn.Module, envs):
    model = Model(envs).to("cpu")
    model.eval()
    return model.act(envs).tolist()
`,
  ],
  [
    'another library',
    `import joblib
model = joblib.load("m.joblib")
print(model(x).tolist())
`,
  ],
  [
    'a Keras model',
    `import tensorflow as tf
model = tf.keras.models.load_model("m.keras")
print(model(x).numpy())
`,
  ],
  [
    'a class that is no module',
    `class Scorer:
    def __call__(self, x):
        return x * 2
    def eval(self):
        return self
model = Scorer()
model.eval()
print(model(x).tolist())
`,
  ],
  [
    'a hub model that switches gradients off itself',
    `model = torch.hub.load("ultralytics/yolov5", "yolov5s")
print(model(img).xyxy[0].tolist())
`,
  ],
];

suite('inference-without-no-grad is silent', () => {
  suite('where gradients are switched', () => caseTable(RULE, GUARDED, NET));
  suite('where the graph is needed', () => caseTable(RULE, NEEDED, NET));
  suite('in cells', () =>
    caseTable(RULE, [
      ['timed, and not shown', `# %%\n${NET}# %%\n%timeit net(x)\n`],
      ['the same, shown', `# %%\n${NET}# %%\nnet(x) #!\n`],
    ]),
  );
  suite('in training', () => caseTable(RULE, TRAINING, NET));
  suite('elsewhere', () => caseTable(RULE, ELSEWHERE, NET));
});
