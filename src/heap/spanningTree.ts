import { BitSet } from './bitSet';
import type { HeapGraph, NodeOrdinal } from './heapGraph';
import type { EssentialRetainers } from './retainers';
import { ROOT } from './userRoots';

/** Preorder number of the root; 0 means none. */
export const ROOT_NUMBER = 1;

/** What `entries` has for a vertex: its parent's number, 0 for the root, and two more places. */
export const STRIDE = 3;
/** The next edge to follow. */
const NEXT_EDGE = 2;

/**
 * A depth-first spanning tree over the essential edges. Its nodes are known by their number in
 * preorder, counted from 1, so that neighbours in the tree are neighbours in memory. At first it is
 * what the root reaches.
 */
export class SpanningTree {
  /** By node; 0 outside of the tree. */
  readonly numberOf: Uint32Array;
  /** By number; [0] is unused. */
  readonly nodeOf: Uint32Array;
  /** STRIDE numbers for each number; see there. */
  readonly entries: Uint32Array;
  /** The nodes that have a number: read for each edge, so it has to be small. */
  private readonly entered: BitSet;
  private count = 0;

  constructor(
    private readonly graph: HeapGraph,
    private readonly essential: BitSet,
  ) {
    const length = graph.nodeCount + 1;
    this.numberOf = new Uint32Array(graph.nodeCount);
    this.nodeOf = new Uint32Array(length);
    this.entries = new Uint32Array(STRIDE * length);
    this.entered = new BitSet(graph.nodeCount);
    this.grow(ROOT, 0);
  }

  /** The highest number given. */
  get size(): number {
    return this.count;
  }

  /**
   * As in DevTools, a node that no essential edge leads to hangs under the root; what is left then
   * are groups that only their own members retain, and these stay out of the tree.
   */
  addOrphans(retainers: EssentialRetainers): void {
    for (let node = 0; node < this.graph.nodeCount; node++) {
      if (!this.entered.has(node) && !retainers.any(node)) this.grow(node, ROOT_NUMBER);
    }
  }

  /** Adds all that `start` reaches and that is not in the tree yet. */
  private grow(start: NodeOrdinal, parent: number): void {
    const { numberOf, nodeOf, entries, essential, entered } = this;
    const { firstEdgeOf, edgeTargetOf } = this.graph;
    let count = this.count;
    let node = start;
    let above = parent;
    for (;;) {
      // Enter `node`.
      let current = ++count;
      numberOf[node] = current;
      entered.add(node);
      nodeOf[current] = node;
      entries[STRIDE * current] = above;
      let edge = firstEdgeOf[node];
      // Climb until there is an edge that leads out of the tree.
      for (;;) {
        const end = firstEdgeOf[node + 1];
        while (edge < end && !(essential.has(edge) && !entered.has(edgeTargetOf[edge]))) edge++;
        if (edge < end) {
          entries[STRIDE * current + NEXT_EDGE] = edge + 1;
          node = edgeTargetOf[edge];
          above = current;
          break;
        }
        current = entries[STRIDE * current];
        if (current === parent) {
          this.count = count;
          return;
        }
        node = nodeOf[current];
        edge = entries[STRIDE * current + NEXT_EDGE];
      }
    }
  }
}
