import type { HeapSnapshot } from '../heap/heapSnapshot';
import type { NodeKinds } from './nodeKinds';

/**
 * Bytes that an object holds without holding objects: its own storage (DevTools' rule has charged
 * the elements of an array and the table of a Map to it), and the strings and binary data in its
 * fields or variables.
 */
export function flatSize(snapshot: HeapSnapshot, kinds: NodeKinds, node: number): number {
  const { graph, selfSizes, retainedSizes } = snapshot;
  let bytes = selfSizes[node];
  for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
    const target = graph.edgeTargetOf[edge];
    if (!kinds.isMember(edge) || !kinds.isFlat(target)) continue;
    bytes += retainedSizes[target];
  }
  return bytes;
}

/** The largest string or binary data that an object holds; the object itself if it has none. */
export function largestFlat(snapshot: HeapSnapshot, kinds: NodeKinds, node: number): number {
  const { graph, retainedSizes } = snapshot;
  let largest = node;
  let most = 0;
  for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
    const target = graph.edgeTargetOf[edge];
    if (!kinds.isMember(edge) || !kinds.isFlat(target)) continue;
    if (retainedSizes[target] > most) [largest, most] = [target, retainedSizes[target]];
  }
  return largest;
}
