import assert from 'node:assert/strict';
import type { MemoryReading } from '../../../src/leaks/leakReport';
import { memoryHeadline } from '../../../src/investigation/memoryHeadline';

const MB = 1_000_000;

/** One reading a snapshot; numbers are MB. */
function readings(heap: number[], external: number[], resident?: number[]): MemoryReading[] {
  return heap.map((megabytes, index) => ({
    heapBytes: megabytes * MB,
    externalBytes: external[index] * MB,
    ...(resident && { residentBytes: resident[index] * MB }),
  }));
}

describe('memoryHeadline', () => {
  it('says that only external memory grows', () => {
    const headline = memoryHeadline(readings([10, 10.1, 10, 10.2], [1, 13, 25, 37]), true);
    assert.match(headline ?? '', /^The JavaScript heap is flat; 12\.0 MB more of ArrayBuffers/);
  });

  it('says that most of what grows is external', () => {
    const headline = memoryHeadline(readings([10, 12, 14, 16], [1, 5, 9, 13]), true);
    assert.match(headline ?? '', /^Most of what grows lies outside .* 4\.0 MB more/);
  });

  it('has nothing to say where the JavaScript heap grows', () => {
    assert.equal(memoryHeadline(readings([10, 15, 20, 25], [1, 2, 3, 4]), true), undefined);
  });

  it('has nothing to say about external memory that comes and goes, or once', () => {
    assert.equal(memoryHeadline(readings([10, 10, 10, 10], [1, 9, 2, 7]), false), undefined);
    assert.equal(memoryHeadline(readings([10, 10, 10, 10], [1, 9, 9, 9]), false), undefined);
    assert.equal(memoryHeadline(readings([10], [1]), false), undefined);
  });

  describe('where only physical memory grows', () => {
    const flat = [10, 10, 10, 10];

    it('says that it is native memory', () => {
      const headline = memoryHeadline(readings(flat, flat, [60, 110, 150, 190]), false);
      assert.match(headline ?? '', /has 40\.0 MB more physical memory each round: native/);
    });

    it('leaves out the step that the first snapshot makes', () => {
      assert.equal(memoryHeadline(readings(flat, flat, [60, 150, 151, 152]), false), undefined);
    });

    it('takes what snapshots of such a heap cost for no leak', () => {
      const large = [400, 400, 400, 400];
      const resident = [500, 900, 1000, 1100];
      assert.equal(memoryHeadline(readings(large, flat, resident), false), undefined);
    });

    it('is silent if it is not known, or if objects were found', () => {
      assert.equal(memoryHeadline(readings(flat, flat), false), undefined);
      const resident = [60, 110, 150, 190];
      assert.equal(memoryHeadline(readings(flat, flat, resident), true), undefined);
    });
  });
});
