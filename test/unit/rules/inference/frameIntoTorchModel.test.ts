import { type Case, caseTable } from './table';

const RULE = 'frame-into-torch-model';

const NET = `import pandas as pd
import torch
from torch import nn

net = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 1)).eval()
df = pd.read_csv("houses.csv")


`;

const FIRES: readonly Case[] = [
  ['a whole module from a file, as in the brief', `model = torch.load("m.pt")\nprint(model(df)) #!\n`],
  ['a frame', `net(df) #!\n`],
  ['columns', `net(df[["a", "b"]]) #!\n`],
  ['columns by a name', `features = ["a", "b"]\nx = df[features]\nnet(x) #!\n`],
  ['a column', `net(df["a"]) #!\n`],
  ['by keyword', `net(input=df.drop(columns="y")) #!\n`],
  ['forward', `net.forward(df) #!\n`],
  ['through methods', `x = df.dropna().query("a > 1").astype("float32").head()\nnet(x) #!\n`],
  ['arithmetic', `net((df - df.mean()) / df.std()) #!\n`],
  ['rows', `net(df[df["a"] > 3]) #!\nnet(df.loc[:, ["a", "b"]]) #!\nnet(df.iloc[:10]) #!\n`],
  [
    'a part of it',
    `from sklearn.model_selection import train_test_split
train, test = train_test_split(df, test_size=0.2)
net(test) #!
`,
  ],
  [
    'a helper',
    `def read(path):
    frame = pd.read_parquet(path)
    return frame[["a", "b"]]
net(read("x.parquet")) #!
`,
  ],
  [
    'an argument',
    `def predict(frame):
    return net(frame) #!
predict(df)
`,
  ],
  [
    'an annotated argument',
    `def predict(frame: pd.DataFrame):
    return net(frame) #!
`,
  ],
  [
    'an annotated module',
    `def predict(model: nn.Module, path: str):
    return model(pd.read_csv(path)) #!
`,
  ],
  [
    'an attribute',
    `class Service:
    def __init__(self, path):
        self.frame = pd.read_csv(path)
        self.net = nn.Linear(2, 1)
    def run(self):
        return self.net(self.frame) #!
`,
  ],
  ['chunks', `for chunk in pd.read_csv("x.csv", chunksize=100):\n    net(chunk) #!\n`],
  ['groups', `for key, part in df.groupby("a"):\n    net(part) #!\n`],
  ['rows of a frame', `for i, row in df.iterrows():\n    net(row) #!\n`],
  ['another import', `from pandas import read_excel as read\nnet(read("x.xlsx")) #!\n`],
  ['made here', `net(pd.DataFrame({"a": [1.0]})) #!\nnet(pd.concat([df, df])) #!\n`],
  [
    'a class of the program that does not convert',
    `class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 1)
    def forward(self, x):
        return torch.relu(self.fc(x))
Plain()(df) #!
`,
  ],
  ['a loss', `nn.MSELoss()(net(x), df["y"]) #!\n`],
  ['numpy keeps the table', `import numpy as np\nnet(np.log1p(df)) #!\n`],
];

const SILENT: readonly Case[] = [
  ['a tensor', `net(torch.tensor(df.to_numpy(), dtype=torch.float32))\n`],
  ['values', `net(torch.from_numpy(df.values).float())\nx = df["a"].values\nnet(x)\n`],
  ['rebound', `x = df\nx = torch.tensor(x.to_numpy())\nnet(x)\n`],
  ['on some paths', `x = df if raw else torch.ones(3)\nnet(x)\n`],
  [
    'converted where it is one',
    `def predict(x):
    if isinstance(x, pd.DataFrame):
        x = torch.tensor(x.to_numpy())
    return net(x)
predict(df)
`,
  ],
  ['a single value', `net(df.loc[0, "a"])\nnet(df["a"].sum())\nnet(df.iloc[0, 1])\nnet(df["a"].iloc[2])\n`],
  ['in place', `x = df.dropna(inplace=True)\nnet(x)\n`],
  ['all sheets', `sheets = pd.read_excel("x.xlsx", sheet_name=None)\nnet(sheets["a"])\n`],
  [
    'a scikit-learn model',
    `from sklearn.linear_model import Ridge
model = Ridge()
model.fit(df[["a"]], df["y"])
model.predict(df[["a"]])
`,
  ],
  ['a function called model', `def model(frame):\n    return frame.mean()\nmodel(df)\n`],
  [
    'the module converts it',
    `class Tab(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 1)
    def forward(self, frame):
        x = torch.tensor(frame[["a", "b"]].to_numpy(), dtype=torch.float32)
        return self.fc(x)
Tab()(df)
`,
  ],
  [
    'a helper of the module converts it',
    `def as_tensor(table):
    return torch.tensor(table.to_numpy())
class Tab(nn.Module):
    def forward(self, frame):
        return as_tensor(frame)
Tab()(df)
`,
  ],
  [
    'the first part converts it',
    `class ToTensor(nn.Module):
    def forward(self, frame):
        return torch.tensor(frame.to_numpy())
nn.Sequential(ToTensor(), nn.Linear(2, 1))(df)
`,
  ],
  [
    'an inner module converts it',
    `class ToTensor(nn.Module):
    def forward(self, frame):
        return torch.tensor(frame.to_numpy())
class Whole(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = ToTensor()
    def forward(self, x):
        return self.first(x)
Whole()(df)
`,
  ],
  [
    'a class that is not known',
    `from tabular import TableNet
model = TableNet()
model.eval()
model(df)
`,
  ],
  ['something called df', `def predict(df, model):\n    return model(df)\n`],
  [
    'xarray and polars',
    `import polars as pl
import xarray as xr
net(pl.read_csv("x.csv"))
net(xr.open_dataset("x.nc"))
`,
  ],
  ['a batch of a loader', `for batch in torch.utils.data.DataLoader(df):\n    net(batch)\n`],
  ['a data set of tensors', `x = torch.tensor(df.values)\nfor row in x:\n    net(row)\n`],
  ['text with a table in it', `net("%s" % df)\n`],
];

suite('frame-into-torch-model: fires', () => caseTable(RULE, FIRES, NET));
suite('frame-into-torch-model: stays silent', () => caseTable(RULE, SILENT, NET));
