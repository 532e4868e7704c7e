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
