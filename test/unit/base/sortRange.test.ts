import assert from 'node:assert/strict';
import { sortRange } from '../../../src/base/sortRange';

/** Park and Miller's generator: the same numbers every time. */
function numbers(count: number, limit: number): Uint32Array {
  let state = 42;
  return Uint32Array.from({ length: count }, () => (state = (state * 48271) % 0x7fffffff) % limit);
}

describe('sortRange', () => {
  const keys = numbers(1000, 50); // many are equal
  const compare = (a: number, b: number) => keys[a] - keys[b] || a - b;
  const ordinals = () => Uint32Array.from(keys, (_, i) => i);
  const sorted = ordinals().sort(compare);

  for (const [from, to] of [
    [0, 1],
    [0, 100],
    [450, 470],
    [990, 1000],
    [999, 2000],
    [0, 1000],
  ]) {
    it(`puts into ${from} to ${to} what sorting all would`, () => {
      const items = ordinals();
      sortRange(items, from, to, compare);
      assert.deepEqual(items.slice(from, to), sorted.slice(from, to));
      assert.deepEqual(items.sort(), ordinals()); // nothing is lost
    });
  }

  it('leaves a list alone of which nothing is asked', () => {
    const items = ordinals();
    sortRange(items, 1000, 1100, compare);
    sortRange(items, 10, 10, compare);
    sortRange(new Uint32Array(0), 0, 10, compare);
    assert.deepEqual(items, ordinals());
  });

  it('looks at each entry of a long list only a few times for a page', () => {
    let comparisons = 0;
    const items = Uint32Array.from({ length: 100_000 }, (_, i) => i);
    sortRange(items, 0, 100, (a, b) => {
      comparisons++;
      return a - b;
    });
    assert.ok(comparisons < 20 * items.length, String(comparisons));
  });
});
