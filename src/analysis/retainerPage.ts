import { SYSTEM_DISTANCE, UNREACHABLE } from '../heap/distances';
import type { HeapGraph } from '../heap/heapGraph';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import { edgeWords } from '../leaks/edgeWords';
import type { RetainerPage, RetainerRow, RetainersRequest } from './contract';
import { classText, hasNode, nodeRow, pageRange } from './nodeRow';

/** All retainers that requests for pages of one list are about. */
export interface RetainerList {
  readonly node: number;
  readonly filter: string;
  /** Edges to the node. */
  readonly edges: Uint32Array;
  /** Places in `edges`; the nearest to the root come first. */
  readonly places: Uint32Array;
}

/**
 * What keeps an object alive: weak references are left out, and what the filter does not let through.
 * It takes a look at each edge, so the list is worth keeping for the pages to come.
 */
export function retainerList(snapshot: HeapSnapshot, request: RetainersRequest): RetainerList {
  const { node, filter = '' } = request;
  const none = new Uint32Array(0);
  if (!hasNode(snapshot, node)) return { node, filter, edges: none, places: none };
  const edges = snapshot.retainers.edgesTo(node);
  const strong = strongOnes(snapshot, edges);
  const places = filter === '' ? strong : matching(snapshot, request, edges, strong);
  return { node, filter, edges, places: nearestFirst(snapshot, node, places) };
}

/** A page of a list. */
export function retainerPage(
  snapshot: HeapSnapshot,
  request: RetainersRequest,
  { node, edges, places } = retainerList(snapshot, request),
): RetainerPage {
  const { retainers } = snapshot;
  const [from, to] = pageRange(request);
  return {
    total: places.length,
    rows: Array.from(places.subarray(from, to), (place) => {
      const holder = retainers.retainingNodeOf[retainers.firstRetainerOf[node] + place];
      return toRow(snapshot, node, holder, edges[place]);
    }),
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

/**
 * The places by the distances of the objects that hold, by counting: there are few distances. Each is
 * looked up once, as the objects lie anywhere in the heap.
 */
function nearestFirst(
  { distances, retainers }: HeapSnapshot,
  node: number,
  places: Uint32Array,
): Uint32Array {
  const first = retainers.firstRetainerOf[node];
  const ranks = new Int32Array(places.length);
  let farthest = 0;
  let farthestOfSystem = 0;
  for (let i = 0; i < places.length; i++) {
    const distance = distances[retainers.retainingNodeOf[first + places[i]]];
    ranks[i] = distance;
    if (distance < SYSTEM_DISTANCE) farthest = Math.max(farthest, distance);
    else farthestOfSystem = Math.max(farthestOfSystem, distance - SYSTEM_DISTANCE);
  }
  // What only V8 holds is next to the farthest of the program, without the gap between them.
  const gap = SYSTEM_DISTANCE - (farthest + 1);
  const last = farthest + 1 + farthestOfSystem + 1;
  const startOf = new Uint32Array(last + 2);
  for (let i = 0; i < ranks.length; i++) {
    if (ranks[i] === UNREACHABLE) ranks[i] = last;
    else if (ranks[i] >= SYSTEM_DISTANCE) ranks[i] -= gap;
    startOf[ranks[i] + 1]++;
  }
  for (let rank = 1; rank < startOf.length; rank++) startOf[rank] += startOf[rank - 1];
  const sorted = new Uint32Array(places.length);
  for (let i = 0; i < places.length; i++) sorted[startOf[ranks[i]]++] = places[i];
  return sorted;
}

/** Those of `places` whose class or edge has the filter's text in it. */
function matching(
  snapshot: HeapSnapshot,
  { node, filter = '' }: RetainersRequest,
  edges: Uint32Array,
  places: Uint32Array,
): Uint32Array {
  const { graph, retainers } = snapshot;
  const text = filter.toLowerCase();
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
