import type { HeapGraph } from '../heap/heapGraph';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import { EdgeCosts } from './edgeCosts';
import { pathEdges, type PathTree } from './pathTree';

/** Edges that cost more than this are V8's bookkeeping, or hold only as long as something else does. */
const MAX_COST = 5;
/** How far around an object is searched. */
const MAX_VISITED = 400;
/** What lies deeper than this is taken to be below the owner: it is most likely the same list. */
const MAX_DEPTH = 5000;

interface Step {
  readonly edge: number;
  readonly onward: Step | undefined;
}

/**
 * Finds ways in which objects are held besides the one through their owner: taking them away from
 * the owner alone would free nothing.
 */
export class OtherHolders {
  private readonly graph: HeapGraph;
  private readonly costs: EdgeCosts;

  constructor(
    private readonly snapshot: HeapSnapshot,
    private readonly tree: PathTree,
  ) {
    this.graph = snapshot.graph;
    this.costs = new EdgeCosts(snapshot.graph);
  }

  /**
   * The edges of a retaining path of `node` that does not pass through `owner`, the one out of the
   * root first: breadth-first over retainers up to one whose own cheapest path avoids the owner.
   * Undefined if there is none nearby.
   */
  pathAvoiding(owner: number, node: number): number[] | undefined {
    const visited = new Map<number, Step | undefined>([[node, undefined]]);
    const barren = new Set<number>();
    for (const [target, onward] of visited) {
      for (const holder of this.retainersOf(target)) {
        if (holder === owner || visited.has(holder) || barren.has(holder)) continue;
        const edge = this.strongEdge(holder, target);
        if (edge < 0) {
          if (this.isHub(holder)) barren.add(holder);
          continue;
        }
        const step = { edge, onward };
        if (!this.isBelow(owner, holder))
          return [...pathEdges(this.tree, holder), ...edgesOf(step)];
        visited.set(holder, step);
      }
      if (visited.size > MAX_VISITED) return undefined;
    }
    return undefined;
  }

  private retainersOf(node: number): Uint32Array {
    const { firstRetainerOf, retainingNodeOf } = this.snapshot.retainers;
    const first = firstRetainerOf[node];
    return retainingNodeOf.subarray(
      first,
      Math.min(firstRetainerOf[node + 1], first + MAX_VISITED),
    );
  }

  /** An edge by which a developer would say that `holder` holds `target`; -1 if there is none. */
  private strongEdge(holder: number, target: number): number {
    const { edgeTargetOf, firstEdgeOf } = this.graph;
    for (let edge = firstEdgeOf[holder]; edge < firstEdgeOf[holder + 1]; edge++) {
      if (edgeTargetOf[edge] !== target) continue;
      const cost = this.costs.of(holder, edge);
      if (cost >= 0 && cost <= MAX_COST) return edge;
    }
    return -1;
  }

  /** True for V8's large tables, which it would take long to search for one target after another. */
  private isHub(node: number): boolean {
    const { firstEdgeOf } = this.graph;
    return firstEdgeOf[node + 1] - firstEdgeOf[node] > MAX_VISITED;
  }

  /** True if the cheapest path of `node` passes through `owner`, or if there is none. */
  private isBelow(owner: number, node: number): boolean {
    const { parentNodeOf } = this.tree;
    let at = node;
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      if (at === owner) return true;
      if (at === 0) return false;
      if (parentNodeOf[at] < 0) return true;
      at = parentNodeOf[at];
    }
    return true;
  }
}

function edgesOf(step: Step): number[] {
  const edges: number[] = [];
  for (let at: Step | undefined = step; at; at = at.onward) edges.push(at.edge);
  return edges;
}
