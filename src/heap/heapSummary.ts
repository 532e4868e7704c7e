import { summarizeClasses, type ClassSummary } from './classSummary';
import type { HeapSnapshot } from './heapSnapshot';

/** A heap in numbers. Plain data. */
export interface HeapSummary {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Bytes of all nodes and of what belongs to no node. */
  readonly totalBytes: number;
  /** Every class that has bytes of its own; the class that keeps the most alive comes first. */
  readonly classes: readonly ClassSummary[];
}

/** What a snapshot holds, by class. Takes time in proportion to the number of nodes. */
export function summarizeHeap(snapshot: HeapSnapshot): HeapSummary {
  const { nodeCount, edgeCount } = snapshot.graph;
  const classes = summarizeClasses(snapshot);
  return { nodeCount, edgeCount, totalBytes: snapshot.totalBytes, classes };
}
