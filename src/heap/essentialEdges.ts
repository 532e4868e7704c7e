import { BitSet } from './bitSet';
import type { EphemeronNames } from './ephemeronNames';
import type { HeapGraph } from './heapGraph';
import { ROOT } from './userRoots';

/**
 * The edges that keep their target alive, as DevTools sees it (HeapSnapshot.ts
 * computeIsEssentialEdge). Dominators are computed over these. Left out are
 * - weak edges and edges of a node to itself;
 * - shortcuts, except those of the root, which mark the global objects;
 * - edges into the program's objects from outside: V8 and debuggers hold much that is not theirs;
 * - of a WeakMap entry the edge from the table, so that the key alone keeps the value.
 */
export function findEssentialEdges(
  graph: HeapGraph,
  pageObjects: BitSet,
  ephemerons: EphemeronNames,
): BitSet {
  const essential = new BitSet(graph.edgeCount);
  addEssentialEdges(graph, pageObjects, ephemerons, 0, graph.nodeCount, essential);
  return essential;
}

/** Adds the essential edges of the nodes [firstNode, endNode). */
export function addEssentialEdges(
  graph: HeapGraph,
  pageObjects: BitSet,
  ephemerons: EphemeronNames,
  firstNode: number,
  endNode: number,
  essential: BitSet,
): void {
  const { firstEdgeOf, edgeTypeOf, edgeTargetOf, edgeNameOrIndexOf, nodeIdOf } = graph;
  const weak = graph.edgeTypes.indexOf('weak');
  const shortcut = graph.edgeTypes.indexOf('shortcut');
  const internal = graph.edgeTypes.indexOf('internal');
  for (let node = firstNode; node < endNode; node++) {
    const isRoot = node === ROOT;
    const seesPage = isRoot || pageObjects.has(node);
    const end = firstEdgeOf[node + 1];
    for (let edge = firstEdgeOf[node]; edge < end; edge++) {
      const type = edgeTypeOf[edge];
      const target = edgeTargetOf[edge];
      if (type === weak || target === node) continue;
      if (type === shortcut && !isRoot) continue;
      if (!seesPage && pageObjects.has(target)) continue;
      if (type === internal && ephemerons.tableId(edgeNameOrIndexOf[edge]) === nodeIdOf[node])
        continue;
      essential.add(edge);
    }
  }
}
