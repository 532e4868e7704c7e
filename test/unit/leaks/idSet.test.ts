import assert from 'node:assert/strict';
import { IdSet } from '../../../src/leaks/idSet';

describe('IdSet', () => {
  it('has what was put in and nothing else', () => {
    const odd = Array.from({ length: 50_000 }, (_, i) => 2 * i + 1);
    const set = new IdSet(odd);
    assert.ok(odd.every((id) => set.has(id)));
    assert.ok(!odd.some((id) => set.has(id + 1)));
  });

  it('is empty without ids', () => {
    assert.ok(!new IdSet([]).has(1));
  });

  it('never has 0, which is no id', () => {
    const set = new IdSet([0, 3]);
    assert.ok(!set.has(0));
    assert.ok(set.has(3));
  });

  it('takes an id twice', () => {
    const set = new IdSet([7, 7, 9, 7]);
    assert.deepEqual(
      [7, 8, 9].map((id) => set.has(id)),
      [true, false, true],
    );
  });

  it('tells ids of different pages apart', () => {
    const set = new IdSet([5, 5 + 2 ** 18, 3 * 2 ** 18 - 1]);
    const near = [2, 1, 0].map((page) => page * 2 ** 18 + 5);
    assert.deepEqual(
      [...near, 3 * 2 ** 18 - 1, 3 * 2 ** 18].map((id) => set.has(id)),
      [false, true, true, true, false],
    );
  });

  it('holds ids up to the largest of 32 bits', () => {
    const largest = 2 ** 32 - 1;
    const set = new IdSet(Float64Array.of(largest, 2 ** 31));
    assert.ok(set.has(largest));
    assert.ok(set.has(2 ** 31));
    assert.ok(!set.has(largest - 1));
    assert.ok(!set.has(0x7fffffff));
    assert.ok(!set.has(-1));
  });
});
