import type { HeapGraph, NodeOrdinal } from './heapGraph';

const UNKNOWN = 0;
const ATTACHED = 1;
/** State of a node that is in no document. */
export const DETACHED = 2;

/**
 * Which native nodes, such as DOM elements, are no longer part of a document (DevTools'
 * HeapSnapshot.ts propagateDOMState). The browser knows it of some of them. The others are attached
 * if an attached one leads to them over native nodes, else detached if a detached one does.
 *
 * @returns by node: 0 unknown, 1 attached, 2 detached
 */
export function computeDetachedness(graph: HeapGraph): Uint8Array {
  const native = graph.nodeTypes.indexOf('native');
  const attached = nativesIn(graph, native, ATTACHED);
  const detached = nativesIn(graph, native, DETACHED);
  if (attached.length + detached.length === 0) return graph.detachednessOf;
  const states = graph.detachednessOf.slice();
  spread(graph, native, states, attached, ATTACHED);
  spread(graph, native, states, detached, DETACHED);
  return states;
}

/** True for a node whose name DevTools puts `Detached` before. */
export function isDetached(
  graph: HeapGraph,
  node: NodeOrdinal,
  detachednessOf: Uint8Array,
): boolean {
  return detachednessOf[node] === DETACHED && graph.nodeType(node) === 'native';
}

function nativesIn(graph: HeapGraph, native: number, state: number): NodeOrdinal[] {
  const { detachednessOf, nodeTypeOf } = graph;
  const found: NodeOrdinal[] = [];
  for (let node = detachednessOf.indexOf(state); node >= 0;) {
    if (nodeTypeOf[node] === native) found.push(node);
    node = detachednessOf.indexOf(state, node + 1);
  }
  return found;
}

/** Gives `state` to all natives of unknown state that `pending` lead to; uses `pending` up. */
function spread(
  graph: HeapGraph,
  native: number,
  states: Uint8Array,
  pending: NodeOrdinal[],
  state: number,
): void {
  const { firstEdgeOf, edgeTypeOf, edgeTargetOf, nodeTypeOf } = graph;
  const hidden = graph.edgeTypes.indexOf('hidden');
  const weak = graph.edgeTypes.indexOf('weak');
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (let edge = firstEdgeOf[node]; edge < firstEdgeOf[node + 1]; edge++) {
      const target = edgeTargetOf[edge];
      if (states[target] !== UNKNOWN || nodeTypeOf[target] !== native) continue;
      if (edgeTypeOf[edge] === hidden || edgeTypeOf[edge] === weak) continue;
      states[target] = state;
      pending.push(target);
    }
  }
}
