import { BitSet } from './bitSet';
import type { NodeOrdinal } from './heapGraph';
import type { EssentialRetainers } from './retainers';
import { ROOT_NUMBER, STRIDE, type SpanningTree } from './spanningTree';
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

/** Places in the entries of a vertex: whoever reads one of them reads the others. */
const ANCESTOR = 0;
const LOWEST = 1;
const LABEL = 2;

/**
 * T. Lengauer and R. E. Tarjan, "A fast algorithm for finding dominators in a flowgraph", ACM
 * TOPLAS 1(1), 1979, in its O(m log n) form: path compression, no balancing, no recursion. Vertices
 * are preorder numbers. Names follow the paper.
 */
class DominatorSearch {
  /**
   * STRIDE entries for each vertex. ANCESTOR is at first the parent; a vertex that is linked gets
   * ever higher ones by compression. LABEL is the vertex of the lowest semidominator between the
   * two, and LOWEST that semidominator.
   *
   * As long as a vertex is not visited, LOWEST is its bucket: the first of the vertices that have it
   * for their semidominator and wait for a decision, or 0. All of these are below it, so its bucket
   * is empty for good when it is visited.
   */
  private readonly forest: Uint32Array;
  /** Of a vertex in a bucket the next one there. */
  private readonly dominator: Uint32Array;
  /** Vertices whose dominator is that of the one that `dominator` has. */
  private readonly deferred: BitSet;
  private path: Uint32Array = new Uint32Array(1 << 10);
  /** The vertices from here on are linked to their parents. */
  private firstLinked: number;

  constructor(
    private readonly tree: SpanningTree,
    private readonly retainers: EssentialRetainers,
  ) {
    this.forest = tree.entries;
    this.dominator = new Uint32Array(tree.size + 1);
    this.deferred = new BitSet(tree.size + 1);
    this.firstLinked = tree.size + 1;
  }

  /** The immediate dominators, by vertex. Uses up the tree's entries. */
  run(): Uint32Array {
    const { dominator, deferred, forest } = this;
    for (let vertex = this.tree.size; vertex > ROOT_NUMBER; vertex--) {
      const at = STRIDE * vertex;
      const parent = forest[at + ANCESTOR];
      const semidominator = this.semidominator(vertex, parent);
      forest[at + LOWEST] = semidominator;
      forest[at + LABEL] = vertex;
      this.firstLinked = vertex;
      if (semidominator === parent) {
        dominator[vertex] = parent;
      } else {
        dominator[vertex] = forest[STRIDE * semidominator + LOWEST];
        forest[STRIDE * semidominator + LOWEST] = vertex;
      }
      if (forest[STRIDE * parent + LOWEST] !== 0) this.emptyBucket(parent);
    }
    dominator[ROOT_NUMBER] = ROOT_NUMBER;
    for (let vertex = ROOT_NUMBER + 1; vertex <= this.tree.size; vertex++) {
      if (deferred.has(vertex)) dominator[vertex] = dominator[dominator[vertex]];
    }
    return dominator;
  }

  private semidominator(vertex: number, parent: number): number {
    const { forest } = this;
    const { numberOf, nodeOf } = this.tree;
    const { essential } = this.retainers;
    const { firstRetainerOf, retainingNodeOf } = this.retainers.retainers;
    const node: NodeOrdinal = nodeOf[vertex];
    const first = firstRetainerOf[node];
    const end = firstRetainerOf[node + 1];
    // The edge from the parent counts too; for an orphan it is in no list of retainers.
    let best = parent;
    if (end - first <= 1) return best;
    for (let slot = first; slot < end; slot++) {
      if (!essential.has(slot)) continue;
      const source = numberOf[retainingNodeOf[slot]];
      if (source === 0) continue;
      let candidate = source;
      if (source > vertex) {
        this.compress(source);
        candidate = forest[STRIDE * source + LOWEST];
      }
      if (candidate < best) best = candidate;
    }
    return best;
  }

  /** Decides, or defers, the dominators of the vertices whose semidominator is `parent`. */
  private emptyBucket(parent: number): void {
    const { forest, dominator, deferred } = this;
    let next = 0;
    for (let vertex = forest[STRIDE * parent + LOWEST]; vertex !== 0; vertex = next) {
      next = dominator[vertex];
      this.compress(vertex);
      const at = STRIDE * vertex;
      const isDeferred = forest[at + LOWEST] < parent;
      dominator[vertex] = isDeferred ? forest[at + LABEL] : parent;
      if (isDeferred) deferred.add(vertex);
    }
    forest[STRIDE * parent + LOWEST] = 0;
  }

  /**
   * Makes the label of `vertex`, which is linked, that of the lowest semidominator among it and its
   * linked ancestors, and links all of these directly below the first unlinked one.
   */
  private compress(vertex: number): void {
    const { forest, firstLinked } = this;
    let upper = forest[STRIDE * vertex + ANCESTOR];
    if (upper < firstLinked) return;
    let { path } = this;
    let depth = 0;
    let lower = vertex;
    while (upper >= firstLinked) {
      if (depth === path.length) path = this.longerPath();
      path[depth++] = lower;
      lower = upper;
      upper = forest[STRIDE * upper + ANCESTOR];
    }
    // From the top down each vertex takes over from the one above, which is done.
    let above = STRIDE * lower;
    while (depth > 0) {
      const at = STRIDE * path[--depth];
      if (forest[above + LOWEST] < forest[at + LOWEST]) {
        forest[at + LOWEST] = forest[above + LOWEST];
        forest[at + LABEL] = forest[above + LABEL];
      }
      forest[at + ANCESTOR] = upper;
      above = at;
    }
  }

  private longerPath(): Uint32Array {
    const longer = new Uint32Array(this.path.length * 2);
    longer.set(this.path);
    this.path = longer;
    return longer;
  }
}
