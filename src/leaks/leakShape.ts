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

/** How far above the leaked object a listener table or timer list still explains it. */
const NEAR = 4;

/** Edges by which EventEmitter and EventTarget hold their listeners. */
export function isListenerEdge(name: string): boolean {
  return name === '_events' || /^<symbol .*kEvents>$/.test(name);
}

/** The mechanism by which the last link of `chain` is kept, from the objects above it. */
export function leakShape(
  graph: HeapGraph,
  kinds: NodeKinds,
  chain: readonly ChainLink[],
  owner: number,
): LeakShape {
  const ownerAt = chain.findIndex((link) => link.node === owner);
  const near = chain.slice(Math.max(1, ownerAt - NEAR));
  if (near.some((link) => isListenerEdge(graph.edgeName(link.edge)))) return 'listener';
  if (
    near.some((link) =>
      /^(Timeout|TimersList|Immediate|ImmediateList)$/.test(graph.nodeName(link.node)),
    )
  ) {
    return 'timer';
  }
  const unit = chain[chain.length - 1].node;
  const container = CONTAINERS.get(graph.nodeName(owner));
  if (container && graph.nodeType(owner) === 'object') return container;
  if (graph.nodeName(unit) === 'Promise') return 'promise';
  if (kinds.isText(unit)) return 'string';
  if (/^(ArrayBuffer|Buffer|Uint8Array|system \/ JSArrayBufferData)$/.test(graph.nodeName(unit)))
    return 'buffer';
  if (graph.nodeType(unit) === 'closure') return 'closure';
  return graph.nodeType(owner) === 'object' ? 'object' : 'other';
}
