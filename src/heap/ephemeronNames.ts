import { DIGIT_0, DIGIT_9 } from './ascii';
import { BitSet } from './bitSet';
import { sharedUint32, type WholeNumbers, sharedNumbers } from './column';
import type { StringTable } from './stringTable';

/**
 * V8 writes a WeakMap entry as two internal edges to the value, one from the key and one from the
 * table, both named `<number> / part of key (<name> @id) -> value (<name> @id) pair in WeakMap
 * (table @id)`.
 */
const EPHEMERON =
  /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\))$/;
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
  const pairs: number[] = [];
  const tableIds: number[] = [];
  const pairOfText = new Map<string, number>();
  for (let index = 0; index < strings.length; index++) {
    const first = strings.firstByte(index);
    if (first < DIGIT_0 || first > DIGIT_9 || !strings.continuesAfterDigits(index, PART_OF_KEY))
      continue;
    const match = EPHEMERON.exec(strings.get(index));
    if (!match) continue;
    const [, pair, tableId] = match;
    let number = pairOfText.get(pair);
    if (number === undefined) pairOfText.set(pair, (number = pairOfText.size));
    names.add(index);
    nameIndexes.push(index);
    pairs.push(number);
    tableIds.push(Number(tableId));
  }
  const count = nameIndexes.length;
  const parts = {
    nameBits: names.words,
    nameIndexOf: sharedUint32(count),
    pairOf: sharedUint32(count),
    tableIdOf: sharedNumbers(
      count,
      tableIds.reduce((most, id) => Math.max(most, id), 0),
    ),
  };
  parts.nameIndexOf.set(nameIndexes);
  parts.pairOf.set(pairs);
  parts.tableIdOf.set(tableIds);
  return new EphemeronNames(parts);
}
