import assert from 'node:assert/strict';
import { analyse, notebookSource } from '../../support/analysis';
import { type Fixed, firstFix, fixAll, offersOf } from '../../support/fixes';

const OURS = '# Configuration of this project. Graduate adds to this file.\n';
const LOAD =
  'config = yaml.safe_load(\n    Path(__file__).with_name("config.yaml").read_text(encoding="utf-8")\n)\n';
const HEAD = `from pathlib import Path\n\nimport requests\nimport yaml\n\n${LOAD}\n`;

/** A rule, a program, what it becomes, and the configuration. */
type Done = readonly [rule: string, code: string, after: string, config?: string];

const DONE: Readonly<Record<string, Done>> = {
  'an address and its name': [
    'hard-coded-url',
    'import requests\n\nAPI = "https://a.example/v1"\nrequests.get(API)\n',
    `${HEAD}API = config["api_url"]\nrequests.get(API)\n`,
    `${OURS}api_url: "https://a.example/v1"\n`,
  ],
  'addresses are called by their hosts, files and arguments': [
    'hard-coded-url',
    'import requests\n\nrequests.get("https://api.acme.example/v1")\nrequests.get("http://10.0.0.9/profile")\nrequests.get("http://10.0.0.8")\nrequests.get("https://x.example/data/penguins.csv")\nurl = "https://www.acme.example/"\nrequests.get(url)\n',
    `${HEAD}requests.get(config["acme_api_url"])\nrequests.get(config["profile_url"])\nrequests.get(config["service_url"])\nrequests.get(config["penguins_url"])\nurl = config["acme_url"]\nrequests.get(url)\n`,
  ],
  'the beginning of an f-string up to its last whole part': [
    'hard-coded-url',
    'import requests\n\nrequests.get(f"https://users.example/v1/{n}?a={a}")\nrequests.get(f\'https://items.example?id={n}\')\nrequests.get(f"https://port.example:{n}/x")\n',
    `${HEAD}requests.get(f"{config['users_url']}/{n}?a={a}")\nrequests.get(f'{config["items_url"]}?id={n}')\nrequests.get(f"{config['port_url']}:{n}/x")\n`,
    `${OURS}users_url: "https://users.example/v1"\nitems_url: "https://items.example"\nport_url: "https://port.example"\n`,
  ],
  'one key for one address, another for another': [
    'hard-coded-url',
    'import requests\n\nrequests.get("https://a.example/x")\nrequests.get("https://a.example/x")\nrequests.get("https://a.example/y")\n',
    `${HEAD}requests.get(config["a_url"])\nrequests.get(config["a_url"])\nrequests.get(config["a_url_2"])\n`,
  ],
  'a bucket': [
    'hard-coded-url',
    'import pandas as pd\n\npd.read_csv("s3://b/raw/train.csv.gz")\n',
    `from pathlib import Path\n\nimport pandas as pd\nimport yaml\n\n${LOAD}\npd.read_csv(config["train_uri"])\n`,
    `${OURS}train_uri: "s3://b/raw/train.csv.gz"\n`,
  ],
  'a device, at all its places': [
    'hard-coded-device',
    'import torch\n\ndevice = torch.device("cuda")\nx = x.cuda()\ny = y.cuda(non_blocking=True)\n\n\ndef f(z, device="cuda"):\n    return z.to(device)\n',
    `from pathlib import Path\n\nimport torch\nimport yaml\n\n${LOAD}\ndevice = torch.device(config["device"] if torch.cuda.is_available() else "cpu")\nx = x.to(config["device"] if torch.cuda.is_available() else "cpu")\ny = y.to(config["device"] if torch.cuda.is_available() else "cpu", non_blocking=True)\n\n\ndef f(z, device=config["device"] if torch.cuda.is_available() else "cpu"):\n    return z.to(device)\n`,
    `${OURS}device: "cuda"\n`,
  ],
  'devices of other numbers, and torch by another name': [
    'hard-coded-device',
    'import torch as t\n\nmain_device = "cuda:0"\nx.to(main_device)\ny.cuda(1)\nz = (z or w).to(a if b else "cuda:2")\n',
    `from pathlib import Path\n\nimport torch as t\nimport yaml\n\n${LOAD}\nmain_device = config["main_device"] if t.cuda.is_available() else "cpu"\nx.to(main_device)\ny.to(config["device"] if t.cuda.is_available() else "cpu")\nz = (z or w).to(a if b else (config["device_2"] if t.cuda.is_available() else "cpu"))\n`,
    `${OURS}main_device: "cuda:0"\ndevice: "cuda:1"\ndevice_2: "cuda:2"\n`,
  ],
  'secrets of many kinds': [
    'hard-coded-credential',
    '"""Doc."""\n\nimport psycopg2\nimport wandb\n\nAPI_KEY = "kx9-4fQ7vTz2LmWp8RbYd31HsN"\nwandb.login(key="5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a3")\na = psycopg2.connect(password="Vq7-tundra-81")\nb = psycopg2.connect(password="Vq7-tundra-82")\nc = psycopg2.connect("postgresql://me:m4rsh-Tulip9@db/ml")\nh = {"Authorization": "Bearer q8Wz27LmTp4RbYd31HsNkx94"}\n',
    '"""Doc."""\n\nimport os\n\nimport psycopg2\nimport wandb\n\nAPI_KEY = os.environ["API_KEY"]\nwandb.login(key=os.environ["WANDB_API_KEY"])\na = psycopg2.connect(password=os.environ["DB_PASSWORD"])\nb = psycopg2.connect(password=os.environ["DB_PASSWORD_2"])\nc = psycopg2.connect(os.environ["DATABASE_URL"])\nh = {"Authorization": f"Bearer {os.environ[\'API_TOKEN\']}"}\n',
  ],
  'one variable for one secret, also where the name is taken': [
    'hard-coded-credential',
    'from os import environ\n\nOTHER = environ["TOKEN"]\nTOKEN = "t0k9fQ2vTz7LmWpB4x"\nf(token="t0k9fQ2vTz7LmWpB4x")\n',
    'from os import environ\n\nOTHER = environ["TOKEN"]\nTOKEN = environ["TOKEN_2"]\nf(token=environ["TOKEN_2"])\n',
  ],
  'the default of a variable': [
    'hard-coded-credential',
    'import os\n\nkey = os.getenv("SERVICE_KEY", "kx94fQ7vTz2LmWp8RbYd31HsN")\nkey = os.environ.get("MY_KEY", "ax94fQ7vTz2LmWp8RbYd31HsN")\n',
    'import os\n\nkey = os.environ["SERVICE_KEY"]\nkey = os.environ["MY_KEY"]\n',
  ],
  'settings of a connection as a whole, a query by its key': [
    'hard-coded-credential',
    'import os\n\nc = connect("SERVER=db;UID=sa;PWD=Str0ng!pw")\nd = connect("host=db user=svc password=Vq7-tundra dbname=x")\nu = "https://a.example/x?appid=8f3a9c27d1e04b56a7c9d2e8f1b03a64&n=1"\n',
    'import os\n\nc = connect(os.environ["DB_CONNECTION_STRING"])\nd = connect(os.environ["DB_CONNECTION_STRING_2"])\nu = f"https://a.example/x?appid={os.environ[\'API_KEY\']}&n=1"\n',
  ],
  'no import at all, a shebang, a comment': [
    'hard-coded-credential',
    '#!/usr/bin/env python\n# the service\npassword = "Vq7-tundra-81"  # old\n',
    '#!/usr/bin/env python\nimport os\n\n# the service\npassword = os.environ["PASSWORD"]  # old\n',
  ],
  'CRLF stays': [
    'hard-coded-credential',
    'import json\r\n\r\npassword = "Vq7-tundra-81"\r\n',
    'import json\r\nimport os\r\n\r\npassword = os.environ["PASSWORD"]\r\n',
  ],
};

