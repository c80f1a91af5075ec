import assert from 'node:assert/strict';
import { Engine } from '../../../../src/actions/engine';
import { resolveOffer } from '../../../../src/actions/table';
import { broadExceptAction } from '../../../../src/actions/broadExcept';
import { printAsLogAction } from '../../../../src/actions/printAsLog';
import { applied, memoryWorkspace, notebookSource } from '../../../support/analysis';
import { testParser } from '../../../support/parser';
import { changedText, runFixes } from '../inference/fixes';

type Edit = readonly [name: string, rule: string, before: string, after: string];

const LOGGER = 'import logging\n\nlogger = logging.getLogger(__name__)\n';

const EDITS: readonly Edit[] = [
  [
    'a pass, with its comment',
    'swallowed-exception',
    `${LOGGER}\ndef f(p):\n    try:\n        open(p)\n    except OSError:\n        pass  # never mind\n`,
    `${LOGGER}\ndef f(p):\n    try:\n        open(p)\n    except OSError:\n        logger.exception("f failed")\n        raise  # never mind\n`,
  ],
  [
    'CRLF and tabs',
    'swallowed-exception',
    'import logging\r\nLOG = logging.getLogger()\r\ndef f(p):\r\n\ttry:\r\n\t\topen(p)\r\n\texcept OSError:\r\n\t\treturn 0\r\n',
    'import logging\r\nLOG = logging.getLogger()\r\ndef f(p):\r\n\ttry:\r\n\t\topen(p)\r\n\texcept OSError:\r\n\t\tLOG.exception("f failed")\r\n\t\traise\r\n',
  ],
  [
    'a loguru logger',
    'swallowed-exception',
    'from loguru import logger\ndef f(p):\n    try:\n        open(p)\n    except OSError:\n        ...\n',
    'from loguru import logger\ndef f(p):\n    try:\n        open(p)\n    except OSError:\n        logger.exception("f failed")\n        raise\n',
  ],
  [
    'a semicolon',
    'swallowed-exception',
    `${LOGGER}try:\n    open("p")\nexcept OSError: print("no"); pass\n`,
    `${LOGGER}try:\n    open("p")\nexcept OSError: print("no"); logger.exception("unexpected error"); raise\n`,
  ],
  [
    'a class that is imported already',
    'broad-except',
    'import requests as rq\ndef f(u):\n    try:\n        return rq.get(u, timeout=1).json()\n    except Exception as e:\n        return str(e)\n',
    'import requests as rq\ndef f(u):\n    try:\n        return rq.get(u, timeout=1).json()\n    except (ValueError, rq.RequestException) as e:\n        return str(e)\n',
  ],
  [
    'what an earlier clause catches is left out',
    'broad-except',
    'def f(p):\n    try:\n        return float(open(p).read())\n    except OSError:\n        raise\n    except (Exception):\n        return str(p)\n',
    'def f(p):\n    try:\n        return float(open(p).read())\n    except OSError:\n        raise\n    except ((TypeError, ValueError)):\n        return str(p)\n',
  ],
  [
    'through functions of the program',
    'broad-except',
    'import json\ndef read(p):\n    with open(p) as s:\n        return json.load(s)\ndef f(p):\n    try:\n        return read(p)\n    except:\n        return str(p)\n',
    'import json\ndef read(p):\n    with open(p) as s:\n        return json.load(s)\ndef f(p):\n    try:\n        return read(p)\n    except (OSError, json.JSONDecodeError):\n        return str(p)\n',
  ],
  [
    'loguru keeps its level',
    'lost-traceback',
    'from loguru import logger\ntry:\n    open("p")\nexcept OSError as e:\n    logger.warning("no {}", e)\n',
    'from loguru import logger\ntry:\n    open("p")\nexcept OSError as e:\n    logger.opt(exception=True).warning("no {}", e)\n',
  ],
  [
    'exc_info that is off',
    'lost-traceback',
    'import logging\ntry:\n    open("p")\nexcept OSError as e:\n    logging.error(e, exc_info=False)\n',
    'import logging\ntry:\n    open("p")\nexcept OSError as e:\n    logging.error(e, exc_info=True)\n',
  ],
  [
    'a logger that only the class has',
    'lost-traceback',
    'class A:\n    def f(self):\n        try:\n            open("p")\n        except OSError as e:\n            self.logger.error("no %s", e)\n',
    'class A:\n    def f(self):\n        try:\n            open("p")\n        except OSError as e:\n            self.logger.exception("no %s", e)\n',
  ],
  [
    'standard error is left, too',
    'lost-traceback',
    `import sys\n${LOGGER}try:\n    open("p")\nexcept OSError as e:\n    print("no", e, file=sys.stderr)\n`,
    `import sys\n${LOGGER}try:\n    open("p")\nexcept OSError as e:\n    logger.exception("no %s", e)\n`,
  ],
  [
    'a print in a function',
    'print-as-log',
    '"""Doc."""\nfrom __future__ import annotations\n\nimport sys\n\n\ndef f(n):\n    print("n", n)\n',
    '"""Doc."""\nfrom __future__ import annotations\n\nimport logging\nimport sys\n\nlogger = logging.getLogger(__name__)\n\n\ndef f(n):\n    logger.info("n %s", n)\n',
  ],
  [
    'the name logger is taken',
    'print-as-log',
    'def f(logger):\n    print(logger)\n',
    'import logging\n\nlog = logging.getLogger(__name__)\n\ndef f(logger):\n    log.info("%s", logger)\n',
  ],
];

