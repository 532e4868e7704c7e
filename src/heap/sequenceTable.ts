import { grown } from './column';

const FIRST_BUCKETS = 1 << 10;

/**
 * Numbers for sequences of unsigned 32-bit integers: equal sequences get the same number, counted
 * from 0 in the order in which they are first seen. A hash table with open addressing.
 */
export class SequenceTable {
  private count = 0;
  /** Number + 1 of the sequence in each bucket, 0 for none; a power of two of them. */
  private buckets = new Uint32Array(FIRST_BUCKETS);
  private hashOf = new Uint32Array(FIRST_BUCKETS);
  /** Where each sequence begins in `pool`, and the end of the last one. */
  private firstOf = new Uint32Array(FIRST_BUCKETS + 1);
  private pool = new Uint32Array(8 * FIRST_BUCKETS);

  get size(): number {
    return this.count;
  }

  /** The sequence with this number; a view that is valid until the next `intern`. */
  get(number: number): Uint32Array {
    return this.pool.subarray(this.firstOf[number], this.firstOf[number + 1]);
  }

  /** The number of the first `length` values. */
  intern(values: Uint32Array, length: number): number {
    const hash = hashOf(values, length);
    const mask = this.buckets.length - 1;
    let bucket = hash & mask;
    for (; this.buckets[bucket] !== 0; bucket = (bucket + 1) & mask) {
      const number = this.buckets[bucket] - 1;
      if (this.hashOf[number] === hash && this.equals(number, values, length)) return number;
    }
    this.buckets[bucket] = this.count + 1;
    return this.append(values, length, hash);
  }

  private equals(number: number, values: Uint32Array, length: number): boolean {
    const first = this.firstOf[number];
    if (this.firstOf[number + 1] - first !== length) return false;
    for (let i = 0; i < length; i++) if (this.pool[first + i] !== values[i]) return false;
    return true;
  }

  private append(values: Uint32Array, length: number, hash: number): number {
    const first = this.firstOf[this.count];
    if (first + length > this.pool.length) this.pool = grown(this.pool, 2 * (first + length));
    for (let i = 0; i < length; i++) this.pool[first + i] = values[i];
    this.hashOf[this.count] = hash;
    this.firstOf[this.count + 1] = first + length;
    const number = this.count++;
    if (2 * this.count > this.buckets.length) this.grow();
    return number;
  }

  private grow(): void {
    const length = 2 * this.buckets.length;
    this.hashOf = grown(this.hashOf, length);
    this.firstOf = grown(this.firstOf, length + 1);
    this.buckets = new Uint32Array(length);
    for (let number = 0; number < this.count; number++) {
      let bucket = this.hashOf[number] & (length - 1);
      while (this.buckets[bucket] !== 0) bucket = (bucket + 1) & (length - 1);
      this.buckets[bucket] = number + 1;
    }
  }
}

/** Murmur3 (A. Appleby), over 32-bit words. */
function hashOf(values: Uint32Array, length: number): number {
  let hash = length;
  for (let i = 0; i < length; i++) {
    let word = Math.imul(values[i], 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
