import { sharedUint32, sharedUint8 } from '../heap/column';
import type { EdgeColumns, NodeColumns } from '../heap/heapGraph';
import { notASnapshot } from '../heap/snapshotErrors';
import type { SnapshotFormat } from '../heap/snapshotFormat';
import type { RecordWriter } from './recordSection';

/** Columns for all nodes and edges, to be filled by any thread. */
export type GraphColumns = NodeColumns & EdgeColumns;

export function allocateColumns({ nodeCount, edgeCount }: SnapshotFormat): GraphColumns {
  return {
    nodeTypeOf: sharedUint8(nodeCount),
    nodeNameOf: sharedUint32(nodeCount),
    nodeIdOf: sharedUint32(nodeCount),
    selfSizeOf: sharedUint32(nodeCount),
    detachednessOf: sharedUint8(nodeCount),
    firstEdgeOf: sharedUint32(nodeCount + 1),
    edgeTypeOf: sharedUint8(edgeCount),
    edgeNameOrIndexOf: sharedUint32(edgeCount),
    edgeTargetOf: sharedUint32(edgeCount),
  };
}

/** Sorts node records into columns; `firstEdgeOf` gets the number of each node's edges at first. */
export class NodeWriter implements RecordWriter {
  readonly fieldCount: number;
  /** The greatest string index seen. */
  greatestName = 0;

  constructor(
    private readonly format: SnapshotFormat,
    private readonly columns: GraphColumns,
  ) {
    this.fieldCount = format.node.fieldCount;
  }

  write(values: Uint32Array, from: number, recordCount: number, firstRecord: number): void {
    const { nodeTypeOf, nodeNameOf, nodeIdOf, selfSizeOf, firstEdgeOf, detachednessOf } =
      this.columns;
    const { fieldCount, type, name, id, selfSize, edgeCount, detachedness } = this.format.node;
    let greatestType = 0;
    let { greatestName } = this;
    let at = from;
    const end = firstRecord + recordCount;
    for (let node = firstRecord; node < end; node++) {
      const nodeType = values[at + type];
      if (nodeType > greatestType) greatestType = nodeType;
      const nodeName = values[at + name];
      if (nodeName > greatestName) greatestName = nodeName;
      nodeTypeOf[node] = nodeType;
      nodeNameOf[node] = nodeName;
      nodeIdOf[node] = values[at + id];
      selfSizeOf[node] = values[at + selfSize];
      firstEdgeOf[node] = values[at + edgeCount];
      // Hardly any is known: what is not written takes up no memory.
      if (detachedness >= 0 && values[at + detachedness] !== 0) {
        detachednessOf[node] = values[at + detachedness];
      }
      at += fieldCount;
    }
    this.greatestName = greatestName;
    if (greatestType >= this.format.nodeTypes.length) {
      throw notASnapshot(`a node has type ${greatestType}`, 0);
    }
  }
}

/** Sorts edge records into columns, with targets as ordinals. */
export class EdgeWriter implements RecordWriter {
  readonly fieldCount: number;
  /** The greatest string index seen. */
  greatestName = 0;

  constructor(
    private readonly format: SnapshotFormat,
    private readonly columns: GraphColumns,
  ) {
    this.fieldCount = format.edge.fieldCount;
  }

  write(values: Uint32Array, from: number, recordCount: number, firstRecord: number): void {
    const { edgeTypeOf, edgeNameOrIndexOf, edgeTargetOf } = this.columns;
    const { fieldCount, type, nameOrIndex, toNode } = this.format.edge;
    const nodeFieldCount = this.format.node.fieldCount;
    const { nodeCount, edgeTypes } = this.format;
    const element = edgeTypes.indexOf('element');
    const hidden = edgeTypes.indexOf('hidden');
    let { greatestName } = this;
    let at = from;
    const end = firstRecord + recordCount;
    for (let edge = firstRecord; edge < end; edge++) {
      const edgeType = values[at + type];
      const name = values[at + nameOrIndex];
      const target = values[at + toNode];
      const ordinal = (target / nodeFieldCount) >>> 0;
      const valid =
        edgeType < edgeTypes.length && ordinal < nodeCount && ordinal * nodeFieldCount === target;
      if (!valid) throw notASnapshot(`edge ${edge} (${edgeType}, ${target}) is invalid`, 0);
      if (name > greatestName && edgeType !== element && edgeType !== hidden) greatestName = name;
      edgeTypeOf[edge] = edgeType;
      edgeNameOrIndexOf[edge] = name;
      edgeTargetOf[edge] = ordinal;
      at += fieldCount;
    }
    this.greatestName = greatestName;
  }
}

/**
 * Turns the numbers of edges in `firstEdgeOf` into what it is meant for.
 * @throws LeaklineError `notASnapshot` if they are not as many as declared
 */
export function sumUpEdgeCounts(firstEdgeOf: Uint32Array, edgeCount: number): void {
  let edges = 0;
  for (let node = 0; node < firstEdgeOf.length; node++) {
    const count = firstEdgeOf[node];
    firstEdgeOf[node] = edges;
    edges += count;
  }
  if (edges !== edgeCount) throw notASnapshot('its nodes have other edges than declared', 0);
}
