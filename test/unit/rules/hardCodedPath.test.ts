import assert from 'node:assert/strict';
import { analyse, places } from '../../support/analysis';

const SILENT: Readonly<Record<string, string>> = {
  'a URL': 'import pandas as pd\npd.read_csv("https://example.org/a.csv")\n',
  'a bucket': 'import pandas as pd\npd.read_parquet("s3://bucket/a.parquet")\n',
  'a route': '@app.get("/api/v1/score")\ndef f(): ...\n',
  'a regular expression': 'import re\nre.compile(r"/home/\\w+/.*")\n',
  'a key and a column': 'd["data/items.csv"]\nx = {"data/items.csv": 1}\n',
  'a parameter nobody gives a literal': 'def f(p):\n    return open(p)\n',
  'beside this file':
    'from pathlib import Path\n(Path(__file__).parent / "a.txt").read_text()\nopen(Path(__file__).resolve().parents[1] / "b.txt")\n',
  'os.path beside this file':
    'import os\nopen(os.path.join(os.path.dirname(os.path.abspath(__file__)), "a.txt"))\n',
  'the environment and its default':
    'import os\nopen(os.environ.get("DATA", "/data/x.csv"))\nopen(os.environ["DATA"] + "/x.csv")\n',
  'an option and its default':
    'import argparse\np = argparse.ArgumentParser()\np.add_argument("--data", default="data/train.csv")\nopen(p.parse_args().data)\n',
  'null device': 'open("/dev/null", "w")\n',
  'the current folder': 'import os\nos.listdir(".")\n',
  'a database in memory': 'import sqlite3\nsqlite3.connect(":memory:")\n',
  'a Hub id': 'from transformers import AutoModel\nAutoModel.from_pretrained("bert-base/uncased")\n',
  'JSON text': 'import pandas as pd\npd.read_json(\'{"a": 1}\')\n',
  "a function of that name that is not the library's": 'def read_csv(text): ...\nread_csv("a/b.csv")\n',
  'an open that is rebound': 'from shelf import open\nopen("a.csv")\n',
  'a temporary folder': 'import tempfile, os\nopen(os.path.join(tempfile.mkdtemp(), "a.csv"))\n',
  bytes: 'open(b"a.csv")\n',
  'the configuration file itself':
    'import yaml\nwith open("settings.yaml") as f:\n    c = yaml.safe_load(f)\n',
  'a string joined with a comma': 'print(",".join(["a", "b"]))\n',
  'a relative path that is only built': 'from pathlib import Path\np = Path("x")\n',
  'an argument of an unknown function': 'load("data/x.csv")\n',
  'a pathlib name without a file': 'from pathlib import Path\nprint(Path("a") / "b")\n',
};

const FIRING: Readonly<Record<string, [code: string, places: string[]]>> = {
  absolute: ['import pandas as pd\nd = pd.read_csv("/Users/a/d.csv")\n', ['2:16 warning']],
  relative: ['open("notes.txt")\n', ['1:5 hint']],
  'an alias and from-import': [
    'from pandas import read_csv as rc\nimport numpy as n\nrc("a.csv")\nn.load("/data/b.npy")\n',
    ['3:3 hint', '4:7 warning'],
  ],
  'an assignment of the function': ['import pandas as pd\nread = pd.read_csv\nread("a.csv")\n', ['3:5 hint']],
  'once per literal, not per use': ['P = "/home/a"\nopen(P + "/x")\nopen(P + "/y")\n', ['1:4 warning']],
  'f-string, format and %': [
    'B = "/home/a"\ns = 1\nopen(f"{B}/{s}.txt")\nopen("{}/x".format(B))\nopen("%s/x" % (B,))\nopen(f"data/{s}.txt")\n',
    ['1:4 warning', '6:5 hint'],
  ],
  'os.path.join and pathlib': [
    'import os\nfrom pathlib import Path\nopen(os.path.join("/srv/a", "b"))\n(Path("c") / "d.txt").read_text()\nPath("e").joinpath("f").exists()\n',
    ['3:18 warning', '4:6 hint', '5:5 hint'],
  ],
  home: [
    'from pathlib import Path\nopen(Path.home() / "data" / "x.csv")\nimport os\nopen(os.path.expanduser("~/x.csv"))\n',
    ['2:19 warning', '4:24 warning'],
  ],
  'drive and share': [
    'open("C:\\\\data\\\\x.csv")\nopen(r"\\\\server\\x.csv")\n',
    ['1:5 warning', '2:5 warning'],
  ],
  'Colab and Kaggle': [
    'open("/content/drive/MyDrive/x")\nopen("/kaggle/input/x")\n',
    ['1:5 warning', '2:5 warning'],
  ],
  'a default, a class attribute, a dict, a list': [
    'def f(p="d/a.csv"):\n    return open(p)\n\nclass C:\n    path = "d/b.csv"\n    def g(self):\n        return open(self.path)\n\nD = {"x": "d/c.csv"}\nopen(D["x"])\nfor q in ["d/d.csv", "d/e.csv"]:\n    open(q)\n',
    ['1:8 hint', '5:11 hint', '9:10 hint', '11:10 hint', '11:21 hint'],
  ],
  'an argument of an own function': [
    'def load(p):\n    return open(p)\n\nload("d/a.csv")\nload(p="d/b.csv")\n',
    ['4:5 hint', '5:7 hint'],
  ],
  'an attribute set in a method': [
    'class C:\n    def __init__(self, root="/data/r"):\n        self.root = root\n    def g(self):\n        return open(self.root + "/x")\n',
    ['2:28 warning'],
  ],
  'methods that only write files': [
    'df.to_csv("out/x.csv")\nfig.savefig("x.png")\nmodel.save("m.keras")\n',
    ['1:10 hint', '2:12 hint', '3:11 hint'],
  ],
  keyword: ['import pandas as pd\npd.read_csv(filepath_or_buffer="a.csv")\n', ['2:31 hint']],
  'both branches': ['open("a.csv" if x else "/b/c.csv")\n', ['1:5 hint', '1:23 warning']],
  'the last binding before the use': ['p = "a.csv"\np = "b.csv"\nopen(p)\n', ['2:4 hint']],
  // Statements of the same text are one object to the engine.
  'the same line twice': ['open("/data/a.csv")\nopen("/data/a.csv")\n', ['1:5 warning', '2:5 warning']],
  'a binding in a branch joins the one before': [
    'p = "a.csv"\nif x:\n    p = "b.csv"\nopen(p)\n',
    ['1:4 hint', '3:8 hint'],
  ],
};

suite('hard-coded-path', () => {
  for (const [name, code] of Object.entries(SILENT)) {
    test(`silent: ${name}`, async () => {
      assert.deepEqual(places(await analyse(code), 'hard-coded-path'), []);
    });
  }
  for (const [name, [code, expected]] of Object.entries(FIRING)) {
    test(`fires: ${name}`, async () => {
      assert.deepEqual(places(await analyse(code), 'hard-coded-path'), expected);
    });
  }
});
