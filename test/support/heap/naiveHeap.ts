import type { EdgeIndex, HeapGraph, NodeOrdinal } from '../../../src/heap/heapGraph';
import { SYSTEM_DISTANCE, UNREACHABLE } from '../../../src/heap/distances';

// What the passes of the engine compute, said as a definition and worked out by brute force: sets, and
// loops until nothing changes. For graphs of a few dozen nodes.

interface Edge {
  readonly from: NodeOrdinal;
  readonly to: NodeOrdinal;
  readonly type: string;
  readonly name: string;
}

const EPHEMERON = /^\d+ (\/ part of key .* pair in WeakMap \(table @(\d+)\))$/;

function edgesOf(graph: HeapGraph): Edge[] {
  const edges: Edge[] = [];
  for (let from = 0; from < graph.nodeCount; from++) {
    for (
      let edge: EdgeIndex = graph.firstEdgeOf[from];
      edge < graph.firstEdgeOf[from + 1];
      edge++
    ) {
      const [type, name] = [graph.edgeType(edge), graph.edgeName(edge)];
      edges.push({ from, to: graph.edgeTargetOf[edge], type, name });
    }
  }
  return edges;
}

/** All that the edges lead to from `starts`, these included, without passing `without`. */
function reach(
  edges: readonly Edge[],
  starts: Iterable<NodeOrdinal>,
  without = -1,
): Set<NodeOrdinal> {
  const reached = new Set([...starts].filter((node) => node !== without));
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const { from, to } of edges) if (reached.has(from) && to !== without) reached.add(to);
  }
  return reached;
}

const isDocuments = (graph: HeapGraph, node: NodeOrdinal) =>
  graph.nodeType(node) === 'synthetic' && graph.nodeName(node) === '(Document DOM trees)';

const isUserRoot = (graph: HeapGraph, node: NodeOrdinal) =>
  graph.nodeType(node) !== 'synthetic' || isDocuments(graph, node);

/** The edges that keep objects alive, as far as DevTools counts them. */
function essentialEdges(graph: HeapGraph): Edge[] {
  const strong = edgesOf(graph).filter(({ type }) => type !== 'weak');
  const entries = strong.filter(
    ({ from, to, type }) =>
      from === 0 && (type === 'shortcut' || (type === 'element' && isDocuments(graph, to))),
  );
  const page = reach(
    strong,
    entries.map(({ to }) => to),
  );
  return strong.filter(({ from, to, type, name }) => {
    const isTable =
      type === 'internal' && Number(EPHEMERON.exec(name)?.[2]) === graph.nodeIdOf[from];
    if (from === to || isTable) return false;
    return from === 0 || (type !== 'shortcut' && (page.has(from) || !page.has(to)));
  });
}

/** By node the set of those without whom it would be unreachable, itself included. */
export function naiveDominators(graph: HeapGraph): Set<NodeOrdinal>[] {
  const nodes = [...Array(graph.nodeCount).keys()];
  const essential = essentialEdges(graph);
  const retained = new Set(essential.map(({ to }) => to));
  // What nothing retains hangs under the root.
  const orphans = nodes.filter((node) => node !== 0 && !retained.has(node));
  const edges = [...essential, ...orphans.map((to) => ({ from: 0, to, type: '', name: '' }))];
  const alive = reach(edges, [0]);
  const dominators = nodes.map((node) => new Set([0, node]));
  for (const removed of nodes) {
    const left = reach(edges, [0], removed);
    for (const node of alive) if (!left.has(node)) dominators[node].add(removed);
  }
  return dominators;
}

/** By node: what none of its other dominators dominates more of. The root is its own. */
export function naiveImmediateDominators(dominators: readonly Set<NodeOrdinal>[]): NodeOrdinal[] {
  return dominators.map((above, node) => {
    if (node === 0) return 0;
    const strict = [...above].filter((dominator) => dominator !== node);
    return strict.find((candidate) => strict.every((other) => dominators[candidate].has(other)))!;
  });
}

