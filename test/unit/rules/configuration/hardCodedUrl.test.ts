import { notebookSource, parametersCell } from '../../../support/analysis';
import { judgeRule } from './judge';

const R = 'import requests\n';

judgeRule(
  'hard-coded-url',
  {
    'a link in a text': 'print("see https://wiki.example.org/a")\nHELP = "https://x.example.org"\n',
    'an XML namespace':
      'from lxml import etree\nNS = "http://www.w3.org/2001/XMLSchema"\netree.QName(NS, "a")\nroot.find("{http://www.w3.org/1999/xlink}href")\n',
    'this machine': `${R}requests.get("http://localhost:8000/x")\nrequests.get("http://127.0.0.1/x")\nrequests.get("http://[::1]:80/")\nrequests.get("http://0.0.0.0:80/")\n`,
    'the environment and its default': `${R}import os\nrequests.get(os.environ["URL"] + "/v1")\nrequests.get(os.getenv("URL", "https://a.example/"))\nrequests.get(os.environ.get("URL") or "https://a.example/")\nrequests.get(os.environ["URL"] if "URL" in os.environ else "https://a.example/")\n`,
    'an option and its default': `${R}import argparse\np = argparse.ArgumentParser()\np.add_argument("--url", default="https://a.example/")\nrequests.get(p.parse_args().url)\n`,
    'an option of typer': `${R}import typer\napp = typer.Typer()\n@app.command()\ndef main(url: str = "https://a.example/"):\n    requests.get(url)\n`,
    'an option of fire': `${R}import fire\ndef main(url="https://a.example/"):\n    requests.get(url)\nfire.Fire(main)\n`,
    'settings of pydantic': `${R}from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    url: str = "https://a.example/"\ns = S()\nrequests.get(s.url)\n`,
    'a host that is made at run time': `${R}requests.get(f"https://{host}/x")\nrequests.get(f"https://api{n}.example.org/x")\nrequests.get("https://" + host)\n`,
    'a bucket that is made at run time': 'import pandas as pd\npd.read_csv(f"s3://{bucket}/a.csv")\n',
    'a connection string with a password':
      'from sqlalchemy import create_engine\ncreate_engine("postgresql://me:Kx81-zpQ@db:5432/x")\n',
    'an address with a key': `${R}requests.get("https://a.example/x?appid=8f3a9c27d1e04b56a7c9d2e8f1b03a64")\n`,
    'a database in a file': 'from sqlalchemy import create_engine\ncreate_engine("sqlite:///a.db")\n',
    'a path, a route and a key': `${R}@app.get("/v1/x")\ndef f(): ...\ndata.get("a:b")\nsession.get("/v1/x")\n`,
    'the name of a package': 'from setuptools import setup\nsetup(name="x", url="https://github.com/a/b")\n',
    'a Hub id and a model id': 'from transformers import AutoModel\nAutoModel.from_pretrained("org/name")\n',
    'opened as a file': 'open("https://a.example/x")\n',
    'a client of the test':
      'from fastapi.testclient import TestClient\nc = TestClient(app)\nc.get("http://testserver/x")\nc.get("https://a.example/x")\n',
    'a cell of parameters': parametersCell('URL = "https://a.example/x"\n', `${R}requests.get(URL)\n`),
    'a form field': notebookSource('n.ipynb', [
      `URL = "https://a.example/x"  #@param {type: "string"}\n`,
      `${R}requests.get(URL)\n`,
    ]),
    'a test': {
      path: 'tests/test_a.py',
      kind: 'script',
      isPython: true,
      cells: [
        {
          index: null,
          kind: 'code',
          executionCount: null,
          source: `${R}requests.get("https://a.example/x")\n`,
        },
      ],
    },
  },
  {
    'requests, however it is imported': [
      'import requests as r\nfrom requests import post\nr.get("https://a.example/x")\npost(url="http://b.example/y")\nr.request("GET", "https://c.example")\n',
      ['3:6 information', '4:9 information', '5:17 information'],
    ],
    'once, at the literal': [
      `${R}BASE = "http://10.1.2.3:80"\ndef a(x):\n    return requests.get(f"{BASE}/a/{x}")\ndef b():\n    return requests.get(BASE + "/b")\n`,
      ['2:7 information'],
    ],
    'a session, in a class': [
      `${R}class C:\n    base = "https://a.example/v1"\n    def __init__(self):\n        self.s = requests.Session()\n    def f(self, p):\n        return self.s.get(self.base + p)\n`,
      ['3:11 information'],
    ],
    'a default and an argument': [
      `${R}def f(url="https://a.example/x"):\n    return requests.get(url)\nf("https://b.example/y")\n`,
      ['2:10 information', '4:2 information'],
    ],
    'a client that is not known': [
      'def f(s):\n    return s.post("https://a.example/x")\n',
      ['2:18 information'],
    ],
    'urllib and httpx': [
      'import urllib.request, httpx\nurllib.request.urlopen("https://a.example/x")\nurllib.request.urlretrieve("ftp://b.example/y", "z")\nhttpx.Client(base_url="https://c.example")\nwith httpx.Client() as c:\n    c.get("https://d.example")\n',
      ['2:23 information', '3:27 information', '4:22 information', '6:10 information'],
    ],
    'data from a URL or a bucket': [
      'import pandas as pd\npd.read_csv("https://a.example/x.csv")\npd.read_parquet("s3://b/y.parquet")\ndf.to_parquet("gs://c/z.parquet")\nspark.read.parquet("abfss://d@e.dfs.core.windows.net/f")\n',
      ['2:12 information', '3:16 information', '4:14 information', '5:19 information'],
    ],
    'tracking and services': [
      'import mlflow, redis, boto3, grpc\nmlflow.set_tracking_uri("http://m.example:5000")\nredis.Redis.from_url("redis://cache:6379/0")\nboto3.client("s3", endpoint_url="https://minio.example")\ngrpc.insecure_channel("scorer:50051")\n',
      ['2:24 information', '3:21 information', '4:32 information', '5:22 information'],
    ],
    'an endpoint of whatever client': [
      'from somewhere import Client\nClient(base_url="https://a.example")\n',
      ['2:16 information'],
    ],
    'a bucket given to a library': [
      'import sagemaker, logging\nfrom urllib.parse import urlparse\nsagemaker.inputs.TrainingInput("s3://a/b")\nestimator.fit({"train": "s3://a/c"})\nlogging.info("s3://a/d")\nurlparse("s3://a/e")\nprint("s3://a/f")\n',
      ['3:31 information', '4:24 information'],
    ],
    'a constant host and a query made at run time': [
      `${R}requests.get(f"https://a.example?q={q}")\nrequests.get("https://b.example/%s" % q)\nrequests.get("https://c.example/{}".format(q))\n`,
      ['2:13 information', '3:13 information', '4:13 information'],
    ],
  },
);
