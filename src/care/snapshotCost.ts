import type { Range } from '../base/range';
import type { SnapshotPrice } from '../base/snapshotPrice';

/** What a heap snapshot is expected to cost. */
export interface SnapshotCost {
  /** How long the program stands still. */
  readonly pauseSeconds: Range;
  /** Memory that it needs meanwhile, beyond what it has. */
  readonly extraBytes: Range;
  /** What the estimate rests on. */
  readonly from: 'heapSize' | 'earlier';
}

/**
 * V8 makes an entry for each node and each edge of the graph; what it costs was measured with Node.js
 * 20 to 26 (`npm run bench:pause`). Nodes of many different strings cost most.
 */
const PER_NODE = {
  seconds: { least: 1.5e-6, most: 12e-6 },
  bytes: { least: 350, most: 1800 },
};
/** A slot of an array makes two edges and no node. */
const PER_SLOT = { seconds: 1e-6, bytes: 90 };
const SLOT_BYTES = 8;
/** A node with what holds it takes no less of the heap, and seldom more, than so many bytes. */
const HEAP_BYTES_PER_NODE: Range = { least: 32, most: 100 };
/** Garbage is collected before, and the heap is walked. */
const PER_HEAP_BYTE = { seconds: { least: 0.1e-9, most: 5e-9 } };
const FIXED = { seconds: { least: 0.01, most: 0.3 }, bytes: { least: 0, most: 50e6 } };
/** Large arrays of numbers make almost no nodes; a Node.js that does nothing has so many. */
const LEAST_NODES = 25_000;

/** From what it was the last time, which says most; what the heap grew by may be anything. */
const EARLIER: Range = { least: 0.5, most: 2 };
/** V8 may take again what it had for the snapshot before. */
const EARLIER_BYTES: Range = { least: 0.1, most: 1.5 };

/** From the size of the heap alone: a very wide range, for the cost is one of objects, not of bytes. */
export function costFromHeapSize(heapUsedBytes: number): SnapshotCost {
  const nodes = {
    least: Math.min(LEAST_NODES, heapUsedBytes / HEAP_BYTES_PER_NODE.most),
    most: heapUsedBytes / HEAP_BYTES_PER_NODE.least,
  };
  return { ...costOfNodes(nodes, heapUsedBytes), from: 'heapSize' };
}

/** From an earlier snapshot of the same process. */
export function costFromEarlier(earlier: SnapshotPrice, heapUsedBytes: number): SnapshotCost {
  const grown = costFromHeapSize(Math.max(heapUsedBytes - earlier.heapUsedBytes, 0));
  const { pauseSeconds, extraBytes } = earlier;
  const ratio = Math.min(heapUsedBytes / earlier.heapUsedBytes, 1);
  return {
    pauseSeconds: {
      least: pauseSeconds * ratio * EARLIER.least,
      most: pauseSeconds * EARLIER.most + grown.pauseSeconds.most,
    },
    extraBytes:
      extraBytes === undefined
        ? costFromHeapSize(heapUsedBytes).extraBytes
        : {
            least: extraBytes * ratio * EARLIER_BYTES.least,
            most: extraBytes * EARLIER_BYTES.most + grown.extraBytes.most,
          },
    from: 'earlier',
  };
}

function costOfNodes(nodes: Range, heapUsedBytes: number): Omit<SnapshotCost, 'from'> {
  // What the nodes themselves do not fill may be slots of arrays.
  const rest = Math.max(heapUsedBytes - nodes.most * HEAP_BYTES_PER_NODE.least, 0);
  const slots = rest / SLOT_BYTES;
  const { seconds, bytes } = PER_NODE;
  return {
    pauseSeconds: {
      least:
        FIXED.seconds.least +
        nodes.least * seconds.least +
        heapUsedBytes * PER_HEAP_BYTE.seconds.least,
      most:
        FIXED.seconds.most +
        nodes.most * seconds.most +
        heapUsedBytes * PER_HEAP_BYTE.seconds.most +
        slots * PER_SLOT.seconds,
    },
    extraBytes: {
      least: FIXED.bytes.least + nodes.least * bytes.least,
      most: FIXED.bytes.most + nodes.most * bytes.most + slots * PER_SLOT.bytes,
    },
  };
}
