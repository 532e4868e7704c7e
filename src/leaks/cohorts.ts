import type { HeapGraph } from '../heap/heapGraph';
import type { SnapshotDigest } from './snapshotDigest';

/**
 * For each node of the last snapshot the round that it was born in: 0 if the baseline has it, k if
 * snapshot k is the first that has it. What a round leaves behind for good is its cohort.
 * @param earlier All snapshots before the last, baseline first.
 */
export function birthRounds(graph: HeapGraph, earlier: readonly SnapshotDigest[]): Uint16Array {
  const births = new Uint16Array(graph.nodeCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    const id = graph.nodeIdOf[node];
    let round = earlier.length;
    while (round > 0 && earlier[round - 1].ids.has(id)) round--;
    births[node] = round;
  }
  return births;
}
