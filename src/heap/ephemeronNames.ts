import { DIGIT_0, DIGIT_9 } from './ascii';
import type { StringTable } from './stringTable';

/**
 * V8 writes a WeakMap entry as two internal edges to the value, one from the key and one from the
 * table, both named `<number> / part of key (<name> @id) -> value (<name> @id) pair in WeakMap
 * (table @id)`.
 */
const EPHEMERON =
  /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\))$/;

const UNKNOWN = 0;
const OTHER = 1;
const FIRST_ROW = 2;

/** Reads the names of the edges that make up WeakMap entries; each name is looked at once. */
export class EphemeronNames {
  /** By string index: UNKNOWN, OTHER or FIRST_ROW + row. */
  private readonly rowOf: Uint32Array;
  private readonly tableIds: number[] = [];
  private readonly pairs: number[] = [];
  private readonly pairOfText = new Map<string, number>();

  constructor(private readonly strings: StringTable) {
    this.rowOf = new Uint32Array(strings.length);
  }

  /** A number that the two edges of one WeakMap entry share; -1 if this is no such name. */
  pair(nameIndex: number): number {
    const row = this.row(nameIndex);
    return row < 0 ? -1 : this.pairs[row];
  }

  /** V8's id of the WeakMap's table; -1 if this is no such name. */
  tableId(nameIndex: number): number {
    const row = this.row(nameIndex);
    return row < 0 ? -1 : this.tableIds[row];
  }

  private row(nameIndex: number): number {
    if (this.rowOf[nameIndex] === UNKNOWN) this.rowOf[nameIndex] = this.classify(nameIndex);
    return this.rowOf[nameIndex] - FIRST_ROW;
  }

  private classify(nameIndex: number): number {
    const first = this.strings.firstByte(nameIndex);
    if (first < DIGIT_0 || first > DIGIT_9) return OTHER;
    const match = EPHEMERON.exec(this.strings.get(nameIndex));
    if (!match) return OTHER;
    const [, pair, tableId] = match;
    let number = this.pairOfText.get(pair);
    if (number === undefined) {
      number = this.pairOfText.size;
      this.pairOfText.set(pair, number);
    }
    this.pairs.push(number);
    this.tableIds.push(Number(tableId));
    return FIRST_ROW + this.pairs.length - 1;
  }
}
