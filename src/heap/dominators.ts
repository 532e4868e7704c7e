import type { NodeOrdinal } from './heapGraph';
import type { EssentialRetainers } from './retainers';
import { ROOT_NUMBER, type SpanningTree } from './spanningTree';
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
 *
 * @param tree is used up
 */
export function computeDominators(
  tree: SpanningTree,
  retainers: EssentialRetainers,
): DominatorTree {
  tree.addOrphans(retainers);
  const dominators = new DominatorSearch(tree, retainers).run();
  const { numberOf, nodeOf } = tree;
  const order = topDown(tree);
  // The numbers have done their duty: their place is taken by what they stand for.
  const dominatorOf = numberOf;
  for (let node = 0; node < dominatorOf.length; node++) {
    const number = numberOf[node];
    dominatorOf[node] = number === 0 ? ROOT : nodeOf[dominators[number]];
  }
  return { dominatorOf, order };
}

/** In preorder a dominator comes before what it dominates; the nodes outside of the tree follow. */
function topDown({ nodeOf, numberOf, size }: SpanningTree): Uint32Array {
  let filled = size + 1;
  for (let node = 0; filled < nodeOf.length; node++) {
    if (numberOf[node] === 0) nodeOf[filled++] = node;
  }
  return nodeOf.subarray(ROOT_NUMBER);
}

/**
 * T. Lengauer and R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph", ACM
 * TOPLAS 1(1), 1979, in its O(m log n) form: path compression, no balancing, no recursion. Vertices
 * are preorder numbers. Names follow the paper; every array is indexed by vertex.
 */
class DominatorSearch {
  /**
   * Of a vertex that was visited its semidominator. Before, its bucket: the first of the vertices
   * that have it for their semidominator and wait for a decision. All of these are below it, so its
   * bucket is empty for good when it is visited.
   */
  private readonly semi: Uint32Array;
  private readonly label: Uint32Array;
  /** Of a vertex in a bucket the next one there. */
  private readonly dominator: Uint32Array;
  /** Starts as the parents. A vertex that is linked gets ever higher ancestors by compression. */
  private readonly ancestor: Uint32Array;
  private path: Uint32Array = new Uint32Array(1 << 10);
  /** The vertices from here on are linked to their parents. */
  private firstLinked: number;

  constructor(
    private readonly tree: SpanningTree,
    private readonly retainers: EssentialRetainers,
  ) {
    const length = tree.size + 1;
    this.semi = new Uint32Array(length);
    this.label = new Uint32Array(length);
    for (let vertex = 0; vertex < length; vertex++) this.label[vertex] = vertex;
    this.dominator = new Uint32Array(length);
    this.ancestor = tree.parentOf;
    this.firstLinked = length;
  }

  /** The immediate dominators, by vertex. Uses up the tree's parents. */
  run(): Uint32Array {
    const { semi, dominator, ancestor } = this;
    for (let vertex = this.tree.size; vertex > ROOT_NUMBER; vertex--) {
      const parent = ancestor[vertex];
      const semidominator = this.semidominator(vertex, parent);
      semi[vertex] = semidominator;
      this.firstLinked = vertex;
      if (semidominator === parent) {
        dominator[vertex] = parent;
      } else {
        dominator[vertex] = semi[semidominator];
        semi[semidominator] = vertex;
      }
      if (semi[parent] !== 0) this.emptyBucket(parent);
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
    const { essential } = this.retainers;
    const { firstRetainerOf, retainingNodeOf } = this.retainers.retainers;
    const node: NodeOrdinal = nodeOf[vertex];
    const end = firstRetainerOf[node + 1];
    // The edge from the parent counts too; for an orphan it is in no list of retainers.
    let best = parent;
    for (let slot = firstRetainerOf[node]; slot < end; slot++) {
      if (!essential.has(slot)) continue;
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
    const { semi, label, dominator } = this;
    let next = 0;
    for (let vertex = semi[parent]; vertex !== 0; vertex = next) {
      next = dominator[vertex];
      this.compress(vertex);
      const lowest = label[vertex];
      dominator[vertex] = semi[lowest] < semi[vertex] ? lowest : parent;
    }
    semi[parent] = 0;
  }

  /**
   * Makes label[vertex] the vertex of the lowest semidominator among `vertex`, which is linked, and
   * its linked ancestors, and links all of these directly below the first unlinked one.
   */
  private compress(vertex: number): void {
    const { ancestor, label, semi, firstLinked } = this;
    let upper = ancestor[vertex];
    if (upper < firstLinked) return;
    let { path } = this;
    let depth = 0;
    let lower = vertex;
    while (upper >= firstLinked) {
      if (depth === path.length) path = this.longerPath();
      path[depth++] = lower;
      lower = upper;
      upper = ancestor[upper];
    }
    while (depth > 0) {
      lower = path[--depth];
      upper = ancestor[lower];
      if (semi[label[upper]] < semi[label[lower]]) label[lower] = label[upper];
      ancestor[lower] = ancestor[upper];
    }
  }

  private longerPath(): Uint32Array {
    const longer = new Uint32Array(this.path.length * 2);
    longer.set(this.path);
    this.path = longer;
    return longer;
  }
}
