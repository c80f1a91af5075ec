import assert from 'node:assert/strict';
import { LineMasks } from '../../../src/verify/lines';

function masksOf(first: readonly string[], ...others: (readonly string[])[]): LineMasks {
  const masks = new LineMasks(first);
  for (const other of others) masks.learn(other);
  return masks;
}

suite('lines of two runs', () => {
  test('without a mask every line counts, and their order', () => {
    const masks = masksOf(['a', 'b', ''], ['a', 'b', '']);
    assert.deepEqual([masks.masked, masks.comparable], [[], 3]);
    assert.equal(masks.mismatch(['a', 'b', '']), undefined);
    for (const [lines, position] of [
      [['a', 'c', ''], 1],
      [['b', 'a', ''], 0],
      [['a', 'b'], 2],
      [['a', 'b', '', ''], 3],
      [['a', ''], 1],
      [[], 0],
    ] as const) {
      assert.equal(masks.mismatch(lines)?.position, position, JSON.stringify(lines));
    }
  });

  test('only the tokens that vary are masked', () => {
    const masks = masksOf(['loss 0.25 in 1.5 s'], ['loss 0.25 in 1.7 s']);
    assert.equal(masks.mismatch(['loss 0.25 in 9 s']), undefined);
    assert.deepEqual(masks.mismatch(['loss 0.26 in 1.5 s'])?.expected, 'loss 0.25 in 1.5 s');
    assert.equal(masks.mismatch(['loss 0.25 in 1.5'])?.position, 0);
    masks.learn(['loss 0.20 in 1.5 s']);
    assert.equal(masks.mismatch(['loss 0.26 in 1.5 s']), undefined);
  });

  test('what varies may look quite different', () => {
    const masks = masksOf(['id 39681435-d166-4aee, ok'], ['id 71f5af00-8c79-4dd3, ok']);
    assert.equal(masks.mismatch(['id 472e-9138-1, ok']), undefined);
    assert.notEqual(masks.mismatch(['id 39681435-d166-4aee, no']), undefined);
    assert.notEqual(masks.mismatch(['di 39681435-d166-4aee, ok']), undefined);
  });

  test('lines that another run has more or less of are a gap, those around it count', () => {
    const masks = masksOf(['start', 'retry', 'end'], ['start', 'retry', 'retry again', 'once more', 'end']);
    assert.equal(masks.mismatch(['start', 'retry', 'end']), undefined);
    assert.equal(masks.mismatch(['start', 'retry', 'x', 'y', 'z', 'end']), undefined);
    assert.notEqual(masks.mismatch(['start', 'end']), undefined);
    assert.notEqual(masks.mismatch(['start', 'retry', 'retry again']), undefined);
    assert.notEqual(masks.mismatch(['retry', 'end']), undefined);
  });

  test('a line of another shape is masked as a whole', () => {
    const masks = masksOf(['<a 12>', 'b'], ['none at all', 'b']);
    assert.equal(masks.comparable, 1);
    assert.equal(masks.mismatch(['anything', 'b']), undefined);
    assert.equal(masks.mismatch(['anything', 'c'])?.expected, 'b');
  });

  test('everything varies', () => {
    const masks = masksOf(['x y'], ['completely - other', 'and more']);
    assert.equal(masks.comparable, 0);
    assert.equal(masks.mismatch([]), undefined);
    assert.equal(masks.mismatch(['what', 'ever']), undefined);
  });
});
