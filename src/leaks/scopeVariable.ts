import type { HeapGraph } from '../heap/heapGraph';

/**
 * Name of the variable by which a scope (`system / Context`) holds what `edge` leads to; undefined
 * for other edges. V8 names the variables of functions in its snapshots, but only numbers those of
 * blocks: their names are in the scope's ScopeInfo, in the same order.
 */
export function scopeVariable(graph: HeapGraph, holder: number, edge: number): string | undefined {
  const type = graph.edgeType(edge);
  if (type === 'context') return graph.edgeName(edge);
  if (type !== 'hidden' || graph.nodeName(holder) !== 'system / Context') return undefined;
  const scopeInfo = graph.findEdge(holder, 'scope_info', 'internal');
  const name = scopeInfo < 0 ? -1 : slotTarget(graph, scopeInfo, graph.edgeNameOrIndexOf[edge]);
  return name >= 0 && graph.nodeType(name) === 'string' ? graph.nodeName(name) : undefined;
}

/** What V8 numbers `slot` in one of its own objects; -1 if there is none. */
function slotTarget(graph: HeapGraph, node: number, slot: number): number {
  for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
    const isSlot = graph.edgeType(edge) === 'hidden' && graph.edgeNameOrIndexOf[edge] === slot;
    if (isSlot) return graph.edgeTargetOf[edge];
  }
  return -1;
}
