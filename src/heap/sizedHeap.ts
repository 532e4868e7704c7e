import type { WholeNumbers } from './column';
import { computeDetachedness } from './detachedness';
import type { HeapGraph } from './heapGraph';
import { computeShallowSizes } from './shallowSizes';

/** A heap of which only shallow sizes are known: a fraction of the work that HeapSnapshot takes. */
export interface SizedHeap {
  readonly graph: HeapGraph;
  /** By node, in bytes; see `computeShallowSizes`. */
  readonly selfSizes: WholeNumbers;
}

/** Takes the sizes of a graph's nodes. */
export function sizeHeap(graph: HeapGraph): SizedHeap {
  return { graph, selfSizes: computeShallowSizes(graph, computeDetachedness(graph)) };
}
