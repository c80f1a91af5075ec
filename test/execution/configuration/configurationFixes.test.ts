import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fixAll } from '../../support/fixes';
import { withFolder } from '../../support/folders';
import { type RunResult, run } from '../../support/run';

const PYTHON = process.env['GRADUATE_PYTHON'] ?? 'python3';

/** Programs with addresses; a module beside them stands for the network and prints what it is asked for. */
const REQUESTS = `def get(url, **options):\n    print("GET", url, sorted(options))\n    return url\n\n\nclass Session:\n    def post(self, url, **options):\n        print("POST", url, sorted(options))\n        return url\n`;

const URL_PROGRAMS: Readonly<Record<string, string>> = {
  'names, defaults, attributes and f-strings': `"""Doc."""
import requests

API = "https://api.acme.example/v2"
TABLE = {"users": "https://users.acme.example/list", "n": 3}


class Client:
    base = 'http://10.0.0.9:8080'

    def __init__(self, path="/x"):
        self.session = requests.Session()
        self.path = path

    def push(self, n):
        return self.session.post(f"{self.base}{self.path}/{n}", json=[n])


def fetch(n, url="https://a.example/é?q=ü&r=\\u00e9"):
    return requests.get(url), requests.get(f"https://b.example/{n!r:>5}/{n}")


print(Client().push(2), fetch(3))
print(requests.get(API + "/a"), requests.get("%s/%d" % (API, 7)), requests.get(TABLE["users"]))
print(requests.get(
    "https://long.example/a"  # the first
), requests.get(url='https://quoted.example/"x"'))
print(len(API), API is API, repr(API), Client.base.upper())
`,
  'text with everything that YAML could misread': `import requests

requests.get("https://a.example/?a=1:#x&b=%s" % "yes")
requests.get("https://b.example/{'a':1}")
requests.get('https://c.example/\\x7f\\u200b\\U0001f600')
requests.get("https://d.example/~null")
`,
};

const DEVICE_PROGRAM = `import torch
from torch import nn

device = torch.device("cuda:0")
net = nn.Linear(3, 2).to(device)
other = nn.Linear(2, 1).cuda()


def run(x, where="cuda"):
    return other(net(x.cuda(non_blocking=True)).to(where))


torch.manual_seed(0)
print(run(torch.ones(1, 3)).shape, next(net.parameters()).device.type)
`;

const SECRET_PROGRAM = `"""Doc."""

import json

API_KEY = "kx9-4fQ7vTz2LmWp8RbYd31HsN"
HEADERS = {"Authorization": "Bearer q8Wz27LmTp4RbYd31HsNkx94"}
URL = "postgresql://me:m4rsh-Tulip9@db/ml"


def connect(password='Vq7-tundra-81', token="t0k9fQ2vTz7LmWpB4x"):
    return[password, token, API_KEY]


print(json.dumps([API_KEY, HEADERS, URL, connect()]))
`;
const SECRETS = {
  API_KEY: 'kx9-4fQ7vTz2LmWp8RbYd31HsN',
  API_TOKEN: 'q8Wz27LmTp4RbYd31HsNkx94',
  DATABASE_URL: 'postgresql://me:m4rsh-Tulip9@db/ml',
  PASSWORD: 'Vq7-tundra-81',
  TOKEN: 't0k9fQ2vTz7LmWpB4x',
};

/** Fixes are computed for real programs, which then run before and after. */
suite('Fixes of the configuration rules, run', function () {
  this.timeout(300_000);

  for (const [name, program] of Object.entries(URL_PROGRAMS)) {
    test(`addresses: ${name}`, async () => {
      const { texts, titles, reasons } = await fixAll(program, 'hard-coded-url', { 'requests.py': REQUESTS });
      assert.ok(titles.length > 2, reasons.join('\n'));
      assert.ok(texts['config.yaml']);
      const before = await runIn({ 'program.py': program, 'requests.py': REQUESTS });
      const after = await runIn(texts);
      assert.equal(before.status, 0, before.stderr);
      assert.equal(after.stderr, '');
      assert.equal(after.stdout.toString('utf8'), before.stdout.toString('utf8'));
    });
  }

  test('a device: what fails without a GPU runs on the CPU', async function () {
    const probe = 'import torch; print("gpu" if torch.cuda.is_available() else "", end="")';
    const { status, stdout, stderr } = await run(PYTHON, ['-c', probe], { cwd: '.' });
    // With a GPU the program runs before as well; torch is missing only where that is meant.
    if (stdout.toString() === 'gpu' || (status !== 0 && process.env['GRADUATE_TORCH'] === '0')) this.skip();
    assert.equal(status, 0, stderr);
    const { texts, titles } = await fixAll(DEVICE_PROGRAM, 'hard-coded-device');
    assert.ok(titles.length > 1);
    const before = await runIn({ 'program.py': DEVICE_PROGRAM });
    const after = await runIn(texts);
    assert.notEqual(before.status, 0);
    assert.equal(after.status, 0, after.stderr);
    assert.equal(after.stdout.toString('utf8'), 'torch.Size([1, 1]) cpu\n');
  });

  test('secrets: the same with the variables set, a KeyError without', async () => {
    const { texts, titles } = await fixAll(SECRET_PROGRAM, 'hard-coded-credential');
    assert.equal(titles.length, 5);
    for (const secret of Object.values(SECRETS)) assert.ok(!texts['program.py']!.includes(secret));
    const before = await runIn({ 'program.py': SECRET_PROGRAM });
    const after = await runIn(texts, SECRETS);
    assert.equal(after.status, 0, after.stderr);
    assert.equal(after.stdout.toString('utf8'), before.stdout.toString('utf8'));
    const without = await runIn(texts);
    assert.notEqual(without.status, 0);
    assert.match(without.stderr, /KeyError: 'API_KEY'/);
  });
});

async function runIn(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  return withFolder(async (folder) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    return run(PYTHON, ['program.py'], { cwd: folder, env: { PYTHONIOENCODING: 'utf-8', ...env } });
  });
}