const REFUSED: Readonly<Record<string, readonly [rule: string, code: string, reason: RegExp]>> = {
  'an address in a program that lists the folder': [
    'hard-coded-url',
    'import os, requests\nrequests.get("https://a.example/x")\nprint(os.listdir("."))\n',
    /may list the folder/,
  ],
  'an address under numba': [
    'hard-coded-url',
    'import requests\nfrom numba import jit\n@jit\ndef f():\n    requests.get("https://a.example/x")\n',
    /compiled by numba/,
  ],
  'a device where torch has no name': [
    'hard-coded-device',
    'from engine import Net\nNet(device="cuda")\n',
    /torch has no name here/,
  ],
  'a device in an f-string': [
    'hard-coded-device',
    'import torch\nprint(f"{x.to(\'cuda\')}")\n',
    /within an f-string/,
  ],
  'a secret that is set': [
    'hard-coded-credential',
    'import os\nos.environ["API_KEY"] = "kx94fQ7vTz2LmWp8RbYd31HsN"\n',
    /remove this line/,
  ],
  'a secret in parts': [
    'hard-coded-credential',
    'import os\nURL = f"postgresql://me:Kx81-zpQ@{host}/x"\n',
    /put together/,
  ],
  'os is something else': [
    'hard-coded-credential',
    'os = "linux"\npassword = "Vq7-tundra-81"\n',
    /os is another name/,
  ],
};