const REFUSED: readonly (readonly [name: string, rule: string, code: string, reason: RegExp])[] = [
  ['an own line end', 'print-as-log', 'def f(n):\n    print(n, end="")\n', /does not end its line/],
  ['star arguments', 'print-as-log', 'def f(n):\n    print(*n)\n', /number of printed values/],
  ['options', 'print-as-log', 'def f(n, o):\n    print(n, **o)\n', /options that are not known/],
  ['a computed separator', 'print-as-log', 'def f(n, s):\n    print(n, 1, sep=s)\n', /is computed/],
  ['loguru', 'print-as-log', 'from loguru import logger\ndef f(n):\n    print(n)\n', /loguru/],
  [
    'another logging',
    'print-as-log',
    'logging = 1\ndef f(n):\n    print(n)\n',
    /logging stands for something else/,
  ],
  [
    'an unknown call',
    'broad-except',
    'def f(s):\n    try:\n        s.write(1)\n    except Exception:\n        return 1\n',
    /not known what s\.write raises/,
  ],
  [
    'no call at all',
    'broad-except',
    'def f(s):\n    try:\n        return s["a"]\n    except Exception:\n        return 1\n',
    /Nothing in the block is known/,
  ],
  [
    'a group',
    'broad-except',
    'def f(p):\n    try:\n        open(p)\n    except* Exception:\n        x = 1\n',
    /groups/,
  ],
  [
    'a builtin that is hidden',
    'broad-except',
    'OSError = 1\ndef f(p):\n    try:\n        open(p)\n    except Exception:\n        return p\n',
    /stands for something else/,
  ],
  [
    'a comment in what is dropped',
    'swallowed-exception',
    'def f(p):\n    try:\n        return open(p).read()\n    except OSError:\n        return (  # nothing\n            None\n        )\n',
    /A comment stands within/,
  ],
  [
    'an unknown logger at another level',
    'lost-traceback',
    'def f(log):\n    try:\n        open("p")\n    except OSError as e:\n        log.warning("no %s", e)\n',
    /Which library/,
  ],
];

suite('fixes of the error and logging rules', () => {
  for (const [name, rule, before, after] of EDITS) {
    test(`${rule}: ${name}`, async () => {
      const [first, ...others] = await runFixes(rule, before);
      assert.ok(first && others.length === 0);
      assert.equal(changedText(first), after);
    });
  }

  for (const [name, rule, code, reason] of REFUSED) {
    test(`${rule}, refused: ${name}`, async () => {
      const [first] = await runFixes(rule, code);
      assert.match(first?.offer.disabled ?? 'done', reason);
    });
  }

  test('broad-except: the title names the classes', async () => {
    const engine = new Engine(await testParser());
    const analysis = engine.analyze({
      ...notebookSource('n.ipynb', [
        'def f(p):\n    try:\n        return int(open(p).read())\n    except:\n        return "x" + p\n',
      ]),
    });
    const [finding] = analysis.findings.filter(({ rule }) => rule === 'broad-except');
    const [offer] = broadExceptAction.offer(analysis, { cell: 0, ...finding!.span }, []);
    assert.match(offer!.title, /^Catch only OSError, TypeError and ValueError \(/);
  });

  test('print-as-log, refused: a first cell that is indented as a whole', async () => {
    const engine = new Engine(await testParser());
    const analysis = engine.analyze(
      notebookSource('n.ipynb', ['    k = 1', 'def f(n):\n    print("got", n)\nf(1)']),
    );
    const [finding] = analysis.findings.filter(({ rule }) => rule === 'print-as-log');
    const [offer] = printAsLogAction.offer(analysis, { cell: 1, ...finding!.span }, []);
    assert.match(offer?.disabled ?? 'done', /cell 1 is indented as a whole/);
  });

  test('print-as-log: a notebook gets its logger in the first cell', async () => {
    const engine = new Engine(await testParser());
    const analysis = engine.analyze(
      notebookSource('n.ipynb', ['[markdown] # T', 'import os', 'def f(n):\n    print(f"{n!r} rows")']),
    );
    const [finding] = analysis.findings.filter(({ rule }) => rule === 'print-as-log');
    const [offer] = printAsLogAction.offer(analysis, { cell: 2, ...finding!.span }, []);
    const outcome = await resolveOffer(offer!, analysis, {
      engine,
      workspace: memoryWorkspace({}),
      loadProgram: () => Promise.resolve(undefined),
    });
    assert.deepEqual(applied(outcome), {
      'n.ipynb#1': 'import logging\nimport os\n\nlogger = logging.getLogger(__name__)',
      'n.ipynb#2': 'def f(n):\n    logger.info("%r rows", n)',
    });
  });
});
