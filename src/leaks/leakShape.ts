import type { HeapGraph } from '../heap/heapGraph';
import type { LeakShape } from './leakReport';
import type { NodeKinds } from './nodeKinds';
import type { ChainLink } from './retainingChain';

const CONTAINERS = new Map<string, LeakShape>([
  ['Map', 'map'],
  ['WeakMap', 'map'],
  ['Set', 'set'],
  ['WeakSet', 'set'],
  ['Array', 'array'],
  ['Promise', 'promise'],
]);

const TIMERS = /^(Timeout|TimersList|Immediate|ImmediateList)$/;

/** How far above its list a listener's table may be. */
const MAX_REACH_BACK = 4;

/** Edges by which EventEmitter and EventTarget hold their listeners. */
export function isListenerEdge(name: string): boolean {
  return name === '_events' || /^<symbol .*kEvents>$/.test(name);
}

/**
 * The mechanism by which the last link of `chain` is kept, from the objects above it.
 * @param isList The last object is one of a list, whose elements hold each other.
 */
export function leakShape(
  graph: HeapGraph,
  kinds: NodeKinds,
  chain: readonly ChainLink[],
  owner: number,
  isList = false,
): LeakShape {
  const ownerAt = Math.max(
    0,
    chain.findIndex((link) => link.node === owner),
  );
  const below = chain.slice(ownerAt);
  const near = [...chain.slice(reachBack(graph, kinds, chain, ownerAt), ownerAt), ...below];
  const unit = chain[chain.length - 1].node;
  // A list that a listener or timer only leads to is no list of those.
  const isOwn = (link: ChainLink) => !isList || !leadsThroughFunction(kinds, chain, link);
  if (near.some((link) => isListenerLink(graph, link) && isOwn(link))) return 'listener';
  if (below.some((link) => isTimer(graph, link.node) && isOwn(link))) return 'timer';
  if (isList && graph.nodeName(unit) === 'Promise') return 'promise';
  const container = CONTAINERS.get(graph.nodeName(owner));
  if (container && graph.nodeType(owner) === 'object') return container;
  if (graph.nodeName(unit) === 'Promise' && graph.nodeType(unit) === 'object') return 'promise';
  if (kinds.isText(unit)) return 'string';
  if (kinds.isFlat(unit)) return 'buffer';
  if (graph.nodeType(unit) === 'closure') return 'closure';
  return graph.nodeType(owner) === 'object' ? 'object' : 'other';
}

/** A string may be called like anything: its name is its text. */
function isTimer(graph: HeapGraph, node: number): boolean {
  return graph.nodeType(node) === 'object' && TIMERS.test(graph.nodeName(node));
}

function isListenerLink(graph: HeapGraph, { edge }: ChainLink): boolean {
  return edge >= 0 && isListenerEdge(graph.edgeName(edge));
}

/** True if there is a function between the object of `link` and the last one. */
function leadsThroughFunction(
  kinds: NodeKinds,
  chain: readonly ChainLink[],
  link: ChainLink,
): boolean {
  return chain.slice(chain.indexOf(link), -1).some(({ node }) => kinds.isCallable(node));
}

/** From the owner up to the next function or scope: beyond that it is somebody else's listener. */
function reachBack(
  graph: HeapGraph,
  kinds: NodeKinds,
  chain: readonly ChainLink[],
  ownerAt: number,
): number {
  let from = ownerAt;
  while (from > 1 && ownerAt - from < MAX_REACH_BACK) {
    const { holder } = chain[from];
    if (graph.nodeType(holder) === 'closure' || kinds.isContext(holder)) break;
    from--;
  }
  return from;
}
