import assert from 'node:assert/strict';
import { phasesOf } from '../../../src/stages/phases';
import { analyse } from '../../support/analysis';

/** The phase of the last statement. */
async function phaseOfLast(code: string): Promise<string | undefined> {
  const { facts, context } = await analyse(code);
  return phasesOf(facts, context.evaluator).phaseOf(facts.units.at(-1)!);
}

const FRAME = 'import pandas as pd\ndf = pd.read_csv("a.csv")\n';

/** Method names that say nothing without knowing whose they are. */
const NOTHING: Readonly<Record<string, string>> = {
  'title of a text': 'name = "a b".title()\n',
  'map of who knows what': 'def use(pool):\n    return pool\nresult = use(1).map(str, [1])\n',
  'replace in a text': 'text = "a".replace("a", "b")\n',
  'a join of texts': 'text = ",".join(["a"])\n',
  'show of an unknown object': 'from where import thing\nthing.show()\n',
  'apply of an unknown object': 'from where import thing\nresult = thing.apply(1)\n',
  'an own read_csv that reads nothing': 'def read(x):\n    return x\nvalue = len([1])\n',
  'train mode': 'import torch\nmodel = torch.nn.Linear(1, 1)\nmodel.train()\n',
  'a function that is only defined': 'def fit():\n    model.fit(1)\n',
};

const PHASES: Readonly<Record<string, [phase: string, code: string]>> = {
  'read_csv by its qualified name': ['load', FRAME],
  'read_csv under another name': ['load', 'from pandas import read_csv as rd\ndf = rd("a.csv")\n'],
  'a file that is opened for reading': ['load', 'text = open("a.txt").read()\n'],
  'a file that is opened for writing': ['save', 'with open("a.txt", "w") as f:\n    f.write("x")\n'],
  'map of a column': ['prepare', `${FRAME}df["b"] = df["a"].map(str)\n`],
  'apply of a table that was filtered': ['prepare', `${FRAME}small = df[df.a > 1]\nout = small.apply(len)\n`],
  'a column that is stored': ['prepare', `${FRAME}df["b"] = df["a"] * 2\n`],
  'a look at a table': ['explore', `${FRAME}df.head()\n`],
  'a look without a call': ['explore', `${FRAME}df.shape\n`],
  'a split': [
    'split',
    `from sklearn.model_selection import train_test_split\n${FRAME}a, b = train_test_split(df)\n`,
  ],
  'the fit of a scaler': [
    'prepare',
    'from sklearn.preprocessing import StandardScaler\ns = StandardScaler()\ns.fit([[1]])\n',
  ],
  'the fit of a model': ['train', 'from sklearn.svm import SVC\nmodel = SVC()\nmodel.fit([[1]], [1])\n'],
  'a torch training loop': [
    'train',
    'import torch\nnet = torch.nn.Linear(1, 1)\nopt = torch.optim.SGD(net.parameters(), lr=1)\nfor epoch in range(3):\n    loss = net(torch.ones(1)).sum()\n    loss.backward()\n    opt.step()\n    print(epoch)\n',
  ],
  'keras: fit of an own network': [
    'train',
    'from tensorflow import keras\nmodel = keras.Sequential([])\nmodel.fit([1], [1])\n',
  ],
  'keras: evaluate': [
    'evaluate',
    'from tensorflow import keras\nmodel = keras.Sequential([])\nscore = model.evaluate([1], [1])\n',
  ],
  'xgboost.train': ['train', 'import xgboost as xgb\nbst = xgb.train({}, None)\n'],
  'lightgbm by its class': ['build', 'import lightgbm as lgb\nmodel = lgb.LGBMClassifier()\n'],
  'a trainer of transformers': [
    'train',
    'from transformers import Trainer\ntrainer = Trainer(model=None)\ntrainer.train()\n',
  ],
  'a call of an own network': [
    'predict',
    'import torch\nclass Net(torch.nn.Module):\n    pass\nnet = Net()\nout = net(1)\n',
  ],
  'a metric': ['evaluate', 'from sklearn.metrics import f1_score\nprint(f1_score([1], [1]))\n'],
  'an axes method': ['plot', 'import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.bar([1], [2])\n'],
  seaborn: ['plot', 'import seaborn as sns\nsns.heatmap([[1]])\n'],
  'the plot of a table': ['plot', `${FRAME}df.plot.hist()\n`],
  'a function, by its name': ['load', 'def load_all():\n    return 1\nx = load_all()\n'],
  'a function, by what it calls': [
    'save',
    'import joblib\ndef finish(m):\n    joblib.dump(m, "m")\nfinish(1)\n',
  ],
  'a seed': ['configure', 'import numpy as np\nnp.random.seed(1)\n'],
  'a dump': ['save', 'import pickle\npickle.dump(1, open("a", "wb"))\n'],
};

suite('phases of statements', () => {
  for (const [what, code] of Object.entries(NOTHING)) {
    test(`says nothing: ${what}`, async () => assert.equal(await phaseOfLast(code), undefined));
  }
  for (const [what, [phase, code]] of Object.entries(PHASES)) {
    test(`${phase}: ${what}`, async () => assert.equal(await phaseOfLast(code), phase));
  }
});
