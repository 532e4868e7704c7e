import type { HeapGraph } from './heapGraph';

/**
 * The edges of a graph by their target. The retainers of node n are [firstRetainerOf[n],
 * firstRetainerOf[n + 1]).
 */
export interface Retainers {
  /** One entry more than there are nodes. */
  readonly firstRetainerOf: Uint32Array;
  /** NodeOrdinal of the source, by retainer; ascending within a node. */
  readonly retainingNodeOf: Uint32Array;
  /** EdgeIndex, by retainer. */
  readonly retainingEdgeOf: Uint32Array;
}

/** Turns the edges around, all of them: weak ones too. */
export function buildRetainers(graph: HeapGraph): Retainers {
  const { nodeCount, edgeCount, firstEdgeOf, edgeTargetOf } = graph;
  const firstRetainerOf = endOfRetainers(graph);
  const retainingNodeOf = new Uint32Array(edgeCount);
  const retainingEdgeOf = new Uint32Array(edgeCount);
  // Filling each node's range from its end brings its first slot down to where the range begins.
  for (let node = nodeCount - 1; node >= 0; node--) {
    for (let edge = firstEdgeOf[node + 1] - 1; edge >= firstEdgeOf[node]; edge--) {
      const slot = --firstRetainerOf[edgeTargetOf[edge]];
      retainingNodeOf[slot] = node;
      retainingEdgeOf[slot] = edge;
    }
  }
  return { firstRetainerOf, retainingNodeOf, retainingEdgeOf };
}

/**
 * Where each node's range of retainers ends, and behind the last node the number of all retainers.
 */
function endOfRetainers(graph: HeapGraph): Uint32Array {
  const { nodeCount, edgeCount, edgeTargetOf } = graph;
  const endOf = new Uint32Array(nodeCount + 1);
  for (let edge = 0; edge < edgeCount; edge++) endOf[edgeTargetOf[edge]]++;
  for (let node = 1; node <= nodeCount; node++) endOf[node] += endOf[node - 1];
  return endOf;
}
