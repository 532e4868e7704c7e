import { BitSet } from '../heap/bitSet';
import type { HeapGraph } from '../heap/heapGraph';
import { EdgeCosts, MAX_EDGE_COST } from './edgeCosts';

/**
 * One retaining path for every reachable node: the tree of cheapest paths from the root, where an
 * edge costs little if a developer wrote it and much if it is V8's bookkeeping.
 */
export interface PathTree {
  /** Node before this one on its path; -1 for the root and for unreachable nodes. */
  readonly parentNodeOf: Int32Array;
  /** Edge that leads from there; -1 likewise. */
  readonly parentEdgeOf: Int32Array;
  /** Reachable nodes, each after its parent. */
  readonly order: Uint32Array;
}

/** Dijkstra's algorithm with one bucket a distance (Dial 1969), as edge costs are small integers. */
export function buildPathTree(graph: HeapGraph): PathTree {
  const { nodeCount, firstEdgeOf, edgeTargetOf } = graph;
  const costs = new EdgeCosts(graph);
  const distance = new Int32Array(nodeCount).fill(0x7fffffff);
  const parentNodeOf = new Int32Array(nodeCount).fill(-1);
  const parentEdgeOf = new Int32Array(nodeCount).fill(-1);
  // Looked at for each edge, so it has to be small.
  const done = new BitSet(nodeCount);
  const order = new Uint32Array(nodeCount);
  let reached = 0;

  // A node's distance is at most MAX_EDGE_COST above the current one, so the buckets are a ring.
  const buckets = Array.from({ length: MAX_EDGE_COST + 1 }, (): number[] => []);
  distance[0] = 0;
  buckets[0].push(0);
  let waiting = 1;
  for (let at = 0; waiting > 0; at++) {
    const bucket = buckets[at % buckets.length];
    for (let i = 0; i < bucket.length; i++) {
      const node = bucket[i];
      waiting--;
      if (done.has(node)) continue;
      done.add(node);
      order[reached++] = node;
      const end = firstEdgeOf[node + 1];
      for (let edge = firstEdgeOf[node]; edge < end; edge++) {
        const target = edgeTargetOf[edge];
        if (done.has(target)) continue;
        const cost = costs.of(node, edge);
        if (cost < 0) continue;
        if (at + cost >= distance[target]) continue;
        distance[target] = at + cost;
        parentNodeOf[target] = node;
        parentEdgeOf[target] = edge;
        buckets[(at + cost) % buckets.length].push(target);
        waiting++;
      }
    }
    bucket.length = 0;
  }
  return { parentNodeOf, parentEdgeOf, order: order.subarray(0, reached) };
}

/** The edges of a node's path, the one out of the root first. */
export function pathEdges(tree: PathTree, node: number): number[] {
  const edges: number[] = [];
  for (let at = node; tree.parentNodeOf[at] >= 0; at = tree.parentNodeOf[at]!) {
    edges.push(tree.parentEdgeOf[at]);
  }
  return edges.reverse();
}
