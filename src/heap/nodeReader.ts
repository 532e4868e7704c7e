import { firstCapacity, grown, nextCapacity } from './column';
import type { NodeColumns } from './heapGraph';
import type { RecordSink } from './numberScanner';
import { notASnapshot } from './snapshotErrors';
import type { SnapshotFormat } from './snapshotFormat';

const UINT32 = 0xffffffff;

/** Sorts the records of the "nodes" section into columns. */
export class NodeReader implements RecordSink {
  readonly fieldCount: number;
  private count = 0;
  private capacity: number;
  private nodeTypeOf: Uint8Array;
  private nodeNameOf: Uint32Array;
  private nodeIdOf: Float64Array;
  private selfSizeOf: Float64Array;
  private edgeCountOf: Uint32Array;
  private detachednessOf: Uint8Array;
  /** Empty if allocations were not recorded. */
  private traceIdOf: Uint32Array;

  constructor(
    private readonly format: SnapshotFormat,
    byteLength: number | undefined,
  ) {
    this.fieldCount = format.node.fieldCount;
    this.capacity = firstCapacity(format.nodeCount, this.fieldCount, byteLength);
    this.nodeTypeOf = new Uint8Array(this.capacity);
    this.nodeNameOf = new Uint32Array(this.capacity);
    this.nodeIdOf = new Float64Array(this.capacity);
    this.selfSizeOf = new Float64Array(this.capacity);
    this.edgeCountOf = new Uint32Array(this.capacity);
    this.detachednessOf = new Uint8Array(this.capacity);
    this.traceIdOf = new Uint32Array(format.traces ? this.capacity : 0);
  }

  append(values: Float64Array, recordCount: number, byteOffset: number): void {
    this.reserve(this.count + recordCount, byteOffset);
    const { nodeTypeOf, nodeNameOf, nodeIdOf, selfSizeOf, edgeCountOf, detachednessOf } = this;
    const { fieldCount, type, name, id, selfSize, edgeCount, detachedness } = this.format.node;
    const typeCount = this.format.nodeTypes.length;
    const mostEdges = this.format.edgeCount;
    let node = this.count;
    const end = recordCount * fieldCount;
    for (let record = 0; record < end; record += fieldCount) {
      const nodeType = values[record + type];
      const nodeName = values[record + name];
      const nodeId = values[record + id];
      const size = values[record + selfSize];
      const edges = values[record + edgeCount];
      const valid =
        nodeType >= 0 &&
        nodeType < typeCount &&
        nodeName >= 0 &&
        nodeName <= UINT32 &&
        nodeId >= 0 &&
        size >= 0 &&
        edges >= 0 &&
        edges <= mostEdges;
      if (!valid) {
        const fields = [nodeType, nodeName, nodeId, size, edges].join(', ');
        throw notASnapshot(`node ${node} (${fields}) is invalid`, byteOffset);
      }
      nodeTypeOf[node] = nodeType;
      nodeNameOf[node] = nodeName;
      nodeIdOf[node] = nodeId;
      selfSizeOf[node] = size;
      edgeCountOf[node] = edges;
      if (detachedness >= 0) detachednessOf[node] = values[record + detachedness];
      node++;
    }
    if (this.format.traces)
      this.appendTraces(values, this.format.traces.nodeField, node, byteOffset);
    this.count = node;
  }

  /** @param end the ordinal behind the last of the records in `values` */
  private appendTraces(values: Float64Array, field: number, end: number, byteOffset: number): void {
    for (let node = this.count, at = field; node < end; node++, at += this.fieldCount) {
      if (!(values[at] >= 0 && values[at] <= UINT32)) {
        throw notASnapshot(`node ${node} has the invalid trace ${values[at]}`, byteOffset);
      }
      this.traceIdOf[node] = values[at];
    }
  }

  /**
   * @returns also V8's number of the trace of each node, empty if allocations were not recorded
   * @throws LeaklineError `notASnapshot` if the nodes are not as many as declared, or their edges.
   */
  finish(byteOffset: number): NodeColumns & { readonly traceIdOf: Uint32Array } {
    const { nodeCount, edgeCount } = this.format;
    if (this.count !== nodeCount) {
      throw notASnapshot(`it declares ${nodeCount} nodes but has ${this.count}`, byteOffset);
    }
    const firstEdgeOf = new Uint32Array(nodeCount + 1);
    let edges = 0;
    for (let node = 0; node < nodeCount; node++) {
      firstEdgeOf[node] = edges;
      edges += this.edgeCountOf[node];
    }
    if (edges !== edgeCount) {
      throw notASnapshot(`its nodes have ${edges} edges, but it declares ${edgeCount}`, byteOffset);
    }
    firstEdgeOf[nodeCount] = edges;
    return {
      nodeTypeOf: this.nodeTypeOf,
      nodeNameOf: this.nodeNameOf,
      nodeIdOf: this.nodeIdOf,
      selfSizeOf: this.selfSizeOf,
      detachednessOf: this.detachednessOf,
      firstEdgeOf,
      traceIdOf: this.traceIdOf,
    };
  }

  private reserve(needed: number, byteOffset: number): void {
    const { nodeCount } = this.format;
    if (needed > nodeCount) {
      throw notASnapshot(`it declares ${nodeCount} nodes but has more`, byteOffset);
    }
    if (needed <= this.capacity) return;
    this.capacity = nextCapacity(this.capacity, needed, nodeCount);
    this.nodeTypeOf = grown(this.nodeTypeOf, this.capacity);
    this.nodeNameOf = grown(this.nodeNameOf, this.capacity);
    this.nodeIdOf = grown(this.nodeIdOf, this.capacity);
    this.selfSizeOf = grown(this.selfSizeOf, this.capacity);
    this.edgeCountOf = grown(this.edgeCountOf, this.capacity);
    this.detachednessOf = grown(this.detachednessOf, this.capacity);
    if (this.format.traces) this.traceIdOf = grown(this.traceIdOf, this.capacity);
  }
}
