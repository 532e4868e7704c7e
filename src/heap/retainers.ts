import { BitSet } from './bitSet';
import { sharedUint32 } from './column';
import type { HeapGraph, NodeOrdinal } from './heapGraph';

/**
 * The edges of a graph by their target, all of them: weak ones too. The retainers of node n are
 * [firstRetainerOf[n], firstRetainerOf[n + 1]).
 */
export class Retainers {
  /**
   * @param firstRetainerOf one entry more than there are nodes
   * @param retainingNodeOf NodeOrdinal of the source, by retainer; ascending within a node
   */
  constructor(
    private readonly graph: HeapGraph,
    readonly firstRetainerOf: Uint32Array,
    readonly retainingNodeOf: Uint32Array,
  ) {}

  /**
   * EdgeIndex of each retainer of `node`, in their order. It looks through all edges of the nodes
   * that hold it: an index over all retainers would take as much memory as the retainers.
   */
  edgesTo(node: NodeOrdinal): Uint32Array {
    const { firstRetainerOf, retainingNodeOf } = this;
    const { firstEdgeOf, edgeTargetOf } = this.graph;
    const first = firstRetainerOf[node];
    const edges = new Uint32Array(firstRetainerOf[node + 1] - first);
    let found = 0;
    while (found < edges.length) {
      // All edges from one source are neighbours.
      const source = retainingNodeOf[first + found];
      for (let edge = firstEdgeOf[source]; edge < firstEdgeOf[source + 1]; edge++) {
        if (edgeTargetOf[edge] === node) edges[found++] = edge;
      }
    }
    return edges;
  }
}

/** The retainers that are essential edges. */
export class EssentialRetainers {
  /** @param essential the set of these retainers */
  constructor(
    readonly retainers: Retainers,
    readonly essential: BitSet,
  ) {}

  /** True if `node` has any. */
  any(node: NodeOrdinal): boolean {
    const { firstRetainerOf } = this.retainers;
    for (let slot = firstRetainerOf[node]; slot < firstRetainerOf[node + 1]; slot++) {
      if (this.essential.has(slot)) return true;
    }
    return false;
  }
}

/** Turns the edges around, and the set of the essential ones with them. */
export function buildRetainers(graph: HeapGraph, essentialEdges: BitSet): EssentialRetainers {
  const firstRetainerOf = countRetainers(graph);
  const retainingNodeOf = sharedUint32(graph.edgeCount);
  const essential = new BitSet(graph.edgeCount);
  fillRetainers(graph, essentialEdges, { firstRetainerOf, retainingNodeOf, essential });
  return new EssentialRetainers(new Retainers(graph, firstRetainerOf, retainingNodeOf), essential);
}

/**
 * Where each node's range of retainers ends, and behind the last node the number of all retainers.
 */
export function countRetainers(graph: HeapGraph): Uint32Array {
  const { nodeCount, edgeCount, edgeTargetOf } = graph;
  const endOf = sharedUint32(nodeCount + 1);
  for (let edge = 0; edge < edgeCount; edge++) endOf[edgeTargetOf[edge]]++;
  for (let node = 1; node <= nodeCount; node++) endOf[node] += endOf[node - 1];
  return endOf;
}

/** The arrays that make up EssentialRetainers. */
export interface RetainerParts {
  /**
   * The result of `countRetainers`: filling each node's range from its end brings its entry down to
   * where the range begins.
   */
  readonly firstRetainerOf: Uint32Array;
  readonly retainingNodeOf: Uint32Array;
  readonly essential: BitSet;
}

/** Writes the retainers into place. */
export function fillRetainers(
  graph: HeapGraph,
  essentialEdges: BitSet,
  { firstRetainerOf, retainingNodeOf, essential }: RetainerParts,
): void {
  const { nodeCount, firstEdgeOf, edgeTargetOf } = graph;
  for (let node = nodeCount - 1; node >= 0; node--) {
    const first = firstEdgeOf[node];
    for (let edge = firstEdgeOf[node + 1] - 1; edge >= first; edge--) {
      const slot = --firstRetainerOf[edgeTargetOf[edge]];
      retainingNodeOf[slot] = node;
      if (essentialEdges.has(edge)) essential.add(slot);
    }
  }
}
