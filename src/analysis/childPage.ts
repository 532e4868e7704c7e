import { sortRange } from '../base/sortRange';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import { edgeWords } from '../leaks/edgeWords';
import type { ChildPage, ChildRow, ChildrenRequest } from './contract';
import { hasNode, nodeRow, pageRange } from './nodeRow';

/** What an object refers to, weakly too; what keeps the most alive comes first. */
export function childPage(snapshot: HeapSnapshot, request: ChildrenRequest): ChildPage {
  if (!hasNode(snapshot, request.node)) return { total: 0, rows: [] };
  const { graph, retainedSizes } = snapshot;
  const first = graph.firstEdgeOf[request.node];
  const edges = new Uint32Array(graph.firstEdgeOf[request.node + 1] - first);
  for (let i = 0; i < edges.length; i++) edges[i] = first + i;
  const [from, to] = pageRange(request);
  const sizeOf = (edge: number) => retainedSizes[graph.edgeTargetOf[edge]];
  sortRange(edges, from, to, (a, b) => sizeOf(b) - sizeOf(a) || a - b);
  return {
    total: edges.length,
    rows: Array.from(edges.subarray(from, to), (edge) => toRow(snapshot, request.node, edge)),
  };
}

function toRow(snapshot: HeapSnapshot, holder: number, edge: number): ChildRow {
  const { graph } = snapshot;
  const node = graph.edgeTargetOf[edge];
  return {
    ...nodeRow(snapshot, node),
    edge: edgeWords(graph, { holder, edge, lastEdge: edge, node }),
    expandable: graph.firstEdgeOf[node + 1] > graph.firstEdgeOf[node],
  };
}
