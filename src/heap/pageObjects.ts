import { BitSet } from './bitSet';
import type { HeapGraph } from './heapGraph';
import { ROOT, isDocumentTrees } from './userRoots';

/**
 * The objects that belong to the program ("page-owned" in DevTools, HeapSnapshot.ts
 * markPageOwnedNodes): those that the root's shortcuts, which mark the global objects, and the
 * documents reach over edges that are not weak. The rest is held by V8 or a debugger alone.
 */
export function findPageObjects(graph: HeapGraph): BitSet {
  const { firstEdgeOf, edgeTypeOf, edgeTargetOf } = graph;
  const weak = graph.edgeTypes.indexOf('weak');
  const pageObjects = new BitSet(graph.nodeCount);
  // Every node is pushed at most once: when it is marked.
  const pending = new Uint32Array(graph.nodeCount);
  let pendingCount = markEntryPoints(graph, pageObjects, pending);
  while (pendingCount > 0) {
    const node = pending[--pendingCount];
    const end = firstEdgeOf[node + 1];
    for (let edge = firstEdgeOf[node]; edge < end; edge++) {
      const target = edgeTargetOf[edge];
      if (pageObjects.has(target) || edgeTypeOf[edge] === weak) continue;
      pageObjects.add(target);
      pending[pendingCount++] = target;
    }
  }
  return pageObjects;
}

function markEntryPoints(graph: HeapGraph, pageObjects: BitSet, pending: Uint32Array): number {
  let count = 0;
  for (let edge = graph.firstEdgeOf[ROOT]; edge < graph.firstEdgeOf[ROOT + 1]; edge++) {
    const target = graph.edgeTargetOf[edge];
    const type = graph.edgeType(edge);
    const isEntry = type === 'shortcut' || (type === 'element' && isDocumentTrees(graph, target));
    if (!isEntry || pageObjects.has(target)) continue;
    pageObjects.add(target);
    pending[count++] = target;
  }
  return count;
}
