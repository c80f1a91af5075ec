import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { type PoolWork, runInPool } from '../../../src/cli/checking/pool';

/** A worker that squares; of some numbers it dies. */
const SQUARES = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ index }) => {
  if (index % 7 === 3) throw new Error('cannot square ' + index);
  if (index % 7 === 5) process.exit(4);
  parentPort.postMessage({ kind: 'done', index, result: index * index });
});
parentPort.postMessage({ kind: 'ready' });
`;

interface Run {
  readonly results: (number | string)[];
  readonly started: number;
}

async function squares(count: number, size: number, code = SQUARES): Promise<Run> {
  const results: (number | string)[] = [];
  let started = 0;
  const work: PoolWork<number | string> = {
    size,
    count,
    start: () => {
      started++;
      return new Worker(code, { eval: true });
    },
    died: (_index, error) => (error as Error).message,
    done: (index, result) => {
      assert.equal(results[index], undefined, 'done once');
      results[index] = result;
    },
  };
  await runInPool(work);
  return { results, started };
}

suite('cli: workers', () => {
  for (const size of [1, 3]) {
    test(`a worker that dies costs the task that it was at, with ${size}`, async () => {
      const { results } = await squares(30, size);
      assert.deepEqual(
        results,
        Array.from({ length: 30 }, (_, i) =>
          i % 7 === 3 ? `cannot square ${i}` : i % 7 === 5 ? 'a worker ended with exit code 4' : i * i,
        ),
      );
    });
  }

  test('no more workers than tasks, none for nothing', async () => {
    assert.equal((await squares(2, 8)).started, 2);
    assert.deepEqual(await squares(0, 8), { results: [], started: 0 });
  });

  test('if none can start, the run fails', async () => {
    await assert.rejects(squares(4, 2, 'throw new Error("no parser");'), /no parser/);
  });

  test('if one cannot start, the others do its share', async () => {
    let started = 0;
    const results: number[] = [];
    await runInPool<number>({
      size: 2,
      count: 4,
      start: () => new Worker(started++ === 0 ? 'throw new Error("no parser");' : SQUARES, { eval: true }),
      died: () => -1,
      done: (index, result) => (results[index] = result),
    });
    assert.deepEqual(results, [0, 1, 4, -1]);
  });
});
