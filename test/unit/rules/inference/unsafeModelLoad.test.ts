import assert from 'node:assert/strict';
import { analyse } from '../../../support/analysis';
import { type Case, caseTable } from './table';

const RULE = 'unsafe-model-load';

const FIRES: readonly Case[] = [
  ['torch.load', `import torch\nx = torch.load("a.pt") #!\n`],
  ['torch.load with a device', `import torch\nx = torch.load("a.pt", map_location="cpu") #!\n`],
  ['weights_only=False', `import torch\nx = torch.load("a.pt", weights_only=False) #!\n`],
  ['weights_only=None', `import torch\nx = torch.load("a.pt", weights_only=None) #!\n`],
  [
    'weights_only through a name',
    `import torch\nSAFE = False\nx = torch.load("a.pt", weights_only=SAFE) #!\n`,
  ],
  ['an alias of the module', `import torch as t\nx = t.load("a.pt") #!\n`],
  ['an alias of the function', `from torch import load as L\nx = L("a.pt") #!\n`],
  ['a name for the function', `import torch\nread = torch.load\nx = read("a.pt") #!\n`],
  ['inside another call', `import torch\nnet.load_state_dict(\n    torch.load("a.pt") #!\n)\n`],
  [
    'known options without it',
    `import torch\nOPTIONS = {"map_location": "cpu"}\nx = torch.load("a.pt", **OPTIONS) #!\n`,
  ],
  ['pickle', `import pickle\nwith open("a.pkl", "rb") as fh:\n    x = pickle.load(fh) #!\n`],
  ['pickle from bytes', `import pickle\nx = pickle.loads(open("a", "rb").read()) #!\n`],
  ['an imported function', `from pickle import load\nx = load(open("a", "rb")) #!\n`],
  [
    'one of two pickles',
    `try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle\nx = pickle.load(open("a", "rb")) #!\n`,
  ],
  ['an unpickler', `import pickle\nx = pickle.Unpickler(open("a", "rb")).load() #!\n`],
  [
    'an unpickler with a name',
    `import pickle\nreader = pickle.Unpickler(open("a", "rb"))\nx = reader.load() #!\n`,
  ],
  ['dill', `import dill\nx = dill.load(open("a", "rb")) #!\n`],
  ['cloudpickle', `import cloudpickle\nx = cloudpickle.load(open("a", "rb")) #!\n`],
  ['joblib', `import joblib\nx = joblib.load("a.joblib") #!\n`],
  ['joblib in a list', `from joblib import load\nxs = [load(p) for p in paths] #!\n`],
  ['numpy', `import numpy as np\nx = np.load("a.npy", allow_pickle=True) #!\n`],
  ['numpy by position', `import numpy as np\nx = np.load("a.npy", None, True) #!\n`],
  [
    'numpy through options',
    `import numpy as np\nopts = dict(allow_pickle=True)\nx = np.load("a.npy", **opts) #!\n`,
  ],
  ['Keras', `import keras\nm = keras.models.load_model("a.keras", safe_mode=False) #!\n`],
  [
    'Keras in TensorFlow',
    `import tensorflow as tf\nm = tf.keras.models.load_model("a.keras", safe_mode=False) #!\n`,
  ],
  [
    'a function of Keras',
    `from tensorflow.keras.models import load_model\nm = load_model("a.keras", safe_mode=False) #!\n`,
  ],
  [
    'transformers',
    `from transformers import AutoModel\nm = AutoModel.from_pretrained("a/b", trust_remote_code=True) #!\n`,
  ],
  [
    'a tokenizer',
    `import transformers\nt = transformers.AutoTokenizer.from_pretrained("a/b", trust_remote_code=True) #!\n`,
  ],
  [
    'a pipeline',
    `from transformers import pipeline\np = pipeline("text-generation", model="a/b", trust_remote_code=True) #!\n`,
  ],
  [
    'a class chosen at run time',
    `import transformers\ndef load(cls):\n    return cls.from_pretrained("a/b", trust_remote_code=True) #!\n`,
  ],
  [
    'in a method',
    `import pickle\nclass Store:\n    def get(self):\n        with open(self.path, "rb") as fh:\n            return pickle.load(fh) #!\n`,
  ],
  [
    'bytes that come from elsewhere beside own ones',
    `import pickle\ndef copy(blob):\n    return pickle.loads(blob) #!\ncopy(pickle.dumps(1))\ncopy(open("a", "rb").read())\n`,
  ],
  ['in a notebook', `# %%\nimport torch\n# %%\nmodel = torch.load("a.pt") #!\n`],
];

