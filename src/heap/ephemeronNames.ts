import { DIGIT_0, DIGIT_9 } from './ascii';
import { BitSet } from './bitSet';
import { sharedUint32, type WholeNumbers, sharedNumbers } from './column';
import type { StringTable } from './stringTable';

/**
 * V8 writes a WeakMap entry as two internal edges to the value, one from the key and one from the
 * table, both named `<number> / part of key (<name> @id) -> value (<name> @id) pair in WeakMap
 * (table @id)`. The numbers may differ, the rest is the same.
 */
const EPHEMERON =
  /^\d+ \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\)$/;
const PART_OF_KEY = ' / part of key (';

/** What EphemeronNames is made of: arrays that threads can share. */
export interface EphemeronParts {
  /** One bit for each string: set if it is such a name. */
  readonly nameBits: Uint32Array;
  /** Indexes of these strings, ascending. */
  readonly nameIndexOf: Uint32Array;
  /** By the same position: a number that the two names of one entry share. */
  readonly pairOf: Uint32Array;
  /** By the same position: V8's id of the WeakMap's table. */
  readonly tableIdOf: WholeNumbers;
}

/** The names of the edges that make up WeakMap entries. */
export class EphemeronNames {
  /** True for such a name, given by its string index. */
  private readonly names: BitSet;

  constructor(readonly parts: EphemeronParts) {
    this.names = new BitSet(0, parts.nameBits);
  }

  /** A number that the two edges of one WeakMap entry share; -1 if this is no such name. */
  pair(nameIndex: number): number {
    return this.names.has(nameIndex) ? this.parts.pairOf[this.rowOf(nameIndex)] : -1;
  }

  /** V8's id of the WeakMap's table; -1 if this is no such name. */
  tableId(nameIndex: number): number {
    return this.names.has(nameIndex) ? this.parts.tableIdOf[this.rowOf(nameIndex)] : -1;
  }

  private rowOf(nameIndex: number): number {
    const { nameIndexOf } = this.parts;
    let low = 0;
    let high = nameIndexOf.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (nameIndexOf[middle] < nameIndex) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Looks through all strings, most of which are told apart by their first byte. */
export function findEphemeronNames(strings: StringTable): EphemeronNames {
  const names = new BitSet(strings.length);
  const nameIndexes: number[] = [];
  const tableIds: number[] = [];
  let greatestId = 0;
  for (let index = 0; index < strings.length; index++) {
    const first = strings.firstByte(index);
    if (first < DIGIT_0 || first > DIGIT_9) continue;
    if (!strings.continuesAfterDigits(index, PART_OF_KEY)) continue;
    const match = EPHEMERON.exec(strings.get(index));
    if (!match) continue;
    const tableId = Number(match[1]);
    names.add(index);
    nameIndexes.push(index);
    tableIds.push(tableId);
    greatestId = Math.max(greatestId, tableId);
  }
  const nameIndexOf = sharedUint32(nameIndexes.length);
  const tableIdOf = sharedNumbers(tableIds.length, greatestId);
  nameIndexOf.set(nameIndexes);
  tableIdOf.set(tableIds);
  const pairOf = findPairs(strings, nameIndexOf);
  return new EphemeronNames({ nameBits: names.words, nameIndexOf, pairOf, tableIdOf });
}

/**
 * By name: the position of the first name that reads the same behind the number. An open-addressing
 * table over the bytes: there may be hundreds of thousands of names.
 */
function findPairs(strings: StringTable, nameIndexOf: Uint32Array): Uint32Array {
  const pairOf = sharedUint32(nameIndexOf.length);
  let capacity = 16;
  while (capacity < nameIndexOf.length * 2) capacity *= 2;
  const slots = new Uint32Array(capacity);
  for (let at = 0; at < nameIndexOf.length; at++) {
    let slot = strings.hashAfterDigits(nameIndexOf[at]) & (capacity - 1);
    while (
      slots[slot] !== 0 &&
      !strings.equalAfterDigits(nameIndexOf[slots[slot] - 1], nameIndexOf[at])
    ) {
      slot = (slot + 1) & (capacity - 1);
    }
    if (slots[slot] === 0) slots[slot] = at + 1;
    pairOf[at] = slots[slot] - 1;
  }
  return pairOf;
}
