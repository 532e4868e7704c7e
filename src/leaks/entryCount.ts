import type { HeapGraph } from '../heap/heapGraph';
import type { NodeKinds } from './nodeKinds';

/** V8's storage of what is put into arrays, Maps, Sets and objects with many keys. */
const STORAGE_EDGES = new Set(['elements', 'table', 'properties']);

/**
 * How many references an object has, in its own fields and in its storage, to what a developer may
 * have put there. A Map with strings as keys has two an entry, one with numbers one.
 */
export function entryCount(graph: HeapGraph, kinds: NodeKinds, node: number): number {
  const { edgeTargetOf, firstEdgeOf } = graph;
  let count = 0;
  for (let edge = firstEdgeOf[node]; edge < firstEdgeOf[node + 1]; edge++) {
    const target = edgeTargetOf[edge];
    if (!kinds.isStorage(target)) count++;
    else if (graph.edgeType(edge) === 'internal' && STORAGE_EDGES.has(graph.edgeName(edge))) {
      count += entriesOf(graph, kinds, target);
    }
  }
  return count;
}

function entriesOf(
  { edgeTargetOf, firstEdgeOf }: HeapGraph,
  kinds: NodeKinds,
  storage: number,
): number {
  let count = 0;
  for (let edge = firstEdgeOf[storage]; edge < firstEdgeOf[storage + 1]; edge++) {
    if (!kinds.isStorage(edgeTargetOf[edge])) count++;
  }
  return count;
}