/** Bytes of all that each node dominates. */
export function naiveRetainedSizes(
  dominators: readonly Set<NodeOrdinal>[],
  sizes: ArrayLike<number>,
): number[] {
  return dominators.map((_, node) =>
    dominators.reduce((sum, above, below) => sum + (above.has(node) ? sizes[below] : 0), 0),
  );
}

/** Bytes of each node and of what it alone owns. */
export function naiveShallowSizes(graph: HeapGraph, detachednessOf: ArrayLike<number>): number[] {
  const sizes = [...graph.selfSizeOf];
  const strong = edgesOf(graph).filter(({ type }) => type !== 'weak');
  if (!edgesOf(graph).some(({ from, to }) => from === 0 && isUserRoot(graph, to))) return sizes;
  const canBeOwned = (node: NodeOrdinal) => {
    const type = graph.nodeType(node);
    const isData = graph.nodeName(node) === 'system / ExternalStringData';
    if (type === 'native') return isData && detachednessOf[node] !== 2;
    return type === 'hidden' || type === 'array';
  };
  const intoOwned = strong.filter(({ to }) => canBeOwned(to));
  const ownersOf = new Map<NodeOrdinal, NodeOrdinal[]>();
  for (let owner = 0; owner < graph.nodeCount; owner++) {
    if (canBeOwned(owner)) continue;
    for (const owned of reach(intoOwned, [owner])) {
      if (owned !== owner) ownersOf.set(owned, [...(ownersOf.get(owned) ?? []), owner]);
    }
  }
  for (const [owned, owners] of ownersOf) {
    const [owner] = owners;
    if (owners.length > 1 || owner === 0 || graph.nodeType(owner) === 'synthetic') continue;
    sizes[owner] += sizes[owned];
    sizes[owned] = 0;
  }
  return sizes;
}

/** Steps from the nearest user root, as they settle when each node asks its retainers again and again. */
export function naiveDistances(graph: HeapGraph): number[] {
  const edges = edgesOf(graph).filter((edge) => countsForDistance(graph, edge));
  const distances = new Array<number>(graph.nodeCount).fill(Infinity);
  for (const { from, to } of edgesOf(graph)) {
    if (from === 0 && isUserRoot(graph, to)) distances[to] = 1;
  }
  const hasUserRoots = distances.includes(1);
  settle(edges, distances);
  const fromUserRoots = [...distances];
  fromUserRoots[0] = distances[0] = hasUserRoots ? SYSTEM_DISTANCE : 0;
  // From the root on, only what no user root reaches gets a distance.
  settle(edges, distances, fromUserRoots);
  return distances.map((distance) => (distance === Infinity ? UNREACHABLE : distance));
}

function settle(edges: readonly Edge[], distances: number[], fixed: readonly number[] = []): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const edge of edges) {
      const other = otherHalf(edges, edge);
      const through = other ? distances[other.from] : 0;
      const distance = Math.max(distances[edge.from], through) + 1;
      if ((fixed[edge.to] ?? Infinity) < Infinity || distance >= distances[edge.to]) continue;
      distances[edge.to] = distance;
      changed = true;
    }
  }
}

/** Of the two edges of a WeakMap's entry the other one; undefined if `edge` is none of an entry. */
function otherHalf(edges: readonly Edge[], edge: Edge): Edge | undefined {
  const entry = edge.type === 'internal' ? EPHEMERON.exec(edge.name)?.[1] : undefined;
  return edges.find((other) => other !== edge && entry !== undefined && other.name.endsWith(entry));
}

function countsForDistance(graph: HeapGraph, { from, type, name }: Edge): boolean {
  if (type === 'weak') return false;
  const source = `${graph.nodeType(from)} ${graph.nodeName(from)}`;
  if (source === 'hidden system / NativeContext') return name !== 'sloppy_function_map';
  const index = Number.parseInt(name, 10);
  return !(source === 'array (map descriptors)' && index >= 2 && index % 3 === 1);
}
