import assert from 'node:assert/strict';
import fs from 'node:fs';
import { factOf, lines } from './support';

/** The research code of the brief, cell by cell. */
const RESEARCH = [
  'import pandas as pd\nimport torch',
  "data = pd.read_csv('/Users/researcher/data.csv')",
  "model = torch.load('model.pt')\npredictions = model(data)\nprint(predictions)",
];

suite('readiness: the research code of the brief', () => {
  test('no error handling, and the calls that may fail', async () => {
    const fact = await factOf('error-handling', { 'n.ipynb': RESEARCH });
    assert.equal(fact.outcome, 'no');
    assert.deepEqual(lines(fact), [
      'n.ipynb#1:1 pandas.read_csv may fail, and nothing handles that',
      'n.ipynb#2:1 torch.load may fail, and nothing handles that',
    ]);
  });

  test('no logging, and the print instead', async () => {
    const fact = await factOf('logging', { 'n.ipynb': RESEARCH });
    assert.equal(fact.outcome, 'no');
    assert.deepEqual(lines(fact), ['n.ipynb#2:3 prints instead']);
  });

  test('no configuration, and the paths in the code', async () => {
    const fact = await factOf('configuration', { 'n.ipynb': RESEARCH });
    assert.equal(fact.outcome, 'no');
    assert.deepEqual(lines(fact), [
      'n.ipynb#1:1 the path /Users/researcher/data.csv stands in the code',
      'n.ipynb#2:1 the path model.pt stands in the code',
    ]);
  });

  test('the same in a script', async () => {
    const files = { 'n.py': RESEARCH.join('\n') };
    for (const id of ['error-handling', 'logging', 'configuration', 'tests', 'dependencies']) {
      assert.equal((await factOf(id, files)).outcome, 'no', id);
    }
  });
});

suite('readiness: error handling', () => {
  const outcome = async (code: string) => (await factOf('error-handling', { 'a.py': code })).outcome;

  test('a handler that does something', async () => {
    const fact = await factOf('error-handling', {
      'a.py': 'import sys\n\ntry:\n    x = open("a").read()\nexcept OSError as e:\n    sys.exit(str(e))\n',
      'b.py': 'x = 1\n',
    });
    assert.equal(fact.outcome, 'yes');
    assert.equal(fact.summary, '1 place handles exceptions, in 1 of 2 files');
    assert.deepEqual(lines(fact), ['a.py:3 handles OSError']);
  });

  test('within a function of a class', async () => {
    const code =
      'class A:\n    def f(self):\n        try:\n            g()\n        except (ValueError, KeyError):\n            return 1\n';
    const fact = await factOf('error-handling', { 'a.py': code });
    assert.deepEqual(lines(fact), ['a.py:3 handles ValueError, KeyError']);
  });

  test('handlers that drop the exception, optional imports and ways to leave are none', async () => {
    assert.equal(await outcome('try:\n    f()\nexcept Exception:\n    pass\n'), 'no');
    assert.equal(await outcome('for x in y:\n    try:\n        f(x)\n    except:\n        continue\n'), 'no');
    assert.equal(await outcome('try:\n    import torch\nexcept ImportError:\n    torch = None\n'), 'no');
    assert.equal(await outcome('try:\n    loop()\nexcept KeyboardInterrupt:\n    print("bye")\n'), 'no');
    assert.equal(await outcome('try:\n    f()\nfinally:\n    g()\n'), 'no');
    assert.equal(await outcome('# try, except\ns = "except"\n'), 'no');
  });

  test('what was dropped is evidence', async () => {
    const fact = await factOf('error-handling', { 'a.py': 'try:\n    f()\nexcept Exception:\n    pass\n' });
    assert.deepEqual(lines(fact), ['a.py:1 drops Exception']);
  });

  test('tests do not count', async () => {
    const handled = 'def test_a():\n    try:\n        f()\n    except ValueError:\n        assert True\n';
    const fact = await factOf('error-handling', { 'a.py': 'x = 1\n', 'tests/test_a.py': handled });
    assert.equal(fact.outcome, 'no');
  });

  test('unknown where a program that was not analysed has the word, or does not parse', async () => {
    const handling = 'try:\n    f()\nexcept OSError:\n    raise SystemExit(1)\n';
    const files = { 'a.py': 'x = 1\n', 'b.py': handling };
    const unseen = await factOf('error-handling', files, { unseen: ['b.py'] });
    assert.equal(unseen.outcome, 'unknown');
    assert.deepEqual(lines(unseen), ['b.py:3 may handle exceptions; not analysed']);
    const broken = await factOf('error-handling', { 'a.py': `${handling}def (:\n` });
    assert.equal(broken.outcome, 'unknown');
    assert.deepEqual(lines(broken), ['a.py:3 may handle exceptions; the code does not parse']);
  });

  test('no where the programs that were not analysed do not even have the word', async () => {
    const files = { 'a.py': 'x = 1\n', 'b.py': 'y = 2\n', 'n.ipynb': ['#md except', 'z = 3'] };
    const fact = await factOf('error-handling', files, { unseen: ['b.py', 'n.ipynb'] });
    assert.equal(fact.outcome, 'no');
  });

  test('a place-holder proves nothing', async () => {
    const code =
      '# TODO(readiness): name the errors\ntry:\n    f()\nexcept OSError:\n    raise RuntimeError()\n';
    const fact = await factOf('error-handling', { 'a.py': code });
    assert.equal(fact.outcome, 'unknown');
    assert.deepEqual(lines(fact), ['a.py:2 handles OSError, in a place-holder']);
  });

  test('not applicable where there is no program', async () => {
    assert.equal((await factOf('error-handling', { 'README.md': 'x' })).outcome, 'not-applicable');
  });
});

