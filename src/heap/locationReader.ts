import { grown, nextCapacity, sharedUint32, UINT32 } from './column';
import { LocationTable } from './locationTable';
import type { RecordSink } from './numberScanner';
import { notASnapshot } from './snapshotErrors';
import type { LocationRecord, SnapshotFormat } from './snapshotFormat';

/** Sorts the records of the "locations" section, whose number no header declares, into columns. */
export class LocationReader implements RecordSink {
  readonly fieldCount: number;
  private count = 0;
  private nodeOf: Uint32Array;
  private scriptIdOf: Uint32Array;
  private lineOf: Uint32Array;
  private columnOf: Uint32Array;

  /** @param expectedRows how many rows to make room for at first */
  constructor(
    private readonly format: SnapshotFormat,
    private readonly record: LocationRecord,
    expectedRows: number,
  ) {
    this.fieldCount = record.fieldCount;
    this.nodeOf = sharedUint32(expectedRows);
    this.scriptIdOf = sharedUint32(expectedRows);
    this.lineOf = sharedUint32(expectedRows);
    this.columnOf = sharedUint32(expectedRows);
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

  finish(): LocationTable {
    return new LocationTable({
      nodeOf: this.nodeOf.subarray(0, this.count),
      scriptIdOf: this.scriptIdOf.subarray(0, this.count),
      lineOf: this.lineOf.subarray(0, this.count),
      columnOf: this.columnOf.subarray(0, this.count),
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
