import { parametersCell } from '../../../support/analysis';
import { judgeRule } from './judge';

const T = 'import torch\n';

judgeRule(
  'hard-coded-device',
  {
    'chosen by availability': `${T}device = "cuda" if torch.cuda.is_available() else "cpu"\nx.to(device)\nd = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")\n`,
    'with and, or': `${T}device = torch.cuda.is_available() and "cuda" or "cpu"\nx.to(device)\n`,
    'a name for the check': `${T}use_cuda = torch.cuda.is_available()\nif use_cuda:\n    x = x.cuda()\ny = y.to("cuda" if use_cuda else "cpu")\nhas = torch.cuda.is_available()\nz = z.to("cuda") if has else z\n`,
    device_count: `${T}if torch.cuda.device_count() > 0:\n    x = x.cuda()\n`,
    'an exit for the others': `${T}if not torch.cuda.is_available():\n    raise SystemExit("no GPU")\nx = x.cuda()\ndef f(y):\n    return y.to("cuda")\n`,
    'an exit within the function': `${T}import sys\ndef f(y):\n    if not torch.cuda.is_available():\n        return y\n    return y.cuda()\ndef g(y):\n    assert torch.cuda.is_available()\n    return y.cuda()\ndef h(y):\n    if not torch.cuda.is_available():\n        sys.exit(1)\n    with lock:\n        return y.cuda()\n`,
    'an option asks for it': `${T}args = parser.parse_args()\nif args.cuda:\n    x = x.cuda()\nif opt.gpu >= 0:\n    y = y.cuda()\n`,
    'replaced below': `${T}device = "cuda"\nif not torch.cuda.is_available():\n    device = "cpu"\nx.to(device)\n`,
    'a helper that asks': `${T}def has_gpu():\n    return torch.cuda.is_available()\nif has_gpu():\n    x = x.cuda()\n`,
    'only called under a check': `${T}def move(x):\n    return x.cuda()\nif torch.cuda.is_available():\n    y = move(y)\n`,
    'a fall-back': `${T}try:\n    x = x.cuda()\nexcept RuntimeError:\n    x = x.cpu()\n`,
    comparisons: `${T}ok = device.type == "cuda"\nif str(device).startswith("cuda"):\n    pass\nn = {"cuda": 1}["cuda"]\nprint("cuda")\n`,
    'options and their defaults': `${T}import argparse, os, typer\np = argparse.ArgumentParser()\np.add_argument("--device", choices=["cpu", "cuda"], default="cuda")\nx.to(p.parse_args().device)\nx.to(os.environ.get("DEVICE", "cuda"))\nx.to(os.getenv("DEVICE") or "cuda")\napp = typer.Typer()\n@app.command()\ndef main(device: str = "cuda"):\n    x.to(device)\n`,
    'contexts and scalers': `${T}with torch.autocast("cuda"):\n    pass\nwith torch.autocast(device_type="cuda"):\n    pass\ntorch.amp.GradScaler("cuda")\ntorch.amp.GradScaler(device="cuda")\ntorch.cuda.synchronize("cuda")\n`,
    'another cuda':
      'from numba import cuda\n@cuda.jit\ndef f(a): ...\ncuda.to_device(a)\nimport cupy\ncupy.cuda.Device(0)\n',
    'a device that comes from elsewhere': `${T}x = x.cuda(rank)\ny = y.to(f"cuda:{rank}")\nz = z.to(device)\n`,
    'a class that has such a method':
      'class Net:\n    def cuda(self):\n        self.w = self.w.cuda()\n        return self\nNet().cuda()\n',
    'a name that is only shown': `${T}device = "cuda"\nprint(device)\nif device == "cuda":\n    pass\n`,
    'a cell of parameters': parametersCell('device = "cuda"\n', `${T}x.to(device)\n`),
    'moved where it is already': `${T}if x.is_cuda:\n    y = y.cuda()\n`,
    'a marked test': `${T}import pytest\n@pytest.mark.skipif(not torch.cuda.is_available(), reason="GPU")\ndef check(x):\n    x.cuda()\n`,
  },
  {
    'literals and calls': [
      `${T}device = torch.device("cuda:0")\nnet = net.cuda()\nx = torch.zeros(3, device="cuda")\ny = torch.load(p, map_location="cuda:1")\nz = z.to("cuda", non_blocking=True)\ntorch.set_default_device("cuda")\n`,
      ['2:22', '3:6', '4:26', '5:31', '6:9', '7:25'].map((place) => `${place} warning`),
    ],
    'the name that holds it': [`${T}DEVICE = "cuda"\nx.to(DEVICE)\ny.to(DEVICE)\n`, ['2:9 warning']],
    'handed to who knows whom': [
      'from engine import train\ndevice = "cuda"\ntrain(net, device)\n',
      ['2:9 warning'],
    ],
    'a default, an attribute, a dict, an argument': [
      `${T}def f(x, device="cuda"):\n    return x.to(device)\nclass C:\n    device = "cuda:1"\n    def g(self, x):\n        return x.to(self.device)\nD = {"device": "cuda"}\nx.to(D["device"])\ndef h(x, d):\n    return x.to(d)\nh(x, "cuda:2")\n`,
      ['2:16', '5:13', '8:15', '12:5'].map((place) => `${place} warning`),
    ],
    'an index': [
      `${T}x.cuda(0)\ny.cuda(device=1)\nGPU = 2\nz.cuda(GPU)\n`,
      ['2:0', '3:0', '5:0'].map((p) => `${p} warning`),
    ],
    'a switch that is always on': [`${T}USE_CUDA = True\nif USE_CUDA:\n    x = x.cuda()\n`, ['4:8 warning']],
    'a check of something else': [`${T}if verbose:\n    x = x.cuda()\n`, ['3:8 warning']],
    'a check that came later': [
      `${T}x = x.cuda()\nif not torch.cuda.is_available():\n    raise SystemExit\n`,
      ['2:4 warning'],
    ],
    'one caller of two checks': [
      `${T}def move(x):\n    return x.cuda()\nif torch.cuda.is_available():\n    y = move(y)\nz = move(z)\n`,
      ['3:11 warning'],
    ],
    'of other libraries': [
      'from sentence_transformers import SentenceTransformer\nSentenceTransformer("a/b", device="cuda")\n',
      ['2:34 warning'],
    ],
  },
);
