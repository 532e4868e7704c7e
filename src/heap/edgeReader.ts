import { firstCapacity, grown, nextCapacity } from './column';
import type { EdgeColumns } from './heapGraph';
import type { RecordSink } from './numberScanner';
import { notASnapshot } from './snapshotErrors';
import type { SnapshotFormat } from './snapshotFormat';

const UINT32 = 0xffffffff;

/** Sorts the records of the "edges" section into columns, with targets as ordinals. */
export class EdgeReader implements RecordSink {
  readonly fieldCount: number;
  private count = 0;
  private capacity: number;
  private edgeTypeOf: Uint8Array;
  private edgeNameOrIndexOf: Uint32Array;
  private edgeTargetOf: Uint32Array;

  constructor(
    private readonly format: SnapshotFormat,
    byteLength: number | undefined,
  ) {
    this.fieldCount = format.edge.fieldCount;
    this.capacity = firstCapacity(format.edgeCount, this.fieldCount, byteLength);
    this.edgeTypeOf = new Uint8Array(this.capacity);
    this.edgeNameOrIndexOf = new Uint32Array(this.capacity);
    this.edgeTargetOf = new Uint32Array(this.capacity);
  }

  append(values: Float64Array, recordCount: number, byteOffset: number): void {
    this.reserve(this.count + recordCount, byteOffset);
    const { edgeTypeOf, edgeNameOrIndexOf, edgeTargetOf } = this;
    const { fieldCount, type, nameOrIndex, toNode } = this.format.edge;
    const typeCount = this.format.edgeTypes.length;
    const nodeFieldCount = this.format.node.fieldCount;
    const endOfNodes = this.format.nodeCount * nodeFieldCount;
    let edge = this.count;
    const end = recordCount * fieldCount;
    for (let record = 0; record < end; record += fieldCount) {
      const edgeType = values[record + type];
      const name = values[record + nameOrIndex];
      const target = values[record + toNode];
      const ordinal = Math.floor(target / nodeFieldCount);
      const valid =
        edgeType >= 0 &&
        edgeType < typeCount &&
        name >= 0 &&
        name <= UINT32 &&
        target >= 0 &&
        target < endOfNodes &&
        ordinal * nodeFieldCount === target;
      if (!valid) {
        throw notASnapshot(`edge ${edge} (${edgeType}, ${name}, ${target}) is invalid`, byteOffset);
      }
      edgeTypeOf[edge] = edgeType;
      edgeNameOrIndexOf[edge] = name;
      edgeTargetOf[edge] = ordinal;
      edge++;
    }
    this.count = edge;
  }

  /** @throws LeaklineError `notASnapshot` if the edges are not as many as declared. */
  finish(byteOffset: number): EdgeColumns {
    const { edgeCount } = this.format;
    if (this.count !== edgeCount) {
      throw notASnapshot(`it declares ${edgeCount} edges but has ${this.count}`, byteOffset);
    }
    return {
      edgeTypeOf: this.edgeTypeOf,
      edgeNameOrIndexOf: this.edgeNameOrIndexOf,
      edgeTargetOf: this.edgeTargetOf,
    };
  }

  private reserve(needed: number, byteOffset: number): void {
    const { edgeCount } = this.format;
    if (needed > edgeCount) {
      throw notASnapshot(`it declares ${edgeCount} edges but has more`, byteOffset);
    }
    if (needed <= this.capacity) return;
    this.capacity = nextCapacity(this.capacity, needed, edgeCount);
    this.edgeTypeOf = grown(this.edgeTypeOf, this.capacity);
    this.edgeNameOrIndexOf = grown(this.edgeNameOrIndexOf, this.capacity);
    this.edgeTargetOf = grown(this.edgeTargetOf, this.capacity);
  }
}
