import type { BitSet } from './bitSet';
import type { HeapGraph, NodeOrdinal } from './heapGraph';
import type { Retainers } from './retainers';
import { ROOT } from './userRoots';

/** Preorder number of the root; 0 means none. */
export const ROOT_NUMBER = 1;

/**
 * A depth-first spanning tree over the essential edges. Its nodes are known by their number in
 * preorder, counted from 1, so that neighbours in the tree are neighbours in memory.
 *
 * As in DevTools, a node that no essential edge leads to hangs under the root; what is left then
 * are groups that only their own members retain, and these stay out of the tree.
 */
export class SpanningTree {
  /** By node; 0 outside of the tree. */
  readonly numberOf: Uint32Array;
  /** By number; [0] is unused. */
  readonly nodeOf: Uint32Array;
  /** Number of the parent, by number; 0 for the root. */
  readonly parentOf: Uint32Array;
  /** The next edge to follow, by number. */
  private readonly nextEdgeOf: Uint32Array;
  private count = 0;

  constructor(
    private readonly graph: HeapGraph,
    private readonly retainers: Retainers,
    private readonly essential: BitSet,
  ) {
    this.numberOf = new Uint32Array(graph.nodeCount);
    this.nodeOf = new Uint32Array(graph.nodeCount + 1);
    this.parentOf = new Uint32Array(graph.nodeCount + 1);
    this.nextEdgeOf = new Uint32Array(graph.nodeCount + 1);
    this.grow(ROOT, 0);
    for (let node = 0; node < graph.nodeCount; node++) {
      if (this.numberOf[node] === 0 && this.isOrphan(node)) this.grow(node, ROOT_NUMBER);
    }
  }

  /** The highest number given. */
  get size(): number {
    return this.count;
  }

  /** Adds all that `start` reaches and that is not in the tree yet. */
  private grow(start: NodeOrdinal, parent: number): void {
    const { numberOf, nodeOf, parentOf, nextEdgeOf, essential } = this;
    const { firstEdgeOf, edgeTargetOf } = this.graph;
    let count = this.count;
    let node = start;
    let above = parent;
    for (;;) {
      // Enter `node`.
      let current = ++count;
      numberOf[node] = current;
      nodeOf[current] = node;
      parentOf[current] = above;
      nextEdgeOf[current] = firstEdgeOf[node];
      // Climb until there is an edge that leads out of the tree.
      for (;;) {
        const end = firstEdgeOf[nodeOf[current] + 1];
        let edge = nextEdgeOf[current];
        while (edge < end && !(numberOf[edgeTargetOf[edge]] === 0 && essential.has(edge))) edge++;
        nextEdgeOf[current] = edge + 1;
        if (edge < end) {
          node = edgeTargetOf[edge];
          above = current;
          break;
        }
        current = parentOf[current];
        if (current === parent) {
          this.count = count;
          return;
        }
      }
    }
  }

  private isOrphan(node: NodeOrdinal): boolean {
    const { firstRetainerOf, retainingEdgeOf } = this.retainers;
    for (let slot = firstRetainerOf[node]; slot < firstRetainerOf[node + 1]; slot++) {
      if (this.essential.has(retainingEdgeOf[slot])) return false;
    }
    return true;
  }
}
