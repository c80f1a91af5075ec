import assert from 'node:assert/strict';
import { GRACE_MS, Hold, type HeldDocument } from '../../../src/vscode/diagnostics/hold';

const parsed = (key: string, version = 1): HeldDocument => ({ key, version, isBroken: false });
const broken = (key: string, version = 1): HeldDocument => ({ key, version, isBroken: true });

suite('holding findings back', () => {
  test('the first analysis is shown whole, broken or not', () => {
    const { publish, recheckMs } = new Hold().decide([parsed('a'), broken('b')], 0);
    assert.deepEqual([...publish], ['a', 'b']);
    assert.equal(recheckMs, undefined);
  });

  test('a cell that breaks keeps its findings, and so do the cells that did not change', () => {
    const hold = new Hold();
    hold.decide([parsed('a'), parsed('b'), parsed('c')], 0);
    const { publish, recheckMs } = hold.decide([parsed('a'), broken('b', 2), parsed('c', 2)], 100);
    assert.deepEqual([...publish], ['c']);
    assert.equal(recheckMs, GRACE_MS);
  });

  test('when it parses again, everything is new', () => {
    const hold = new Hold();
    hold.decide([parsed('a'), parsed('b')], 0);
    hold.decide([parsed('a'), broken('b', 2)], 100);
    assert.deepEqual([...hold.decide([parsed('a'), parsed('b', 3)], 200).publish], ['a', 'b']);
  });

  test('after a while everything is new, whether or not it parses', () => {
    const hold = new Hold();
    hold.decide([parsed('a'), parsed('b')], 0);
    hold.decide([parsed('a'), broken('b', 2)], 100);
    const typing = hold.decide([parsed('a'), broken('b', 3)], 1100);
    assert.deepEqual([...typing.publish], []);
    assert.equal(typing.recheckMs, GRACE_MS - 1000);
    const late = hold.decide([parsed('a'), broken('b', 4)], 100 + GRACE_MS);
    assert.deepEqual([...late.publish], ['a', 'b']);
    assert.equal(late.recheckMs, undefined);
  });

  test('the next break has its own time', () => {
    const hold = new Hold();
    hold.decide([parsed('a')], 0);
    hold.decide([broken('a', 2)], 100);
    hold.decide([parsed('a', 3)], 200);
    assert.equal(hold.decide([broken('a', 4)], 9000).recheckMs, GRACE_MS);
  });

  test('a cell that is put back in place is published again', () => {
    const hold = new Hold();
    hold.decide([parsed('a'), parsed('b')], 0);
    hold.decide([parsed('a')], 10);
    const { publish } = hold.decide([broken('a', 2), parsed('b')], 20);
    assert.deepEqual([...publish], ['b']);
  });
});
