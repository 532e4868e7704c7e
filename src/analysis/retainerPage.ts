import { sortRange } from '../base/sortRange';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import { edgeWords } from '../leaks/edgeWords';
import type { RetainerPage, RetainerRow, RetainersRequest } from './contract';
import { hasNode, nodeRow, pageRange } from './nodeRow';

/** What keeps an object alive: weak references are left out, the nearest to the root come first. */
export function retainerPage(snapshot: HeapSnapshot, request: RetainersRequest): RetainerPage {
  if (!hasNode(snapshot, request.node)) return { total: 0, rows: [] };
  const { distances } = snapshot;
  const { retainingNodeOf } = snapshot.retainers;
  // Unreachable objects have the distance -1; as unsigned numbers they come last.
  const distanceOf = (slot: number) => distances[retainingNodeOf[slot]] >>> 0;
  const slots = strongRetainers(snapshot, request.node);
  const [from, to] = pageRange(request);
  sortRange(slots, from, to, (a, b) => distanceOf(a) - distanceOf(b) || a - b);
  return {
    total: slots.length,
    rows: Array.from(slots.subarray(from, to), (slot) => toRow(snapshot, request.node, slot)),
  };
}

/** Indices into `snapshot.retainers`. */
function strongRetainers(snapshot: HeapSnapshot, node: number): Uint32Array {
  const { graph, retainers } = snapshot;
  const weak = graph.edgeTypes.indexOf('weak');
  const end = retainers.firstRetainerOf[node + 1];
  const slots = new Uint32Array(end - retainers.firstRetainerOf[node]);
  let found = 0;
  for (let slot = retainers.firstRetainerOf[node]; slot < end; slot++) {
    if (graph.edgeTypeOf[retainers.retainingEdgeOf[slot]] !== weak) slots[found++] = slot;
  }
  return slots.subarray(0, found);
}

function toRow(snapshot: HeapSnapshot, child: number, slot: number): RetainerRow {
  const { graph, retainers } = snapshot;
  const node = retainers.retainingNodeOf[slot];
  const edge = retainers.retainingEdgeOf[slot];
  return {
    ...nodeRow(snapshot, node),
    edge: edgeWords(graph, { holder: node, edge, lastEdge: edge, node: child }),
    expandable: retainers.firstRetainerOf[node + 1] > retainers.firstRetainerOf[node],
  };
}
