import { sortRange } from '../base/sortRange';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import { edgeWords } from '../leaks/edgeWords';
import type { RetainerPage, RetainerRow, RetainersRequest } from './contract';
import { hasNode, nodeRow, pageRange } from './nodeRow';

/** What keeps an object alive: weak references are left out, the nearest to the root come first. */
export function retainerPage(snapshot: HeapSnapshot, request: RetainersRequest): RetainerPage {
  if (!hasNode(snapshot, request.node)) return { total: 0, rows: [] };
  const { distances, retainers } = snapshot;
  const first = retainers.firstRetainerOf[request.node];
  const edges = retainers.edgesTo(request.node);
  const holderOf = (place: number) => retainers.retainingNodeOf[first + place];
  // Unreachable objects have the distance -1; as unsigned numbers they come last.
  const distanceOf = (place: number) => distances[holderOf(place)] >>> 0;
  const places = strongOnes(snapshot, edges);
  const [from, to] = pageRange(request);
  sortRange(places, from, to, (a, b) => distanceOf(a) - distanceOf(b) || a - b);
  return {
    total: places.length,
    rows: Array.from(places.subarray(from, to), (place) =>
      toRow(snapshot, request.node, holderOf(place), edges[place]),
    ),
  };
}

/** Indices into `edges` of those that are not weak. */
function strongOnes({ graph }: HeapSnapshot, edges: Uint32Array): Uint32Array {
  const weak = graph.edgeTypes.indexOf('weak');
  const places = new Uint32Array(edges.length);
  let found = 0;
  for (let place = 0; place < edges.length; place++) {
    if (graph.edgeTypeOf[edges[place]] !== weak) places[found++] = place;
  }
  return places.subarray(0, found);
}

function toRow(snapshot: HeapSnapshot, child: number, node: number, edge: number): RetainerRow {
  const { graph, retainers } = snapshot;
  return {
    ...nodeRow(snapshot, node),
    edge: edgeWords(graph, { holder: node, edge, lastEdge: edge, node: child }),
    expandable: retainers.firstRetainerOf[node + 1] > retainers.firstRetainerOf[node],
  };
}
