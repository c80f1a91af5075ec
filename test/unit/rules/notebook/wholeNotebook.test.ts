import assert from 'node:assert/strict';
import { analyse, notebookSource, places } from '../../../support/analysis';
import { percentSource } from '../../../support/percent';

suite('out-of-order-execution', () => {
  const RULE = 'out-of-order-execution';
  const counts = (...list: (number | '-' | '#')[]): string =>
    list
      .map((count) =>
        count === '#' ? '# %% [markdown]\n# text\n' : `# %%${count === '-' ? '' : ` [count=${count}]`}\nx\n`,
      )
      .join('');
  const check = async (text: string): Promise<string[]> => places(await analyse(percentSource(text)), RULE);

  for (const list of [[1, 2, 3], [14, '-', '#', 15, 31], ['-', '-'], [], [5], [0, 0, 0]] as const) {
    test(`silent: ${list.join(' ')}`, async () => assert.deepEqual(await check(counts(...list)), []));
  }
  for (const [list, cell] of [
    [[1, 2, 9, 4, 3], 3],
    [[21, '#', 2, 3], 2],
    [[1, 1], 1],
    [[3, '-', 3], 2],
    [[2, 5, 3, 6], 2],
  ] as const) {
    test(`fires once: ${list.join(' ')}`, async () =>
      assert.deepEqual(await check(counts(...list)), [`${cell}/1:0 warning`]));
  }
  test('on the first line that is not blank; empty cells do not count', async () => {
    assert.deepEqual(await check('# %% [count=9]\nx\n# %% [count=2]\n\n\n# %% [count=3]\n\n  # why\ny\n'), [
      '2/2:2 warning',
    ]);
  });
});

suite('notebook-only-code', () => {
  const RULE = 'notebook-only-code';
  const lines = (count: number): string => Array.from({ length: count }, (_, i) => `x${i} = ${i}`).join('\n');
  const check = async (...cells: string[]): Promise<string[]> =>
    places(await analyse(notebookSource('n.ipynb', cells)), RULE);

  test('51 lines, over several cells, on the first code cell', async () => {
    assert.deepEqual(await check('[markdown]\n# T', lines(1), lines(50)), ['1/1:0 hint']);
  });
  test('50 lines are a look at something', async () => {
    assert.deepEqual(await check(lines(1), lines(49)), []);
  });
  for (const [what, cell] of [
    ['a function', 'def f(): ...'],
    ['a class', 'class A: ...'],
    ['a function in a branch', 'if x0:\n    async def f(): ...'],
  ] as const) {
    test(`silent with ${what}`, async () => assert.deepEqual(await check(lines(60), cell), []));
  }
  test('a lambda and a foreign function are none', async () => {
    assert.deepEqual(await check(lines(60), 'f = lambda: 1', '%%cython\ndef g(): ...'), ['0/1:0 hint']);
  });
  test('lines are logical: comments, blanks and continued lines', async () => {
    const padded = lines(48).replaceAll('\n', '\n\n# why\n');
    assert.deepEqual(await check(padded, 'f(\n  1,\n  2,\n)', 'y = """\na\nb\n"""'), []);
    assert.deepEqual(await check(padded, 'f(\n  1,\n  2,\n)', 'y = """\na\n"""', 'z = 1'), ['0/1:0 hint']);
  });
  test('two statements on one line are one, a header is one', async () => {
    assert.deepEqual(await check(lines(48), 'a = 1; b = 2', 'if a: b = 3'), []);
    assert.deepEqual(await check(lines(48), 'if a:\n    b = 3\nelse:\n    b = 4'), ['0/1:0 hint']);
  });
  test('magics, shell lines and foreign bodies do not count', async () => {
    assert.deepEqual(
      await check(lines(49), '%matplotlib inline\n!ls\n!pwd', `%%bash\n${lines(30)}`, '%%time\nx = 1'),
      [],
    );
    assert.deepEqual(await check(lines(49), '%%time\nx = 1', 'y = !ls'), ['0/1:0 hint']);
  });
  test('silent while a cell is not valid, and in scripts', async () => {
    assert.deepEqual(await check(lines(60), 'x = = 1'), []);
    assert.deepEqual(places(await analyse(lines(60)), RULE), []);
  });
});

suite('credential-in-output', () => {
  const RULE = 'credential-in-output';
  const KEY = '5d0c9e71ab34f8826e1d7730b94ca62f18e5d9a3';
  const check = async (heading: string): Promise<string[]> =>
    places(await analyse(percentSource(`# %%\nimport os\n# %% ${heading}\n\nprint(1)`)), RULE);

  for (const [what, heading] of [
    ['printed', `[output=environ({'API_KEY': '${KEY}'})]`],
    ['a value', `[result={'client_secret': '${KEY}'}]`],
    ['HTML', `[html=<pre>{&quot;api_key&quot;: &#x27;${KEY}&#39;}</pre>]`],
    ['a traceback', `[error=HTTPError: 401 for https://api.example.net/v1?api_key=${KEY}]`],
    ['colours of a terminal', `[output=\u001b[0;32mapi_key\u001b[0m=\u001b[1m'${KEY}'\u001b[0m]`],
    ['the second output', `[output=fine] [result=postgresql://reader:m4rsh-Tulip9@warehouse/ml]`],
  ] as const) {
    test(`fires on line 0: ${what}`, async () => assert.deepEqual(await check(heading), ['1/1:0 error']));
  }
  for (const [what, heading] of [
    ['no output', ''],
    ['a commit', `[output=commit ${KEY}]`],
    ['masked', '[output=API key: ****]'],
    ['settings', '[output=max_tokens 2048\\npad_token [PAD]]'],
    ['in a script of the HTML', `[html=<script>api_key = "${KEY}"</script><b>chart</b>]`],
    ['an embedded picture', `[html=<img src="data:image/png;base64,${'iVBORw0KGgo'.repeat(3000)}">]`],
  ] as const) {
    test(`silent: ${what}`, async () => assert.deepEqual(await check(heading), []));
  }
  test('not among tests', async () => {
    const source = percentSource(`# %% [output=API_KEY=${KEY}]\nx`, 'tests/n.ipynb');
    assert.deepEqual(places(await analyse(source), RULE), []);
  });
  test('the message names what it is, not the secret', async () => {
    const { findings } = await analyse(percentSource(`# %% [output=API_KEY=${KEY}]\nx`));
    assert.deepEqual(
      findings.filter(({ rule }) => rule === RULE).map(({ message }) => message),
      ['the saved output holds a key'],
    );
  });
});
