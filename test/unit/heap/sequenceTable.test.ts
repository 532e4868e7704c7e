import assert from 'node:assert/strict';
import { SequenceTable } from '../../../src/heap/sequenceTable';

describe('SequenceTable', () => {
  it('numbers sequences in the order in which they come, however many', () => {
    const table = new SequenceTable();
    const sequence = (i: number) => Uint32Array.of(i, 0xffffffff - i, i % 7, 0).subarray(0, i % 5);
    const seen = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const values = sequence(i % 10_000);
      const key = values.join();
      if (!seen.has(key)) seen.set(key, seen.size);
      assert.equal(table.intern(values, values.length), seen.get(key));
    }
    assert.equal(table.size, seen.size);
    for (const [key, number] of seen) assert.equal(table.get(number).join(), key);
  });

  it('looks at no more values than asked', () => {
    const table = new SequenceTable();
    assert.equal(table.intern(Uint32Array.of(1, 2, 3), 2), 0);
    assert.equal(table.intern(Uint32Array.of(1, 2), 2), 0);
    assert.equal(table.intern(Uint32Array.of(1, 2, 3), 3), 1);
    assert.equal(table.intern(Uint32Array.of(0), 0), 2);
    assert.deepEqual([...table.get(0)], [1, 2]);
  });
});
