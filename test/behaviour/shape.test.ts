import assert from 'node:assert/strict';
import path from 'node:path';
import { withFolder, writeFile } from '../support/folders';
import { type Shape, shapeOf } from '../support/shape/shape';

const ORIGINAL = `import csv
import random

random.seed(1)
rows = [random.random() for _ in range(4)]
model = sorted(rows)
with open("out.csv", "w", newline="") as handle:
    csv.writer(handle).writerow(model)
loaded = next(csv.reader(open("out.csv")))
score = sum(map(float, loaded))
print(score)
`;

const RESULT = `import csv
import random


class Pipeline:
    def make_rows(self) -> None:
        random.seed(1)
        self.rows = [random.random() for _ in range(4)]
        self.model = sorted(self.rows)

    def save(self) -> None:
        with open("out.csv", "w", newline="") as handle:
            csv.writer(handle).writerow(self.model)

    def load(self) -> None:
        self.loaded = next(csv.reader(open("out.csv")))
        self.score = sum(map(float, self.loaded))
        print(self.score)


def main() -> int:
    pipeline = Pipeline()
    pipeline.make_rows()
    pipeline.save()
    pipeline.load()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
`;

/** The checks of `test/support/shape` find what they are for, and nothing in a result that is well. */
suite('Shape of results', function () {
  this.timeout(60_000);

  const shape = (result: string, original = ORIGINAL): Promise<Shape> =>
    withFolder(async (folder) => {
      const [before, after] = [path.join(folder, 'before'), path.join(folder, 'after')];
      writeFile(path.join(before, 'input.py'), original);
      writeFile(path.join(after, 'input.py'), result);
      return shapeOf({ before, after, input: 'input.py', written: ['input.py'] });
    });
  const problemsOf = async (result: string, original = ORIGINAL): Promise<string> =>
    (await shape(result, original)).problems.join('\n');

  test('a result that is well', async () => {
    const { problems, running, staged, largest, statements, left } = await shape(RESULT);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      { running, staged, largest, statements, left },
      { running: 7, staged: 7, largest: 3, statements: 9, left: [] },
    );
  });

  test('the same text, laid out otherwise', async () => {
    const found = await problemsOf(ORIGINAL.replace('import csv\n', 'import csv  # rows\n\n'));
    assert.match(found, /text is what it was/);
  });

  test('statements at module level, and what an import does because of them', async () => {
    const moved = RESULT.replace(
      'class Pipeline',
      'open("out.csv", "w").close()\nprint("hello")\n\n\nclass Pipeline',
    );
    const found = await problemsOf(moved);
    assert.match(found, /input.py:5 stands at module level: open/);
    assert.match(found, /importing input prints 'hello\\n'/);
    assert.match(found, /opens for writing out.csv/);
  });

  test('a process that an import starts', async () => {
    const moved = RESULT.replace(
      'class Pipeline',
      'import subprocess\n\nX = subprocess.run(["true"])\n\n\nclass Pipeline',
    );
    assert.match(await problemsOf(moved), /subprocess.Popen/);
  });

  test("an effect of the author's that precedes an import may stay, ours may not", async () => {
    const original = ORIGINAL.replace('import random\n', 'import os\nos.mkdir("cache")\nimport random\n');
    const kept = RESULT.replace('import random\n', 'import os\nos.mkdir("cache")\nimport random\n');
    assert.equal(await problemsOf(kept, original), '');
    assert.match(await problemsOf(kept), /stands at module level: os.mkdir/);
  });

  test('code that is run as text', async () => {
    const wrapped = `SOURCE = ${JSON.stringify(ORIGINAL)}\n\n\ndef main():\n    exec(compile(SOURCE, "input.py", "exec"), globals())\n\n\nif __name__ == "__main__":\n    main()\n`;
    const { problems, staged } = await shape(wrapped);
    for (const name of ['exec', 'compile', 'globals']) {
      assert.ok(
        problems.some((problem) => problem.startsWith(`${name} is used`)),
        name,
      );
    }
    assert.equal(staged, 0);
  });

  test('one function that holds nearly everything', async () => {
    const body = ORIGINAL.replace(/^import.*\n/gm, '')
      .trim()
      .replace(/^/gm, '    ');
    const wrapped = `import csv\nimport random\n\n\ndef main():\n${body}\n\n\nif __name__ == "__main__":\n    main()\n`;
    assert.match(await problemsOf(wrapped), /input.py:main holds 7 of 9 statements, of phases load, save/);
  });

  test('a statement that is lost', async () => {
    const { left } = await shape(RESULT.replace('        self.model = sorted(self.rows)\n', ''));
    assert.deepEqual(left, ['not found: model = sorted(rows)']);
  });
});
