import assert from 'node:assert/strict';
import { exceptionName, isException, listedExceptions } from '../../../src/knowledge/exceptionClasses';
import { RAISED_BY } from '../../../src/knowledge/exceptions';
import { withFolder } from '../../support/folders';
import { run } from '../../support/run';

const PYTHON = process.env.GRADUATE_PYTHON ?? 'python3';

/** Calls that fail, by the function that fails. */
const FAILING: readonly (readonly [callee: string, code: string])[] = [
  ['builtins.open', 'open("no/such")'],
  ['builtins.int', 'int("x")'],
  ['builtins.int', 'int(None)'],
  ['builtins.float', 'float("x")'],
  ['os.listdir', 'import os; os.listdir("no")'],
  ['os.makedirs', 'import os; os.makedirs("/dev/null/a")'],
  ['shutil.copy', 'import shutil; shutil.copy("no", "b")'],
  ['json.loads', 'import json; json.loads("{")'],
  ['json.load', 'import io, json; json.load(io.StringIO("x"))'],
  ['json.dumps', 'import json; json.dumps(object())'],
  ['pickle.load', 'import io, pickle; pickle.load(io.BytesIO(b""))'],
  ['pickle.loads', 'import pickle; pickle.loads(b"\\x80\\x04x")'],
  ['pickle.loads', 'import pickle; pickle.loads(b"cno_such_module\\nx\\n.")'],
  ['ast.literal_eval', 'import ast; ast.literal_eval("f()")'],
  ['ast.literal_eval', 'import ast; ast.literal_eval("(")'],
  ['datetime.datetime.strptime', 'import datetime; datetime.datetime.strptime("x", "%Y")'],
  ['struct.unpack', 'import struct; struct.unpack("<I", b"1")'],
  ['zlib.decompress', 'import zlib; zlib.decompress(b"x")'],
  ['gzip.decompress', 'import gzip; gzip.decompress(b"xx")'],
  ['base64.b64decode', 'import base64; base64.b64decode("a")'],
  ['decimal.Decimal', 'import decimal; decimal.Decimal("x")'],
  ['uuid.UUID', 'import uuid; uuid.UUID("x")'],
  ['zipfile.ZipFile', 'import io, zipfile; zipfile.ZipFile(io.BytesIO(b"x"))'],
  ['tarfile.open', 'import io, tarfile; tarfile.open(fileobj=io.BytesIO(b"x"))'],
  ['xml.etree.ElementTree.fromstring', 'import xml.etree.ElementTree as E; E.fromstring("<")'],
  ['subprocess.run', 'import subprocess; subprocess.run(["false"], check=True)'],
  ['subprocess.run', 'import subprocess; subprocess.run(["sleep", "9"], timeout=0.01)'],
  ['subprocess.run', 'import subprocess; subprocess.run(["no-such-program"])'],
  ['subprocess.check_output', 'import subprocess; subprocess.check_output(["false"])'],
  ['urllib.request.urlopen', 'import urllib.request as u; u.urlopen("http://127.0.0.1:9/", timeout=1)'],
  ['urllib.request.urlopen', 'import urllib.request as u; u.urlopen("nonsense")'],
  ['sqlite3.connect', 'import sqlite3; sqlite3.connect("/no/such/x.db")'],
  ['importlib.import_module', 'import importlib; importlib.import_module("no_such")'],
  ['re.compile', 'import re; re.compile("(")'],
  ['builtins.max', 'max([])'],
  ['builtins.next', 'next(iter([]))'],
  ['numpy.load', 'import numpy as np; np.load("no.npy")'],
  ['numpy.load', 'import io, numpy as np; np.load(io.BytesIO(b"x" * 9))'],
  ['numpy.loadtxt', 'import io, numpy as np; np.loadtxt(io.StringIO("a b"))'],
  ['numpy.linalg.inv', 'import numpy as np; np.linalg.inv(np.zeros((2, 2)))'],
  ['pandas.read_csv', 'import pandas as pd; pd.read_csv("no.csv")'],
  ['pandas.read_csv', 'import io, pandas as pd; pd.read_csv(io.StringIO(""))'],
  ['pandas.read_csv', 'import io, pandas as pd; pd.read_csv(io.StringIO("a\\n1,2\\n1,2,3,4"))'],
  ['pandas.read_json', 'import io, pandas as pd; pd.read_json(io.StringIO("{"))'],
  ['pandas.to_datetime', 'import pandas as pd; pd.to_datetime("x")'],
  ['torch.load', 'import torch; torch.load("no.pt")'],
  ['torch.load', 'import io, torch; torch.load(io.BytesIO(b"x" * 40))'],
  ['torch.load', 'import io, torch; torch.load(io.BytesIO(b""))'],
  ['joblib.load', 'import joblib; joblib.load("no")'],
];

/** Prints the classes of what each line raises, as dotted names. */
const ASK = `
import builtins, json, sys
def name(c):
    return c.__name__ if c.__module__ == "builtins" else c.__module__ + "." + c.__name__
found = []
for code in json.load(sys.stdin):
    try:
        exec(code, {})
        found.append(None)
    except BaseException as error:
        found.append([name(c) for c in type(error).__mro__])
print(json.dumps(found))
`;

/** Prints for each pair of names whether the first derives from the second; null where it cannot be imported. */
const COMPARE = `
import builtins, importlib, json, sys
def find(name):
    module, _, last = name.rpartition(".")
    return getattr(importlib.import_module(module or "builtins"), last)
found = []
for name, base in json.load(sys.stdin):
    try:
        one, other = find(name), find(base)
    except (ImportError, AttributeError):
        found.append(None)
        continue
    found.append(issubclass(one, other))
print(json.dumps(found))
`;

suite('Knowledge of exceptions, asked of Python', function () {
  this.timeout(120_000);

  test('classes derive from what is listed', async () => {
    const pairs = listedExceptions();
    const answers = await ask<boolean | null>(COMPARE, pairs);
    pairs.forEach(([name, base], i) => assert.notEqual(answers[i], false, `${name} is no ${base}`));
    assert.ok(answers.filter((answer) => answer === true).length > 90);
  });

  test('calls raise what is listed', async () => {
    const answers = await ask<string[] | null>(
      ASK,
      FAILING.map(([, code]) => code),
    );
    FAILING.forEach(([callee, code], i) => {
      const raised = answers[i]?.map(exceptionName) ?? [];
      const listed = RAISED_BY.get(callee)?.raises ?? [];
      const isListed = raised.some((name) => listed.some((one) => isException(name, one) || name === one));
      assert.ok(isListed, `${code}: ${raised[0] ?? 'nothing'} is not among ${listed.join(', ')}`);
    });
  });
});

async function ask<T>(program: string, input: unknown): Promise<readonly T[]> {
  return withFolder(async (folder) => {
    const feed = `import io, sys\nsys.stdin = io.StringIO(${JSON.stringify(JSON.stringify(input))})\n${program}`;
    const { status, stdout, stderr } = await run(PYTHON, ['-c', feed], { cwd: folder });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout.toString('utf8')) as T[];
  });
}
