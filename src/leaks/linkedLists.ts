import type { HeapGraph } from '../heap/heapGraph';
import type { PathTree } from './pathTree';

/** By node: the nearest node above it on its path that has another name: what holds its list. */
export function findListHolders(graph: HeapGraph, tree: PathTree): Int32Array {
  const holderOf = new Int32Array(graph.nodeCount).fill(-1);
  for (const node of tree.order) {
    const parent = tree.parentNodeOf[node];
    const alike = parent > 0 && graph.nodeNameOf[parent] === graph.nodeNameOf[node];
    holderOf[node] = alike ? holderOf[parent] : Math.max(0, parent);
  }
  return holderOf;
}

/** An object with more edges refers to much else: it is no element of a list. */
const MAX_ELEMENT_EDGES = 40;

/**
 * Name of the edge (string index) that makes `node` an element of a linked list: it leads to one of
 * its kind that has such an edge as well. -1 if there is none.
 */
export function listLinkOf(graph: HeapGraph, node: number): number {
  if (hasManyEdges(graph, node)) return -1;
  for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
    const next = graph.edgeTargetOf[edge];
    if (next === node || !isSameKind(graph, node, next) || hasManyEdges(graph, next)) continue;
    if (graph.edgeType(edge) !== 'property' || graph.edgeName(edge) === '__proto__') continue;
    const name = graph.edgeNameOrIndexOf[edge];
    for (let e = graph.firstEdgeOf[next]; e < graph.firstEdgeOf[next + 1]; e++) {
      const sameLink = graph.edgeNameOrIndexOf[e] === name && graph.edgeType(e) === 'property';
      if (sameLink && isSameKind(graph, node, graph.edgeTargetOf[e])) return name;
    }
  }
  return -1;
}

function hasManyEdges(graph: HeapGraph, node: number): boolean {
  return graph.firstEdgeOf[node + 1] - graph.firstEdgeOf[node] > MAX_ELEMENT_EDGES;
}

/** True if both nodes are objects of one class. */
export function isSameKind(graph: HeapGraph, a: number, b: number): boolean {
  return graph.nodeNameOf[a] === graph.nodeNameOf[b] && graph.nodeTypeOf[a] === graph.nodeTypeOf[b];
}
