/**
 * Whole numbers that may exceed 32 bits but hardly ever do: files without such numbers, which are
 * nearly all, get columns of half the size.
 */
export type WholeNumbers = Uint32Array | Float64Array;

export const UINT32 = 0xffffffff;

/** A column of zeros that several threads can work on; it takes up memory as it is written. */
export function sharedUint32(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
}

/** See `sharedUint32`. */
export function sharedUint8(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/** A shared column wide enough for numbers up to `most`. */
export function sharedNumbers(length: number, most: number): WholeNumbers {
  return most <= UINT32
    ? sharedUint32(length)
    : new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** A longer copy of a column; the new entries are 0. */
export function grown<T extends Uint8Array | Uint32Array | Float64Array>(
  column: T,
  length: number,
): T {
  const longer = new (column.constructor as new (length: number) => T)(length);
  longer.set(column);
  return longer;
}

/**
 * How many records to make room for at first. A header may lie, so its count is believed only as
 * far as the file can hold as many: a record takes at least two bytes a field.
 *
 * @param byteLength of the file, if known
 */
export function firstCapacity(
  declaredCount: number,
  fieldCount: number,
  byteLength: number | undefined,
): number {
  const most = byteLength === undefined ? 1 << 14 : Math.floor(byteLength / (2 * fieldCount));
  return Math.min(declaredCount, Math.max(most, 1));
}

/** The next capacity of columns that have become too short; never more than `declaredCount`. */
export function nextCapacity(capacity: number, needed: number, declaredCount: number): number {
  return Math.min(declaredCount, Math.max(needed, capacity * 2));
}
