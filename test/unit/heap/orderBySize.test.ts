import assert from 'node:assert/strict';
import { orderBySize } from '../../../src/heap/orderBySize';

describe('orderBySize', () => {
  it('has the greatest first, and leaves nodes of one size in order', () => {
    const sizes = Float64Array.of(
      5,
      65536,
      5,
      2 ** 32,
      0,
      2 ** 52 + 1,
      2 ** 48,
      2 ** 32 + 5,
      65541,
    );
    const nodes = Uint32Array.from(sizes, (_, node) => node);
    assert.deepEqual([...orderBySize(nodes, sizes)], [5, 6, 7, 3, 8, 1, 0, 2, 4]);
  });

  it('orders no more nodes than it is given', () => {
    const sizes = Float64Array.of(1, 300, 2, 70_000);
    assert.deepEqual([...orderBySize(Uint32Array.of(0, 2, 3), sizes)], [3, 2, 0]);
    assert.deepEqual([...orderBySize(Uint32Array.of(), sizes)], []);
    assert.deepEqual([...orderBySize(Uint32Array.of(1, 0), new Float64Array(2))], [1, 0]);
  });
});
