/**
 * A fixed set of small integers: one bit each, so that a set of all edges stays in the CPU's cache.
 */
export class BitSet {
  private readonly words: Uint32Array;

  constructor(length: number) {
    this.words = new Uint32Array((length + 31) >>> 5);
  }

  has(index: number): boolean {
    return (this.words[index >>> 5] & (1 << (index & 31))) !== 0;
  }

  add(index: number): void {
    this.words[index >>> 5] |= 1 << (index & 31);
  }
}
