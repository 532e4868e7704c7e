import type { HeapGraph } from '../heap/heapGraph';
import type { NodeKinds } from './nodeKinds';
import { pathEdges, type PathTree } from './pathTree';

/** One visible object on a retaining path. V8's storage between two objects belongs to the link. */
export interface ChainLink {
  /** The visible object before this one; -1 at the root. */
  readonly holder: number;
  /** The edge out of the holder, such as a Map's `table`; -1 at the root. */
  readonly edge: number;
  /** The edge into `node`; the same as `edge` if nothing lies between. */
  readonly lastEdge: number;
  readonly node: number;
}

/** The retaining path of `node` as visible objects, root first, `node` last. */
export function retainingChain(
  graph: HeapGraph,
  tree: PathTree,
  kinds: NodeKinds,
  node: number,
): ChainLink[] {
  return chainAlong(graph, kinds, pathEdges(tree, node));
}

/** A path from the root as visible objects, root first; its last object is always visible. */
export function chainAlong(
  graph: HeapGraph,
  kinds: NodeKinds,
  path: readonly number[],
): ChainLink[] {
  const chain: ChainLink[] = [{ holder: -1, edge: -1, lastEdge: -1, node: 0 }];
  let holder = 0;
  let firstEdge = -1;
  for (const edge of path) {
    if (firstEdge < 0) firstEdge = edge;
    const target = graph.edgeTargetOf[edge];
    const isLast = edge === path[path.length - 1];
    if (!isLast && kinds.isStorage(target) && graph.nodeType(target) !== 'synthetic') continue;
    chain.push({ holder, edge: firstEdge, lastEdge: edge, node: target });
    holder = target;
    firstEdge = -1;
  }
  return chain;
}
