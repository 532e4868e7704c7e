import { sharedUint32 } from './column';

/**
 * A fixed set of small integers: one bit each, so that a set of all nodes stays in the CPU's cache.
 */
export class BitSet {
  /** @param words the bits, 32 a word; shared, so that another thread can have the same set */
  constructor(
    length: number,
    readonly words: Uint32Array = sharedUint32((length + 31) >>> 5),
  ) {}

  has(index: number): boolean {
    return (this.words[index >>> 5] & (1 << (index & 31))) !== 0;
  }

  add(index: number): void {
    this.words[index >>> 5] |= 1 << (index & 31);
  }
}
