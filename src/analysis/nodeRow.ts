import type { HeapSnapshot } from '../heap/heapSnapshot';
import type { NodeRow } from './contract';

/** No page has more rows. */
const MAX_ROWS = 200;

/** What every page shows of a node. */
export function nodeRow(snapshot: HeapSnapshot, node: number): NodeRow {
  const { graph } = snapshot;
  const code = graph.location(node);
  return {
    node,
    className: classText(snapshot, node),
    objectId: graph.nodeIdOf[node],
    shallowBytes: snapshot.selfSizes[node],
    retainedBytes: snapshot.retainedSizes[node],
    distance: snapshot.distances[node],
    ...(code && { code: { scriptId: code.scriptId, line: code.line, column: code.column } }),
  };
}

/** The class of a node, in words that a person understands. */
export function classText(snapshot: HeapSnapshot, node: number): string {
  return node === 0 ? '(GC root)' : snapshot.className(node);
}

/** Whether a request names a node that there is: it comes from another thread. */
export function hasNode(snapshot: HeapSnapshot, node: number): boolean {
  return Number.isInteger(node) && node >= 0 && node < snapshot.graph.nodeCount;
}

/** The first entry of a page, and the one behind its last. */
export function pageRange(request: { offset: number; count: number }): [number, number] {
  const from = Math.max(0, Math.floor(request.offset) || 0);
  return [from, from + Math.min(Math.max(0, request.count), MAX_ROWS)];
}
