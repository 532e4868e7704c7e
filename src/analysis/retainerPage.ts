import type { HeapSnapshot } from '../heap/heapSnapshot';
import { edgeWords } from '../leaks/edgeWords';
import type { RetainerPage, RetainerRow, RetainersRequest } from './contract';

const MAX_ROWS = 200;

/** What keeps an object alive: weak references are left out, the nearest to the root come first. */
export function retainerPage(snapshot: HeapSnapshot, request: RetainersRequest): RetainerPage {
  const { graph } = snapshot;
  if (!Number.isInteger(request.node) || request.node < 0 || request.node >= graph.nodeCount) {
    return { total: 0, rows: [] };
  }
  const found = strongRetainers(snapshot, request.node);
  const count = Math.min(request.count, MAX_ROWS);
  return {
    total: found.length,
    rows: found
      .slice(request.offset, request.offset + count)
      .map(({ node, edge }) => toRow(snapshot, request.node, node, edge)),
  };
}

function strongRetainers(snapshot: HeapSnapshot, node: number): { node: number; edge: number }[] {
  const { graph, retainers, distances } = snapshot;
  const found: { node: number; edge: number }[] = [];
  const end = retainers.firstRetainerOf[node + 1];
  for (let i = retainers.firstRetainerOf[node]; i < end; i++) {
    const edge = retainers.retainingEdgeOf[i];
    if (graph.edgeType(edge) === 'weak') continue;
    found.push({ node: retainers.retainingNodeOf[i], edge });
  }
  // Unreachable objects have the distance -1; as unsigned numbers they come last.
  return found.sort((a, b) => (distances[a.node] >>> 0) - (distances[b.node] >>> 0));
}

function toRow(snapshot: HeapSnapshot, child: number, node: number, edge: number): RetainerRow {
  const { graph, retainers } = snapshot;
  const code = graph.location(node);
  return {
    node,
    edge: edgeWords(graph, { holder: node, edge, lastEdge: edge, node: child }),
    className: node === 0 ? '(GC root)' : snapshot.className(node),
    objectId: graph.nodeIdOf[node],
    shallowBytes: snapshot.selfSizes[node],
    retainedBytes: snapshot.retainedSizes[node],
    distance: snapshot.distances[node],
    expandable: retainers.firstRetainerOf[node + 1] > retainers.firstRetainerOf[node],
    ...(code && { code: { scriptId: code.scriptId, line: code.line, column: code.column } }),
  };
}
