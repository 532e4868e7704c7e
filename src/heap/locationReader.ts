import { grown, nextCapacity, sharedUint32, UINT32 } from './column';
import { LocationTable } from './locationTable';
import type { RecordSink } from './numberScanner';
import { notASnapshot } from './snapshotErrors';
import type { LocationRecord, SnapshotFormat } from './snapshotFormat';

const FIRST_ROWS = 1 << 12;

/** Sorts the records of the "locations" section, whose number no header declares, into columns. */
export class LocationReader implements RecordSink {
  readonly fieldCount: number;
  private count = 0;
  private nodeOf: Uint32Array = new Uint32Array(FIRST_ROWS);
  private scriptIdOf: Uint32Array = new Uint32Array(FIRST_ROWS);
  private lineOf: Uint32Array = new Uint32Array(FIRST_ROWS);
  private columnOf: Uint32Array = new Uint32Array(FIRST_ROWS);

  constructor(
    private readonly format: SnapshotFormat,
    private readonly record: LocationRecord,
  ) {
    this.fieldCount = record.fieldCount;
  }

  append(values: Float64Array, recordCount: number, byteOffset: number): void {
    this.reserve(this.count + recordCount);
    const { record } = this;
    for (let at = 0; at < recordCount * this.fieldCount; at += this.fieldCount) {
      const node = values[at + record.objectIndex] / this.format.node.fieldCount;
      if (!(Number.isInteger(node) && node >= 0 && node < this.format.nodeCount)) {
        throw notASnapshot('a location belongs to no node', byteOffset);
      }
      const scriptId = values[at + record.scriptId];
      const line = values[at + record.line];
      const column = values[at + record.column];
      // V8 marks a position that it does not know with a negative number: such a row says nothing.
      if (!(isUint32(scriptId) && isUint32(line) && isUint32(column))) continue;
      this.nodeOf[this.count] = node;
      this.scriptIdOf[this.count] = scriptId;
      this.lineOf[this.count] = line;
      this.columnOf[this.count] = column;
      this.count++;
    }
  }

  /** The rows in the order of their nodes; V8 writes them in the order of its visit. */
  finish(): LocationTable {
    const rowAfter = new Uint32Array(this.format.nodeCount);
    for (let row = 0; row < this.count; row++) rowAfter[this.nodeOf[row]] = row + 1;
    const order = rowAfter.filter((row) => row > 0);
    const ordered = (column: Uint32Array) => {
      const result = sharedUint32(order.length);
      for (let at = 0; at < order.length; at++) result[at] = column[order[at] - 1];
      return result;
    };
    return new LocationTable({
      nodeOf: ordered(this.nodeOf),
      scriptIdOf: ordered(this.scriptIdOf),
      lineOf: ordered(this.lineOf),
      columnOf: ordered(this.columnOf),
    });
  }

  private reserve(needed: number): void {
    if (needed <= this.nodeOf.length) return;
    const capacity = nextCapacity(this.nodeOf.length, needed, UINT32);
    this.nodeOf = grown(this.nodeOf, capacity);
    this.scriptIdOf = grown(this.scriptIdOf, capacity);
    this.lineOf = grown(this.lineOf, capacity);
    this.columnOf = grown(this.columnOf, capacity);
  }
}

function isUint32(value: number): boolean {
  return value >= 0 && value <= UINT32;
}