const SILENT: readonly Case[] = [
  ['weights only', `import torch\nx = torch.load("a.pt", weights_only=True)\n`],
  ['weights only through a name', `import torch\nSAFE = True\nx = torch.load("a.pt", weights_only=SAFE)\n`],
  [
    'weights only if asked',
    `import torch\ndef read(p, safe):\n    return torch.load(p, weights_only=safe)\n`,
  ],
  [
    'weights only through options',
    `import torch\nopts = {"weights_only": True}\nx = torch.load("a.pt", **opts)\n`,
  ],
  ['unknown options', `import torch\ndef read(p, **kwargs):\n    return torch.load(p, **kwargs)\n`],
  [
    'options that are filled',
    `import torch\nopts = {}\nopts["weights_only"] = True\nx = torch.load("a.pt", **opts)\n`,
  ],
  ['options that are handed on', `import torch\nopts = {}\nfill(opts)\nx = torch.load("a.pt", **opts)\n`],
  ['TorchScript', `import torch\nm = torch.jit.load("a.ts")\n`],
  ['safetensors', `from safetensors.torch import load_file, load\nx = load_file("a.safetensors")\n`],
  ['a deep copy', `import pickle\ny = pickle.loads(pickle.dumps(x))\n`],
  [
    'a deep copy through a name',
    `import pickle\nblob = pickle.dumps(x, protocol=4)\ny = pickle.loads(blob)\n`,
  ],
  [
    'a deep copy through an attribute',
    `import pickle\nclass Memo:\n    def __init__(self, x):\n        self.blob = pickle.dumps(x)\n    def get(self):\n        return pickle.loads(self.blob)\n`,
  ],
  [
    'a deep copy through a function',
    `import pickle\ndef pack(x):\n    return pickle.dumps(x)\ndef unpack(blob):\n    return pickle.loads(blob)\ny = unpack(pack(x))\n`,
  ],
  [
    'a deep copy through a list',
    `import pickle\nblobs = [pickle.dumps(x) for x in xs]\nys = [pickle.loads(b) for b in blobs]\n`,
  ],
  [
    'a deep copy, compressed',
    `import pickle, zlib\nblob = zlib.compress(pickle.dumps(x))\ny = pickle.loads(zlib.decompress(blob))\n`,
  ],
  [
    'a deep copy through a buffer',
    `import io, pickle\nbuffer = io.BytesIO()\npickle.dump(x, buffer)\nbuffer.seek(0)\ny = pickle.load(buffer)\n`,
  ],
  [
    'a deep copy of a module',
    `import io\nimport torch\nbuffer = io.BytesIO()\ntorch.save(net, buffer)\nbuffer.seek(0)\ntwin = torch.load(buffer)\n`,
  ],
  [
    'a deep copy with one of two pickles',
    `try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle\ny = pickle.loads(pickle.dumps(x))\n`,
  ],
  ['a deep copy with dill', `import dill\nassert dill.loads(dill.dumps(f))(1) == 2\n`],
  [
    'an unpickler of the program, which restricts',
    `import pickle\nclass Safe(pickle.Unpickler):\n    def find_class(self, module, name):\n        raise pickle.UnpicklingError(name)\nx = Safe(open("a", "rb")).load()\n`,
  ],
  ['numpy', `import numpy as np\nx = np.load("a.npy")\n`],
  ['numpy without pickle', `import numpy as np\nx = np.load("a.npz", allow_pickle=False)\n`],
  [
    'numpy if asked',
    `import numpy as np\ndef read(p, trusted):\n    return np.load(p, allow_pickle=trusted)\n`,
  ],
  ['Keras', `import keras\nm = keras.models.load_model("a.keras")\n`],
  ['Keras in safe mode', `import keras\nm = keras.models.load_model("a.keras", safe_mode=True)\n`],
  ['transformers', `from transformers import AutoModel\nm = AutoModel.from_pretrained("a/b")\n`],
  [
    'transformers without remote code',
    `from transformers import AutoModel\nm = AutoModel.from_pretrained("a/b", trust_remote_code=False)\n`,
  ],
  [
    'transformers if asked',
    `from transformers import AutoModel\ndef load(n, trust=False):\n    return AutoModel.from_pretrained(n, trust_remote_code=trust)\nload(name, flags.trust)\n`,
  ],
  ['json, yaml, csv', `import json, yaml, torch\na = json.load(open("a"))\nb = yaml.safe_load(open("b"))\n`],
  ['pandas', `import pandas as pd\nimport pickle\nx = pd.read_pickle("a.pkl")\n`],
  [
    'a function of the program with such a name',
    `import torch\ndef load(p):\n    return p\nx = load("a.pt")\n`,
  ],
  [
    'a method with such a name',
    `import joblib\nclass Config:\n    def load(self, p):\n        return p\nx = Config().load("a.joblib")\n`,
  ],
  ['an unknown method with such a name', `import pickle\nx = registry.load("a.pkl")\n`],
  ['pickling only', `import pickle, joblib\npickle.dump(x, open("a", "wb"))\njoblib.dump(x, "b")\n`],
  ['a name that hides the import', `import pickle\ndef read(pickle, f):\n    return pickle.load(f)\n`],
];