suite('Fixes of the configuration rules', () => {
  for (const [name, [rule, code, after, config]] of Object.entries(DONE)) {
    test(`done: ${name}`, async () => {
      const { texts }: Fixed = await fixAll(code, rule);
      assert.equal(texts['program.py'], after);
      if (config !== undefined) assert.equal(texts['config.yaml'], config);
      assert.deepEqual((await fixAll(after, rule, { ...texts })).titles, [], 'a second run changes nothing');
    });
  }

  for (const [name, [rule, code, reason]] of Object.entries(REFUSED)) {
    test(`refused: ${name}`, async () => {
      const { texts, reasons } = await fixAll(code, rule);
      assert.equal(texts['program.py'], code);
      assert.match(reasons.join('\n'), reason);
    });
  }

  test('a key of the configuration that holds the same text by chance is no device', async () => {
    const files = { 'config.yaml': `${OURS}backend: "cuda"\n` };
    const { texts } = await fixAll('import torch\nx.to("cuda")\n', 'hard-coded-device', files);
    assert.equal(texts['config.yaml'], `${OURS}backend: "cuda"\ndevice: "cuda"\n`);
  });

  test('the title says what has to be done about a secret', async () => {
    const [offer] = offersOf(
      await analyse('API_KEY = "kx94fQ7vTz2LmWp8RbYd31HsN"\n'),
      'hard-coded-credential',
    );
    assert.equal(offer?.title, 'Read from the environment variable API_KEY (set it, and revoke this secret)');
    assert.equal(offer.kind, 'changes');
  });

  test('in a notebook the import goes to the first cell', async () => {
    const source = notebookSource('n.ipynb', [
      '[markdown] Title',
      'import json',
      'password = "Vq7-tundra-81"',
    ]);
    assert.deepEqual(await firstFix(source, 'hard-coded-credential'), {
      'n.ipynb#1': 'import json\nimport os',
      'n.ipynb#2': 'password = os.environ["PASSWORD"]',
    });
  });

  test('the cell of the secret may be the first', async () => {
    const source = notebookSource('n.ipynb', ['password = "Vq7-tundra-81"']);
    assert.deepEqual(await firstFix(source, 'hard-coded-credential'), {
      'n.ipynb#0': 'import os\n\npassword = os.environ["PASSWORD"]',
    });
  });
});
