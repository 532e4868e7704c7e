import assert from 'node:assert/strict';
import type { Range } from '../../../src/base/range';
import {
  costFromEarlier,
  costFromHeapSize,
  type SnapshotCost,
} from '../../../src/care/snapshotCost';

/** What snapshots of real heaps have cost, Node.js 20 to 26. */
const MEASURED = [
  { what: 'few objects', heapMB: 24, nodes: 0.3e6, seconds: [0.8, 1.3], extraMB: [260, 260] },
  { what: 'small objects', heapMB: 100, nodes: 1.5e6, seconds: [4.2, 6.2], extraMB: [1150, 1220] },
  { what: 'more of them', heapMB: 300, nodes: 4.5e6, seconds: [14.9, 26.6], extraMB: [3500, 3500] },
  { what: 'tiny objects', heapMB: 90, nodes: 2.36e6, seconds: [8, 11.9], extraMB: [1410, 1500] },
  { what: 'big arrays', heapMB: 290, nodes: 40e3, seconds: [0.25, 0.32], extraMB: [20, 35] },
  {
    what: 'arrays of references',
    heapMB: 97,
    nodes: 38e3,
    seconds: [8.7, 8.9],
    extraMB: [778, 804],
  },
  { what: 'strings', heapMB: 41, nodes: 0.94e6, seconds: [7.9, 9.4], extraMB: [1319, 1468] },
];

function assertHolds({ least, most }: Range, values: readonly number[], what: string): void {
  for (const value of values) {
    assert(least <= value && value <= most, `${what}: ${value} is not in ${least} to ${most}`);
  }
}

function assertCost(cost: SnapshotCost, { what, seconds, extraMB }: (typeof MEASURED)[0]): void {
  assertHolds(cost.pauseSeconds, seconds, `${what}: pause`);
  assertHolds(
    cost.extraBytes,
    extraMB.map((megabytes) => megabytes * 1e6),
    `${what}: memory`,
  );
}

describe('the estimate of a snapshot', () => {
  for (const heap of MEASURED) {
    it(`holds what was measured: ${heap.what}, ${heap.heapMB} MB`, () => {
      assertCost(costFromHeapSize(heap.heapMB * 1e6), heap);
    });
  }

  describe('from an earlier snapshot', () => {
    const earlier = { pauseSeconds: 2, extraBytes: 500e6, heapUsedBytes: 50e6 };

    it('is about what it was when the heap is as large', () => {
      const { pauseSeconds, extraBytes } = costFromEarlier(earlier, 50e6);
      assertHolds(pauseSeconds, [1.1, 2, 3.5], 'pause');
      assertHolds(extraBytes, [100e6, 500e6, 700e6], 'memory');
      assert(pauseSeconds.most < 5);
    });

    it('allows for any kind of growth', () => {
      const grown = costFromEarlier(earlier, 150e6);
      const worst = costFromHeapSize(100e6);
      assert(grown.pauseSeconds.most >= 2 + worst.pauseSeconds.most);
      assert(grown.extraBytes.most >= 500e6 + worst.extraBytes.most);
    });

    it('allows for a heap that has shrunk', () => {
      assert(costFromEarlier(earlier, 5e6).pauseSeconds.least <= 0.1);
    });

    it('goes by the heap where the memory could not be seen', () => {
      const unseen = costFromEarlier({ ...earlier, extraBytes: undefined }, 50e6);
      assert.deepEqual(unseen.extraBytes, costFromHeapSize(50e6).extraBytes);
    });
  });
});
