import { sortRange } from '../base/sortRange';
import type { HeapGraph } from '../heap/heapGraph';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import { edgeWords } from '../leaks/edgeWords';
import type { RetainerPage, RetainerRow, RetainersRequest } from './contract';
import { classText, hasNode, nodeRow, pageRange } from './nodeRow';

/** The retainers that requests for pages of one list are about. */
export interface RetainerList {
  readonly node: number;
  readonly filter: string;
  /** Places among the edges to the node, in an order that each page brings nearer to the right one. */
  readonly places: Uint32Array;
}

/**
 * What keeps an object alive: weak references are left out, and what the filter does not let through.
 * It takes a look at each edge, so the list is worth keeping for the pages to come.
 */
export function retainerList(snapshot: HeapSnapshot, request: RetainersRequest): RetainerList {
  const { node, filter = '' } = request;
  if (!hasNode(snapshot, node)) return { node, filter, places: new Uint32Array(0) };
  const places = strongOnes(snapshot, snapshot.retainers.edgesTo(node));
  return { node, filter, places: filter === '' ? places : matching(snapshot, request, places) };
}

/** A page of a list; the nearest to the root come first. */
export function retainerPage(
  snapshot: HeapSnapshot,
  request: RetainersRequest,
  { places } = retainerList(snapshot, request),
): RetainerPage {
  if (places.length === 0) return { total: 0, rows: [] };
  const { distances, retainers } = snapshot;
  const first = retainers.firstRetainerOf[request.node];
  const edges = retainers.edgesTo(request.node);
  const holderOf = (place: number) => retainers.retainingNodeOf[first + place];
  // Unreachable objects have the distance -1; as unsigned numbers they come last.
  const distanceOf = (place: number) => distances[holderOf(place)] >>> 0;
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

/** Those of `places` whose class or edge has the filter's text in it. */
function matching(
  snapshot: HeapSnapshot,
  { node, filter = '' }: RetainersRequest,
  places: Uint32Array,
): Uint32Array {
  const { graph, retainers } = snapshot;
  const text = filter.toLowerCase();
  const edges = retainers.edgesTo(node);
  const first = retainers.firstRetainerOf[node];
  return places.filter((place) => {
    const holder = retainers.retainingNodeOf[first + place];
    return (
      classText(snapshot, holder).toLowerCase().includes(text) ||
      edgeText(graph, holder, edges[place], node).toLowerCase().includes(text)
    );
  });
}

function edgeText(graph: HeapGraph, holder: number, edge: number, node: number): string {
  return edgeWords(graph, { holder, edge, lastEdge: edge, node });
}

function toRow(snapshot: HeapSnapshot, child: number, node: number, edge: number): RetainerRow {
  const { graph, retainers } = snapshot;
  return {
    ...nodeRow(snapshot, node),
    edge: edgeText(graph, node, edge, child),
    expandable: retainers.firstRetainerOf[node + 1] > retainers.firstRetainerOf[node],
  };
}
