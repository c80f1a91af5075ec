import assert from 'node:assert/strict';
import { changedText, runFixes } from './fixes';

const RULE = 'unsafe-model-load';

/** Code around the call, so that `torch.load` gives what is used as a state dict. */
const asState = (call: string): string => `import torch\nnet.load_state_dict(${call})\n`;

const EDITS: readonly (readonly [name: string, before: string, after: string])[] = [
  ['one argument', 'torch.load("a.pt")', 'torch.load("a.pt", weights_only=True)'],
  [
    'several',
    'torch.load("a.pt", map_location="cpu")',
    'torch.load("a.pt", map_location="cpu", weights_only=True)',
  ],
  ['a comma behind the last', 'torch.load("a.pt",)', 'torch.load("a.pt", weights_only=True,)'],
  ['blanks', 'torch.load( "a.pt" )', 'torch.load( "a.pt", weights_only=True )'],
  [
    'parentheses around the argument',
    'torch.load((folder / "a.pt"))',
    'torch.load((folder / "a.pt"), weights_only=True)',
  ],
  ['parentheses around the function', '(torch.load)("a.pt")', '(torch.load)("a.pt", weights_only=True)'],
  ['no argument', 'torch.load()', 'torch.load(weights_only=True)'],
  ['given as False', 'torch.load("a.pt", weights_only=False)', 'torch.load("a.pt", weights_only=True)'],
  [
    'given as None, in parentheses',
    'torch.load("a.pt", weights_only = (None), )',
    'torch.load("a.pt", weights_only = (True), )',
  ],
  ['given through a name', 'torch.load("a.pt", weights_only=SAFE)', 'torch.load("a.pt", weights_only=True)'],
  [
    'a line for each argument',
    'torch.load(\n    "a.pt",\n    map_location="cpu",\n)',
    'torch.load(\n    "a.pt",\n    map_location="cpu",\n    weights_only=True,\n)',
  ],
  [
    'a line for each argument, without a comma',
    'torch.load(\n    "a.pt",\n    map_location="cpu"\n)',
    'torch.load(\n    "a.pt",\n    map_location="cpu",\n    weights_only=True\n)',
  ],
  [
    'comments',
    'torch.load(  # (1)\n    "a.pt",  # the last, best\n)',
    'torch.load(  # (1)\n    "a.pt",  # the last, best\n    weights_only=True,\n)',
  ],
  [
    'a comment and no comma',
    'torch.load(\n    "a.pt"  # the last)\n)',
    'torch.load(\n    "a.pt",  # the last)\n    weights_only=True\n)',
  ],
  [
    'the arguments on a line of their own',
    'torch.load(\n    "a.pt", map_location="cpu"\n)',
    'torch.load(\n    "a.pt", map_location="cpu", weights_only=True\n)',
  ],
  [
    'an argument over several lines',
    'torch.load(\n    join(\n        "a",\n    )\n)',
    'torch.load(\n    join(\n        "a",\n    ),\n    weights_only=True\n)',
  ],
  ['CRLF', 'torch.load(\r\n\t"a.pt",\r\n)', 'torch.load(\r\n\t"a.pt",\r\n\tweights_only=True,\r\n)'],
  ['a star argument', 'torch.load(*paths)', 'torch.load(*paths, weights_only=True)'],
  ['text that is not ASCII', 'torch.load("modèle 😀.pt")', 'torch.load("modèle 😀.pt", weights_only=True)'],
];

suite('unsafe-model-load: the fix', () => {
  for (const [name, before, after] of EDITS) {
    test(name, async () => {
      const prelude = before.includes('SAFE') ? 'SAFE = False\n' : '';
      const [run, ...others] = await runFixes(RULE, prelude + asState(before));
      assert.deepEqual(others, []);
      assert.equal(changedText(run!), prelude + asState(after));
    });
  }

  const OTHERS: readonly (readonly [string, string, string])[] = [
    [
      'numpy',
      'import numpy as np\nx = np.load("a.npy", allow_pickle=True).item()\n',
      'import numpy as np\nx = np.load("a.npy", allow_pickle=False).item()\n',
    ],
    [
      'numpy by position',
      'import numpy as np\nx = np.load(p, "r", True)\n',
      'import numpy as np\nx = np.load(p, "r", False)\n',
    ],
    [
      'Keras',
      'import keras\nm = keras.models.load_model(p, safe_mode=False, compile=False)\n',
      'import keras\nm = keras.models.load_model(p, safe_mode=True, compile=False)\n',
    ],
    [
      'a hub',
      'from transformers import AutoModel\nm = AutoModel.from_pretrained(n, trust_remote_code=True)\n',
      'from transformers import AutoModel\nm = AutoModel.from_pretrained(n, trust_remote_code=False)\n',
    ],
  ];
  for (const [name, before, after] of OTHERS) {
    test(name, async () => assert.equal(changedText((await runFixes(RULE, before))[0]!), after));
  }

  const REFUSED: readonly (readonly [string, string, RegExp])[] = [
    [
      'a whole module',
      'import torch\nnet = torch.load("a.pt")\nnet.eval()\n',
      /converted first: save its state_dict/,
    ],
    ['pickle', 'import pickle\nx = pickle.load(f)\n', /converted first/],
    ['joblib', 'import joblib\nx = joblib.load(f)\n', /converted first: convert the model to skops/],
    [
      'known options',
      'import torch\nopts = {"map_location": "cpu"}\nnet.load_state_dict(torch.load("a", **opts))\n',
      /unpacks options/,
    ],
    [
      'the argument among options',
      'import numpy as np\nopts = {"allow_pickle": True}\nx = np.load("a", **opts)\n',
      /options that other calls may share/,
    ],
    ['a pickle module', asState('torch.load("a", pickle_module=dill)'), /pickle module/],
  ];
  for (const [name, code, reason] of REFUSED) {
    test(`refused: ${name}`, async () => {
      const [run] = await runFixes(RULE, code);
      assert.match(run!.offer.disabled ?? '', reason);
    });
  }
});
