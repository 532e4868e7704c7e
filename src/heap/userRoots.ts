import type { HeapGraph, NodeOrdinal } from './heapGraph';

/** The root of every graph. */
export const ROOT: NodeOrdinal = 0;

/** Synthetic node under which browsers hang the documents. */
export function isDocumentTrees(graph: HeapGraph, node: NodeOrdinal): boolean {
  return graph.nodeType(node) === 'synthetic' && graph.nodeName(node) === '(Document DOM trees)';
}

/**
 * True for a child of the root that the program itself can name, such as `globalThis`; the others
 * are V8's own roots. A snapshot taken with internals exposed has no user roots.
 */
export function isUserRoot(graph: HeapGraph, child: NodeOrdinal): boolean {
  return graph.nodeType(child) !== 'synthetic' || isDocumentTrees(graph, child);
}

/** True if any child of the root is a user root. */
export function hasUserRoots(graph: HeapGraph): boolean {
  for (let edge = graph.firstEdgeOf[ROOT]; edge < graph.firstEdgeOf[ROOT + 1]; edge++) {
    if (isUserRoot(graph, graph.edgeTargetOf[edge])) return true;
  }
  return false;
}
