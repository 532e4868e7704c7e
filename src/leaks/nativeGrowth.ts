import type { HeapGraph } from '../heap/heapGraph';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import type { NodeKinds } from './nodeKinds';
import type { PathTree } from './pathTree';

/** Objects of Node.js itself that pile up below an object of the program. */
export interface NativeGrowth {
  /** The object of the program that stands for what holds most of them. */
  readonly owner: number;
  readonly className: string;
  /** How many there were at each snapshot, baseline first. */
  readonly counts: readonly number[];
  /** Shallow bytes of one. */
  readonly unitBytes: number;
}

/** How many native nodes of each name there are, of names that are not rare. */
export type NativeCounts = ReadonlyMap<string, number>;

/** Fewer nodes of one name, or of one owner, are not looked at. */
const MIN_COUNT = 20;
/** Share of the nodes that are taken for new, from which on their ids are known not to last. */
const UNSTABLE = 0.9;

export function countNatives(graph: HeapGraph): NativeCounts {
  const native = graph.nodeTypes.indexOf('native');
  const byName = new Map<number, number>();
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeTypeOf[node] !== native) continue;
    const name = graph.nodeNameOf[node];
    byName.set(name, (byName.get(name) ?? 0) + 1);
  }
  const counts = new Map<string, number>();
  for (const [name, count] of byName)
    if (count >= MIN_COUNT) counts.set(graph.strings.get(name), count);
  return counts;
}

/**
 * Finds what Node.js piles up outside of V8's heap, such as the messages of a port that nobody
 * reads. It describes these to V8 anew for each snapshot, with new ids, so that births do not tell
 * old ones from new ones and only their number does.
 * @param births Birth round by node, see `birthRounds`.
 * @param counts Of all snapshots, baseline first, the last one being `last`.
 */
export function findNativeGrowth(
  last: HeapSnapshot,
  tree: PathTree,
  kinds: NodeKinds,
  births: Uint16Array,
  counts: readonly NativeCounts[],
): NativeGrowth[] {
  const rounds = counts.length - 1;
  const found: NativeGrowth[] = [];
  for (const [name, nodes] of nodesByName(last, counts[rounds])) {
    const before = counts[rounds - 1].get(name) ?? 0;
    const isNew = nodes.filter((node) => births[node] === rounds).length >= nodes.length * UNSTABLE;
    if (!isNew || before < nodes.length / 2) continue;
    const owner = mainOwner(last, tree, kinds, nodes);
    if (owner < 0) continue;
    found.push({
      ...{ owner, className: name },
      counts: counts.map((at) => at.get(name) ?? 0),
      unitBytes: last.selfSizes[nodes[0]],
    });
  }
  return found;
}

function nodesByName({ graph }: HeapSnapshot, counts: NativeCounts): Map<string, number[]> {
  const native = graph.nodeTypes.indexOf('native');
  const byName = new Map<string, number[]>([...counts.keys()].map((name) => [name, []]));
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeTypeOf[node] === native) byName.get(graph.nodeName(node))?.push(node);
  }
  return byName;
}

/**
 * The object of the program that stands for the nearest native holder of most of the nodes; -1 if
 * they pile up in none.
 */
function mainOwner(
  { graph }: HeapSnapshot,
  tree: PathTree,
  kinds: NodeKinds,
  nodes: readonly number[],
): number {
  const held = new Map<number, number>();
  let most = 0;
  let main = -1;
  for (const node of nodes) {
    const owner = programObjectAbove(graph, tree, kinds, node);
    if (owner < 0) continue;
    const count = (held.get(owner) ?? 0) + 1;
    held.set(owner, count);
    if (count > most) [main, most] = [owner, count];
  }
  // Where each owner has few, they are its own native side: what piles up is the owners.
  return most >= MIN_COUNT ? main : -1;
}

function programObjectAbove(
  graph: HeapGraph,
  { parentNodeOf }: PathTree,
  kinds: NodeKinds,
  node: number,
): number {
  for (let at = parentNodeOf[node]; at > 0; at = parentNodeOf[at]) {
    // The JavaScript object by which a program knows an object of Node.js itself.
    const wrapper = graph.findEdge(at, 'native_to_javascript');
    if (wrapper >= 0) return wrapper;
    if (graph.nodeType(at) !== 'native' && !kinds.isStorage(at)) return at;
  }
  return -1;
}