suite('readiness: logging', () => {
  const outcome = async (code: string) => (await factOf('logging', { 'a.py': code })).outcome;

  test('the ways to log', async () => {
    const ways = [
      'import logging\nlogging.info("x")\n',
      'import logging\nlog = logging.getLogger(__name__)\ndef f():\n    log.warning("x")\n',
      'from logging import getLogger as gl\nl = gl("a")\nl.getChild("b").error("x")\n',
      'import logging\nclass A:\n    def __init__(self):\n        self.logger = logging.getLogger("a")\n    def f(self):\n        self.logger.info("x")\n',
      'from loguru import logger\nlogger.success("x")\n',
      'import structlog\nlog = structlog.get_logger()\nlog.info("x")\n',
      'from absl import logging\nlogging.info("x")\n',
      'import logging\ndef f(log: logging.Logger):\n    log.exception("x")\n',
    ];
    for (const way of ways) assert.equal(await outcome(way), 'yes', way);
  });

  test('what only sounds like it', async () => {
    const others = [
      'import numpy as np\nnp.log(1)\n',
      'import math\nx = math.log(2)\n',
      'df.info()\n',
      'import logging\nlogging.basicConfig()\n',
      'import logging\nlog = logging.getLogger("x")\n',
      'print("logging.info")\n',
      'parser.error("x")\n',
    ];
    for (const other of others) assert.equal(await outcome(other), 'no', other);
  });

  test('a logger that nobody can see is unknown', async () => {
    const fact = await factOf('logging', { 'a.py': 'def f(logger):\n    logger.info("x")\n' });
    assert.equal(fact.outcome, 'unknown');
    assert.deepEqual(lines(fact), ['a.py:2 may log; what it is called on is not known']);
  });
});

suite('readiness: configuration', () => {
  const outcome = async (code: string, files = {}) =>
    (await factOf('configuration', { 'a.py': code, ...files })).outcome;

  test('the ways to be configured', async () => {
    const ways = [
      'import yaml\nwith open("c.yaml") as f:\n    c = yaml.safe_load(f)\n',
      'from yaml import safe_load as read\nc = read(open("c.yaml"))\n',
      'import json\nwith open("config.json") as f:\n    c = json.load(f)\n',
      'from pathlib import Path\ntext = (Path("conf") / "params.yaml").read_text()\n',
      'import os\nx = os.environ["DATA"]\n',
      'import os\nx = os.environ.get("DATA", "d")\n',
      'from os import getenv\nx = getenv("DATA")\n',
      'import argparse\np = argparse.ArgumentParser()\n',
      'import hydra\n@hydra.main(config_path="c")\ndef main(cfg):\n    pass\n',
      'import click\n@click.command()\n@click.option("--x")\ndef main(x):\n    pass\n',
      'from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    x: int\n',
      'from omegaconf import OmegaConf\nc = OmegaConf.load("c.yaml")\n',
    ];
    for (const way of ways) assert.equal(await outcome(way), 'yes', way);
  });

  test('what only sounds like it', async () => {
    const others = [
      'import os\nos.environ["CUDA_VISIBLE_DEVICES"] = "0"\n',
      'import json\nd = json.load(open("labels.json"))\n',
      'config = {"a": 1}\nprint(config["a"])\n',
      'import matplotlib.pyplot as plt\nplt.rcParams["figure.dpi"] = 100\n',
      'import pandas as pd\npd.read_csv("data.csv").to_csv("config_out.csv")\n',
    ];
    for (const other of others) assert.equal(await outcome(other), 'no', other);
  });

  test('a module of settings counts where it is the project’s own', async () => {
    const code = 'from config import RATE\nprint(RATE)\n';
    assert.equal(await outcome(code, { 'config.py': 'RATE = 1\n' }), 'yes');
    assert.equal(await outcome(code), 'no');
  });

  test('a configuration file that nobody reads proves nothing', async () => {
    const fact = await factOf('configuration', { 'a.py': 'x = 1\n', 'config.yaml': 'x: 1\n' });
    assert.equal(fact.outcome, 'no');
    assert.deepEqual(lines(fact), ['config.yaml is there, but no program reads it']);
  });

  test('a cell that papermill sets', async () => {
    const text = JSON.stringify({
      cells: [
        ...[{ cell_type: 'code', metadata: { tags: ['parameters'] }, source: 'rate = 1', outputs: [] }],
      ],
      metadata: { language_info: { name: 'python' } },
      ...{ nbformat: 4, nbformat_minor: 5 },
    });
    const fact = await factOf('configuration', { 'n.ipynb': text });
    assert.equal(fact.outcome, 'yes');
    assert.deepEqual(lines(fact), ['n.ipynb#0:1 a cell of parameters, which papermill sets']);
  });
});

suite('readiness: the sample project', () => {
  test('every claim of a line names a line that is there', async () => {
    const folder = 'samples/research-project';
    const files = Object.fromEntries(
      fs
        .readdirSync(folder)
        .filter((name) => /\.(py|ipynb|md)$/.test(name))
        .map((name) => [name, fs.readFileSync(`${folder}/${name}`, 'utf8')]),
    );
    for (const id of ['error-handling', 'logging', 'configuration', 'dependencies']) {
      const { evidence } = await factOf(id, files);
      for (const { path, cell, line } of evidence) {
        const text = files[path];
        assert.ok(text !== undefined, `${id}: ${path}`);
        if (cell === null && line !== null) assert.ok(line < text.split('\n').length, `${path}:${line}`);
      }
    }
  });
});
