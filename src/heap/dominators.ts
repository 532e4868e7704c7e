import type { BitSet } from './bitSet';
import type { HeapGraph } from './heapGraph';
import type { Retainers } from './retainers';
import { ROOT_NUMBER, SpanningTree } from './spanningTree';
import { ROOT } from './userRoots';

/** Without whom each node would be garbage. */
export interface DominatorTree {
  /** NodeOrdinal of the immediate dominator, by node; the root is its own. */
  readonly dominatorOf: Uint32Array;
  /** All nodes, each one after its dominator. */
  readonly order: Uint32Array;
}

/**
 * Immediate dominators over the essential edges. Nodes outside of the spanning tree (see there) are
 * dominated by the root, and their edges count for nothing.
 */
export function computeDominators(
  graph: HeapGraph,
  retainers: Retainers,
  essential: BitSet,
): DominatorTree {
  const tree = new SpanningTree(graph, retainers, essential);
  const dominators = new DominatorSearch(tree, retainers, essential).run();
  const { nodeCount } = graph;
  const dominatorOf = new Uint32Array(nodeCount).fill(ROOT);
  for (let number = ROOT_NUMBER; number <= tree.size; number++) {
    dominatorOf[tree.nodeOf[number]] = tree.nodeOf[dominators[number]];
  }
  return { dominatorOf, order: topDown(tree, nodeCount) };
}

/** In preorder a dominator comes before what it dominates; the nodes outside of the tree follow. */
function topDown(tree: SpanningTree, nodeCount: number): Uint32Array {
  const order = tree.nodeOf.slice(ROOT_NUMBER);
  let filled = tree.size;
  for (let node = 0; filled < nodeCount; node++) {
    if (tree.numberOf[node] === 0) order[filled++] = node;
  }
  return order;
}

/**
 * T. Lengauer and R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph", ACM
 * TOPLAS 1(1), 1979, in its O(m log n) form: path compression, no balancing, no recursion. Vertices
 * are preorder numbers. Names follow the paper; every array is indexed by vertex.
 */
class DominatorSearch {
  private readonly semi: Uint32Array;
  private readonly label: Uint32Array;
  private readonly dominator: Uint32Array;
  /** Starts as the parents. A vertex that is linked gets ever higher ancestors by compression. */
  private readonly ancestor: Uint32Array;
  private readonly bucket: Uint32Array;
  private readonly nextInBucket: Uint32Array;
  private readonly path: Uint32Array;
  /** The vertices from here on are linked to their parents. */
  private firstLinked: number;

  constructor(
    private readonly tree: SpanningTree,
    private readonly retainers: Retainers,
    private readonly essential: BitSet,
  ) {
    const length = tree.size + 1;
    this.semi = new Uint32Array(length);
    this.label = new Uint32Array(length);
    for (let vertex = 0; vertex < length; vertex++) this.label[vertex] = vertex;
    this.dominator = new Uint32Array(length);
    this.ancestor = tree.parentOf;
    this.bucket = new Uint32Array(length);
    this.nextInBucket = new Uint32Array(length);
    this.path = new Uint32Array(length);
    this.firstLinked = length;
  }

  /** The immediate dominators, by vertex. Uses up the tree's parents. */
  run(): Uint32Array {
    const { semi, dominator, ancestor, bucket, nextInBucket } = this;
    for (let vertex = this.tree.size; vertex > ROOT_NUMBER; vertex--) {
      const parent = ancestor[vertex];
      const semidominator = this.semidominator(vertex, parent);
      semi[vertex] = semidominator;
      this.firstLinked = vertex;
      if (semidominator === parent) {
        dominator[vertex] = parent;
      } else {
        nextInBucket[vertex] = bucket[semidominator];
        bucket[semidominator] = vertex;
      }
      this.emptyBucket(parent);
    }
    dominator[ROOT_NUMBER] = ROOT_NUMBER;
    for (let vertex = ROOT_NUMBER + 1; vertex <= this.tree.size; vertex++) {
      if (dominator[vertex] !== semi[vertex]) dominator[vertex] = dominator[dominator[vertex]];
    }
    return dominator;
  }

  private semidominator(vertex: number, parent: number): number {
    const { semi, label } = this;
    const { numberOf, nodeOf } = this.tree;
    const { firstRetainerOf, retainingNodeOf, retainingEdgeOf } = this.retainers;
    const node = nodeOf[vertex];
    const end = firstRetainerOf[node + 1];
    // The edge from the parent counts too; for an orphan it is in no list of retainers.
    let best = parent;
    for (let slot = firstRetainerOf[node]; slot < end; slot++) {
      if (!this.essential.has(retainingEdgeOf[slot])) continue;
      const source = numberOf[retainingNodeOf[slot]];
      if (source === 0) continue;
      let candidate = source;
      if (source > vertex) {
        this.compress(source);
        candidate = semi[label[source]];
      }
      if (candidate < best) best = candidate;
    }
    return best;
  }

  /**
   * Decides, or defers to `run`, the dominators of the vertices whose semidominator is `parent`.
   */
  private emptyBucket(parent: number): void {
    const { semi, label, dominator, bucket, nextInBucket } = this;
    for (let vertex = bucket[parent]; vertex !== 0; vertex = nextInBucket[vertex]) {
      this.compress(vertex);
      const lowest = label[vertex];
      dominator[vertex] = semi[lowest] < semi[vertex] ? lowest : parent;
    }
    bucket[parent] = 0;
  }

  /**
   * Makes label[vertex] the vertex of the lowest semidominator among `vertex`, which is linked, and
   * its linked ancestors, and links all of these directly below the first unlinked one.
   */
  private compress(vertex: number): void {
    const { ancestor, label, semi, path, firstLinked } = this;
    let depth = 0;
    let top = vertex;
    while (ancestor[top] >= firstLinked) {
      path[depth++] = top;
      top = ancestor[top];
    }
    while (depth > 0) {
      const lower = path[--depth];
      const upper = ancestor[lower];
      if (semi[label[upper]] < semi[label[lower]]) label[lower] = label[upper];
      ancestor[lower] = ancestor[upper];
    }
  }
}
