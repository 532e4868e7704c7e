/**
 * A set of V8 object ids (unsigned 32-bit), as an open-addressing table: a JavaScript Set of ten
 * million numbers would take ten times the memory.
 */
export class IdSet {
  private readonly slots: Uint32Array;
  private readonly shift: number;

  /** @param ids Distinct ids; 0 is no id and is left out. */
  constructor(ids: ArrayLike<number>) {
    let bits = 4;
    while (2 ** bits < ids.length * 1.6) bits++;
    this.slots = new Uint32Array(2 ** bits);
    this.shift = 32 - bits;
    for (let i = 0; i < ids.length; i++) this.add(ids[i]);
  }

  has(id: number): boolean {
    const mask = this.slots.length - 1;
    for (let slot = this.slotOf(id); ; slot = (slot + 1) & mask) {
      const found = this.slots[slot];
      if (found === id) return id !== 0;
      if (found === 0) return false;
    }
  }

  private add(id: number): void {
    const mask = this.slots.length - 1;
    let slot = this.slotOf(id);
    while (this.slots[slot] !== 0 && this.slots[slot] !== id) slot = (slot + 1) & mask;
    this.slots[slot] = id;
  }

  /** Fibonacci hashing: ids are mostly consecutive odd numbers. */
  private slotOf(id: number): number {
    return Math.imul(id, 0x9e3779b1) >>> this.shift;
  }
}