suite('unsafe-model-load', () => {
  suite('fires', () => caseTable(RULE, FIRES));
  suite('is silent', () => caseTable(RULE, SILENT));

  suite('offers a fix where there is a safe form', () => {
    const titles = async (code: string): Promise<string[]> =>
      (await analyse(code)).findings
        .filter((finding) => finding.rule === RULE)
        .flatMap((finding) => finding.fixes.map((fix) => fix.title));
    const cases: readonly [string, string, RegExp | undefined][] = [
      ['a state dict', `import torch\nnet.load_state_dict(torch.load("a.pt"))\n`, /weights only/],
      [
        'a state dict with a name',
        `import torch\ns = torch.load("a.pt")\nnet.load_state_dict(s)\n`,
        /weights only/,
      ],
      [
        'a checkpoint',
        `import torch\nc = torch.load("a.pt")\nnet.load_state_dict(c["model"])\n`,
        /weights only/,
      ],
      ['its items', `import torch\nfor k, v in torch.load("a.pt").items():\n    print(k)\n`, /weights only/],
      [
        'in a function',
        `import torch\ndef read(p):\n    return torch.load(p)\nnet.load_state_dict(read("a"))\n`,
        /weights only/,
      ],
      ['a module', `import torch\nnet = torch.load("a.pt")\nnet.eval()\nnet(x)\n`, undefined],
      [
        'a module in a checkpoint',
        `import torch\nnet = torch.load("a.pt")["model"]\nnet.eval()\n`,
        undefined,
      ],
      [
        'settings in a checkpoint',
        `import torch\nc = torch.load("a.pt")\nprint(c["args"].lr)\n`,
        /converted to a state_dict first/,
      ],
      ['who knows', `import torch\nx = torch.load("a.pt")\nhandle(x)\n`, /converted to a state_dict first/],
      ['pickle', `import pickle\nx = pickle.load(f)\n`, undefined],
      ['numpy', `import numpy as np\nx = np.load("a", allow_pickle=True)\n`, /allow_pickle=False/],
      ['Keras', `import keras\nx = keras.models.load_model("a", safe_mode=False)\n`, /safe mode/],
      [
        'a hub',
        `from transformers import pipeline\nx = pipeline("a", trust_remote_code=True)\n`,
        /trust_remote_code=False/,
      ],
    ];
    for (const [name, code, wanted] of cases) {
      test(name, async () => {
        const found = await titles(code);
        assert.equal(found.length, wanted ? 1 : 0);
        if (wanted) assert.match(found[0]!, wanted);
      });
    }
  });
});
