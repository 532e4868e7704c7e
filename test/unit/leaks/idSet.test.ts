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

  it('finds ids that all want the last slot of a table as full as it gets', () => {
    // Ten ids make a table of 16 slots; the hash's upper four bits choose the slot.
    const wantLastSlot: number[] = [];
    for (let id = 1; wantLastSlot.length < 11; id++) {
      if (Math.imul(id, 0x9e3779b1) >>> 28 === 15) wantLastSlot.push(id);
    }
    const absent = wantLastSlot.pop()!;
    const set = new IdSet(wantLastSlot);
    assert.ok(wantLastSlot.every((id) => set.has(id)));
    assert.ok(!set.has(absent));
  });

  it('holds ids up to the largest of 32 bits', () => {
    const largest = 2 ** 32 - 1;
    const set = new IdSet(Float64Array.of(largest, 2 ** 31));
    assert.ok(set.has(largest));
    assert.ok(set.has(2 ** 31));
    assert.ok(!set.has(largest - 1));
    assert.ok(!set.has(-1));
  });
});
